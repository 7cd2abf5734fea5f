"""The book's experiments on networks, run again from several seeds: ours beside what it prints.

Saitō (2016), Deep Learning from Scratch, chapter 6. Its numbers are those of single runs without a seed, on
the 60,000 images of MNIST unless it says otherwise; ours are on the 4,000 that we train on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from networks import DATASETS, Network, Training, signals, train
from studies.networks.drawn import Drawn
from studies.networks.undivided import other_epsilon, undivided

Curves = dict[str, list[float]]
"""What one run says, by name: a number for each x."""

SEEDS = 10
BAND = 95
"""The band is of so many per cent of the seeds: from their 2.5 % to their 97.5 % quantile."""
DIGITS = 5


@dataclass(frozen=True)
class Printed:
    """A number that the book prints: of which lane and curve, at which x (as an index)."""

    lane: str
    curve: str
    at: int
    value: float
    half: float
    """Half a unit of its last digit: so far may what was rounded lie from it."""


@dataclass(frozen=True)
class Experiment:
    """An experiment of the book.

    - `axis`: what x is, "layer", "step", "epoch", "scale" or "number"; `x`: its values.
    - `lanes`: the runs that are compared, `curves`: what is drawn of each.
    - `run(lane, seed)`: one run; each curve has a number for each x.
    - `settings`: what is said of them, by name.
    """

    id: str
    section: str
    axis: str
    x: tuple[float, ...]
    lanes: tuple[str, ...]
    curves: tuple[str, ...]
    printed: tuple[Printed, ...]
    run: Callable[[str, int], Curves]
    settings: Mapping[str, Any]
    quick: bool = False
    """Whether a test runs it again."""
    same: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Lanes that are those of another experiment: (its id, the lane there)."""
    extra: Callable[[Mapping[str, Sequence[Curves]]], dict[str, list[float]]] = lambda runs: {}
    """What else is kept of the runs of each lane: numbers by name."""


# Activations ------------------------------------------------------------------------------------------------

LAYERS = 5
STARTS = {"sigmoid_1": ("sigmoid", "normal_1"), "sigmoid_01": ("sigmoid", "normal_01")}
STARTS |= {"tanh_lecun": ("tanh", "lecun_normal"), "relu_he": ("relu", "he_normal")}


def _activations(lane: str, seed: int) -> Curves:
    activation, initializer = STARTS[lane]
    network = Network("normal_inputs", (100,) * LAYERS, activation, initializer)
    inputs = np.random.default_rng((seed, 6)).normal(size=(1000, 100)).astype(np.float32)
    found = signals(network, inputs, seed)
    return {"saturated": _numbers(found.saturated), "std": _numbers(found.std)}


# Starting weights and optimizers ----------------------------------------------------------------------------

STEPS = 1000
GRID = tuple(range(0, STEPS + 1, 20))
WEIGHTS = {"normal_01": "normal_01", "xavier": "lecun_normal", "he": "he_normal"}
METHODS = {"sgd": 0.01, "momentum": 0.01, "adagrad": 0.01, "adam": 0.001}


def _losses(initializer: str, method: str, seed: int) -> Curves:
    """Return the loss of a step's batch after 1, 21, … steps, as the book counts them: from 0."""
    network = Network("mnist", (100,) * 4, "relu", initializer)
    rate = {"learning_rate": METHODS[method]}
    history = train(Training(network, method, rate, batch=128, steps=STEPS + 1, seed=seed))
    losses = np.full(STEPS + 2, np.nan)
    losses[: len(history.losses)] = history.losses
    return {"loss": _numbers(losses[np.array(GRID) + 1])}


def _starting_weights(lane: str, seed: int) -> Curves:
    return _losses(WEIGHTS[lane], "sgd", seed)


def _optimizers(lane: str, seed: int) -> Curves:
    return _losses("he_normal", lane, seed)


# Batch normalisation ----------------------------------------------------------------------------------------

SCALES = tuple(float(scale) for scale in np.logspace(0, -4, 16))
EPOCH, EPOCHS = 10, 20
BOOK_EPSILON = 1e-6
"""What the book adds to a variance before it takes the root; ours is 1e-5, and counts where σ is least."""


def _batch_norm(lane: str, seed: int) -> Curves:
    shares: list[float] = []
    small: dict[str, list[float]] = {}
    few = Drawn(DATASETS["mnist"], 1000, seed)
    for scale in SCALES:
        network = Network(few, (100,) * 5, "relu", "normal", scale, "batch" if lane == "batch" else "none")
        # It looks at the start of each of 20 epochs, after the step: the last time after 191 steps.
        steps = EPOCH * (EPOCHS - 1) + 1
        question = Training(network, "sgd", {"learning_rate": 0.01}, batch=100, steps=steps, seed=seed)
        history = train(question)
        if lane == "batch" and scale == SCALES[-1]:
            small = {"book_epsilon": _numbers([other_epsilon(question, BOOK_EPSILON)])}
        diverged = history.ending.kind == "diverged"
        # A network whose scores are no numbers calls everything the first class.
        shares.append(_first_class(few) if diverged else float(history.train_accuracy[-1]))
    return {"train": _numbers(shares), **small}


