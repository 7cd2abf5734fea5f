"""Models on the reader's own data: checked, one surface per question, and shown so that it can be seen."""

import pickle
from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.rounding import rounded
from landscapes import LANDSCAPES, MODELS, Landscape
from landscapes.data import Fit, TableError, fit, read_fit, read_table
from landscapes.data.rows import Rows
from landscapes.defaults import LARGEST_RATE, LEAST_RATE
from landscapes.find import find
from tests.descent.test_compiles import compilations

RNG = np.random.default_rng(4)
X = RNG.uniform(0, 10, 40)
NOISE = RNG.normal(0, 1, 40)
DATA = {
    "line": (X, 3 * X + 5 + 2 * NOISE),
    "falling": (X, 1000 - 90 * X + 20 * NOISE),
    "years": (2000 + 2 * X, 300 + X + NOISE),
    "a decade": (2015 + X, 3e6 + 2e5 * X + 1e5 * NOISE),
    "bent": (X - 5, 70 * np.tanh(0.6 * (X - 5)) + NOISE),
    "step": (X - 5, np.sign(X - 5)),
    "level": (X, 0 * X + 5),
    "zero": (X, 0 * X),
    "noise": (X - 5, NOISE),
    "small": (1e-5 * X, 1e-6 * NOISE),
    "three points": (X[:3], NOISE[:3]),
    "many points": (RNG.uniform(-1, 1, 200), RNG.normal(0, 1, 200)),
}
ROWS: dict[str, Rows] = {
    name: tuple(zip(x.tolist(), y.tolist(), strict=True)) for name, (x, y) in DATA.items()
}
CASES = [(model, name, scaling) for model in MODELS for name in ROWS for scaling in MODELS[model].scalings]
COMPILED = [case for case in CASES if case[1] in ("line", "years", "bent", "step", "three points")]
every_case = pytest.mark.parametrize(("model", "name", "scaling"), CASES)

some_cases = pytest.mark.parametrize(("model", "name", "scaling"), COMPILED)


def made(model: str, name: str, scaling: str) -> Landscape:
    """Return the surface without a penalty."""
    surface = LANDSCAPES[model]
    assert surface.choose
    found = find(Fit(model, ROWS[name]), {"scaling": scaling})
    assert found.choose
    return found.choose(scaling=scaling)


PROGRAMS: dict[Hashable, Any] = {}
SOMEWHERE, MOST_MINIMA = 400, 2


