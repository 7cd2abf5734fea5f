"""How the learning rate moves during a run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import optax

from catalog import Knob, Source
from catalog.knob import complete


@dataclass(frozen=True)
class Schedule:
    r"""The learning rate of each step as a share of the peak rate α, so that it serves every peak.

        α_t = α · s(t)      t = 0 … T-1

    - `build(steps, **knobs)`: s as an optax schedule, from a count of steps to the share. `steps` is
      T ≥ 1, so that a schedule can end where the run ends; it and the knobs are plain Python numbers.
    - `latex`: the same in t, T, α and the symbols of the knobs.
    - `knobs`: shares of the peak, numbers of steps, and factors without unit; never rates.
    - `source`: the paper, or None where there is nothing to cite.
    """

    id: str
    build: Callable[..., optax.Schedule]
    latex: str
    knobs: tuple[Knob, ...] = ()
    source: Source | None = None

    def settings(self, given: Mapping[str, Any] = {}) -> dict[str, Any]:
        """Return a value for every knob; ValueError names what is wrong with `given`."""
        return complete(self.knobs, given)