def _lost(runs: Mapping[str, Sequence[Curves]]) -> dict[str, list[float]]:
    """Return, for each seed, for how many scales the network without normalisation is better.

    And its share at the least scale if the book's number is added to the variance.
    """
    pairs = zip(runs["plain"], runs["batch"], strict=True)
    return {
        "book_epsilon": [run["book_epsilon"][0] for run in runs["batch"]],
        "lost": [float(np.sum(np.array(plain["train"]) > batch["train"])) for plain, batch in pairs],
    }


def _first_class(few: Drawn) -> float:
    return float((few.load().train_labels == 0).mean())


# Weight decay and dropout -----------------------------------------------------------------------------------

DECAY_EPOCHS, DROPOUT_EPOCHS, EACH = 200, 300, 3
"""The book's first epoch has one step, which we leave out."""


def _few(lane: str, seed: int, epochs: int) -> Curves:
    dropout = 0.2 if lane in ("divided", "undivided") else 0.0
    network = Network(Drawn(DATASETS["mnist"], 300, seed), (100,) * 6, "relu", "he_normal", dropout=dropout)
    question = Training(
        network,
        "sgd",
        {"learning_rate": 0.01},
        batch=100,
        steps=EACH * epochs,
        weight_decay=0.1 if lane == "decay" else 0.0,
        seed=seed,
    )
    if lane == "undivided":
        shares, ends = undivided(question)
        curves = {"train": _numbers(shares[:, 0]), "test": _numbers(shares[:, 1])}
        return {**curves, "loss_stays": _numbers(ends[:1, 0]), "loss_ratio": _numbers(ends[1:, 0])}
    history = train(question)
    return {"train": _numbers(history.train_accuracy), "test": _numbers(history.validation_accuracy)}


def _factors(runs: Mapping[str, Sequence[Curves]]) -> dict[str, list[float]]:
    """Return, for each seed, the validation loss if outputs are multiplied by 1 − p, and by p."""
    return {name: [run[name][0] for run in runs["undivided"]] for name in ("loss_stays", "loss_ratio")}


def _weight_decay(lane: str, seed: int) -> Curves:
    return _few(lane, seed, DECAY_EPOCHS)


def _dropout(lane: str, seed: int) -> Curves:
    return _few(lane, seed, DROPOUT_EPOCHS)


def _looked(epochs: int) -> tuple[float, ...]:
    """Return the epochs after which a run of so many is measured."""
    return tuple(round(k * EACH * epochs / 40) / EACH for k in range(41))


# Hyper-parameters -------------------------------------------------------------------------------------------

TRIALS, BEST, SLOW = 100, 10, 1e-3


def trials(seed: int) -> NDArray[np.float64]:
    """Return (TRIALS, 2): λ = 10^U(−8, −4) and the rate 10^U(−6, −2) of each trial of one search."""
    return 10 ** np.random.default_rng((seed, 4)).uniform((-8, -6), (-4, -2), (TRIALS, 2))


def _search(lane: str, seed: int) -> Curves:
    network = Network(Drawn(DATASETS["mnist"], 400, seed, 100), (100,) * 6, "relu", "he_normal")
    asked = trials(seed)
    found = []
    for number, (decay, rate) in enumerate(asked):
        one = Training(
            network,
            "sgd",
            {"learning_rate": float(rate)},
            batch=100,
            steps=200,
            weight_decay=float(decay),
            seed=TRIALS * seed + number,
        )
        found.append(float(train(one).validation_accuracy[-1]))
    decays, rates = asked.T
    drawn = {"decays": _numbers(decays), "rates": _numbers(rates), "found": _numbers(found)}
    return {"outcome": _outcome(asked, np.array(found)), **drawn}


def _first(runs: Mapping[str, Sequence[Curves]]) -> dict[str, list[float]]:
    """Return the trials of the first seed: λ, rate, and the share of validation images that is right."""
    return {name: runs["random"][0][name] for name in ("decays", "rates", "found")}


def _outcome(asked: NDArray[np.float64], found: NDArray[np.float64]) -> list[float]:
    """Return what one search says: see `SEARCH`."""
    best = np.argsort(-found, kind="stable")[:BEST]
    slow = found[asked[:, 1] < SLOW]
    decays = np.log10(asked[best, 0])
    return _numbers(
        [found[best[0]], asked[best[0], 1], slow.max(), len(slow), float(decays.max() - decays.min())]
    )


SEARCH = ("best", "rate_of_best", "best_of_slow", "slow", "decades")
"""What is kept of a search: the best share that is right, its rate, the best share of those with a rate below
1e-3, how many these are, and over how many powers of ten the λ of the ten best are spread."""


def _numbers(values: Any) -> list[float]:
    return [float(f"{value:.{DIGITS}g}") for value in np.asarray(values, float)]


