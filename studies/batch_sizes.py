"""What the size of a mini-batch does: to the time of an update, to the noise of its gradient, and growing."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from math import sqrt
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from catalog.cache import MB, SingleFlightCache
from networks import Network
from networks.batches import at, shared
from networks.course import AT_ONCE, grid_points, measured_examples
from networks.data import about, examples_of
from networks.first_weights import first_weights
from networks.history import is_too_large
from networks.layers import first_running, forward, losses
from networks.network import Plan
from networks.programs import (
    AT_A_TIME,
    Lane,
    Turned,
    first_lane,
    measure_program,
    program_of,
    step_program,
)
from optimizers import OPTIMIZERS
from studies.parts import Part

SECONDS = 0.15
"""A part goes on for so long; what it has begun then it ends."""
SPACING = 4
"""Each size is so many times the one before it; the last one is all examples."""
DRAWS = 2000
TRIES = 15
"""An update is timed so many times at most, for as long as a part goes on; the shortest time counts."""
LONGEST = 0.01
"""So many updates are timed at once, up to 64, that they take so many seconds."""
STAGES = 3
LANES = ("constant", "decayed", "grown")

Numbers = NDArray[np.float64]
_KNOWN: SingleFlightCache[Any] = SingleFlightCache(8 * MB, only_long_work=True)


@dataclass(frozen=True)
class Growth:
    """A network trained by plain descent with mini-batches, for so many epochs in three stages of one length.

    `rate` and `batch` are those of the first stage. From stage to stage one lane divides its rate by
    `factor`, another multiplies its batch by it, a third changes nothing.
    """

    network: Network
    rate: float
    batch: int
    epochs: int
    factor: float
    seed: int = 0

    @property
    def examples(self) -> int:
        """Return how many examples are trained on."""
        return about(self.network.data).train


@dataclass(frozen=True)
class Cost:
    """Of one size of batch: seconds of an update, and how far its gradient is from that of all examples.

    `variance` is the mean of |g_B − g|²/V over draws of a batch, V being its mean over single examples,
    `half` half of its 95 % interval; `law` what it is for batches drawn without replacement.
    """

    batch: int
    seconds: float
    variance: float
    half: float
    law: float


@dataclass(frozen=True)
class Epochs:
    """How far a lane has come, at the end of each epoch; the first row is before training.

    `rows` (k + 1, 4): losses and accuracies of training and validation, by turns; `updates` and `settings`,
    (rate, batch), of each epoch. `lane` is where it goes on, after `place` updates of the next epoch.
    """

    rows: tuple[tuple[float, float, float, float], ...]
    updates: tuple[int, ...]
    settings: tuple[tuple[float, int], ...]
    lane: Lane | None
    place: int = 0
    diverged: bool = False


def sizes(examples: int) -> tuple[int, ...]:
    """Return the sizes that are looked at: 1, 4, 16, … and all examples."""
    found = []
    size = 1
    while size < examples:
        found.append(size)
        size *= SPACING
    return (*found, examples)


def law(examples: int, batch: int) -> float:
    """Return E|g_B − g|² as a share of that of a single example: (n − B) / ((n − 1) B).

    Exact for B of n examples drawn without replacement: Cochran (1977), Sampling techniques, theorem 2.2.
    """
    return (examples - batch) / (max(examples - 1, 1) * batch)


def setting(question: Growth, lane: str, epoch: int) -> tuple[float, int]:
    """Return the rate and the batch of a lane in an epoch, counted from 0.

    Smith, Kindermans, Ying & Le (2018), Don't decay the learning rate, increase the batch size, ICLR: α n/B
    sets how strong the noise is, so that to multiply B is to divide α. A batch that has all examples grows no
    further, and the rate is divided by what is missing.
    """
    stage = STAGES * epoch // question.epochs
    times = question.factor**stage
    if lane == "constant" or stage == 0:
        return question.rate, min(question.batch, question.examples)
    if lane == "decayed":
        return question.rate / times, min(question.batch, question.examples)
    wanted = question.batch * times
    batch = min(round(wanted), question.examples)
    return question.rate * batch / wanted, batch


def growth_parts(question: Growth) -> list[Part]:
    """Return the parts: each size of batch is measured, then the three lanes are trained."""
    measured = [
        partial(what, question, size) for size in sizes(question.examples) for what in (_noise, _seconds)
    ]
    return [partial(_gram, question), *measured, *(partial(_advanced, question, lane) for lane in LANES)]


def costs(question: Growth) -> list[Cost]:
    """Return what is known of the sizes so far; nothing is computed."""
    found: list[Cost] = []
    for size in sizes(question.examples):
        noise, seconds = (_KNOWN.peek(_key(question, what, size)) for what in ("noise", "seconds"))
        if noise is not None and seconds is not None:
            found.append(Cost(size, seconds, noise[0], noise[1], law(question.examples, size)))
    return found


def epochs_of(question: Growth, lane: str) -> Epochs:
    """Return how far a lane has come; nothing is computed."""
    return _KNOWN.peek((question, lane)) or Epochs((), (), (), None)


def is_whole(question: Growth, known: Epochs) -> bool:
    """Return whether a lane is at its end."""
    return known.diverged or len(known.rows) == question.epochs + 1


def distances(gram: Any, batch: int, draws: int, seed: int) -> Any:
    """Return |g_B − g|² of so many batches, drawn without replacement: (draws,).

    `gram` (n, n): the products of the gradients of all pairs of examples, each less their mean.
    """
    random = np.random.default_rng((seed, batch))
    chosen = np.zeros((draws, len(gram)), gram.dtype)
    for row in chosen:
        row[random.permutation(len(gram))[:batch]] = 1 / batch
    return ((chosen @ gram) * chosen).sum(axis=1)


def gradient_products(network: Network, vector: Any) -> Numbers:
    """Return the products of the gradients of all pairs of examples, less their mean: (n, n).

    The gradient of one example in the weights W of a layer is h δᵀ and that in its offsets δ, with what the
    layer gets, h, and the gradient δ in h W + b. So the product for two examples is (δ·δ')(h·h' + 1), summed
    over layers, and no gradient has to be kept: Goodfellow (2015), Efficient per-example gradients.

    Of networks without normalisation and learned activation functions, which have other parameters.
    """
    plan = network.plan
    data = examples_of(network.data)
    inputs, slopes = _signals_program(plan, len(data.train_labels))(
        vector, first_running(plan), data.train_inputs, data.train_labels
    )
    gram = np.zeros((len(data.train_labels),) * 2)
    for h, delta in zip(inputs, slopes, strict=True):
        h, delta = np.asarray(h, float), np.asarray(delta, float)
        gram += (delta @ delta.T) * (h @ h.T + 1)
    gram -= gram.mean(axis=0)
    return gram - gram.mean(axis=1, keepdims=True)


def _signals_program(plan: Plan, count: int) -> Any:
    """Return the program that says what each layer gets, and each example's gradients in h W + b."""

    def run(vector: Any, running: Any, x: Any, labels: Any) -> Any:
        shifts = [jnp.zeros((group.count, count, group.width), jnp.float32) for group in plan.groups]

        def loss(shifts: Any) -> Any:
            made = forward(plan, vector, running, x, train=True, shifts=shifts)
            return losses(made.scores, labels).sum(), made

        hidden, made = jax.grad(loss, has_aux=True)(shifts)
        last = jax.nn.softmax(made.scores) - jax.nn.one_hot(labels, plan.classes)
        outputs = [layer for group in made.outputs for layer in group]
        return [x, *outputs], [*(layer for group in hidden for layer in group), last]

    given = (
        np.zeros(plan.parameters, np.float32),
        first_running(plan),
        np.zeros((count, plan.inputs), np.float32),
        np.zeros(count, np.int32),
    )
    return program_of(("pairs", plan, count), run, given)


