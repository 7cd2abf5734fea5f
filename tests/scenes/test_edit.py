"""Changes that come over a socket."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscapes import LANDSCAPES
from landscapes.find import find
from landscapes.formula import read_formula
from locales import texts
from optimizers import OPTIMIZERS
from scenes import MOST_LANES, Lane, Scene, default_scene, edit, is_suggested, read, suggestion, write
from scenes.changes import CHANGES
from tests.scenes.strategies import LINKS, changes, json_values
from tests.scenes.usable import faults

SCENE = read(
    "f=bowl:stretch=40&at=1,2&lane=sgd:lr=0.2&lane=adam&lane=momentum&steps=30&noise=0.5&seed=7&step=12&pick=2"
    "&loss=linear&hide=losses"
)[0]


def after(change: object, scene: Scene = SCENE) -> Scene:
    """Return the scene after a change that needs no repair."""
    changed, repairs = edit(scene, change)
    assert repairs == ()
    assert faults(changed) == []
    return changed


def refused(change: object, scene: Scene = SCENE) -> str:
    """Return why `change` was refused; it must have changed nothing."""
    changed, repairs = edit(scene, change)
    assert changed == scene
    assert len(repairs) == 1
    return repairs[0].why


def rate(lane: Lane) -> object:
    return lane.knobs["learning_rate"]


@given(st.sampled_from((SCENE, default_scene("rosenbrock"), *(read(link)[0] for link in LINKS))), changes())
@settings(max_examples=1000)
def test_any_arguments_give_a_scene(scene: Scene, change: dict[str, object]):
    changed, _ = edit(scene, change)
    assert faults(changed) == []
    assert read(write(changed)) == (changed, ())


@given(json_values)
@settings(max_examples=500)
def test_any_message_gives_a_scene(message: object):
    assert edit(SCENE, message)[0] == SCENE
    assert edit(SCENE, {"do": message, "to": message})[0] == SCENE
    assert edit(SCENE, {"do": message, "to": message})[1]


@pytest.mark.parametrize("do", CHANGES)
@pytest.mark.parametrize(
    "deep",
    ["[" * 500 + "]" * 500, '{"a":' * 500 + "1" + "}" * 500, "-1e999", "9" * 4000, "NaN"],
    ids=("list", "object", "-inf", "9999", "nan"),
)
def test_deep_and_huge_messages_give_a_scene(do: str, deep: str):
    value: Any = json.loads(deep)
    for change in (
        {"do": do, "to": value, "lane": 0, "knob": "learning_rate"},
        {"do": do, "to": 1, "lane": value},
    ):
        assert faults(edit(SCENE, change)[0]) == []


def test_surface():
    scene = after({"do": "surface", "to": "rosenbrock"})
    assert scene.ground == default_scene("rosenbrock").ground
    assert scene.budget.steps == LANDSCAPES["rosenbrock"].steps
    assert (scene.budget.noise, scene.budget.seed) == (0.5, 7)
    assert (scene.view.step, scene.view.lane, scene.view.hide) == (None, 1, {"losses"})
    # sgd had a rate of its own and keeps it; the others had the suggested one.
    assert [rate(lane) for lane in scene.racers] == [
        0.2,
        suggestion(LANDSCAPES["rosenbrock"], "adam"),
        suggestion(LANDSCAPES["rosenbrock"], "momentum"),
    ]


@pytest.mark.parametrize("to", ["nope", None, 3, ["bowl"], "__proto__"])
def test_unknown_surface(to: object):
    assert refused({"do": "surface", "to": to}) == "unknown_landscape"


def test_formula():
    scene = after({"do": "formula", "to": " x**2 + 3*y**2 ", "box": [-2, 2, -1, 1]})
    formula = read_formula("x**2+3*y**2", ((-2, 2), (-1, 1)))
    assert scene.ground == default_scene(formula).ground
    assert rate(scene.racers[0]) == 0.2 and rate(scene.racers[1]) == suggestion(find(formula), "adam")
    assert scene.view.probe is None
    assert after({"do": "formula", "to": "x*y"}).ground.landscape == read_formula("x*y")


def test_while_typing_the_start_stays():
    scene = replace(default_scene(read_formula("x*y")), budget=SCENE.budget)
    moved = after({"do": "start", "to": [1.5, -2]}, scene)
    typed = after({"do": "formula", "to": "x*y+1"}, moved)
    assert typed.ground.start == (1.5, -2.0) and typed.budget == SCENE.budget
    boxed = after({"do": "formula", "to": "x*y", "box": [2, 4, 2, 4]}, moved)
    assert boxed.ground.surface.contains(boxed.ground.start)


@pytest.mark.parametrize(
    ("to", "box"),
    [
        ("sin 3x", None),
        ("", None),
        (None, None),
        (3, None),
        (["x"], None),
        ("x", [1]),
        ("x", [1, 1, 2, 2]),
        ("x", "wide"),
        ("x", {}),
    ],
)
def test_no_formula(to: object, box: object):
    changed, repairs = edit(SCENE, {"do": "formula", "to": to, "box": box})
    assert changed == SCENE
    assert [repair.why in texts("en")["formulas"] for repair in repairs] == [True]


def test_surface_knob():
    assert after({"do": "surface_knob", "knob": "stretch", "to": 7}).ground.knobs == {
        "stretch": 7.0,
        "l2": 0.0,
    }
    assert refused({"do": "surface_knob", "knob": "nope", "to": 7}) == "unknown_knob"
    assert refused({"do": "surface_knob", "knob": "stretch", "to": "wide"}) == "not_a_number"


def test_start():
    assert after({"do": "start", "to": [-3, 0.5]}).ground.start == (-3.0, 0.5)
    assert after({"do": "start", "to": [8.05, -8.01]}).ground.start == (8.0, -8.0)  # a hair outside
    far, repairs = edit(SCENE, {"do": "start", "to": [1e9, 2]})
    assert far.ground.start == (8.0, 2.0)
    assert [(repair.why, repair.used) for repair in repairs] == [("clamped", "8,2")]


@pytest.mark.parametrize(
    "to", [None, [], [1], [1, 2, 3], "1,2", [True, 1], [float("nan"), 0], [1, float("inf")], {}]
)
def test_no_start(to: object):
    assert refused({"do": "start", "to": to}) == "not_a_point"


def test_lane_method():
    scene = after({"do": "lane_method", "lane": 0, "to": "rmsprop"})
    assert scene.racers[0].optimizer == "rmsprop"
    assert is_suggested(scene, 0)
    assert scene.racers[1:] == SCENE.racers[1:]
    assert refused({"do": "lane_method", "lane": 0, "to": "adamm"}) == "unknown_method"
    assert refused({"do": "lane_method", "lane": 3, "to": "adam"}) == "no_such_lane"


def test_lane_knob():
    scene = after({"do": "lane_knob", "lane": 1, "knob": "beta1", "to": 0.5})
    assert scene.racers[1].knobs == {**SCENE.racers[1].knobs, "beta1": 0.5}
    assert (
        rate(after({"do": "lane_knob", "lane": 0, "knob": "learning_rate", "to": "1e-2"}).racers[0]) == 0.01
    )
    assert refused({"do": "lane_knob", "lane": 0, "knob": "beta1", "to": 0.5}) == "unknown_knob"


@pytest.mark.parametrize(
    "to", [True, None, "", "fast", "nan", float("nan"), float("inf"), [], {}, "0x1p3"], ids=repr
)
def test_what_is_no_number_leaves_the_old_value(to: object):
    assert refused({"do": "lane_knob", "lane": 0, "knob": "learning_rate", "to": to}) == "not_a_number"


@pytest.mark.parametrize(
    ("to", "end"), [(1e9, "high"), (10**400, "high"), ("1e9", "high"), (-1, "low"), (0, "low")]
)
def test_a_number_beyond_the_range_gives_its_end_and_a_note(to: object, end: str):
    knob = OPTIMIZERS["sgd"].knobs[0]
    scene, repairs = edit(SCENE, {"do": "lane_knob", "lane": 0, "knob": knob.id, "to": to})
    assert rate(scene.racers[0]) == getattr(knob, end)
    assert [(repair.why, repair.parameter) for repair in repairs] == [("clamped", "sgd:lr")]


@pytest.mark.parametrize("lane", [-1, 3, 1.5, "first", None, True, [0], float("nan"), 10**30])
@pytest.mark.parametrize(
    "do", ["lane_method", "lane_knob", "lane_copy", "lane_remove", "lane_suggest", "pick"]
)
def test_no_such_lane(do: str, lane: object):
    assert refused({"do": do, "lane": lane, "knob": "learning_rate", "to": "adam"}) == "no_such_lane"


def test_lane_add():
    scene = after({"do": "lane_add"})
    racing = {lane.optimizer for lane in SCENE.racers}
    assert scene.racers[-1].optimizer == next(method for method in OPTIMIZERS if method not in racing)
    assert is_suggested(scene, 3)
    assert after({"do": "lane_add", "to": "adam"}).racers[-1].optimizer == "adam"
    assert refused({"do": "lane_add", "to": "nope"}) == "unknown_lane"


def test_eight_lanes_are_the_most():
    scene = SCENE
    while len(scene.racers) < MOST_LANES:
        scene = after({"do": "lane_add"}, scene)
    assert len({lane.optimizer for lane in scene.racers}) == MOST_LANES
    assert refused({"do": "lane_add"}, scene) == "no_more_lanes"
    assert refused({"do": "lane_copy", "lane": 0}, scene) == "no_more_lanes"


def test_lane_copy():
    assert after({"do": "lane_copy", "lane": 0}).racers == (*SCENE.racers, SCENE.racers[0])


@pytest.mark.parametrize(
    ("picked", "removed", "then"), [(1, 0, 0), (1, 1, 1), (1, 2, 1), (2, 2, 1), (0, 0, 0)]
)
def test_lane_remove_keeps_the_inspector_on_a_lane(picked: int, removed: int, then: int):
    scene = after({"do": "lane_remove", "lane": removed}, after({"do": "pick", "lane": picked}))
    assert scene.racers == SCENE.racers[:removed] + SCENE.racers[removed + 1 :]
    assert scene.view.lane == then


def test_the_last_lane_stays():
    assert refused({"do": "lane_remove", "lane": 0}, read("lane=adam")[0]) == "last_lane"


def test_lane_suggest():
    assert [is_suggested(SCENE, lane) for lane in range(3)] == [False, True, True]
    scene = after({"do": "lane_suggest", "lane": 0})
    assert is_suggested(scene, 0)
    assert rate(scene.racers[0]) == suggestion(LANDSCAPES["bowl"], "sgd")


def test_budget():
    assert after({"do": "setting", "knob": "steps", "to": 20}).budget.steps == 20
    assert after({"do": "setting", "knob": "steps", "to": 20.0}).budget.steps == 20
    assert after({"do": "setting", "knob": "noise", "to": 2}).budget.noise == 2.0
    assert after({"do": "setting", "knob": "seed", "to": 3}).budget.seed == 3
    assert refused({"do": "setting", "knob": "steps", "to": 20.5}) == "not_a_number"
    assert edit(SCENE, {"do": "setting", "knob": "steps", "to": 10**9})[0].budget.steps == 1000


def test_a_step_beyond_the_last_one_is_no_longer_shown():
    assert after({"do": "setting", "knob": "steps", "to": 12}).view.step == 12
    assert after({"do": "setting", "knob": "steps", "to": 11}).view.step is None


def test_picking_a_lane():
    assert after({"do": "pick", "lane": 2}).view.lane == 2


def test_reset():
    scene = after({"do": "reset"})
    assert (scene.ground, scene.racers, scene.budget) == (
        default_scene("bowl").ground,
        default_scene("bowl").racers,
        default_scene("bowl").budget,
    )
    assert (scene.view.loss_axis, scene.view.hide) == ("linear", {"losses"})


@pytest.mark.parametrize(
    "change",
    [
        None,
        [],
        "reset",
        {},
        {"do": None},
        {"do": ["reset"]},
        {"do": "explode"},
        {"do": "scene", "to": "f=saddle"},
        3,
    ],
)
def test_what_is_no_change_changes_nothing(change: object):
    assert refused(change) == "unknown_change"


@pytest.mark.parametrize(
    ("to", "value"),
    [
        (["here", 2.0], "here, 2"),
        ([None, True], "null, true"),
        ([1, 2, 3], "1, 2, 3"),
        ([1, 2, 3, 4, 5], "[…]"),
        ([[1], 2], "[…]"),
        ([], "[…]"),
        ({"x": 1}, "{…}"),
    ],
)
def test_what_is_no_point_is_shown_as_it_came(to: object, value: str):
    _, repairs = edit(SCENE, {"do": "start", "to": to})
    assert [(each.why, each.parameter, each.value) for each in repairs] == [("not_a_point", "at", value)]
