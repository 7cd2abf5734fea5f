"""The reader's own data: from a table to a link and back, and a sentence for whatever is no table."""

from base64 import b64encode
from typing import Any

import pytest

from landscapes.data import MODELS, Fit
from locales import texts
from scenes import Scene, default_scene, edit, read, write

TABLE = "size,price\n1,2\n2,3.5\n3,5\n4,8\n"
ROWS = ((1.0, 2.0), (2.0, 3.5), (3.0, 5.0), (4.0, 8.0))

every_model = pytest.mark.parametrize("model", MODELS)


def fitted(model: str, scene: Scene | None = None, **given: Any) -> tuple[Scene, list[str]]:
    """Return the scene on a table, and why anything had to be repaired."""
    made, repairs = edit(scene or default_scene(), {"do": "data", "model": model, **given})
    return made, [repair.why for repair in repairs]


@every_model
def test_a_table_becomes_a_surface_and_a_link(model: str):
    scene, why = fitted(model, to=TABLE)
    assert why == []
    assert scene.ground.landscape == Fit(model, ROWS)
    assert scene.ground.surface.id == model
    assert scene.budget.batch <= 4, "no more than there are examples"
    link = write(scene)
    assert f"f={model}&data=1,2;2,3.5;3,5;4,8&at=" in link
    assert read(link) == (scene, ())


def test_a_file_comes_as_bytes():
    scene, why = fitted("line_fit", bytes=b64encode(TABLE.encode()).decode())
    assert why == [] and scene.ground.landscape == Fit("line_fit", ROWS)


def test_without_a_table_the_usual_data_come_back():
    scene, _ = fitted("line_fit", to=TABLE)
    back, why = fitted("line_fit", scene)
    assert why == [] and back.ground == default_scene("line_fit").ground


def test_another_scaling_is_another_surface():
    scene, _ = fitted("line_fit", to="1990,10\n2000,14\n2010,19\n2020,22\n")
    knob = next(knob for knob in scene.ground.surface.knobs if knob.kind == "choice")
    for choice in knob.choices:
        turned, repairs = edit(scene, {"do": "surface_knob", "knob": knob.id, "to": choice})
        assert repairs == ()
        assert turned.ground.surface.contains(turned.ground.start)
        assert read(write(turned)) == (turned, ())


@pytest.mark.parametrize(
    "given",
    [
        {"to": ""},
        {"to": "1\n2\n3\n"},
        {"to": "1,2\n2\n3,4\n"},
        {"to": "1,2,3\n2,3,4\n3,4,5\n"},
        {"to": "x,y\n1,=SUM(A1:A9)\n2,3\n4,5\n"},
        {"to": "1,nan\n2,3\n4,5\n"},
        {"to": "5,1\n5,2\n5,3\n"},
        {"to": "1,2\n" * 5000},
        {"to": "1,2\n" * 50000},
        {"bytes": b64encode(bytes(range(256))).decode()},
        {"bytes": b64encode("größe,preis\n1,2\n2,3\n3,4\n".encode("latin-1")).decode()},
        {"bytes": "not base64 at all!"},
    ],
)
def test_what_is_no_table_gets_a_sentence_and_changes_nothing(given: dict[str, Any]):
    before, _ = fitted("line_fit", to=TABLE)
    after, why = fitted("line_fit", before, **given)
    assert after == before
    assert len(why) == 1 and why[0] in texts("en")["tables"] and why[0] in texts("zh")["tables"]


@pytest.mark.parametrize("model", ["bowl", "no such model", None, 3])
def test_only_a_model_is_fitted(model: Any):
    scene, repairs = edit(default_scene(), {"do": "data", "model": model, "to": TABLE})
    assert scene == default_scene()
    assert len(repairs) == 1


@pytest.mark.parametrize("data", ["", "1,2", "1;2;3", "1,2;2,x;3,4", ";".join(["1,2"] * 300), "1,2;1,3;1,4"])
def test_data_of_a_link_that_cannot_be_used_give_way(data: str):
    scene, repairs = read(f"f=line_fit&data={data}")
    assert scene.ground == default_scene("line_fit").ground
    assert [repair.why for repair in repairs][1] == "unusable_data"
    assert repairs[0].why in texts("en")["tables"]