def _key(question: Growth, what: str, size: int) -> Any:
    """Return under which key something is kept, for all who ask for this network."""
    return what, question.network, question.seed, size


def _gram(question: Growth) -> Any:
    """Return the products of all gradients before training, in single precision."""

    def make() -> Any:
        vector = first_weights(question.network, question.seed)
        return gradient_products(question.network, vector).astype(np.float32)

    return _KNOWN.get(_key(question, "gram", 0), make)


def _noise(question: Growth, size: int) -> None:
    """Draw batches of one size."""

    def make() -> tuple[float, float]:
        gram = _gram(question)
        whole = float(np.trace(gram)) / len(gram)
        if size == question.examples or whole <= 0:
            return 0.0, 0.0
        values = distances(gram, size, DRAWS, question.seed) / whole
        return float(values.mean()), 1.96 * float(values.std()) / sqrt(DRAWS)

    _KNOWN.get(_key(question, "noise", size), make)


def _seconds(question: Growth, size: int) -> None:
    """Time updates with one size of batch, once."""
    _KNOWN.get(_key(question, "seconds", size), lambda: timed(question, size))


def timed(question: Growth, size: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Return the seconds that one update takes with batches of `size`: of tries the shortest."""
    lane = _first(question)
    order = np.random.default_rng(question.seed).permutation(question.examples)
    chosen = np.stack([np.roll(order, k)[:size] for k in range(AT_A_TIME)])

    def tried(count: int) -> float:
        begin = clock()
        _stepped(question, lane, 0.0, chosen[:count], size)
        return (clock() - begin) / count

    tried(1)  # what is compiled now is none of it
    count = 1  # of as many updates as one call does, unless that takes long
    while count < AT_A_TIME and min(tried(count) for _ in range(3)) * count < LONGEST:
        count *= 4
    found = [tried(count)]
    while len(found) < TRIES and sum(found) * count < SECONDS:
        found.append(tried(count))
    return min(found)


def _first(question: Growth) -> Lane:
    network = question.network
    return first_lane(network.plan, OPTIMIZERS["sgd"], first_weights(network, question.seed), {})


def _stepped(question: Growth, lane: Lane, rate: float, chosen: Any, size: int) -> tuple[Lane, Any]:
    """Return a lane after an update for each row of `chosen` (≤ 64, B), and the losses before them."""
    network = question.network
    data = examples_of(network.data)
    count = len(chosen)
    rows = np.zeros((AT_A_TIME, 0 if size == question.examples else size), np.int32)
    if rows.shape[1]:
        rows[:count] = chosen
    rates = np.full(AT_A_TIME, rate, np.float32)
    zero = np.float32(0)
    turned = Turned({}, zero, zero, zero, np.uint32(question.seed), rates, rows)
    given = lane, turned, at(shared(data, False), 0, count)
    after, told = step_program(network.plan, "sgd", given)(*given)
    return jax.tree.map(np.asarray, after), np.asarray(told)[:count]


def _advanced(question: Growth, name: str) -> bool:
    """Train a lane for a moment; return whether it is at its end."""
    known = epochs_of(question, name)
    if known.lane is None and not known.rows:
        lane = _first(question)
        known = Epochs((_look(question, lane),), (), (), lane)
    begin = time.monotonic()
    while not is_whole(question, known) and time.monotonic() - begin < SECONDS:
        known = _moved(question, name, known)
    _KNOWN.forget((question, name))
    _KNOWN.get((question, name), lambda: known)
    return is_whole(question, known)


def _moved(question: Growth, name: str, known: Epochs) -> Epochs:
    """Return a lane some updates further, no further than to the end of its epoch, which is measured."""
    epoch = len(known.rows) - 1
    rate, batch = setting(question, name, epoch)
    assert known.lane is not None
    order = np.random.default_rng((question.seed, epoch)).permutation(question.examples)
    batches = order[: question.examples // batch * batch].reshape(-1, batch)
    work = 3 * batch * question.network.plan.multiplications
    end = known.place + max(1, min(AT_A_TIME, int(AT_ONCE / work)))
    lane, told = _stepped(question, known.lane, rate, batches[known.place : end], batch)
    known = replace(known, lane=lane, place=end)
    if is_too_large(told).any():
        return replace(known, diverged=True)
    if end < len(batches):
        return known
    return replace(
        known,
        rows=(*known.rows, _look(question, lane)),
        updates=(*known.updates, len(batches)),
        settings=(*known.settings, (rate, batch)),
        place=0,
    )


def _look(question: Growth, lane: Lane) -> tuple[float, float, float, float]:
    """Return losses and accuracies, of training and of validation by turns."""
    plan = question.network.plan
    data = examples_of(question.network.data)
    inputs, labels, counts = measured_examples(data)
    points = np.concatenate([inputs, grid_points(data)])
    look = measure_program(plan, counts, data.box is not None)(lane.vector, lane.running, points, labels)
    values = [float(value) for value in (*look.losses, *look.accuracies)]
    return values[0], values[1], values[2], values[3]
