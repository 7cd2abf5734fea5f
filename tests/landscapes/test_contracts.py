"""What every surface promises, held over the whole shelf and over the ends of every knob."""

import itertools
import json
import typing
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest
import sympy

from catalog import Knob, Settings
from landscapes import LANDSCAPES, Landscape
from landscapes.arrays import Floats
from landscapes.landscape import Family
from tests.latex import parse

# All questions are asked in batches of this many points, so that each surface is compiled once.
BATCH = 4096
GRID = 60


def variants(landscape: Landscape) -> dict[str, Landscape]:
    """Return the surface for every value of its choices, which `loss` does not take, by a name."""
    if landscape.choose is None:
        return {landscape.id: landscape}
    choices = [knob for knob in landscape.knobs if knob.kind == "choice"]
    names = [knob.id for knob in choices]
    return {
        "-".join([landscape.id, *made]): landscape.choose(**dict(zip(names, made, strict=True)))
        for made in itertools.product(*(knob.choices for knob in choices))
    }


VARIANTS = {name: each for landscape in LANDSCAPES.values() for name, each in variants(landscape).items()}


def every(wanted: Callable[[Landscape], bool]) -> pytest.MarkDecorator:
    """Ask a test about every surface that is `wanted`, with each of its choices."""
    found = {name: landscape for name, landscape in VARIANTS.items() if wanted(landscape)}
    return pytest.mark.parametrize("landscape", found.values(), ids=found)


every_landscape = every(lambda landscape: True)
every_smooth_one = every(lambda landscape: landscape.smooth)
every_formula = every(lambda landscape: landscape.examples is None)
every_one_made_of_data = every(lambda landscape: landscape.examples is not None)
PUBLISHED = json.loads((Path(__file__).parents[1] / "data" / "published_minima.json").read_text())["minima"]


class Facts(NamedTuple):
    """Points (N, 2) with the loss (N,), its gradient (N, 2) and its Hessian (N, 2, 2) there."""

    points: Floats
    loss: Floats
    gradient: Floats
    hessian: Floats


@cache
def program(landscape: Landscape) -> Any:
    def at(p: jax.Array, knobs: Mapping[str, Any]) -> tuple[jax.Array, ...]:
        loss = lambda q: landscape.loss(q, **knobs)  # noqa: E731
        return loss(p), jax.grad(loss)(p), jax.hessian(loss)(p)

    return jax.jit(jax.vmap(at, in_axes=(0, None)))


def look(landscape: Landscape, points: Any, knobs: Mapping[str, Any]) -> Facts:
    points = np.asarray(points, dtype=float).reshape(-1, 2)
    padded = np.resize(points, (BATCH, 2))
    found = program(landscape)(padded, dict(knobs))
    return Facts(points, *(np.asarray(part)[: len(points)] for part in found))


def numbers(landscape: Landscape) -> list[Knob]:
    """Return the knobs that `loss` takes."""
    return [knob for knob in landscape.knobs if knob.kind != "choice"]


def all_settings(landscape: Landscape) -> list[Settings]:
    """Return every combination of the low ends, defaults and high ends of the number knobs."""
    names = [knob.id for knob in numbers(landscape)]
    combinations = itertools.product(*((knob.low, knob.default, knob.high) for knob in numbers(landscape)))
    return [Settings(dict(zip(names, combination, strict=True))) for combination in combinations]


def scattered(landscape: Landscape, count: int) -> Floats:
    """Return random points of the box, the same ones each time: (count, 2)."""
    low, high = np.transpose(landscape.box)
    return np.random.default_rng(7).uniform(low, high, (count, 2))


@cache
def survey(landscape: Landscape, knobs: Settings) -> Facts:
    """Look at a whole batch: a grid with the corners, the axes, the start, (0, 0), random points."""
    (x0, x1), (y0, y1) = landscape.box
    x, y = np.linspace(x0, x1, GRID), np.linspace(y0, y1, GRID)
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    zeros = np.zeros(GRID)
    axes = np.concatenate([np.stack([x, zeros], 1), np.stack([zeros, y], 1), [[0.0, 0.0]]])
    inside = [p for p in axes if landscape.contains(tuple(p))]
    fixed = np.concatenate([grid, [landscape.start], inside])
    return look(landscape, np.concatenate([fixed, scattered(landscape, BATCH - len(fixed))]), knobs)


def size(hessian: Floats) -> Floats:
    """Return how large numbers are in each matrix, never less than one."""
    return 1 + np.abs(hessian).max(axis=(-2, -1))


def test_some_surfaces_are_on_the_shelf() -> None:
    assert len(LANDSCAPES) >= 18
    assert {"bowl", "saddle", "flat_vs_sharp", "rosenbrock", "beale", "himmelblau"} <= set(LANDSCAPES)


