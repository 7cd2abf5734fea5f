"""A run of training as a question, and what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from catalog import Settings
from networks.data import about
from networks.initializers import INITIALIZERS
from networks.network import MOST_WIDTH, Network, is_number
from networks.pretraining import pretraining_cost
from optimizers import OPTIMIZERS, SCHEDULES
from optimizers.knobs import RATE

MOST_STEPS = 20_000
MOST_DECAY = 10.0
MOST_SEED = 2**32 - 1
MEASUREMENTS = 41
"""A run is measured at so many steps at most, evenly spread, the first and the last among them."""
MOST_MEASURED = 1000
"""So many examples at most are measured, of those trained on and of those for validation."""
MOST_COST = 2e11
"""So many multiply-adds a run may cost: half a minute to a minute on one core."""
FEWEST_STEPS = 100
"""A run that would cost too much is made this short at most, before its layers are made narrower."""


@dataclass(frozen=True)
class Training:
    """A network that is trained, by which method, on what part of the data at a time, and for how long.

    - `optimizer`, `knobs`: a method of the shelf that needs no Hessian, and its knobs; without a learning
      rate among them that of the method's paper.
    - `schedule`, `schedule_knobs`, `warmup`: how the rate moves over the `steps`.
    - `batch`: how many examples a step sees, drawn anew in each epoch; those that fill no batch are left out
      of that epoch. None: all of them, as for a batch that is no smaller.
    - `weight_decay`: λ. The weights W (no offsets, no parameters of normalisations) are drawn to 0: by a
      penalty λ/2·|W|² whose gradient goes through the method, or, `decoupled`, by α_t·λ·W beside it. The
      losses that are told are without it.
    - `seed`: of the first weights, the batches and dropout.

    Raises ValueError: what was expected, and what came.
    """

    network: Network
    optimizer: str = "adam"
    knobs: Mapping[str, Any] = field(default_factory=dict)
    schedule: str = "constant"
    schedule_knobs: Mapping[str, Any] = field(default_factory=dict)
    warmup: int = 0
    batch: int | None = None
    steps: int = 1000
    weight_decay: float = 0.0
    decoupled: bool = False
    seed: int = 0

    def __post_init__(self) -> None:
        """Check everything; nothing is computed."""
        if not isinstance(self.network, Network):
            raise ValueError(f"Expected a Network, got {type(self.network).__name__}.")
        fit = [name for name, method in OPTIMIZERS.items() if not method.hessian]
        if self.optimizer not in fit:
            raise ValueError(f"Expected a method among {', '.join(fit)}; got {self.optimizer!r}.")
        if self.schedule not in SCHEDULES:
            raise ValueError(f"Expected a schedule among {', '.join(SCHEDULES)}; got {self.schedule!r}.")
        settings = OPTIMIZERS[self.optimizer].settings(self.knobs)
        object.__setattr__(self, "knobs", Settings(settings))
        schedule = SCHEDULES[self.schedule].settings(self.schedule_knobs)
        object.__setattr__(self, "schedule_knobs", Settings(schedule))
        _check_whole("steps", self.steps, 1, MOST_STEPS)
        _check_whole("warmup", self.warmup, 0, MOST_STEPS)
        _check_whole("seed", self.seed, 0, MOST_SEED)
        examples = about(self.network.data).train
        if self.batch is not None:
            _check_whole("batch", self.batch, 1, 2**31)
            if self.batch >= examples:
                object.__setattr__(self, "batch", None)
        if not is_number(self.weight_decay) or not 0 <= self.weight_decay <= MOST_DECAY:
            raise ValueError(f"Expected weight_decay in [0, {MOST_DECAY:g}], got {self.weight_decay!r}.")
        if not isinstance(self.decoupled, bool):
            raise ValueError(f"Expected decoupled to be True or False, got {self.decoupled!r}.")

    @property
    def measured(self) -> tuple[int, ...]:
        """Return at which steps it is measured: at most 41, the first 0 and the last `steps`."""
        looks = min(MEASUREMENTS - 1, self.steps)
        return tuple(round(k * self.steps / looks) for k in range(looks + 1))

    @property
    def rate(self) -> float:
        """Return the peak learning rate."""
        return float(self.knobs[RATE])

    @property
    def seen(self) -> int:
        """Return how many examples a step sees."""
        return about(self.network.data).train if self.batch is None else self.batch


def step_cost(training: Training) -> float:
    """Return how many multiply-adds one step costs: forward, and twice that backward, for each gradient."""
    gradients = OPTIMIZERS[training.optimizer].cost
    return 3.0 * gradients * training.seen * training.network.plan.multiplications


def cost_of(training: Training) -> float:
    """Return how many multiply-adds the run costs, with its measurements and what is learned before it."""
    data = about(training.network.data)
    looked = min(data.train, MOST_MEASURED) + min(data.validation, MOST_MEASURED)
    look = looked * training.network.plan.multiplications
    before = (
        pretraining_cost(training.network) if INITIALIZERS[training.network.initializer].pretrained else 0.0
    )
    return before + training.steps * step_cost(training) + float(len(training.measured) * look)


def nearest_allowed(training: Training) -> Training:
    """Return `training`, or the nearest to it that costs no more than `MOST_COST`.

    That has fewer steps, but no fewer than 100; where that does not do, its layers are narrower as well.
    """
    if cost_of(training) <= MOST_COST:
        return training
    looks = cost_of(training) - training.steps * step_cost(training)
    steps = int((MOST_COST - looks) / step_cost(training))
    if steps >= min(FEWEST_STEPS, training.steps):
        return replace(training, steps=steps)
    shorter = replace(training, steps=min(FEWEST_STEPS, training.steps))
    low, high = 1, MOST_WIDTH  # the widest that any layer may be
    while low < high:
        middle = (low + high + 1) // 2
        if cost_of(_narrower(shorter, middle)) <= MOST_COST:
            low = middle
        else:
            high = middle - 1
    return _narrower(shorter, low)


def _narrower(training: Training, most: int) -> Training:
    widths = tuple(min(width, most) for width in training.network.widths)
    return replace(training, network=replace(training.network, widths=widths))


def _check_whole(name: str, value: Any, low: int, high: int) -> None:
    if not is_number(value) or value != int(value) or not low <= value <= high:
        raise ValueError(f"Expected {name} to be a whole number from {low} to {high}, got {value!r}.")
