"""What an optimization method is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import optax
from jax import Array

from catalog import Knob, Source
from catalog.knob import complete
from optimizers.symbols import Symbol

Moments = Callable[..., tuple[Array, Array]]


@dataclass(frozen=True)
class Optimizer:
    r"""A method, written in one form.

        Δθ_t = − α_t · ( M_t / (√G_t + ε) + D_t )      M_t = φ(g_1 … g_t)     G_t = ψ(g_1 … g_t)

    where D_t, the part that does not come from gradients, is zero but for decoupled weight decay.

    - `build(**knobs)`: the optax transformation *without* its learning rate: from the gradient g_t
      to −Δθ_t/α_t. `learning_rate` is the first of `knobs` but is not passed to `build`.
    - `hessian`: whether a step needs the Hessian H_t of the loss at the point. Then `build` gives an
      `optax.GradientTransformationExtraArgs` whose update takes it as the keyword `hessian`, of shape
      (2, 2); it is the true one, also where the gradient is noisy.
    - `elsewhere`: whether a step needs gradients at other points. Then `build` gives an
      `optax.GradientTransformationExtraArgs` whose update takes the keyword `grad_fn(params, i)`: the
      very estimate that gave g_t (same mini-batch, same noise, clipped alike), of shape (2,), at other
      params; i counts the calls within a step.
    - `cost`: how many gradients a step costs. A Hessian in two dimensions costs two more than g_t.
    - `moments(before, after, gradient, **knobs)`: (M_t, G_t), each of shape (2,), read from the optax
      states before and after the step and from the gradient that the step saw; never from the update.
    - `decoupled(theta, **knobs)`: D_t of shape (2,), or None where it is zero.
    - `epsilon(**knobs)`: ε of the form above (0 where the method has none, or keeps it inside G).
    - `limit(**knobs)`: the largest α·λ up to which the method converges on a quadratic, λ being the
      largest eigenvalue of P^(-1/2) H P^(-1/2) with P = diag(√G_t + ε); or None where there is no such
      number. Decoupled decay is left out.
    - `unlimited`: why there is none; None for a method that has a limit.
    - `frozen`: whether that limit takes P as it is at step t although it moves with the gradients. It
      is then an estimate (Cohen et al., 2022, arXiv 2207.14484), otherwise exact on quadratics.
    - `latex`: the method's own update rule, line by line as published but for what `differs` says. Tests run
      it: t counts from 1, g_t is the gradient at θ_t, and what a step remembers is 0 before the first one
      unless a line says otherwise. `tests/optimizers/recursion.py` says which notation it may use.
    - `symbols`: what of that rule has a value of its own at each step, in the order in which it is shown;
      g_t, α, θ_t and the knobs are shown for every method.
    - `unit`: what the learning rate multiplies: a "gradient", a "length" (the direction is already
      normalised) or a "factor" without unit that rarely needs turning.
    - `share`: the method's suggested rate is `share` times the surface's rate of that unit.
    - `undivided`: whether its first steps are multiples of the gradient although `unit` is a length: then
      the suggested rate is no larger than what the surface allows for these.
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
    hessian: bool = False
    elsewhere: bool = False
    cost: int = 1
    limit: Callable[..., Any] | None = None
    unlimited: str | None = None
    frozen: bool = False
    undivided: bool = False
    differs: str | None = None
    symbols: tuple[Symbol, ...] = ()

    def settings(self, given: Mapping[str, Any] = {}) -> dict[str, Any]:
        """Return a value for every knob; ValueError names what is wrong with `given`."""
        return complete(self.knobs, given)
