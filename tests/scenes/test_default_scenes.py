"""The first picture of every surface teaches what it is there for."""

import numpy as np
import pytest

from descent import distance, race, steps_within
from landscapes import LANDSCAPES
from scenes import Scene, default_scene

FLOORLESS = {"saddle", "monkey_saddle"}
NOISY = {"line_fit", "logistic", "two_weight_network"}
VALLEYS = {"uneven_ring"}
"""The floor is a whole curve: there is no minimum to be near to."""
ELSEWHERE = {"rastrigin", "ackley"}
"""Every pit of Rastrigin's looks like the answer; towards Ackley's tip a constant rate keeps jumping."""


def minima(scene: Scene) -> list[tuple[float, float]]:
    surface = scene.ground.surface
    numbers = {name: value for name, value in surface.settings(scene.ground.knobs).items() if name != "l2"}
    return [*(LANDSCAPES[surface.id].minima(**numbers) or ())]


@pytest.mark.parametrize("name", sorted(set(LANDSCAPES) - FLOORLESS - NOISY - VALLEYS - ELSEWHERE))
def test_a_default_lane_arrives_at_a_global_minimum(name: str) -> None:
    scene = default_scene(name)
    diagonal = np.hypot(*np.ptp(scene.ground.surface.box, axis=1))
    paths = race(scene.runs())
    arrived = [
        path
        for path in paths
        if path.ending.kind == "converged" and (distance(path, minima(scene)) or 0.0) < 1e-3 * diagonal
    ]
    ends = ", ".join(
        f"{lane.optimizer}: {path.ending.kind}, {distance(path, minima(scene))} away"
        for lane, path in zip(scene.racers, paths, strict=True)
    )
    assert arrived, f"Expected a lane to arrive; try more steps, other rates or another start. Got {ends}."
    assert scene.budget.steps <= 300


@pytest.mark.parametrize("name", sorted(VALLEYS))
def test_a_default_lane_comes_to_rest_on_the_floor_of_a_valley(name: str) -> None:
    paths = race(default_scene(name).runs())
    assert any(path.ending.kind == "converged" and path.losses[-1] < 1e-12 for path in paths)


@pytest.mark.parametrize("name", sorted(NOISY))
def test_on_mini_batches_a_default_lane_comes_to_stay_near_the_minimum(name: str) -> None:
    """At a constant rate their noise keeps every lane moving: none converges, and none is said to."""
    scene = default_scene(name)
    surface, found = scene.ground.surface, minima(scene)
    diagonal = np.hypot(*np.ptp(surface.box, axis=1))
    paths = race(scene.runs())
    assert {path.ending.kind for path in paths} == {"spent"}
    least = min(float(surface.loss(np.array(m), **surface.settings(scene.ground.knobs))) for m in found)
    tolerance = 1e-3 * (paths[0].losses[0] - least)
    assert any(steps_within(path, least, tolerance, found, 0.05 * diagonal) is not None for path in paths)


def test_on_the_bowl_momentum_well_set_beats_plain_gradient_descent() -> None:
    scene = default_scene("bowl")
    paths = dict(zip((lane.optimizer for lane in scene.racers), race(scene.runs()), strict=True))
    assert {path.ending.kind for path in paths.values()} == {"converged"}
    assert 3 * paths["momentum"].ending.step < paths["sgd"].ending.step
    assert paths["momentum"].ending.step < min(p.ending.step for n, p in paths.items() if n != "momentum")
    assert paths["momentum"].losses[20] < 1e-2 * paths["sgd"].losses[20]


def test_from_the_saddle_lanes_go_below_the_map() -> None:
    kinds = [path.ending.kind for path in race(default_scene("saddle").runs())]
    assert kinds.count("below_the_map") >= 3


def test_on_rastrigin_and_ackley_lanes_end_in_pits_that_look_like_the_answer() -> None:
    for name in ELSEWHERE:
        scene = default_scene(name)
        converged = [path for path in race(scene.runs()) if path.ending.kind == "converged"]
        assert converged
        assert all((distance(path, minima(scene)) or 0.0) > 0.5 for path in converged)
