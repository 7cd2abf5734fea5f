"""Formulas as landscapes: what suits them, and that equal ones are one."""

from concurrent.futures import ThreadPoolExecutor

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalog.rounding import rounded
from landscapes import LANDSCAPES, Landscape
from landscapes.defaults import LARGEST_RATE, LEAST_RATE
from landscapes.find import find
from landscapes.formula import Formula, FormulaError, from_formula
from tests.landscapes.formula.corpus import ACCEPTED
from tests.landscapes.formula.grammar import formulas

BOXES = [
    ((-5.0, 5.0), (-5.0, 5.0)),
    ((-2.0, 2.0), (-1.0, 3.0)),
    ((0.0, 0.001), (0.0, 0.004)),
    ((999_000.0, 1_000_000.0), (-2000.0, 2000.0)),
]


def check(surface: Landscape) -> None:
    """Hold `surface` to what every landscape promises, as far as a formula nobody has seen can."""
    assert (surface.id, surface.family, surface.source) == ("formula", "typed", None)
    assert (surface.knobs, surface.checks, surface.minima(), surface.steps) == ((), (), None, 100)
    assert surface.contains(surface.start)
    assert np.isfinite(surface.loss.on(*np.transpose([surface.start])))[0]
    for rate in (surface.gradient_rate, surface.length_rate):
        assert LEAST_RATE <= rate <= LARGEST_RATE and rate == rounded(rate)
    assert surface.view in ("linear", "log")


@pytest.mark.parametrize("text", ACCEPTED)
@pytest.mark.parametrize("box", BOXES)
def test_every_good_formula_makes_a_picture(text: str, box):
    try:
        surface = from_formula(text, box)
    except FormulaError as error:
        assert error.why == "undefined" and box != BOXES[0]
        return
    check(surface)
    # Few digits: a link is read aloud.
    assert all(len(f"{at!r}") <= 9 for at in surface.start)
    longest = max(high - low for low, high in box)
    assert min(longest / 100, LARGEST_RATE) <= surface.length_rate <= longest / 20


@given(formulas())
def test_random_formulas_make_pictures(text: str):
    try:
        surface = from_formula(text)
    except FormulaError:
        assume(False)
        raise
    check(surface)


TAME = [
    "x**2/20+y**2",
    "x**2+y**2",
    "(1-x)**2+100*(y-x**2)**2",
    "(x**2+y-11)**2+(x+y**2-7)**2",
    "20+x**2-10*cos(2*pi*x)+y**2-10*cos(2*pi*y)",
    "x**4+y**4-x*y",
    "log(1+x**2)+y**2",
    "sqrt(x**2+y**2+1)",
    "3*x-4*y",
    "sin(x)+cos(y)",
    "exp(x)+exp(-y)+x**2",
    "softplus(x*y)+x**2+y**2",
]


@pytest.mark.parametrize("text", TAME)
def test_the_suggested_rate_is_safe_from_the_start(text: str):
    surface = from_formula(text)

    def step(p: jax.Array, _: None) -> tuple[jax.Array, jax.Array]:
        p = p - surface.gradient_rate * jax.grad(surface.loss)(p)
        return p, p

    start = jnp.array(surface.start)
    end = jax.jit(lambda p: jax.lax.scan(step, p, None, 100)[0])(start)
    assert float(surface.loss(end)) < float(surface.loss(start))


def test_the_start_is_high():
    surface = from_formula("x**2/20+y**2")
    losses = np.sort(surface.loss.on(*np.meshgrid(*[np.linspace(-5, 5, 50)] * 2)).ravel())
    share = np.searchsorted(losses, float(surface.loss(jnp.array(surface.start)))) / losses.size
    assert 0.5 < share < 0.95
    x, y = surface.start
    assert abs(x) > 0.5 and abs(y) > 0.5  # on an axis of symmetry, a descent shows half of what there is


def test_the_start_is_not_on_a_spike():
    for x, y in ((-2.7, 2.2), (1.9, 2.9)):
        start = from_formula(f"1/((x-({x}))**2+(y-({y}))**2+0.01)").start
        assert np.hypot(start[0] - x, start[1] - y) > 1.5


