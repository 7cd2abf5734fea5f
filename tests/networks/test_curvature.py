"""The Hessian of small losses: its products, eigenvalues and density, against float64 and by hand."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from networks import Network
from networks.first_weights import first_weights
from networks.geometry import (
    Objective,
    density,
    exact_spectrum,
    gradient_at,
    hessian_product,
    leading,
    objective_of,
    probe,
    seen_by,
)
from networks.geometry.curvature import exact_hessian
from networks.geometry.regression import Regression
from networks.programs import compiled_programs
from studies.seed_band import mean_of

NETWORK = Network("moons", (6, 5), "tanh")
COUNT = NETWORK.plan.parameters


@pytest.fixture(scope="module")
def known():
    """An objective, a point, data, and the Hessian there in double precision."""
    objective, data = objective_of(NETWORK), seen_by(NETWORK, 100)
    vector = first_weights(NETWORK, 0)
    doubles = np.asarray(vector, float), np.asarray(data[0], float), data[1]
    exact = np.asarray(jax.jit(jax.hessian(objective.loss))(*doubles))
    assert exact.dtype == np.float64
    return objective, vector, data, exact


def test_products_with_the_hessian_are_those_of_the_matrix(known):
    objective, vector, data, exact = known
    direction = np.random.default_rng(0).normal(size=COUNT)
    np.testing.assert_allclose(
        hessian_product(objective, vector, direction, data), exact @ direction, atol=1e-5
    )


def test_a_product_is_the_difference_of_gradients(known):
    objective, vector, data, _ = known
    direction = np.random.default_rng(1).normal(size=COUNT)
    direction /= np.linalg.norm(direction)
    ahead, behind = (gradient_at(objective, vector + sign * 3e-2 * direction, data)[1] for sign in (1, -1))
    numeric = (ahead - behind) / 6e-2
    found = hessian_product(objective, vector, direction, data)
    assert np.linalg.norm(found - numeric) < 1e-2 * np.linalg.norm(found)


def test_the_exact_hessian_and_spectrum_are_those_in_double_precision(known):
    objective, vector, data, exact = known
    np.testing.assert_allclose(exact_hessian(objective, vector, data), exact, atol=1e-6)
    values = np.linalg.eigvalsh(exact)[::-1]
    np.testing.assert_allclose(exact_spectrum(objective, vector, data), values, atol=2e-6)


def test_lanczos_finds_the_largest_and_the_smallest(known):
    objective, vector, data, exact = known
    values = np.linalg.eigvalsh(exact)[::-1]
    top = leading(objective, vector, data, 5)
    np.testing.assert_allclose(top.values, values[:5], rtol=1e-5)
    # Each vector is one of the Hessian's, and the error that is told is true.
    left = np.linalg.norm(top.vectors @ exact - top.values[:, None] * top.vectors, axis=1)
    assert (left <= top.errors + 1e-5 * values[0]).all()
    both = leading(objective, vector, data, 5, 1)
    assert both.values[-1] == pytest.approx(values[-1], rel=1e-4)


def test_a_density_adds_up_to_one_and_has_the_mean_of_all_eigenvalues(known):
    objective, vector, data, exact = known
    middles, shares = density(objective, vector, data)
    assert shares.sum() == pytest.approx(1) and (shares >= 0).all()
    probes = [probe(objective, vector, data, number=number) for number in range(5)]
    assert all(weights.sum() == pytest.approx(1, abs=1e-6) for _, weights in probes)
    mean = mean_of(np.array([values @ weights for values, weights in probes]))
    assert mean.low <= np.trace(exact) / COUNT <= mean.high
    bin = middles[1] - middles[0]
    assert float(middles @ shares) == pytest.approx(np.trace(exact) / COUNT, abs=3 * bin)


def test_a_hessian_that_is_too_large_is_refused_with_a_sentence():
    large = Network("moons", (40, 40))
    with pytest.raises(ValueError, match=r"at most 1,200 parameters.*got 1,842.*`leading`"):
        exact_hessian(objective_of(large), first_weights(large, 0), seen_by(large, 10))


def test_a_matrix_of_few_ranks_is_found_whole():
    scales = jnp.array([3.0, 1.0, 0.0, 0.0, -2.0], jnp.float32)
    objective = Objective("diagonal", lambda vector: (scales * vector**2).sum() / 2)
    found = leading(objective, np.ones(5), (), 2, 2)
    np.testing.assert_allclose(found.values, [3, 1, 0, -2], atol=1e-5)


def test_other_points_and_seeds_compile_nothing(known):
    objective, vector, data, _ = known
    leading(objective, vector, data, 5)
    exact_spectrum(objective, vector, data)
    before = compiled_programs()
    leading(objective, 2 * vector, data, 3, seed=4)
    exact_spectrum(objective, 0.5 * vector, data)
    assert compiled_programs() == before


def test_the_regression_is_the_polynomial_and_its_network():
    task = Regression(degree=3, points=5, widths=(4, 2))
    x, y = task.data
    np.testing.assert_allclose(y, 4 * x**3 - 3 * x, atol=1e-6)
    assert task.parameters == 8 + 10 + 3 == len(task.first_weights(0))
    vector = task.first_weights(0).astype(float)
    w1, b1, w2, b2 = vector[:4], vector[4:8], vector[8:16].reshape(4, 2), vector[16:18]
    hidden = np.tanh(np.tanh(x[:, None] * w1 + b1) @ w2 + b2)
    expected = np.mean((hidden @ vector[18:20] + vector[20] - y) ** 2)
    assert float(task.objective.loss(jnp.asarray(vector), x, y)) == pytest.approx(expected, rel=1e-6)
    assert not np.array_equal(task.first_weights(0), task.first_weights(1))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"degree": 0}, "degree as a whole number from 1 to 12, got 0"),
        ({"points": 1000}, "points as a whole number from 2 to 100, got 1000"),
        ({"widths": ()}, r"widths from 1 to 128 each, got \(\)"),
    ],
)
def test_regressions_that_cannot_be_are_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        Regression(**wrong)