@every_landscape
def test_is_named_after_its_file(landscape: Landscape) -> None:
    assert landscape.loss.__module__ == f"landscapes.{landscape.id}"


@every_landscape
def test_box_start_and_rates_make_a_picture(landscape: Landscape) -> None:
    assert landscape.family in typing.get_args(Family)
    sides = [high - low for low, high in landscape.box]
    assert min(sides) > 0
    assert max(sides) <= 2 * min(sides)  # the map keeps equal axes
    assert landscape.contains(landscape.start)
    assert max(sides) / 100 <= landscape.length_rate <= max(sides) / 20
    assert landscape.gradient_rate > 0
    assert 10 <= landscape.steps <= 1000


@every_landscape
def test_published_values_hold(landscape: Landscape) -> None:
    if not landscape.checks:  # of several variants, one has them
        assert landscape is not LANDSCAPES[landscape.id]
        return
    points, expected = zip(*landscape.checks, strict=True)
    found = look(landscape, points, landscape.settings()).loss
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@every_landscape
def test_gradient_vanishes_at_the_minima_and_nothing_lies_lower(landscape: Landscape) -> None:
    for knobs in all_settings(landscape):
        everywhere = survey(landscape, knobs)
        minima = landscape.minima(**knobs)
        if minima is None:
            # Then the ground falls out of the box: no minimum of it can be global.
            low, high = np.transpose(landscape.box)
            lowest = everywhere.points[everywhere.loss.argmin()]
            assert np.isclose(lowest, low).any() or np.isclose(lowest, high).any()
            continue
        at = look(landscape, minima, knobs)
        scale = size(at.hessian)
        assert (np.abs(at.gradient).max(axis=1) <= 1e-12 * scale).all(), knobs
        assert (np.linalg.eigvalsh(at.hessian).min(axis=1) >= -1e-12 * scale).all(), knobs
        least = at.loss.min()
        np.testing.assert_allclose(at.loss, least, rtol=1e-12, atol=1e-12)
        assert everywhere.loss.min() >= least - 1e-12 * (1 + abs(least)), knobs


@every_landscape
def test_minima_lie_in_the_box(landscape: Landscape) -> None:
    for minimum in landscape.minima(**landscape.settings()) or ():
        assert landscape.contains(minimum)


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_minima_are_found(name: str) -> None:
    landscape = LANDSCAPES[name]
    *points, expected = np.transpose(PUBLISHED[name])
    there = look(landscape, np.transpose(points), landscape.settings())
    np.testing.assert_allclose(there.loss, expected, rtol=1e-12, atol=1e-12)
    assert (np.abs(there.gradient).max(axis=1) <= 1e-11 * size(there.hessian)).all()
    least = there.points[np.isclose(expected, expected.min(), rtol=0, atol=1e-9)]
    stated = landscape.minima(**landscape.settings())
    assert stated is not None
    np.testing.assert_allclose(sorted(stated), sorted(map(tuple, least)), rtol=0, atol=1e-12)


@every_landscape
def test_everything_is_finite_and_the_hessian_symmetric(landscape: Landscape) -> None:
    for knobs in all_settings(landscape):
        points, loss, gradient, hessian = survey(landscape, knobs)
        bad = ~np.isfinite(np.column_stack([loss, gradient, hessian.reshape(-1, 4)])).all(axis=1)
        assert not bad.any(), (knobs, points[bad][:3])
        if landscape.smooth:
            tilted = np.abs(hessian[:, 0, 1] - hessian[:, 1, 0])
            assert (tilted <= 1e-12 * size(hessian)).all(), knobs


@every_smooth_one
def test_derivatives_equal_finite_differences(landscape: Landscape) -> None:
    h, count = 1e-4, 500
    points = scattered(landscape, count)
    shifts = np.array([[[k * h, 0], [0, k * h]] for k in (1, -1, 2, -2)])  # (4, 2, 2)
    for knobs in all_settings(landscape):
        _, loss, gradient, hessian = look(landscape, points, knobs)
        around = look(landscape, shifts[:, :, None, :] + points, knobs)

        def difference(f: Floats) -> Floats:
            """Return df/dx and df/dy, of fourth order in h, from f at the shifted points."""
            plus, minus, plus2, minus2 = f.reshape(4, 2, count, *f.shape[1:])
            return (8 * (plus - minus) - (plus2 - minus2)) / (12 * h)

        slope = np.moveaxis(difference(around.loss), 0, 1)
        bend = np.moveaxis(difference(around.gradient), 0, 1)
        room = 1 + np.abs(loss) + np.abs(gradient).max(axis=1)
        assert (np.abs(slope - gradient).max(axis=1) <= 1e-8 * room).all(), knobs
        room = room + np.abs(hessian).max(axis=(1, 2))
        assert (np.abs(bend - hessian).max(axis=(1, 2)) <= 1e-6 * room).all(), knobs


