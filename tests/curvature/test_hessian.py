import jax
import jax.numpy as jnp
import numpy as np
import pytest

from curvature import Curvature, condition, curvature_at
from curvature.field import CHUNK, Field, compiled_programs
from landscapes import LANDSCAPES, Landscape
from tests.curvature.surfaces import surface
from tests.descent.test_compiles import compilations

every_landscape = pytest.mark.parametrize("landscape", LANDSCAPES.values(), ids=LANDSCAPES)


@every_landscape
def test_is_what_jax_derives(landscape: Landscape) -> None:
    knobs = landscape.settings()
    low, high = np.transpose(landscape.box)
    points = np.random.default_rng(3).uniform(low, high, (7, 2))
    found = curvature_at(landscape, {}, points)

    def loss(p: jax.Array) -> jax.Array:
        return landscape.loss(p, **knobs)

    derived = jax.jit(lambda p: (loss(p), jax.grad(loss)(p), jax.hessian(loss)(p)))
    losses, gradients, hessians = zip(*map(derived, points), strict=True)
    np.testing.assert_allclose(found.losses, losses, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.gradients, gradients, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(found.hessians, hessians, rtol=1e-9, atol=1e-9)
    rebuilt = np.einsum("nij,nj,nkj->nik", found.eigenvectors, found.eigenvalues, found.eigenvectors)
    np.testing.assert_allclose(rebuilt, found.hessians, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("count", [0, 1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_any_number_of_points(count: int) -> None:
    bowl = surface(lambda x, y: x**2 + 3 * x * y - y**3)
    points = np.random.default_rng(count).uniform(-5, 5, (count, 2))
    found = curvature_at(bowl, {}, points)
    shapes = [part.shape for part in found]
    assert shapes == [(count,), (count, 2), (count, 2, 2), (count, 2), (count, 2, 2)]
    x, y = points.T
    np.testing.assert_allclose(found.losses, x**2 + 3 * x * y - y**3, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found.gradients, np.stack([2 * x + 3 * y, 3 * x - 3 * y**2], 1), atol=1e-12)
    np.testing.assert_allclose(found.hessians[:, 1, 1], -6 * y, atol=1e-12)
    np.testing.assert_array_equal(found.hessians[:, 0, 1], np.full(count, 3.0))


def test_undefined_is_nan_and_the_rest_is_not() -> None:
    # A logarithm has a finite derivative where it has no value; a root has neither at its edge.
    points = [(1.0, 2.0), (-1.0, 2.0), (0.0, 2.0), (np.nan, 1.0), (1.0, 0.0)]
    found = curvature_at(surface(lambda x, y: jnp.log(x) + jnp.sqrt(y)), {}, points)
    for part in found:
        assert np.isfinite(part[0]).all()
        assert np.isnan(part[1:]).all()


def test_a_curvature_without_bound_is_nan_alone() -> None:
    found = curvature_at(surface(lambda x, y: x**1.5 + y), {}, [(0.0, 2.0)])
    assert found.losses == [2.0]
    np.testing.assert_array_equal(found.gradients, [[0, 1]])
    for part in (found.hessians, found.eigenvalues, found.eigenvectors):
        assert np.isnan(part).all()


def test_neither_knobs_nor_numbers_of_points_compile_anything() -> None:
    landscape = LANDSCAPES["canyon"]
    curvature_at(landscape, {}, [(0, 0)])
    programs = compiled_programs()
    with compilations() as seen:
        turned = [
            curvature_at(landscape, {"condition": float(kappa)}, np.full((int(count), 2), 0.5))
            for kappa, count in zip(np.linspace(1, 1e4, 20), np.linspace(1, 4000, 20), strict=True)
        ]
    assert not seen
    assert compiled_programs() == programs
    highest = [float(found.eigenvalues[0, 0]) for found in turned]
    np.testing.assert_allclose(highest, 1 / np.linspace(1, 1e4, 20), rtol=1e-9)


def test_surfaces_of_readers_do_not_push_out_those_of_the_shelf() -> None:
    curvature_at(LANDSCAPES["bowl"], {}, [(0, 0)])
    for k in range(20):
        curvature_at(surface(lambda x, y, k=k: k * x + y), {}, [(0, 0)])
    with compilations() as seen:
        curvature_at(LANDSCAPES["bowl"], {}, [(0, 0)])
    assert not seen


def test_an_option_that_the_compiler_does_not_know_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("landscapes.programs.QUICKLY", {"xla_no_such_option": True})
    found = curvature_at(surface(lambda x, y: x * y), {}, [(2.0, 3.0)])
    np.testing.assert_array_equal(found.gradients, [[3, 2]])


def test_wrong_knobs_are_named() -> None:
    with pytest.raises(ValueError, match="turm"):
        curvature_at(LANDSCAPES["canyon"], {"turm": 1}, [(0, 0)])
    with pytest.raises(ValueError, match="amplitude"):
        Field.of(LANDSCAPES["rastrigin"], {"amplitude": -1})


def test_is_a_tuple_of_arrays() -> None:
    found = curvature_at(LANDSCAPES["bowl"], {}, [(1, 2)])
    assert isinstance(found, Curvature)
    assert {part.dtype for part in found} == {np.dtype(np.float64)}


def test_condition() -> None:
    values = [(1, 2), (-4, 1), (0, 1), (0, 0), (-3, -3), (1e-300, 1e300), (np.nan, np.nan)]
    np.testing.assert_array_equal(condition(values), [2, 4, np.inf, np.inf, 1, np.inf, np.nan])
    assert condition(np.ones((3, 4, 2))).shape == (3, 4)
