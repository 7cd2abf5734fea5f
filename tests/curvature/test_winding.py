import numpy as np
import pytest

from curvature.field import Field
from curvature.winding import MOST_SAMPLES, circle, edge, polygon, winding_number
from landscapes import LANDSCAPES

ORIGIN = np.zeros(2)


def power(n: int):
    """Return the field of z ↦ zⁿ for complex z, of the conjugate for n < 0: it turns n times."""

    def field(points: np.ndarray) -> np.ndarray:
        z = points[:, 0] + 1j * points[:, 1]
        w = (z if n >= 0 else z.conj()) ** abs(n)
        return np.stack([w.real, w.imag], axis=1)

    return field


@pytest.mark.parametrize("n", [-50, -3, -2, -1, 0, 1, 2, 7, 100])
def test_known_turns(n: int) -> None:
    assert winding_number(power(n), circle(ORIGIN, 2.0)) == n
    assert winding_number(power(n), edge(((-1.0, 3.0), (-2.0, 1.0)))) == n
    assert winding_number(power(n), edge(((1.0, 3.0), (2.0, 5.0)))) == 0


def test_counter_clockwise_is_positive() -> None:
    corners = np.array([(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)])
    assert winding_number(power(1), polygon(corners)) == 1
    assert winding_number(power(1), polygon(corners[::-1])) == -1


def test_paths_pass_where_they_should() -> None:
    t = np.array([0, 1 / 8, 1 / 4, 1 / 2, 3 / 4, 7 / 8])
    around = edge(((0.0, 2.0), (0.0, 4.0)))(t)
    np.testing.assert_allclose(around, [(0, 0), (1, 0), (2, 0), (2, 4), (0, 4), (0, 2)], atol=1e-12)
    np.testing.assert_allclose(np.hypot(*(circle(np.ones(2), 3.0)(t) - 1).T), 3)


def test_sharp_turns_are_followed() -> None:
    # All of the turn is in a thousandth of the way, between two samples.
    path = circle(np.array([1.0 - 1e-4, 0.0]), 1.0)
    assert winding_number(power(1), path, samples=16) == 1
    # Four samples per edge see nothing of Beale's corners, 4096 around need to be refined too.
    beale = Field.of(LANDSCAPES["beale"], {})
    sides = beale.landscape.box
    assert winding_number(beale.gradients, edge(sides), samples=4096) == -1


def test_what_cannot_be_known_is_not_claimed() -> None:
    along = circle(ORIGIN, 1.0)
    zero_at_one_sample = lambda p: p - [1.0, 0.0]  # noqa: E731
    assert winding_number(zero_at_one_sample, along) is None
    assert winding_number(lambda p: np.where(p[:, :1] > 0.9, np.nan, p), along) is None
    assert winding_number(lambda p: np.where(p[:, :1] > 0.9, np.inf, p), along) is None
    assert winding_number(lambda p: np.sign(p), along) is None  # jumps by a right angle
    assert winding_number(lambda p: p * [0.0, 1.0], along) is None  # turns about at a zero
    for n in (MOST_SAMPLES // 4, MOST_SAMPLES, 2 * MOST_SAMPLES):  # too often, and in step with even samples
        assert winding_number(power(n), along) is None


def test_no_more_samples_than_allowed() -> None:
    asked = []

    def counting(points: np.ndarray) -> np.ndarray:
        asked.append(len(points))
        return np.random.default_rng(len(asked)).normal(size=points.shape)

    assert winding_number(counting, circle(ORIGIN, 1.0)) is None
    assert sum(asked) <= MOST_SAMPLES
