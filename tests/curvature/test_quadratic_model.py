"""The second-order model: right at its point, as good as its order says, and honest about the rest."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvature.quadratic_model import WITHIN, QuadraticModel, cross

BOX = ((-3.0, 1.0), (-1.0, 2.0))  # its diagonal is 5
numbers = st.floats(-10, 10)


def rosenbrock(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def model_of_rosenbrock(x: float, y: float) -> QuadraticModel:
    gradient = [-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)]
    hessian = [[2 - 400 * y + 1200 * x**2, -400 * x], [-400 * x, 200]]
    return QuadraticModel(np.array([x, y]), rosenbrock(x, y), np.array(gradient), np.array(hessian))


@given(a=numbers, b=numbers, c=numbers, u=numbers, v=numbers, x=numbers, y=numbers)
def test_of_a_quadratic_the_model_is_the_quadratic(a, b, c, u, v, x, y):
    hessian, slope = np.array([[a, b], [b, c]]), np.array([u, v])
    loss = lambda p: 3 + p @ slope + ((p @ hessian) * p).sum(axis=-1) / 2  # noqa: E731
    point = np.array([x, y])
    model = QuadraticModel(point, loss(point), slope + hessian @ point, hessian)
    grid = np.stack(np.meshgrid(np.linspace(-5, 5, 11), np.linspace(-4, 6, 9)), axis=-1)
    np.testing.assert_allclose(model.value(grid), loss(grid), atol=1e-9)
    assert model.value(grid).shape == (9, 11)
    assert (model.error_share(grid, loss(grid)) <= 1e-6).all()


def test_the_error_is_of_third_order():
    model = model_of_rosenbrock(-0.5, 0.8)
    direction = np.array([0.6, -0.8])
    sizes = np.array([1e-1, 1e-2, 1e-3])
    points = model.point + sizes[:, None] * direction
    error = np.abs(model.value(points) - rosenbrock(*points.T))
    np.testing.assert_allclose(np.log10(error[:-1] / error[1:]), 3, atol=0.2)


def test_the_share_is_the_error_in_parts_of_what_the_terms_add_without_cancelling():
    """f = x² − y² + 0.4 x³ at the origin: along x the share is 0.4|x|; on the diagonals x² + y² = 2x²."""
    model = QuadraticModel(np.zeros(2), 0.0, np.zeros(2), np.diag([2.0, -2.0]))
    loss = lambda p: p[..., 0] ** 2 - p[..., 1] ** 2 + 0.4 * p[..., 0] ** 3  # noqa: E731
    points = np.array([[0.25, 0.0], [-0.25, 0.0], [0.5, 0.5], [0.0, 0.7], [0.0, 0.0], [0.251, 0.0]])
    shares = model.error_share(points, loss(points))
    np.testing.assert_allclose(shares, [0.1, 0.1, 0.1, 0.0, 0.0, 0.1004], atol=1e-12)
    assert (shares[:5] <= WITHIN + 1e-12).all() and shares[5] > WITHIN


def test_the_slope_counts_with_its_sign_taken_off():
    model = QuadraticModel(np.zeros(2), 1.0, np.array([2.0, 0.0]), np.diag([4.0, 0.0]))
    share = model.error_share(np.array([[-1.0, 0.0]]), np.array([2.0]))  # m = 1 − 2 + 2 = 1
    np.testing.assert_allclose(share, 1 / (2 + 2))


def test_turned_axes_give_the_same_shares():
    turn = np.array([[0.8, -0.6], [0.6, 0.8]])
    straight = QuadraticModel(np.zeros(2), 0.0, np.array([0.3, -0.2]), np.diag([5.0, -0.5]))
    turned = QuadraticModel(np.zeros(2), 0.0, turn @ straight.gradient, turn @ straight.hessian @ turn.T)
    points = np.random.default_rng(0).normal(size=(50, 2))
    losses = np.random.default_rng(1).normal(size=50)
    np.testing.assert_allclose(
        turned.error_share(points @ turn.T, losses), straight.error_share(points, losses), rtol=1e-9
    )


def test_nothing_over_nothing_is_no_error_and_something_over_nothing_is():
    flat = QuadraticModel(np.zeros(2), 5.0, np.zeros(2), np.zeros((2, 2)))
    points = np.array([[0.0, 0.0], [1.0, 2.0], [1.0, 2.0]])
    assert flat.error_share(points, np.array([5.0, 5.0, 5.1])).tolist() == [0, 0, np.inf]
    # Along x − y = 0 the loss (x − y)² + 7 does not change but for rounding.
    valley = QuadraticModel(np.array([0.1, 0.1]), 7.0, np.zeros(2), np.array([[2.0, -2.0], [-2.0, 2.0]]))
    along = np.linspace(-3, 3, 61)[:, None] * np.ones(2)
    losses = 7 + 1e-15 * np.sin(99 * along[:, 0])
    assert (valley.error_share(along, losses) == 0).all()


def test_where_the_loss_is_not_finite_there_is_no_share():
    model = QuadraticModel(np.zeros(2), 5.0, np.ones(2), np.eye(2))
    losses = np.array([np.nan, np.inf, -np.inf, 1e308, 6.0])
    shares = model.error_share(np.full((5, 2), 0.5), losses)
    assert np.isnan(shares).tolist() == [True, True, True, False, False]


def test_what_is_too_large_for_a_float_is_no_warning():
    model = QuadraticModel(np.zeros(2), 1e308, np.full(2, 1e308), 1e308 * np.eye(2))
    assert not np.isfinite(model.value(np.array([1e5, 1e5])))
    assert np.isnan(model.error_share(np.array([1e5, 1e5]), 0.0))


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ((np.zeros(3), 0.0, np.zeros(2), np.eye(2)), "point"),
        ((np.zeros(2), np.nan, np.zeros(2), np.eye(2)), "loss"),
        ((np.zeros(2), 0.0, np.array([np.inf, 0]), np.eye(2)), "gradient"),
        ((np.zeros(2), 0.0, np.zeros(2), np.ones(2)), "hessian"),
    ],
)
def test_a_model_needs_finite_facts(facts: tuple, name: str):
    with pytest.raises(ValueError, match=f"Expected {name} to be finite and of shape"):
        QuadraticModel(*facts)


def lengths(arms) -> list[float]:
    """Return half the lengths of the bars, in diagonals of the box."""
    return [float(np.hypot(*(arm.ends[1] - arm.ends[0])) / 2 / 5) for arm in arms]


def test_a_cross_has_longer_arms_where_there_is_more_curvature():
    turn = np.array([[0.8, -0.6], [0.6, 0.8]])
    previous = 0.0
    for curvature in (1e-3, 0.05, 0.2, 0.6, 1.0):
        low, high = cross((1.0, 2.0), (-curvature, 1.0), turn, BOX)
        assert (low.sign, high.sign) == (-1, 1)
        for arm, direction in zip((low, high), turn.T, strict=True):
            np.testing.assert_allclose(arm.ends.mean(axis=0), [1, 2])
            span = arm.ends[1] - arm.ends[0]
            assert abs(span @ direction) == pytest.approx(np.hypot(*span))
        short, longest = lengths((low, high))
        assert longest == pytest.approx(0.09)
        assert 0.015 <= short <= longest * (1 + 1e-12) and short > previous
        previous = short


def test_arms_can_be_seen_unless_there_is_no_curvature():
    (only,) = cross((0, 0), (0.0, 3.0), np.eye(2), BOX)
    assert only.sign == 1 and abs(only.ends[0, 1]) == pytest.approx(0.45)
    assert lengths(cross((0, 0), (1e-8, 1.0), np.eye(2), BOX)) == pytest.approx([0.015, 0.09])
    assert len(cross((0, 0), (-1e-12, 1.0), np.eye(2), BOX)) == 1
    assert cross((0, 0), (0.0, 0.0), np.eye(2), BOX) == ()
    assert cross((0, 0), (np.nan, np.nan), np.full((2, 2), np.nan), BOX) == ()
    assert [arm.sign for arm in cross((0, 0), (-4.0, -2.0), np.eye(2), BOX)] == [-1, -1]
