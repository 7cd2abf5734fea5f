"""Scalings make of inputs what they say, and of the curvature what Efficient BackProp says."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from landscapes import LANDSCAPES, Landscape
from landscapes.data.scaling import SCALINGS

COLUMNS = arrays(float, st.tuples(st.integers(1, 2), st.integers(3, 8)), elements=st.integers(-50, 50))


def columns(landscape: Landscape) -> np.ndarray:
    assert landscape.examples
    return np.transpose(landscape.examples.inputs)


def condition(landscape: Landscape) -> float:
    """Return the condition number of the Hessian at the minimum."""
    minima = landscape.minima()
    assert minima
    low, high = np.linalg.eigvalsh(jax.jit(jax.hessian(landscape.loss))(jnp.array(minima[0])))
    return high / low


@given(COLUMNS)
def test_scaled_columns_are_what_they_are_called(given_columns: np.ndarray):
    found = {name: scale(given_columns) for name, scale in SCALINGS.items()}
    assert all(each.shape == given_columns.shape and np.isfinite(each).all() for each in found.values())
    assert found["none"] is given_columns
    varied = np.ptp(given_columns, axis=1) > 0
    lows, highs = found["minmax"].min(axis=1), found["minmax"].max(axis=1)
    assert (lows == 0).all() and (highs == varied).all()  # a column of equal values is 0
    np.testing.assert_allclose(found["standard"].mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(found["standard"].var(axis=1), varied, atol=1e-12)
    covariance = np.cov(found["whitened"], bias=True).reshape(len(varied), -1)
    rank = np.linalg.matrix_rank(given_columns - given_columns.mean(axis=1, keepdims=True))
    np.testing.assert_allclose(covariance, np.diag([1.0] * rank + [0.0] * (len(varied) - rank)), atol=1e-9)


def test_one_input_is_whitened_by_standardising_it():
    column = np.array([[1.0, 4.0, 2.0, 9.0]])
    np.testing.assert_allclose(SCALINGS["whitened"](column), SCALINGS["standard"](column), rtol=1e-14)


def test_scaling_by_hand():
    column = np.array([[1.0, 3.0, 5.0, 7.0]])
    np.testing.assert_allclose(SCALINGS["minmax"](column), [[0, 1 / 3, 2 / 3, 1]])
    np.testing.assert_allclose(SCALINGS["standard"](column), np.array([[-3, -1, 1, 3]]) / np.sqrt(5))
    # Along (1, 1)/√2 the variance is 4, across it 1: rows of a turned rectangle.
    turned = np.array([[2, 1], [-2, -1], [2, -1], [-2, 1]]) @ np.array([[1, 1], [1, -1]]) / np.sqrt(2)
    expected = np.transpose([[1, 1], [-1, -1], [1, -1], [-1, 1]])
    np.testing.assert_allclose(SCALINGS["whitened"](turned.T), expected, atol=1e-14)


def test_inputs_on_the_shelf_are_scaled():
    for surface in (surface for surface in LANDSCAPES.values() if surface.examples):
        assert surface.choose
        for scaling in surface.knobs[0].choices:
            expected = SCALINGS[scaling](columns(surface))
            np.testing.assert_allclose(
                columns(surface.choose(scaling=scaling)), expected, rtol=1e-9, atol=1e-12
            )


@pytest.mark.parametrize(
    ("name", "scaling", "low", "high"),
    [
        ("line_fit", "none", 30, 100),
        ("line_fit", "minmax", 10, 30),
        ("line_fit", "standard", 1 - 1e-12, 1 + 1e-12),
        ("logistic", "none", 30, 100),
        ("logistic", "standard", 4, 8),
        ("logistic", "whitened", 1, 2.5),
    ],
)
def test_scaling_turns_the_canyon_into_a_bowl(name: str, scaling: str, low: float, high: float):
    choose = LANDSCAPES[name].choose
    assert choose
    assert low <= condition(choose(scaling=scaling)) <= high


def test_the_picture_stays_while_the_scaling_changes():
    for surface in (surface for surface in LANDSCAPES.values() if surface.examples):
        assert surface.choose
        for scaling in surface.knobs[0].choices:
            other = surface.choose(scaling=scaling)
            assert (other.box, other.start, other.latex) == (surface.box, surface.start, surface.latex)


def test_the_line_is_the_same_however_the_inputs_are_scaled():
    surface = LANDSCAPES["line_fit"]
    assert surface.choose
    fitted = []
    for scaling in surface.knobs[0].choices:
        found = surface.choose(scaling=scaling)
        minima = found.minima()
        assert minima and len(minima) == 1
        slope, intercept = minima[0]
        fitted.append(slope * columns(found)[0] + intercept)
    np.testing.assert_allclose(fitted, [fitted[0]] * len(fitted), rtol=1e-12)


def test_the_network_has_a_saddle_at_the_origin():
    surface = LANDSCAPES["two_weight_network"]
    assert surface.choose
    for scaling in surface.knobs[0].choices:
        loss = surface.choose(scaling=scaling).loss
        assert np.abs(jax.jit(jax.grad(loss))(jnp.zeros(2))).max() < 1e-15
        low, high = np.linalg.eigvalsh(jax.jit(jax.hessian(loss))(jnp.zeros(2)))
        assert low < -0.1 and high > 0.1
