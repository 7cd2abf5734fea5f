"""Losses on lines and bent paths between two points, and barriers on them."""

from typing import Any

import numpy as np
import pytest

from networks import Network
from networks.data import DATASETS, FewExamples
from networks.first_weights import first_weights
from networks.geometry import gradient_at, losses_at, objective_of, seen_by
from networks.geometry.lines import DRAWN, Bend, barrier, bent, first_bend, on_path, path_losses, places
from networks.layers import first_running, forward
from networks.programs import compiled_programs

NETWORK = Network(FewExamples(DATASETS["moons"], 40), (5,), "tanh")
ENDS = first_weights(NETWORK, 0), first_weights(NETWORK, 1)
DATA = seen_by(NETWORK)


def test_places_hold_both_ends_and_reach_beyond():
    for steps in (10, 40, 200):
        t = places(steps)
        assert (t[0], t[-1], len(t)) == (-0.5, 1.5, 2 * steps + 1)
        assert {0.0, 0.5, 1.0} <= set(t)


@pytest.mark.parametrize("control", [None, first_weights(NETWORK, 2)])
def test_losses_on_a_path_are_those_at_its_points(control: object):
    t = places(10)
    middle = sum(np.asarray(end, float) for end in ENDS) / 2 if control is None else control
    one, bend, other = (np.asarray(each, float) for each in (ENDS[0], middle, ENDS[1]))
    points = [on_path(one, bend, other, at) for at in t]
    losses, right = path_losses(NETWORK.plan, ENDS, control, t, DATA)
    assert np.allclose(losses, losses_at(objective_of(NETWORK), points, DATA), atol=2e-5)
    plan = NETWORK.plan
    x: Any = np.asarray(DATA[0], float)
    for point, share in zip(points, right, strict=True):
        scores = forward(plan, point, first_running(plan), x, train=True).scores
        held = (np.argmax(np.asarray(scores), axis=1) == np.asarray(DATA[1])).mean()
        assert share == pytest.approx(held, abs=0.026)  # one of forty may be on the boundary


def test_another_number_of_places_and_another_path_compile_nothing():
    path_losses(NETWORK.plan, ENDS, None, places(10), DATA)
    before = compiled_programs()
    path_losses(NETWORK.plan, ENDS[::-1], first_weights(NETWORK, 3), places(40), DATA)
    assert compiled_programs() == before


def test_a_barrier_is_what_rises_above_the_line_between_the_ends():
    t = np.array([-0.5, 0, 0.25, 0.5, 1, 1.5])
    assert barrier(t, [9, 1, 4, 2, 3, 9]) == pytest.approx(4 - 1.5)
    assert barrier(t, [9, 1, 1, 1, 3, 9]) == 0
    assert barrier(t, [9, 1, np.inf, 1, 3, 9]) == np.inf
    assert barrier(t, [np.inf, 1, 1, 1, 3, np.nan]) == 0
    with pytest.raises(ValueError, match="both ends"):
        barrier([0, 0.5], [1, 2])


def test_the_control_point_descends_the_mean_loss_and_the_ends_stay():
    objective = objective_of(NETWORK)
    bend = first_bend(*ENDS)
    assert np.allclose(bend.control, (ENDS[0] + ENDS[1]) / 2)
    # The first step of Adam goes by the sign of the gradient: that of the mean over the places, by hand.
    drawn = (np.arange(DRAWN) + np.random.default_rng((7, 7, 0)).uniform(size=DRAWN)) / DRAWN
    slope = np.mean(
        [
            2 * t * (1 - t) * gradient_at(objective, on_path(ENDS[0], bend.control, ENDS[1], t), DATA)[1]
            for t in drawn
        ],
        axis=0,
    )
    moved = bent(objective, ENDS, bend, 0.01, 7, range(1), DATA)
    sure = np.abs(slope) > 1e-6
    assert np.allclose(moved.control[sure], (bend.control - 0.01 * np.sign(slope))[sure], atol=1e-5)
    before = compiled_programs()
    far = bent(objective, ENDS, moved, 0.02, 8, range(1, 61), DATA)
    assert compiled_programs() == before
    t = np.linspace(0, 1, 21)
    path = {
        name: path_losses(NETWORK.plan, ENDS, each.control, t, DATA)[0]
        for name, each in (("straight", bend), ("bent", far))
    }
    assert path["bent"].mean() < path["straight"].mean()
    assert path["bent"][[0, -1]] == pytest.approx(losses_at(objective, np.stack(ENDS), DATA), abs=1e-6)


def test_too_many_steps_at_once_are_refused():
    bend = Bend(ENDS[0], None)
    for steps in (range(0), range(65)):
        with pytest.raises(ValueError, match="Expected 1 to 64 steps"):
            bent(objective_of(NETWORK), ENDS, bend, 0.01, 0, steps, DATA)
