"""The rule that readers see, run as a recursion, makes the recorded steps: for every method."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Literal

import jax
import numpy as np
import pytest

from catalog import Settings
from descent import Run, Trajectory, descend
from descent.symbols import symbols
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS, Optimizer
from tests.optimizers.mutations import mutations
from tests.optimizers.recursion import Asked, Recursion, in_letters, side
from tests.optimizers.settings import STARTS, TURNED, gentle_rate, turned

STEPS = 40
TOLERANCE = 1e-10  # relative to the larger coordinate of the step

MORE: dict[str, dict[str, Any]] = {
    "bowl": {"sigma": 0.5, "seed": 3},
    "rosenbrock": {},
    "himmelblau": {"schedule": "cosine", "warmup": 5, "clip": "norm", "clip_at": 30.0},
}

# Slips that change nothing. In two dimensions there is a V that is symmetric as well as orthogonal: a mirror.
EQUIVALENT = {
    "saddle_free_newton": {
        r"H_t = \nabla^2 L(\theta_t) = V \operatorname{diag}(\lambda_1, \lambda_2)\, V",
    }
}

every_method = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


@cache
def asked(surface: str) -> Asked:
    """Return the gradient and the Hessian of a surface at its default knobs."""
    landscape = LANDSCAPES[surface]
    loss = lambda p: landscape.loss(p, **landscape.settings())  # noqa: E731
    gradient, hessian = jax.jit(jax.grad(loss)), jax.jit(jax.hessian(loss))
    return Asked(lambda p: np.asarray(gradient(p)), lambda p: np.asarray(hessian(p)))


@cache
def asked_for(name: str, surface: str, knobs: Settings) -> Run:
    """Return a run of STEPS steps."""
    given = {"learning_rate": gentle_rate(name, surface), **knobs}
    more = {} if OPTIMIZERS[name].elsewhere else MORE[surface]
    return Run(surface, name, STARTS[surface], STEPS, given, **more)


def recorded(name: str, surface: str, knobs: Settings) -> Trajectory:
    """Return its path."""
    return descend(asked_for(name, surface, knobs))


def recursion_of(method: Optimizer, rule: Sequence[str], surface: str, knobs: Settings) -> Recursion:
    """Return `rule` before its first step, with the numbers of the knobs of `method`."""
    values = {knob.symbol: float(method.settings(knobs)[knob.id]) for knob in method.knobs}
    return Recursion(rule, values, asked(surface))


def errors(method: Optimizer, rule: Sequence[str], surface: str, knobs: Settings) -> Iterator[float]:
    """Yield for every step how far `rule` is from what was recorded, relative to the step."""
    path = recorded(method.id, surface, knobs)
    recursion = recursion_of(method, rule, surface, knobs)
    rows = zip(path.points[:-1], path.seen, path.rates, path.updates, strict=True)
    for theta, seen, rate, update in rows:
        error = np.abs(recursion.step(theta, seen, rate) - theta - update).max()
        rounding = 4 * np.spacing(np.abs(theta).max())  # of θ_{t+1}, from which θ_t is taken again
        yield max(error - rounding, 0.0) / np.abs(update).max()


@every_method
@pytest.mark.parametrize("surface", MORE)
def test_latex_makes_the_recorded_steps(optimizer: Optimizer, surface: str) -> None:
    for knobs in (Settings(), turned(optimizer.id)):
        found = list(errors(optimizer, optimizer.latex, surface, knobs))
        assert len(found) == STEPS
        assert max(found) <= TOLERANCE


SHOWN_FOR_EVERY_METHOD = {"alpha", "t", "I", "g_{t}", "theta_{t}", "theta_{t + 1}"}


@every_method
@pytest.mark.parametrize("surface", MORE)
def test_the_numbers_of_the_symbols_are_those_of_the_rule(optimizer: Optimizer, surface: str) -> None:
    for knobs in (Settings(), turned(optimizer.id)):
        run, path = asked_for(optimizer.id, surface, knobs), recorded(optimizer.id, surface, knobs)
        shown = symbols(run)
        assert list(shown) == [symbol.latex for symbol in optimizer.symbols]
        recursion = recursion_of(optimizer, optimizer.latex, surface, knobs)
        for row, now in enumerate(zip(path.points[:-1], path.seen, path.rates, strict=True)):
            with np.errstate(invalid="ignore"):
                recursion.step(*now)
                expected = zip(*map(recursion.values, shown), strict=True)
            numbers = [values[row] for values in shown.values()]
            if numbers:
                assert any(all(map(same, numbers, each)) for each in expected), (row, numbers)


@every_method
def test_no_symbol_of_the_rule_is_without_a_number(optimizer: Optimizer) -> None:
    names = recursion_of(optimizer, optimizer.latex, "bowl", Settings()).names
    given = {str(name) for each in optimizer.symbols for name in side(in_letters(each.latex)).free_symbols}
    assert names - given <= SHOWN_FOR_EVERY_METHOD


def test_numbers_of_a_wrong_symbol_are_noticed() -> None:
    """The first moment is not the corrected one, after whichever step."""
    found = symbols(asked_for("adam", "bowl", Settings()))
    assert not any(same(*pair) for pair in zip(found["m_t"], found[r"\hat m_t"], strict=True))


def same(number: Any, expected: Any) -> bool:
    """Return whether what is shown is what the rule gives, or both are no number."""
    if isinstance(expected, complex):  # Python's root of a negative number
        return bool(np.isnan(number))
    scale = np.abs(expected).max()
    return bool(
        np.shape(number) == np.shape(expected)
        and np.allclose(number, expected, rtol=0, atol=TOLERANCE * scale, equal_nan=True)
    )


def test_no_knob_is_at_its_default() -> None:
    for method in OPTIMIZERS.values():
        assert all(TURNED[knob.id] != knob.default for knob in method.knobs[1:])


def verdict(method: Optimizer, rule: Sequence[str]) -> Literal["equal", "other steps", "no rule"]:
    """Return what running `rule` shows: the recorded steps, other ones, or that it cannot be run."""
    try:
        with np.errstate(all="ignore"):
            for surface in ("himmelblau", "bowl", "rosenbrock"):
                if not all(error <= TOLERANCE for error in errors(method, rule, surface, turned(method.id))):
                    return "other steps"
    except (KeyError, ValueError):
        return "no rule"
    return "equal"


@every_method
def test_a_slip_in_the_latex_is_noticed(optimizer: Optimizer) -> None:
    """Or else this could be a check that passes whatever is shown."""
    slips = list(mutations(optimizer.latex, [knob.symbol for knob in optimizer.knobs]))
    verdicts = [verdict(optimizer, rule) for rule in slips]
    unnoticed = {line for rule, each in zip(slips, verdicts, strict=True) if each == "equal" for line in rule}
    assert unnoticed - set(optimizer.latex) == EQUIVALENT.get(optimizer.id, set()), (
        "These slips change no step: write the rule so that they do, or name them in EQUIVALENT."
    )
    assert verdicts.count("other steps") >= 2, f"Expected slips that make other steps, got {verdicts}."


@pytest.mark.parametrize(
    ("name", "said", "wrong"),
    [
        ("adam", r"(1-\beta_2)\, g_t^2", r"(1-\beta_2)\, g_t"),
        ("adam", r"\beta_2 v_{t-1}", r"\beta_1 v_{t-1}"),
        ("adam", r"\varepsilon}\, \hat m_t", r"\varepsilon}\, m_t"),
        ("adamw", r"\lambda\, \theta_t", r"\lambda\, g_t"),
        ("yogi", r"v_{t-1} - g_t^2)", r"v_{t-1} + g_t^2)"),
        ("yogi", r"10^{-6}", r"0"),
        ("adan", r"g_0 = g_1", r"g_0 = 0"),
        ("lion", r"m_t = \beta_2", r"m_t = \beta_1"),
        ("adagrad", r"\sqrt{s_t + \varepsilon}", r"\sqrt{s_t} + \varepsilon"),
        ("rmsprop", r"\sqrt{s_t} + \varepsilon", r"\sqrt{s_t + \varepsilon}"),
        ("nesterov", r"(g_t + \mu\, v_t)", r"(v_t + \mu\, g_t)"),
        ("sam", r"L(\theta_t + \epsilon_t)", r"L(\theta_t - \epsilon_t)"),
        ("damped_newton", r"\mu I", r"\mu H_t"),
        ("negative_curvature", r"g_t^\top v_t \le 0", r"g_t^\top v_t \ge 0"),
    ],
)
def test_a_rule_like_the_published_one_is_told_from_it(name: str, said: str, wrong: str) -> None:
    method = OPTIMIZERS[name]
    rule = [line.replace(said, wrong) for line in method.latex]
    assert tuple(rule) != method.latex
    assert verdict(method, rule) == "other steps"
