"""Where a formula is undefined, a scene stands on firm ground again, and says so."""

import pytest

from api.startable import ensure_startable
from scenes import default_scene, edit, read


def test_what_can_be_raced_is_left_alone():
    for query in ("f=bowl", "formula=log(x*y)&at=1,1", "formula=x/y&at=1,2"):
        scene, _ = read(query)
        assert ensure_startable(scene) == (scene, ())


@pytest.mark.parametrize(
    "query", [f"formula={text}" for text in ("log(x*y)&at=-1,1", "sqrt(x)&at=0,0", "1/x&at=0,1")]
)
def test_an_undefined_start_is_replaced_by_the_surfaces_own(query: str):
    scene, repairs = read(query)
    assert repairs == ()
    moved, repairs = ensure_startable(scene)
    assert moved.ground.start == scene.ground.surface.start
    assert moved.ground.landscape == scene.ground.landscape and moved.racers == scene.racers
    assert [(repair.why, repair.parameter) for repair in repairs] == [("undefined_start", "at")]


def test_the_start_before_is_preferred_on_the_same_surface():
    before, _ = read("formula=log(x*y)&at=2,3")
    scene, _ = edit(before, {"do": "start", "to": [-1, 1]})
    moved, repairs = ensure_startable(scene, before)
    assert moved.ground.start == (2.0, 3.0)
    assert repairs[0].used == "2,3"
    other, _ = read("formula=log(x)&at=-1,1")
    assert ensure_startable(other, before)[0].ground.start == other.ground.surface.start


def test_where_nothing_can_descend_the_default_scene_is_shown():
    scene, _ = read("formula=sqrt(0*x)&page=curvature&hide=losses")
    moved, repairs = ensure_startable(scene)
    assert moved.ground == default_scene().ground
    assert (moved.view.page, moved.view.hide) == ("curvature", {"losses"})
    assert [(repair.why, repair.value) for repair in repairs] == [("undefined_formula", "sqrt(0*x)")]
