r"""The symbols of an update rule, each with what it is at one step of a run.

A symbol is spelled as the rule spells it, so that a reader finds it there and a test can run the rule and
compare. What several methods share is written once here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax.numpy as jnp
import optax
from jax import Array


class Step(NamedTuple):
    """All that a step is made from, and what is remembered after it."""

    t: Any  # (), counted from 1 as in the rules
    before: Any  # the optax state before the step
    after: Any  # and after it
    gradient: Array  # (2,): g_t, as the method saw it
    point: Array  # (2,): θ_t
    rate: Any  # (): α_t
    hessian: Array  # (2, 2): H_t; zero for methods that read none
    m: Array  # (2,): M_t of the unified form
    knobs: Mapping[str, Any]  # those of the method, but for the learning rate


@dataclass(frozen=True)
class Symbol:
    r"""A symbol, or a part of a rule that has a value of its own, such as 1-\beta_1^t.

    - `latex`: as the rule writes it.
    - `name`: key of what it is called, in `locales/*/methods.toml` under `symbols`.
    - `value(step)`: the number: of shape () if both coordinates share it, (2,) or (2, 2).
    """

    latex: str
    name: str
    value: Callable[[Step], Any]


State = Callable[[Any], Any]


def itself(state: Any) -> Any:
    """Return `state`: most methods' memory is all there is."""
    return state


def first(state: Any) -> Any:
    """Return the memory of a method to whose steps a decay is added afterwards."""
    return state[0]


def remembered(letter: str, name: str, field: str, of: State = itself) -> tuple[Symbol, Symbol]:
    """Return a memory before and after a step: the `field` of a state, called `letter` in the rule."""
    return (
        Symbol(rf"{letter}_{{t-1}}", f"{name}_before", lambda step: getattr(of(step.before), field)),
        Symbol(f"{letter}_t", name, lambda step: getattr(of(step.after), field)),
    )


def correction(decay: str, number: int) -> Symbol:
    """Return what corrects an average for its start at zero: 1-βᵗ of the knob `decay`, β with `number`."""
    latex = rf"1-\beta_{number}^t"
    return Symbol(latex, "correction", lambda step: 1 - step.knobs[decay] ** step.t)


def corrected(letter: str, name: str, field: str, decay: str, of: State = itself) -> Symbol:
    """Return an average over its correction."""

    def value(step: Step) -> Any:
        return optax.tree.bias_correction(getattr(of(step.after), field), step.knobs[decay], step.t)

    return Symbol(rf"\hat {letter}_t", f"{name}_corrected", value)


def first_moment(of: State = itself) -> tuple[Symbol, ...]:
    """Return m with its correction."""
    return (
        *remembered("m", "first_moment", "mu", of),
        correction("beta1", 1),
        corrected("m", "first_moment", "mu", "beta1", of),
    )


def second_moment(of: State = itself, letter: str = "v", name: str = "second_moment") -> tuple[Symbol, ...]:
    """Return v with its correction, or what stands in its place."""
    return (
        *remembered(letter, name, "nu", of),
        correction("beta2", 2),
        corrected(letter, name, "nu", "beta2", of),
    )


HESSIAN = Symbol("H_t", "hessian", lambda step: step.hessian)

CURVATURES = (
    HESSIAN,
    Symbol(r"\lambda_{\min}(H_t)", "least_curvature", lambda step: jnp.linalg.eigvalsh(step.hessian)[0]),
    Symbol(r"\lambda_{\max}(H_t)", "largest_curvature", lambda step: jnp.linalg.eigvalsh(step.hessian)[1]),
)
"""What Newton's methods divide by."""
