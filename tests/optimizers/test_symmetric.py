"""The closed forms against LAPACK, and where a closed form goes wrong if it is not written with care."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimizers.symmetric import eigen, solve

fast_eigen, fast_solve = jax.jit(eigen), jax.jit(solve)
entries = st.floats(-1e3, 1e3).map(lambda value: 0.0 if abs(value) < 1e-9 else value)
matrices = st.tuples(entries, entries, entries).map(lambda m: np.array([[m[0], m[1]], [m[1], m[2]]]))
scales = st.sampled_from([1e-170, 1e-20, 1.0, 1e20, 1e170])


def assert_eigen(matrix: np.ndarray, rtol: float = 1e-14) -> None:
    values, vectors = (np.asarray(array) for array in fast_eigen(matrix))
    size = np.abs(matrix).max()
    np.testing.assert_allclose(values, np.linalg.eigvalsh(matrix), rtol=0, atol=4e-15 * size)
    np.testing.assert_allclose(vectors.T @ vectors, np.eye(2), atol=1e-14)
    np.testing.assert_allclose(matrix @ vectors, vectors * values, rtol=0, atol=8e-15 * size)
    assert values[0] <= values[1]
    for vector in vectors.T:
        assert next(x for x in vector if abs(x) > 1e-12) > 0


@given(matrices, scales)
def test_eigen_is_that_of_lapack(matrix: np.ndarray, scale: float) -> None:
    assert_eigen(scale * matrix)


@pytest.mark.parametrize(("a", "c"), [(3, -2), (-2, 3), (1, 1e-12), (1e-12, 1), (-1, 0), (0, 5), (7, -7)])
def test_a_diagonal_matrix_has_its_diagonal_and_the_axes(a: float, c: float) -> None:
    values, vectors = fast_eigen(np.diag([float(a), float(c)]))
    np.testing.assert_allclose(values, sorted([a, c]), rtol=1e-15)
    expected = np.eye(2) if a < c else np.eye(2)[::-1]
    np.testing.assert_array_equal(np.abs(vectors), expected)


@pytest.mark.parametrize("a", [0.0, 1.0, -1.0, 1 / 3, 1e-200, -1e200])
def test_a_multiple_of_the_identity_has_the_axes(a: float) -> None:
    values, vectors = fast_eigen(a * np.eye(2))
    np.testing.assert_allclose(values, [a, a], rtol=1e-15)
    np.testing.assert_array_equal(vectors, np.eye(2))


@pytest.mark.parametrize("tilt", [1e-3, 1e-8, 1e-15, 1e-17, -1e-17, 1e-200])
def test_almost_a_multiple_of_the_identity(tilt: float) -> None:
    assert_eigen(np.array([[1.0, tilt], [tilt, 1.0]]))
    assert_eigen(np.array([[1.0 + tilt, 0.0], [0.0, 1.0]]))


@given(matrices, scales, st.tuples(entries, entries).map(np.array))
def test_solve_solves(matrix: np.ndarray, scale: float, vector: np.ndarray) -> None:
    condition = np.linalg.cond(matrix)
    if condition < 1e10:
        found = fast_solve(scale * matrix, vector)
        expected = np.linalg.solve(matrix, vector) / scale
        size = np.abs(expected).max()
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-14 * condition * size)


@pytest.mark.parametrize(
    "matrix", [np.zeros((2, 2)), np.ones((2, 2)), np.diag([0.0, 2.0]), np.diag([-1.0, 0.0])]
)
@pytest.mark.parametrize("vector", [(1.0, 2.0), (0.0, 0.0)])
def test_without_an_inverse_nothing_is_finite_and_nothing_is_made_up(matrix, vector) -> None:
    assert not np.isfinite(fast_solve(matrix, np.array(vector))).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_stays_so(bad: float) -> None:
    for where in ((0, 0), (1, 1)):
        matrix = np.eye(2)
        matrix[where] = bad
        values, _ = fast_eigen(matrix)
        assert not np.isfinite(values).all()
        assert not np.isfinite(fast_solve(matrix, np.ones(2))).all()


def test_both_map_over_stacks() -> None:
    rng = np.random.default_rng(0)
    stack = rng.normal(size=(20, 2, 2))
    stack = stack + stack.transpose(0, 2, 1)
    values, vectors = jax.vmap(eigen)(jnp.asarray(stack))
    np.testing.assert_allclose(values, np.linalg.eigvalsh(stack), atol=1e-14)
    assert vectors.shape == (20, 2, 2)
    vector = jnp.array([1.0, -2.0])
    found = jax.vmap(partial(solve, vector=vector))(jnp.asarray(stack))
    np.testing.assert_allclose(np.einsum("nij,nj->ni", stack, found), np.tile(vector, (20, 1)), atol=1e-10)
