import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from curvature.eigen import eigen

ROUNDING = 8 * np.finfo(float).eps


def turned(low: float, high: float, angles: np.ndarray) -> np.ndarray:
    """Return symmetric matrices (n, 2, 2) with about these eigenvalues, turned by `angles` (n,)."""
    c, s = np.cos(angles), np.sin(angles)
    off = (low - high) * c * s
    rows = [[low * c * c + high * s * s, off], [off, low * s * s + high * c * c]]
    return np.moveaxis(np.array(rows), -1, 0)


def assert_decomposed(hessians: np.ndarray) -> None:
    values, vectors = eigen(hessians)
    scale = np.abs(hessians).max(axis=(1, 2))
    np.testing.assert_array_less(np.abs(values - np.linalg.eigvalsh(hessians)).max(axis=1), ROUNDING * scale)
    rebuilt = vectors @ (values[..., None] * vectors.swapaxes(1, 2))
    np.testing.assert_array_less(np.abs(rebuilt - hessians).max(axis=(1, 2)), ROUNDING * scale)
    unit = vectors.swapaxes(1, 2) @ vectors
    np.testing.assert_allclose(unit, np.broadcast_to(np.eye(2), unit.shape), atol=ROUNDING)
    assert (values[:, 0] <= values[:, 1]).all()
    leading = np.where(np.abs(vectors[:, 0]) > 1e-9, vectors[:, 0], vectors[:, 1])
    assert (leading > 0).all()


def test_random_matrices_are_decomposed_as_numpy_does() -> None:
    entries = np.random.default_rng(1).normal(size=(20_000, 2, 2))
    assert_decomposed(entries + entries.swapaxes(1, 2))


@pytest.mark.parametrize("scale", [1e-290, 1e-160, 1.0, 1e160, 1e290])
@pytest.mark.parametrize("high", [1.0, 1 + 1e-15, 1 + 1e-8, 1e4, 1e8, 1e12, -1.0, -1 - 1e-12])
def test_nearly_equal_and_widely_different_eigenvalues(high: float, scale: float) -> None:
    angles = np.linspace(0.01, 6.3, 500)
    assert_decomposed(scale * turned(1.0, high, angles))


@pytest.mark.parametrize("condition", [1e3, 1e8, 1e12])
def test_the_small_eigenvalue_keeps_its_digits(condition: float) -> None:
    hessians = turned(1 / condition, 1.0, np.linspace(0.1, 6.2, 100))
    small = eigen(hessians)[0][:, 0]
    with mp.workdps(60):
        for (a, b), (_, c) in hessians:
            a, b, c = mpf(a), mpf(b), mpf(c)
            exact = (a + c) / 2 - mp.sqrt(((a - c) / 2) ** 2 + b * b)
            found, small = small[0], small[1:]
            assert abs(found - exact) <= 4 * np.finfo(float).eps * abs(exact)


def test_matrices_without_a_direction_have_the_axes() -> None:
    values, vectors = eigen(
        np.array([np.zeros((2, 2)), 3 * np.eye(2), np.diag([1.0, 2.0]), np.diag([2.0, 1.0])])
    )
    np.testing.assert_array_equal(values, [[0, 0], [3, 3], [1, 2], [1, 2]])
    np.testing.assert_array_equal(np.abs(vectors[2]), np.eye(2))
    np.testing.assert_array_equal(np.abs(vectors[3]), np.eye(2)[::-1])
    for each in vectors:
        np.testing.assert_array_equal(each.T @ each, np.eye(2))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_nan(bad: float) -> None:
    values, vectors = eigen(
        np.array([[[1.0, bad], [bad, 1.0]], [[bad, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 2.0]]])
    )
    assert np.isnan(values[:2]).all() and np.isnan(vectors[:2]).all()
    np.testing.assert_array_equal(values[2], [1, 2])


finite = st.floats(allow_nan=False, allow_infinity=False)


@given(finite, finite, finite)
def test_any_matrix_has_ordered_eigenvalues(a: float, b: float, c: float) -> None:
    values, vectors = eigen(np.array([[a, b], [b, c]]))
    assert values[0] <= values[1]
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=0), 1, rtol=1e-12)
