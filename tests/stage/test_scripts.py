"""The scripts fit together, and fit what Python sends them."""

import re

import pytest

from app_pages.answer import answer
from charts.contour_map import moving_sheet
from charts.loss_curves import playhead_sheet
from charts.palette import DASHES, SYMBOLS, THEMES
from locales import LANGUAGES
from scenes import MOST_LANES, PANELS, default_scene
from scenes.changes import CHANGES
from scenes.knobs import LAYER, MEASURE, PAGE
from scenes.read import READER, SINGLE
from tests.charts.grounds import drawn
from tests.stage.scripts import ALL, SCRIPTS, exports, imports, keys_of


def test_the_scripts_are_read():
    assert {"stage.js", "dom.js", "wire.js"} <= set(SCRIPTS)
    assert ("wire.js", {"Wire"}) in imports(SCRIPTS["stage.js"])
    assert "mount" in exports(SCRIPTS["stage.js"])


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_is_imported_exists(name: str):
    source = SCRIPTS[name]
    assert len(imports(source)) == len(re.findall(r"^import\b", source, re.M))
    for file, names in imports(source):
        assert names <= exports(SCRIPTS[file]), file
        for imported in names:
            assert len(re.findall(rf"\b{imported}\b", source)) > 1, f"{imported} is imported and not used"


def test_what_is_exported_is_used():
    wanted = {
        (file, name) for source in SCRIPTS.values() for file, names in imports(source) for name in names
    }
    offered = {(file, name) for file, source in SCRIPTS.items() for name in exports(source)}
    assert offered - wanted == {("stage.js", "mount")}  # Streamlit calls it, see stage/__init__.py


def test_nothing_is_fetched_from_elsewhere():
    """No network: the only addresses in our scripts are the names of XML formats."""
    addresses = set(re.findall(r"(?:https?:)?//[\w.]+\.\w+/[^\s\"'`]*", ALL))
    assert {address.split("/")[2] for address in addresses} <= {"www.w3.org"}


def test_the_stage_can_draw_every_dash_and_shape_that_it_is_given():
    """The overlay and the legend draw them by name; Plotly draws the rest."""
    theme = THEMES["light"]
    sheets = [
        drawn(sheet) for sheet in (moving_sheet(((0.0, 1.0), (0.0, 1.0)), theme), playhead_sheet(theme))
    ]
    traces = [trace for sheet in sheets for trace in sheet["data"]]
    modes = {trace["mode"] for trace in traces}
    dashes = {trace["line"].get("dash", "solid") for trace in traces if trace["mode"] != "markers"}
    shapes = {shape for trace in traces if trace["mode"] == "markers" for shape in trace["marker"]["symbol"]}
    assert modes == {"lines", "markers", "lines+markers"}
    assert dashes >= set(DASHES) and shapes >= set(SYMBOLS)
    assert dashes - {"solid"} <= keys_of("DASHES", SCRIPTS["marks.js"])
    assert shapes <= keys_of("SHAPES", SCRIPTS["marks.js"])


def test_there_is_room_for_as_many_lanes_as_the_server_takes():
    assert f"MOST_LANES = {MOST_LANES};" in SCRIPTS["panel.js"]


def test_every_change_that_is_sent_is_one_that_the_server_makes():
    sent = set(re.findall(r'\bdo: "(\w+)"', ALL))
    budget = {"steps", "noise", "seed"}  # sent under the id of their knob
    assert {"start", "lane_add"} <= sent <= set(CHANGES)
    assert "do: knob.id" in SCRIPTS["panel.js"]
    assert budget <= set(CHANGES)


def test_the_reader_and_the_view_are_spelled_as_the_server_reads_them():
    (reader,) = re.findall(r"const READER = \[([^\]]*)\]", SCRIPTS["address.js"])
    assert set(re.findall(r'"(\w+)"', reader)) == READER
    assert keys_of("LANGUAGES", SCRIPTS["reader.js"]) == set(LANGUAGES)
    assert set(re.findall(r'asked === "(\w+)"', SCRIPTS["reader.js"])) == set(THEMES)


def test_the_choices_of_the_view_are_those_of_the_scene():
    def listed(name: str, file: str) -> tuple[str, ...]:
        (found,) = re.findall(rf"const {name} = \[([^\]]*)\]", SCRIPTS[file])
        return tuple(re.findall(r'"(\w+)"', found))

    assert listed("PAGES", "header.js") == PAGE.choices
    assert listed("LAYERS", "layers.js") == LAYER.choices
    assert listed("MEASURES", "layers.js") == MEASURE.choices
    spelled = set(listed("VIEW", "address.js"))
    assert spelled == set(re.findall(r"^    (\w+):", SCRIPTS["view.js"], re.M))
    assert spelled <= set(SINGLE)


def test_every_panel_can_be_hidden():
    (parts,) = re.findall(r"this\.parts = \{(.*?)\n    \};", SCRIPTS["stage.js"], re.S)
    shown = set(re.findall(r"^      (\w+):", parts, re.M))
    assert shown - {"measures"} | {"story", "points"} == set(PANELS)  # "measure=none" hides the measures
    assert 'hide.has("story")' in SCRIPTS["stage.js"]
    assert 'hide.has("points")' in SCRIPTS["curvature.js"]


def test_what_is_packed_is_unpacked():
    detail = answer(default_scene(), ())["detail"]
    (packed,) = re.findall(r"const PACKED = \[([^\]]*)\]", SCRIPTS["stage.js"])
    assert set(re.findall(r'"(\w+)"', packed)) == {
        name for name, value in detail.items() if isinstance(value, str)
    }