def test_the_start_is_where_the_formula_is_defined():
    for text in ("log(x)", "sqrt(1-x**2-y**2)", "log(x*y)", "x**0.5+y**0.5", "sqrt(x-4)", "arcsin(x)"):
        surface = from_formula(text)
        beside = jnp.array(surface.start) + jnp.array([[0, 0], [0.05, 0], [-0.05, 0], [0, 0.05], [0, -0.05]])
        assert jnp.isfinite(jax.vmap(surface.loss)(beside)).all(), text


def test_the_start_is_well_inside_if_it_can_be():
    for text in ("arcsin(x)", "log(x)", "x/y", "exp(10*x)"):
        assert max(map(abs, from_formula(text).start)) < 4


def test_a_start_is_found_where_hardly_anything_is_defined():
    for text in ("sqrt(sin(50*x)-0.9)", "log(1/4-(x+3)**2)", "sqrt(0.04-(x-4.6)**2)"):
        surface = from_formula(text)
        assert np.isfinite(float(surface.loss(jnp.array(surface.start)))), text


def test_rates_follow_the_curvature():
    rates = [from_formula(f"{k}*(x**2+y**2)").gradient_rate for k in ("0.5", "5", "500")]
    assert rates == [1.0, 0.1, 0.001]
    assert from_formula("3*x-4*y").gradient_rate == 0.03  # a hundredth of the diagonal per step
    assert from_formula("1e30*x").gradient_rate == LEAST_RATE
    assert from_formula("1e-30*x").gradient_rate == LARGEST_RATE
    assert from_formula("5").gradient_rate == 0.1
    assert from_formula("y/3+1e10").gradient_rate == 0.5  # rounding errors are no curvature


def test_heights_that_a_linear_picture_would_hide_are_logarithmic():
    views = {
        text: from_formula(text).view for text in ("x**2+y**2", "x-y", "5", "sin(x)", "exp(10*x)", "x**-2")
    }
    assert list(views.values()) == ["linear"] * 4 + ["log"] * 2
    assert from_formula("(1-x)**2+100*(y-x**2)**2", ((-2, 2), (-1, 3))).view == LANDSCAPES["rosenbrock"].view


@pytest.mark.parametrize(
    ("text", "smooth"),
    [
        ("x**2+y", True),
        ("sigmoid(x)*softplus(y)", True),
        ("1/x", True),
        ("abs(x)", False),
        ("y+min(x,1)", False),
        ("relu(x)", False),
        ("maximum(x,y)", False),
    ],
)
def test_kinks_are_known(text: str, smooth: bool):
    assert from_formula(text).smooth is smooth


def test_equal_formulas_give_the_identical_surface():
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: from_formula(text), ["x**2 + y**3", " x**2+y**3"] * 8))
    assert all(surface is found[0] for surface in found)
    assert len({find(Formula(text)) for text in ("x**2+y**3", "x ** 2 + y**3")}) == 1
    assert find(Formula("x**2+y**3")).latex == found[0].latex
    assert found[0] is not from_formula("x**2+y**3", ((-1, 1), (-1, 1)))


def test_ids_are_found_on_the_shelf_and_carry_a_penalty():
    for name, surface in LANDSCAPES.items():
        found = find(name)
        assert found is find(name)
        assert (found.id, found.box, found.start) == (name, surface.box, surface.start)
        assert [knob.id for knob in found.knobs] == [*(knob.id for knob in surface.knobs), "l2"]
        start, settings = jnp.array(surface.start), surface.settings()
        plain = float(surface.loss(start, **settings))
        assert float(found.loss(start, **settings, l2=0.0)) == plain
        weighed = float(found.loss(start, **settings, l2=3.0))
        assert weighed == pytest.approx(plain + 1.5 * float(start @ start), rel=1e-12)
    with pytest.raises(KeyError, match="bowl"):
        find("x**2")


@given(st.text(max_size=10))
def test_what_cannot_be_read_raises_for_scripts(text: str):
    try:
        check(from_formula(text))
    except ValueError as error:
        assert isinstance(error, FormulaError)
