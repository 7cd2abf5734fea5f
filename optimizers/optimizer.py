"""What an optimization method is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import optax
from jax import Array

from catalog import Knob, Source
from catalog.knob import complete

Moments = Callable[..., tuple[Array, Array]]


@dataclass(frozen=True)
class Optimizer:
    r"""A first-order method, told in one form.

        Δθ_t = − α_t · ( M_t / (√G_t + ε) + D_t )      M_t = φ(g_1 … g_t)     G_t = ψ(g_1 … g_t)

    where D_t, the part that does not come from gradients, is zero but for decoupled weight decay.

    - `build(**knobs)`: the optax transformation *without* its learning rate: from the gradient g_t
      to −Δθ_t/α_t. `learning_rate` is the first of `knobs` but is not passed to `build`.
    - `moments(before, after, gradient, **knobs)`: (M_t, G_t), each of shape (2,), read from the optax
      states before and after the step and from the gradient that the step saw; never from the update.
    - `decoupled(theta, **knobs)`: D_t of shape (2,), or None where it is zero.
    - `epsilon(**knobs)`: ε of the form above (0 where the method has none, or keeps it inside G).
    - `latex`: the method's own update rule, line by line as published.
    - `unit`: what the learning rate multiplies: a "gradient", a "length" (the direction is already
      normalised) or a "factor" without unit that rarely needs turning.
    - `share`: the method's suggested rate is `share` times the surface's rate of that unit.
    - `differs`: key of a sentence in `locales/*/methods.toml` on where we depart from the paper or
      from optax's defaults, or None.
    """

    id: str
    build: Callable[..., optax.GradientTransformation]
    latex: tuple[str, ...]
    knobs: tuple[Knob, ...]
    moments: Moments
    source: Source
    unit: Literal["gradient", "length", "factor"]
    share: float = 1.0
    epsilon: Callable[..., Any] = lambda **_: 0.0
    decoupled: Callable[..., Array] | None = None
    differs: str | None = None

    def settings(self, given: Mapping[str, Any] = {}) -> dict[str, Any]:
        """Return a value for every knob; ValueError names what is wrong with `given`."""
        return complete(self.knobs, given)