def derivatives(surface: Landscape, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return losses, gradients and Hessians, by one program for all tables of a size, as the app has them."""

    def at(p: jax.Array, given: dict[str, Any]) -> tuple[jax.Array, ...]:
        loss = lambda q: surface.loss(q, **given)  # noqa: E731
        return loss(p), jax.grad(loss)(p), jax.hessian(loss)(p)

    program = PROGRAMS.setdefault(surface.traced, jax.jit(jax.vmap(at, (0, None))))
    found = program(np.resize(points, (SOMEWHERE + MOST_MINIMA, 2)), surface.arguments())
    found = [each[: len(points)] for each in found]
    return np.asarray(found[0]), np.asarray(found[1]), np.asarray(found[2])


@every_case
def test_own_data_make_a_picture(model: str, name: str, scaling: str):
    surface, shelf = made(model, name, scaling), LANDSCAPES[model]
    assert (surface.id, surface.family, surface.source, surface.checks) == (model, "typed", None, ())
    assert (surface.knobs, surface.latex, surface.batch) == (shelf.knobs, shelf.latex, shelf.batch)
    (x0, x1), (y0, y1) = surface.box
    assert x1 - x0 == pytest.approx(y1 - y0) and x1 > x0
    assert surface.contains(surface.start)
    assert all(type(number) is float for pair in (*surface.box, surface.start) for number in pair)
    assert all(len(f"{at!r}") <= 9 for at in surface.start)  # a link is read aloud
    for rate in (surface.gradient_rate, surface.length_rate):
        assert LEAST_RATE <= rate <= LARGEST_RATE and rate == rounded(rate)
    assert (x1 - x0) / 100 <= surface.length_rate <= (x1 - x0) / 20
    examples = surface.examples
    assert examples and examples.count == len(ROWS[name]) and examples.model == shelf.examples.model  # type: ignore[union-attr]
    assert np.isfinite(examples.inputs).all() and np.abs(examples.targets).max() < 1000


@some_cases
def test_minima_are_minima(model: str, name: str, scaling: str):
    surface = made(model, name, scaling)
    low, high = np.transpose(surface.box)
    points = np.random.default_rng(1).uniform(low, high, (SOMEWHERE, 2))
    minima = surface.minima()
    known = np.reshape(minima or [], (-1, 2))
    assert len(known) <= MOST_MINIMA
    loss, gradient, hessian = derivatives(surface, np.concatenate([known, points]))
    assert np.isfinite(loss).all() and np.isfinite(gradient).all() and np.isfinite(hessian).all()
    if minima is None:
        return
    least, slope, bend = (each[: len(known)] for each in (loss, gradient, hessian))
    assert (np.abs(slope).max(axis=1) <= 1e-11 * (1 + np.abs(bend).max(axis=(1, 2)))).all()
    assert (np.linalg.eigvalsh(bend) > 0).all()
    assert loss.min() >= least.max() - 1e-9 * (1 + least.max())
    if np.abs(minima).max() < 15 or model != "two_weight_network":
        assert all(surface.contains(minimum) for minimum in minima)


@some_cases
def test_the_suggested_rate_is_safe_from_the_start(model: str, name: str, scaling: str):
    surface = made(model, name, scaling)
    low, high = np.transpose(surface.box)

    def descend(rate: jax.Array, beta: jax.Array) -> jax.Array:
        def step(state: tuple[jax.Array, jax.Array], _: None):
            p, velocity = state
            velocity = beta * velocity - rate * jax.grad(surface.loss)(p)
            return (p + velocity, velocity), p + velocity

        return jax.lax.scan(step, (jnp.array(surface.start), jnp.zeros(2)), None, 100)[1]

    rates = surface.gradient_rate * jnp.array([1, 0.1])
    paths = np.asarray(jax.vmap(descend)(rates, jnp.array([0, 0.9])))
    assert ((low <= paths) & (paths <= high)).all()
    for end in paths[:, -1]:
        assert surface.loss(end) < surface.loss(jnp.array(surface.start))


def test_most_data_have_a_minimum_and_some_have_none():
    assert all(made("line_fit", name, "none").minima() for name in ROWS)
    without = {name for name in ROWS if made("two_weight_network", name, "none").minima() is None}
    assert {"step", "zero"} <= without
    assert {"line", "bent"}.isdisjoint(without)


def test_a_line_through_a_line_is_found():
    surface = find(fit("line_fit", [(0, 1), (1, 3), (2, 5)]))  # type: ignore[arg-type] - lists are taken too
    assert surface.minima(l2=0.0) == ((2.0, 1.0),)
    assert float(surface.loss(jnp.array([2.0, 1.0]), l2=0.0)) == 0


def test_large_numbers_are_taken_in_their_unit_and_keep_their_offset():
    examples = made("line_fit", "a decade", "none").examples
    assert examples
    x, y = np.transpose(examples.inputs)[0], np.array(examples.targets)
    assert 0.25 < x.std() < 3.2 and 0.25 < y.std() < 3.2
    expected = np.mean([x for x, _ in ROWS["a decade"]]) / np.std([x for x, _ in ROWS["a decade"]])
    assert x.mean() / x.std() == pytest.approx(expected, rel=1e-3)


def test_equal_fits_give_the_identical_surface():
    rows = ROWS["line"][:20]
    with ThreadPoolExecutor(8) as pool:
        asked = [(Fit("line_fit", rows), {"scaling": scaling}) for scaling in ("none", "standard")] * 8
        found = list(pool.map(lambda question: find(*question).choose, asked))
    fits = {Fit("line_fit", rows), fit("line_fit", tuple(rows)), Fit("line_fit", Fit("line_fit", rows).rows)}
    assert len(fits) == 1
    assert all(choose is found[i % 2] for i, choose in enumerate(found))
    one = find(Fit("line_fit", rows), {"scaling": "standard"})
    assert one is find(Fit("line_fit", rows), {"scaling": "standard", "l2": 2.0})
    assert one is not find(Fit("line_fit", rows))
    assert find(Fit("line_fit", rows)).loss is not find(Fit("line_fit", ROWS["line"][:19])).loss


def test_making_a_surface_compiles_nothing():
    with compilations() as seen:
        find(Fit("two_weight_network", ROWS["bent"][:30]), {"scaling": "minmax"}).minima(l2=0.0)
    assert seen == []


def test_a_table_is_fitted():
    text = "hours;points\n1;2,5\n2;3,5\n4;4"
    assert read_fit("line_fit", text) == Fit("line_fit", read_table(text.encode()))
    with pytest.raises(TableError, match="Line 2"):
        read_fit("line_fit", "1,2\n2,three\n3,4")


@pytest.mark.parametrize("model", ["logistic", "bowl", "", "nonsense", None, ["line_fit"]])
def test_other_surfaces_take_no_data(model: str):
    with pytest.raises(TableError, match="takes no data"):
        Fit(model, ROWS["line"])


def test_models_are_surfaces_of_the_shelf():
    assert set(MODELS) == {name for name in MODELS if LANDSCAPES[name].examples}
    assert {"line_fit", "two_weight_network"} <= set(MODELS)


@given(
    st.sampled_from(list(MODELS)),
    st.lists(st.tuples(*[st.one_of(st.integers(-99, 99), st.floats(-1e6, 1e6))] * 2), min_size=3, max_size=9),
    st.sampled_from(["none", "minmax", "standard"]),
)
def test_any_rows_make_a_picture_or_a_sentence(model: str, rows: list[tuple[float, float]], scaling: str):
    try:
        which = Fit(model, tuple(rows))
    except TableError as error:
        assert str(error)
        return
    surface = find(which, {"scaling": scaling})
    assert surface.contains(surface.start)
    assert LEAST_RATE <= surface.gradient_rate <= LARGEST_RATE
    surface.minima(l2=0.0)


def test_an_error_survives_pickling():
    error = TableError("columns", 3, "5")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error) and vars(again) == vars(error)
