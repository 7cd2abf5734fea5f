"""The question: which method, with which knobs, from where, on what."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from catalog import Settings, Value
from landscapes.find import Which

MOST_STEPS = 1000

Clip = Literal["none", "value", "norm"]


@dataclass(frozen=True)
class Run:
    """One descent. Hashable, and the key under which its answer is kept.

    Knobs that are not given have their defaults.

    - `schedule`, `schedule_knobs`, `warmup`: how the learning rate moves; it is warmed up for so many
      steps before.
    - `clip`: whether gradients are clipped by value or by norm, at `clip_at`.
    - `decoupled`: whether the penalty ½λ‖θ‖² of the surface (its knob `l2`) stays out of the gradient,
      and the step shrinks the parameters by αλθ instead (Loshchilov & Hutter, 2019).
    - `sigma`, `batch`: gradients carry Gaussian noise of standard deviation sigma/√batch on each
      coordinate; on a surface that is made of data they are those of mini-batches of that size (all
      the data, where there are fewer). `replacement`: whether each example is drawn from all of them,
      and not from those that are left of the epoch.
    - `seed`, `stream`: where all randomness comes from. Runs that have both in common see the same
      noise and the same batches at the same step, whatever their method.
    """

    landscape: Which
    optimizer: str
    start: tuple[float, float]
    steps: int
    knobs: Mapping[str, Value] = field(default_factory=Settings)
    landscape_knobs: Mapping[str, Value] = field(default_factory=Settings)
    schedule: str = "constant"
    schedule_knobs: Mapping[str, Value] = field(default_factory=Settings)
    warmup: int = 0
    clip: Clip = "none"
    clip_at: float = 1.0
    decoupled: bool = False
    sigma: float = 0.0
    batch: int = 1
    replacement: bool = False
    seed: int = 0
    stream: int = 0

    def __post_init__(self) -> None:
        """Take plain dicts and integers, keep hashable mappings and floats.

        Raises ValueError unless 1 <= steps <= MOST_STEPS, 0 <= seed < 2**32, 0 <= stream < 2**15, the
        start is finite, sigma and warmup are finite and not negative, batch >= 1, clip_at > 0 and clip
        is one of its choices.
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
        if not self.batch >= 1:
            raise ValueError(f"Expected a batch of 1 example or more, got {self.batch}.")
        if not 0 <= self.warmup <= MOST_STEPS:
            raise ValueError(f"Expected 0 to {MOST_STEPS} steps of warm-up, got {self.warmup}.")
        if self.clip not in ("none", "value", "norm"):
            raise ValueError(f"Expected clip to be none, value or norm, got {self.clip!r}.")
        if not 0 < self.clip_at < math.inf:
            raise ValueError(f"Expected a finite clip_at > 0, got {self.clip_at}.")
        if not 0 <= self.stream < 2**15:
            raise ValueError(f"Expected a stream from 0 to 2**15 - 1, got {self.stream}.")
        if not 0 <= self.seed < 2**32:
            raise ValueError(f"Expected a seed from 0 to 2**32 - 1, got {self.seed}.")
        object.__setattr__(self, "start", start)
