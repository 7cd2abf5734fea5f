"""The question: which method, with which knobs, from where, on what."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog import Settings, Value
from landscapes.formula import Which

MOST_STEPS = 1000


@dataclass(frozen=True)
class Run:
    """One descent. Hashable, and the key under which its answer is kept.

    Knobs that are not given have their defaults. `sigma` is the standard deviation of the Gaussian
    noise that is added to each coordinate of each gradient, drawn from `seed`: two runs with the
    same seed see the same noise at the same step, whatever their method.
    """

    landscape: Which
    optimizer: str
    start: tuple[float, float]
    steps: int
    knobs: Mapping[str, Value] = field(default_factory=Settings)
    landscape_knobs: Mapping[str, Value] = field(default_factory=Settings)
    schedule: str = "constant"
    schedule_knobs: Mapping[str, Value] = field(default_factory=Settings)
    sigma: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Take plain dicts and integers, keep hashable mappings and floats.

        Raises ValueError unless 1 <= steps <= MOST_STEPS, 0 <= seed < 2**32, the start is finite and
        sigma is finite and not negative.
        """
        if not 1 <= self.steps <= MOST_STEPS:
            raise ValueError(f"Expected 1 to {MOST_STEPS} steps, got {self.steps}.")
        for name in ("knobs", "landscape_knobs", "schedule_knobs"):
            object.__setattr__(self, name, Settings(getattr(self, name)))
        start = float(self.start[0]), float(self.start[1])
        if not (math.isfinite(start[0]) and math.isfinite(start[1])):
            raise ValueError(f"Expected a start of two finite numbers, got {self.start}.")
        if not 0 <= self.sigma < math.inf:
            raise ValueError(f"Expected a finite sigma >= 0, got {self.sigma}.")
        if not 0 <= self.seed < 2**32:
            raise ValueError(f"Expected a seed from 0 to 2**32 - 1, got {self.seed}.")
        object.__setattr__(self, "start", start)
