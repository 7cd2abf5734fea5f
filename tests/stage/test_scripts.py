"""The scripts fit together, and fit what Python sends them."""

import json
import re

import pytest

from app_pages.answer import answer
from charts.contour_map import moving_sheet
from charts.fit_sheet import RINGS, examples_sheet, fits_sheet
from charts.loss_curves import SPREAD, curves_sheet, playhead_sheet
from charts.palette import DASHES, SYMBOLS, THEMES
from landscapes import LANDSCAPES
from locales import LANGUAGES
from scenes import MOST_LANES, PANELS, default_scene
from scenes.changes import CHANGES
from scenes.knobs import LAYER, MEASURE, PAGE, VIEWS
from scenes.read import READER, SINGLE
from tests.charts.grounds import by_role, drawn
from tests.stage.scripts import ALL, SCRIPTS, exports, imports, keys_of, object_of


def test_the_scripts_are_read():
    assert {"stage.js", "lib/dom.js", "session/wire.js"} <= set(SCRIPTS)
    assert ("session/wire.js", {"Wire"}) in imports(SCRIPTS["stage.js"], "stage.js")
    assert "mount" in exports(SCRIPTS["stage.js"])


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_is_imported_exists(name: str):
    source = SCRIPTS[name]
    assert len(imports(source, name)) == len(re.findall(r"^import\b", source, re.M))
    for file, names in imports(source, name):
        assert names <= exports(SCRIPTS[file]), file
        for imported in names:
            assert len(re.findall(rf"\b{imported}\b", source)) > 1, f"{imported} is imported and not used"


def test_what_is_exported_is_used():
    wanted = {
        (file, name)
        for script, source in SCRIPTS.items()
        for file, names in imports(source, script)
        for name in names
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
    moving = moving_sheet(((0.0, 1.0), (0.0, 1.0)), theme), playhead_sheet(theme), fits_sheet(theme)
    sheets = [drawn(sheet) for sheet in moving]
    traces = [trace for sheet in sheets for trace in sheet["data"]]
    modes = {trace["mode"] for trace in traces}
    dashes = {trace["line"].get("dash", "solid") for trace in traces if trace["mode"] != "markers"}
    symbols = [trace["marker"]["symbol"] for trace in traces if trace["mode"] == "markers"]
    shapes = {shape for each in symbols for shape in ([each] if isinstance(each, str) else each)}
    assert modes == {"lines", "markers", "lines+markers"}
    assert dashes >= set(DASHES) and shapes >= set(SYMBOLS)
    assert dashes - {"solid"} <= keys_of("DASHES", SCRIPTS["figures/marks.js"])
    assert shapes <= keys_of("SHAPES", SCRIPTS["figures/marks.js"])


def test_there_is_room_for_as_many_lanes_as_the_server_takes():
    assert f"MOST_LANES = {MOST_LANES};" in SCRIPTS["controls/panel.js"]


def test_every_change_that_is_sent_is_one_that_the_server_makes():
    sent = set(re.findall(r'\bdo: "(\w+)"', ALL))
    assert {"start", "lane_add", "data", "rule"} <= sent <= set(CHANGES)
    assert "this.push({ do: id, to })" in SCRIPTS["controls/budget.js"]
    budget = set(
        re.findall(r"this\.row\(\"(\w+)\"\)", SCRIPTS["controls/budget.js"])
    )  # sent under the id of their knob
    assert {"steps", "noise", "seed", "luck", "sampling"} == budget <= set(CHANGES)


def test_the_reader_and_the_view_are_spelled_as_the_server_reads_them():
    (reader,) = re.findall(r"const READER = \[([^\]]*)\]", SCRIPTS["session/address.js"])
    assert set(re.findall(r'"(\w+)"', reader)) == READER
    assert keys_of("LANGUAGES", SCRIPTS["session/reader.js"]) == set(LANGUAGES)
    assert set(re.findall(r'asked === "(\w+)"', SCRIPTS["session/reader.js"])) == set(THEMES)


def test_the_choices_of_the_view_are_those_of_the_scene():
    def listed(name: str, file: str) -> tuple[str, ...]:
        (found,) = re.findall(rf"const {name} = \[([^\]]*)\]", SCRIPTS[file])
        return tuple(re.findall(r'"(\w+)"', found))

    pages = re.findall(r"^  (\w+): \[", object_of("CARDS", SCRIPTS["cards/parts.js"]), re.M)
    assert tuple(pages) == PAGE.choices
    assert listed("LAYERS", "controls/layers.js") == LAYER.choices
    assert listed("MEASURES", "controls/layers.js") == MEASURE.choices
    usual = dict(re.findall(r'(\w+): ("\w+"|[\d.]+)', object_of("USUAL", SCRIPTS["session/view.js"])))
    assert {name: json.loads(value) for name, value in usual.items()} == {
        knob.id: knob.default for knob in VIEWS.values()
    }
    own = {"step", "hide", "probe"}
    assert (
        set(listed("VIEW", "session/address.js")) == own
        and "...Object.keys(USUAL)" in SCRIPTS["session/address.js"]
    )
    assert own | set(usual) <= set(SINGLE)


def test_every_panel_can_be_hidden():
    (parts,) = re.findall(r"this\.parts = new Parts\(\{(.*?)\n    \}\);", SCRIPTS["page.js"], re.S)
    charts = set(re.findall(r"^    (\w+): chart\(", SCRIPTS["cards/parts.js"], re.M))
    cards = set(re.findall(r'"(\w+)"', object_of("CARDS", SCRIPTS["cards/parts.js"])))
    shown = set(re.findall(r"^      (\w+):", parts, re.M)) | charts
    assert charts == {"surface", "losses", "measures", "data"} and "...charts(" in parts
    # "measure=none" hides the measures; the cards of experiments come from their own controller.
    assert (shown | cards) - {"measures"} | {"story", "points"} == set(PANELS)
    assert 'hide.has("story")' in SCRIPTS["cards/parts.js"]
    assert 'hide.has("points")' in SCRIPTS["cards/curvature.js"]


def test_what_is_packed_is_unpacked():
    detail = answer(default_scene(), ())["detail"]
    (packed,) = re.findall(r"const PACKED = \[([^\]]*)\]", SCRIPTS["figures/frames.js"])
    assert set(re.findall(r'"(\w+)"', packed)) == {
        name for name, value in detail.items() if isinstance(value, str)
    }


def test_the_traces_that_the_stage_fills_are_on_the_sheets():
    theme = THEMES["light"]
    curves = by_role(drawn(curves_sheet(theme)))
    filled = set(re.findall(r"changes\[`(\w+)\$\{lane\}`\]", SCRIPTS["figures/loss_quantiles.js"]))
    assert filled == {*SPREAD, "median"} <= set(curves)
    assert {"curve", "limit"} | filled == set(curves)
    rings, fits = SCRIPTS["figures/fit.js"], by_role(drawn(fits_sheet(theme)))
    assert set(fits) == {"fit", *RINGS} and all(re.search(rf"\b{role}: at\(", rings) for role in RINGS)
    assert set(by_role(drawn(examples_sheet(theme)))) == {"examples", "class"}
    models = {surface.examples.model for surface in LANDSCAPES.values() if surface.examples}
    assert models <= {"line", "curve", "boundary"} and all(f'"{model}"' in rings for model in models)
