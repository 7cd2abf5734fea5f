"""What is promised of the default lanes: a link that names a surface and a method, 27 times 21 of them."""

from collections.abc import Mapping

import numpy as np
import pytest

from descent import Run, descend
from descent.ending import LONGER, NEAR, Surroundings, ending
from descent.stationary import Rest
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from scenes import read
from tests.descent.side_by_side import paths

RUNS: Mapping[tuple[str, str], Run] = {
    (surface, method): read(f"f={surface}&lane={method}")[0].runs()[0]
    for surface in LANDSCAPES
    for method in OPTIMIZERS
}
KEYS = list(RUNS)


@pytest.fixture(scope="module")
def walked() -> dict[tuple[str, str], np.ndarray]:
    """Return ten times as many steps of every default lane, made without the code that judges endings."""
    return paths(dict(RUNS), LONGER * max(run.steps for run in RUNS.values()))


def diagonal(surface: str) -> float:
    return float(np.hypot(*np.ptp(LANDSCAPES[surface].box, axis=1)))


def stands(key: tuple[str, str], path: np.ndarray) -> bool:
    """Return whether the lane is, after ten times as many steps, where it was at the end of its run."""
    last = RUNS[key].steps
    away = np.hypot(*(path[last : LONGER * last + 1] - path[last]).T)
    return bool((away <= 2 * NEAR * diagonal(key[0])).all())


def at_best(key: tuple[str, str], path: np.ndarray) -> str:
    """Return how the lane ends if all that its path does not tell speaks for it."""
    steps = RUNS[key].steps
    around = Surroundings(
        remaining=lambda: 0.0,
        rest=lambda _: Rest(0.0, "minimum"),
        stands=lambda _: True,
        surely_stays=lambda _: True,
        floor=lambda: -np.inf,
    )
    points = path[: steps + 1]
    return ending(points, np.zeros(steps + 1), np.ones(steps), steps, LANDSCAPES[key[0]].box, around).kind


def test_all_default_lanes_that_are_said_to_have_converged_stay(walked: dict) -> None:
    """Those that stay keep the promise whatever is said of them; the others must not be given it."""
    assert len(RUNS) == len(walked) == len(LANDSCAPES) * len(OPTIMIZERS)
    settled = [key for key in KEYS if at_best(key, walked[key]) == "converged"]
    stray = [key for key in settled if not stands(key, walked[key])]
    assert len(settled) > 150
    # Nadam that has come to rest is thrown out again, as its divisor dies away with the gradients.
    assert ("rastrigin", "nadam") in stray
    said = {key: descend(RUNS[key]).ending.kind for key in stray}
    assert "converged" not in said.values(), said


def test_the_other_way_round_the_paths_are_the_same(walked: dict) -> None:
    for key in (("bowl", "adam"), ("himmelblau", "newton"), ("line_fit", "sam"), ("beale", "radam")):
        path = descend(RUNS[key]).points
        np.testing.assert_allclose(walked[key][: len(path)], path, rtol=1e-9, atol=1e-9)


def test_no_suggested_rate_blows_up_where_there_is_a_floor(walked: dict) -> None:
    """RAdam on Rosenbrock once went to 1e30. Around the peaks there is a plain on which some run out.

    Newton's steps are as long as they are where the Hessian is nearly singular, whatever the surface's rates.
    """
    for (surface, method), path in walked.items():
        if surface in ("saddle", "monkey_saddle", "peaks") or OPTIMIZERS[method].unit == "factor":
            continue
        centre = np.mean(LANDSCAPES[surface].box, axis=1)
        away = np.hypot(*(path[: RUNS[surface, method].steps + 1] - centre).T)
        assert away.max() < diagonal(surface), (surface, method)