@every_formula
def test_latex_says_what_the_code_computes(landscape: Landscape) -> None:
    x, y = sympy.symbols("x y")
    formula = parse(landscape.latex)
    symbols = [parse(knob.symbol) for knob in landscape.knobs]
    assert formula.free_symbols == {x, y, *symbols}
    read = sympy.lambdify([x, y, *symbols], formula, "numpy")
    points = scattered(landscape, 64)
    for knobs in all_settings(landscape):
        turned = [knobs[knob.id] for knob in landscape.knobs]
        found = look(landscape, points, knobs).loss
        np.testing.assert_allclose(read(*points.T, *turned), found, rtol=1e-10, atol=1e-10)


# The letters with which the losses of examples are written, and plain ones.
LETTERS = {
    r"\theta_1": "p",
    r"\theta_2": "q",
    "x_{i1}": "u",
    "x_{i2}": "v",
    "x_i": "u",
    "y_i": "y",
    "z_i": "z",
}


def loss_of_examples(latex: str) -> Any:
    """Return the function of θ₁, θ₂, x_i (or both inputs) and y_i under the sum of a mean over examples.

    The mean of one example, N = 1, is its loss.
    """
    mean = r"\sum_{i=1}^{N}"
    assert mean in latex
    for written, letter in {mean: "", **LETTERS}.items():
        latex = latex.replace(written, letter)
    latex, *meant = latex.split(r",\quad z = ")
    n, z = sympy.symbols("N z")
    formula = parse(latex).subs({n: 1, z: parse(meant[0]) if meant else z})
    return sympy.lambdify(sympy.symbols("p q u v y"), formula, "numpy")


@every_one_made_of_data
def test_latex_says_what_the_examples_lose(landscape: Landscape) -> None:
    examples = landscape.examples
    assert examples
    inputs = np.array(examples.inputs)
    u, v = inputs[:, 0], inputs[:, -1]
    read = loss_of_examples(landscape.latex)
    for point in scattered(landscape, 16):
        found = examples.losses(jnp.array(point))
        np.testing.assert_allclose(
            read(*point, u, v, np.array(examples.targets)), found, rtol=1e-10, atol=1e-10
        )


@every_one_made_of_data
def test_the_loss_is_the_mean_over_the_examples(landscape: Landscape) -> None:
    examples = landscape.examples
    assert examples and examples.count == len(examples.inputs) >= 2 * landscape.batch
    for knobs in all_settings(landscape):
        points = scattered(landscape, 64)
        losses = jax.vmap(partial(examples.losses, **knobs))(points)
        assert losses.shape == (64, examples.count)
        np.testing.assert_allclose(losses.mean(axis=1), look(landscape, points, knobs).loss, rtol=1e-14)


@every_landscape
def test_choices_make_another_surface_of_the_same_name(landscape: Landscape) -> None:
    on_shelf = LANDSCAPES[landscape.id]
    assert landscape.knobs == on_shelf.knobs
    assert any(knob.kind == "choice" for knob in landscape.knobs) is (landscape.choose is not None)
    assert next(iter(variants(landscape).values())) is on_shelf  # the usual choices come first
    assert all(variants(on_shelf)[name] is each for name, each in variants(landscape).items())


@every_landscape
def test_the_suggested_rate_is_safe_from_the_start(landscape: Landscape) -> None:
    """Plain descent, and a heavy ball (β = 0.9) at a tenth of the rate, get lower and stay in sight."""
    loss = lambda p: landscape.loss(p, **landscape.settings())  # noqa: E731

    def descend(rate: float, beta: float) -> jax.Array:
        def step(state: tuple[jax.Array, jax.Array], _: None) -> tuple[Any, jax.Array]:
            p, velocity = state
            velocity = beta * velocity - rate * jax.grad(loss)(p)
            return (p + velocity, velocity), p + velocity

        start = jnp.array(landscape.start)
        return jax.lax.scan(step, (start, jnp.zeros(2)), None, 100)[1]

    rates, betas = jnp.array([1.0, 0.1]) * landscape.gradient_rate, jnp.array([0.0, 0.9])
    paths = np.asarray(jax.jit(jax.vmap(descend))(rates, betas))
    assert np.isfinite(paths).all()
    ends = look(landscape, [landscape.start, *paths[:, -1]], landscape.settings()).loss
    assert (ends[1:] < ends[0]).all()
    if landscape.minima(**landscape.settings()) is not None:
        assert all(landscape.contains(tuple(p)) for p in paths.reshape(-1, 2))
