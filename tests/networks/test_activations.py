import jax
import jax.numpy as jnp
import numpy as np
import pytest

from networks import ACTIVATIONS
from networks.activations import SLOPE
from tests.networks.reference import FUNCTIONS

POINTS = np.concatenate([np.linspace(-6, 6, 240), [-30.0, 30.0]])  # none at a kink


def expected(name: str, z: float) -> float:
    return (z if z > 0 else SLOPE * z) if name == "prelu" else FUNCTIONS[name](z)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values_and_derivatives_are_those_of_the_formula(name: str) -> None:
    activation = ACTIVATIONS[name]
    np.testing.assert_allclose(
        activation.value(jnp.asarray(POINTS)), [expected(name, z) for z in POINTS], atol=1e-9
    )
    h = 1e-5
    slopes = [(expected(name, z + h) - expected(name, z - h)) / (2 * h) for z in POINTS]
    np.testing.assert_allclose(activation.derivative(POINTS), slopes, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_gradients_are_those_that_are_propagated_back(name: str) -> None:
    activation = ACTIVATIONS[name]
    each = jax.vmap(jax.grad(lambda z: activation.value(z)))(jnp.asarray(POINTS))
    np.testing.assert_allclose(each, activation.derivative(POINTS), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_steepest_slope_is_known(name: str) -> None:
    slopes = np.abs(ACTIVATIONS[name].derivative(np.linspace(-40, 40, 800_001)))
    assert slopes.max() == pytest.approx(ACTIVATIONS[name].steepest, rel=2e-4)


def test_saturated_is_what_the_book_calls_so() -> None:
    """A sigmoid beyond 0.01 or 0.99, a tanh beyond 0.98 either way, a ReLU below 0."""
    edge = np.log(99)
    for name, end in (("sigmoid", edge), ("tanh", edge / 2)):
        activation = ACTIVATIONS[name]
        inner, outer = activation.derivative(end * 0.999), activation.derivative(end * 1.001)
        assert not activation.flat(inner) and activation.flat(outer)
    relu = ACTIVATIONS["relu"]
    assert relu.flat(relu.derivative(-0.1)) and not relu.flat(relu.derivative(0.1))
