"""How the learning rate moves during a run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from catalog import Knob, Source
from catalog.knob import complete


@dataclass(frozen=True)
class Schedule:
    """A learning rate as a function of the step.

    - `rate(t, steps, peak, **knobs)`: α_t, of shape (), for step t = 0 … steps-1. `peak` is the
      method's learning rate knob. All three may be JAX tracers, so nothing may branch on them in
      Python. With `steps` known, a schedule can end where the run ends.
    - `latex`: the same in t, T and α.
    - `source`: the paper, or None where there is nothing to cite.
    """

    id: str
    rate: Callable[..., Any]
    latex: str
    knobs: tuple[Knob, ...] = ()
    source: Source | None = None

    def settings(self, given: Mapping[str, Any] = {}) -> dict[str, Any]:
        """Return a value for every knob; ValueError names what is wrong with `given`."""
        return complete(self.knobs, given)
