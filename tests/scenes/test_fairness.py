"""By what rule the rates are chosen: it is done at once, it holds on, and a turn by hand may end it."""

from typing import Any

import pytest

from optimizers import OPTIMIZERS
from scenes import Scene, default_scene, edit, read, write

SCENE = default_scene("rosenbrock")


def after(*changes: dict[str, Any], scene: Scene = SCENE) -> Scene:
    """Return `scene` after changes, none of which may need a repair."""
    for change in changes:
        scene, repairs = edit(scene, change)
        assert repairs == ()
    return scene


def rates(scene: Scene) -> list[Any]:
    return [lane.knobs["learning_rate"] for lane in scene.racers]


def test_the_same_for_all():
    scene = after({"do": "rule", "to": "same"})
    assert rates(scene) == [rates(SCENE)[0]] * 4
    scene = after({"do": "lane_knob", "lane": 2, "knob": "learning_rate", "to": 0.25}, scene=scene)
    assert rates(scene) == [0.25] * 4
    scene = after({"do": "lane_add", "to": "lion"}, scene=scene)
    assert rates(scene) == [0.25] * 5 and scene.budget.rule == "same"
    scene = after({"do": "surface", "to": "bowl"}, scene=scene)
    assert len(set(rates(scene))) == 1 and scene.budget.rule == "same"


def test_usual_defaults():
    turned = after({"do": "lane_knob", "lane": 3, "knob": "beta1", "to": 0.5})
    scene = after({"do": "rule", "to": "defaults"}, scene=turned)
    for lane in scene.racers:
        assert dict(lane.knobs) == {knob.id: knob.default for knob in OPTIMIZERS[lane.optimizer].knobs}
    scene = after({"do": "lane_method", "lane": 0, "to": "nadam"}, scene=scene)
    assert rates(scene)[0] == OPTIMIZERS["nadam"].knobs[0].default and scene.budget.rule == "defaults"
    scene = after({"do": "lane_knob", "lane": 3, "knob": "beta1", "to": 0.5}, scene=scene)
    assert scene.budget.rule == "own"


def test_the_best():
    scene = after({"do": "rule", "to": "best", "rates": [0.1, 0.2, 0.3, 0.4]})
    assert rates(scene) == [0.1, 0.2, 0.3, 0.4] and scene.budget.rule == "best"
    assert "&rule=best" in write(scene)
    assert after({"do": "lane_suggest", "lane": 0}, scene=scene).budget.rule == "own"


@pytest.mark.parametrize(
    "raw", [None, [], [0.1], [0.1, 0.2, 0.3, "x"], [0.1] * 5, "0.1", [0.1, 0.2, 0.3, float("nan")]]
)
def test_rates_that_are_none_change_nothing(raw: Any):
    scene, repairs = edit(SCENE, {"do": "rule", "to": "best", "rates": raw})
    assert scene == SCENE
    assert [repair.why for repair in repairs] == ["not_rates"]


def test_a_link_keeps_its_rates_whatever_the_rule():
    scene, repairs = read("lane=sgd:lr=0.1&lane=adam:lr=0.2&rule=same")
    assert repairs == () and rates(scene) == [0.1, 0.2]


def test_other_knobs_leave_the_rule():
    scene = after({"do": "rule", "to": "same"}, {"do": "lane_knob", "lane": 1, "knob": "momentum", "to": 0.5})
    assert scene.budget.rule == "same"
    assert after({"do": "rule", "to": "own"}, scene=scene).racers == scene.racers