def _prints(lane: str, curve: str, half: float, at: Mapping[int, float]) -> tuple[Printed, ...]:
    return tuple(Printed(lane, curve, where, value, half) for where, value in at.items())


def _steps(lane: str, *values: float) -> tuple[Printed, ...]:
    """Return losses that are printed at steps 100, 500 and 1000, or at 100 and 1000."""
    at = (100, 500, 1000) if len(values) == 3 else (100, 1000)
    return _prints(
        lane, "loss", 5e-4, {GRID.index(step): value for step, value in zip(at, values, strict=True)}
    )


_OF_SCALES = {0: (0.097, 0.419), 2: (0.979, 0.630), 3: (0.823, 0.763), 7: (0.116, 1.0), 15: (0.116, 0.523)}
_MNIST = {"data": "mnist", "examples": 4000, "of_book": 60000, "batch": 128}
_FEW = {"data": "mnist", "examples": 300, "of_book": 300, "rate": 0.01, "batch": 100}

EXPERIMENTS: Mapping[str, Experiment] = {
    each.id: each
    for each in (
        Experiment(
            "activations",
            "6.2.2",
            "layer",
            (1, 2, 3, 4, 5),
            tuple(STARTS),
            ("saturated", "std"),
            (
                *_prints(
                    "sigmoid_1",
                    "saturated",
                    5e-3,
                    dict(enumerate((0.64, 0.49, 0.47, 0.48, 0.53))),
                ),
                *_prints("sigmoid_01", "std", 5e-4, {0: 0.025, 4: 0.012}),
            ),
            _activations,
            {"examples": 1000, "of_book": 1000},
            quick=True,
        ),
        Experiment(
            "weight_decay",
            "6.4.2",
            "epoch",
            _looked(DECAY_EPOCHS),
            ("none", "decay"),
            ("train", "test"),
            (
                *_prints("decay", "train", 5e-4, {40: 0.927}),
                *_prints("decay", "test", 5e-4, {40: 0.721}),
            ),
            _weight_decay,
            {**_FEW, "steps": EACH * DECAY_EPOCHS, "decay": 0.1},
            quick=True,
        ),
        Experiment(
            "dropout",
            "6.4.3",
            "epoch",
            _looked(DROPOUT_EPOCHS),
            ("none", "divided", "undivided"),
            ("train", "test"),
            (
                *_prints("undivided", "train", 5e-4, {40: 0.670}),
                *_prints("undivided", "test", 5e-4, {40: 0.548}),
                *_prints("divided", "train", 5e-4, {40: 0.670}),
                *_prints("divided", "test", 5e-4, {40: 0.548}),
            ),
            _dropout,
            {**_FEW, "steps": EACH * DROPOUT_EPOCHS, "dropout": 0.2},
            extra=_factors,
        ),
        Experiment(
            "starting_weights",
            "6.2.4",
            "step",
            GRID,
            tuple(WEIGHTS),
            ("loss",),
            (
                *_steps("normal_01", 2.302, 2.301, 2.302),
                *_steps("xavier", 2.232, 1.064, 0.356),
                *_steps("he", 1.561, 0.341, 0.205),
            ),
            _starting_weights,
            {**_MNIST, "steps": STEPS, "rate": 0.01},
        ),
        Experiment(
            "optimizers",
            "6.1.8",
            "step",
            GRID,
            tuple(METHODS),
            ("loss",),
            (
                *_steps("sgd", 1.484, 0.181),
                *_steps("momentum", 0.422, 0.044),
                *_steps("adagrad", 0.191, 0.020),
                *_steps("adam", 0.338, 0.026),
            ),
            _optimizers,
            {**_MNIST, "steps": STEPS},
            same={"sgd": ("starting_weights", "he")},
        ),
        Experiment(
            "batch_norm",
            "6.3.2",
            "scale",
            SCALES,
            ("plain", "batch"),
            ("train",),
            tuple(
                one
                for lane, which in (("plain", 0), ("batch", 1))
                for one in _prints(
                    lane, "train", 5e-4, {at: values[which] for at, values in _OF_SCALES.items()}
                )
            ),
            _batch_norm,
            {"data": "mnist", "examples": 1000, "of_book": 1000, "rate": 0.01, "batch": 100, "steps": 191},
            extra=_lost,
        ),
        Experiment(
            "search",
            "6.5.3",
            "number",
            tuple(range(len(SEARCH))),
            ("random",),
            ("outcome",),
            (
                *_prints("random", "outcome", 5e-3, {0: 0.84, 2: 0.25}),
                *_prints("random", "outcome", 5e-5, {1: 0.0094}),
                *_prints("random", "outcome", 0.5, {3: 74}),
                *_prints("random", "outcome", 0.12, {4: 3.0}),
            ),
            _search,
            {"data": "mnist", "examples": 400, "of_book": 400, "batch": 100, "steps": 200, "trials": TRIALS},
            extra=_first,
        ),
    )
}
"""The experiments by id, the quick ones first."""
