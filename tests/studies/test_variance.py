"""The variance of mini-batch gradients: measured, and as textbooks foretell it."""

from typing import Any

import jax
import numpy as np
import pytest

from descent import Run, descend
from descent.batches import _DRAWN
from landscapes import LANDSCAPES
from landscapes.find import find
from studies import gradient_variance
from tests.descent.test_compiles import compilations

DATA = [entry.id for entry in LANDSCAPES.values() if entry.examples]
DRAWS = 4000
every_surface = pytest.mark.parametrize("surface", DATA)


def sizes_of(surface: str) -> list[int]:
    examples = LANDSCAPES[surface].examples
    assert examples is not None
    return [*(2**k for k in range(10) if 2**k < examples.count), examples.count]


def test_there_is_data() -> None:
    assert DATA


@every_surface
def test_measured_is_as_foretold(surface: str) -> None:
    """Within four standard errors, some 6 % at 4,000 draws: by chance one size in 16,000 is outside."""
    start = LANDSCAPES[surface].start
    found = gradient_variance(Run(surface, "sgd", start, 5, seed=1), start, sizes_of(surface), DRAWS)
    for spread in (found.without, found.replaced):
        error = (spread.high - spread.low) / 2 / 1.96
        assert (error <= 0.04 * spread.formula + 1e-12 * found.sigma2).all()
        assert (abs(spread.mean - spread.formula) <= 4 * error + 1e-12 * found.sigma2).all()
    assert found.without.formula[-1] == 0
    assert found.without.mean[-1] < 1e-24 * found.sigma2
    # The two formulas are far enough apart for the measurement to tell which is which.
    assert (found.without.high[4:] < found.replaced.low[4:]).all()


@every_surface
def test_the_formulas(surface: str) -> None:
    landscape = find(surface)
    start, sizes = landscape.start, sizes_of(surface)
    examples = landscape.examples
    assert examples is not None
    knobs = landscape.settings({"l2": 0.3})
    gradients = jax.jit(jax.jacrev(lambda p: examples.losses(p, **knobs)))(np.array(start))
    run = Run(surface, "sgd", start, 5, landscape_knobs={"l2": 0.3})
    found = gradient_variance(run, start, sizes, 10)
    sigma2 = float(np.var(gradients, axis=0).sum())
    count = examples.count
    np.testing.assert_allclose(found.sigma2, sigma2, rtol=1e-12)
    np.testing.assert_allclose(found.replaced.formula, [sigma2 / b for b in sizes], rtol=1e-12)
    without = [sigma2 / b * (count - b) / (count - 1) for b in sizes]
    np.testing.assert_allclose(found.without.formula, without, rtol=1e-12)


@every_surface
@pytest.mark.parametrize("replacement", [False, True])
def test_it_measures_what_runs_see(surface: str, replacement: bool) -> None:
    """The first estimates of 30 runs have just that variance."""
    start = LANDSCAPES[surface].start
    run = Run(surface, "sgd", start, 1, batch=6, replacement=replacement, seed=11, stream=2)
    squares = []
    for r in range(30):
        path = descend(Run(surface, "sgd", start, 1, batch=6, replacement=replacement, seed=11 + r, stream=2))
        squares.append(((path.estimates[0] - path.gradients[0]) ** 2).sum())
    found = gradient_variance(run, start, [6], 30)
    spread = found.replaced if replacement else found.without
    np.testing.assert_allclose(spread.mean, [np.mean(squares)], rtol=1e-9)
    half = 1.96 * np.std(squares, ddof=1) / np.sqrt(30)
    np.testing.assert_allclose(spread.high - spread.mean, [half], rtol=1e-9)


def test_other_sizes_and_draws_compile_nothing() -> None:
    surface = DATA[0]
    start = LANDSCAPES[surface].start
    _DRAWN.clear()  # what another test has drawn needs no program
    gradient_variance(Run(surface, "sgd", start, 5), start, [1], 10)
    with compilations() as seen:
        for k in range(2, 8):
            run = Run(surface, "adam", start, k, landscape_knobs={"l2": k / 10}, seed=k)
            gradient_variance(run, (k / 3, -1.0), [k, k + 1], 100 * k)
    assert not seen


@pytest.mark.parametrize(
    "wrong",
    [
        {"run": Run("bowl", "sgd", (0, 0), 5)},
        {"sizes": []},
        {"sizes": [0]},
        {"sizes": [1, 10**6]},
        {"draws": 1},
        {"draws": 10**6},
        {"point": (np.nan, 0.0)},
    ],
)
def test_what_has_no_variance_is_refused(wrong: dict[str, Any]) -> None:
    given = {"run": Run(DATA[0], "sgd", (0, 0), 5), "point": (0.0, 0.0), "sizes": [1, 2], "draws": 10}
    with pytest.raises(ValueError, match=r"^Expected .* got .*\.$"):
        gradient_variance(**{**given, **wrong})


def test_nothing_can_be_written_to() -> None:
    found = gradient_variance(Run(DATA[0], "sgd", (0, 0), 5), (0.0, 0.0), [1, 2], 10)
    for array in (found.sizes, *vars(found.without).values(), *vars(found.replaced).values()):
        assert not array.flags.writeable
