"""The scripts fit together, and fit what Python sends them."""

import re

import pytest

from api.messages import words
from charts.fit_sheet import RINGS, examples_sheet, fits_sheet
from charts.loss_curves import SPREAD, curves_sheet
from charts.palette import THEMES
from landscapes import LANDSCAPES
from scenes import PANELS
from scenes.read import READER, SINGLE
from tests.charts.grounds import by_role, drawn
from tests.stage.scripts import ALL, SCRIPTS, exports, imports, object_of, types

FLOORS = ("lib", "engine", "session", "figures", "controls", "cards", "networks", "")
"""From the ground up; the scripts that stand in no room are the roof."""


def test_the_scripts_are_read():
    assert {"stage.js", "lib/dom.js", "session/wire.js"} <= set(SCRIPTS)
    name = "session/conversation.js"
    assert ("session/wire.js", {"Wire"}) in imports(SCRIPTS[name], name)
    assert "mount" in exports(SCRIPTS["mount.js"])


@pytest.mark.parametrize("name", SCRIPTS)
def test_imports_go_down(name: str):
    source = SCRIPTS[name]
    assert len(imports(source, name)) == len(re.findall(r"^import\b", source, re.M)), "each of them is read"
    assert too_high(name, source) == []


def too_high(name: str, source: str) -> list[str]:
    """Return the scripts that `name` imports from rooms above its own. Types may be those of any room."""
    here = FLOORS.index(room(name))
    return [file for file, _ in imports(source, name) if FLOORS.index(room(file)) > here]


def room(name: str) -> str:
    return name.rpartition("/")[0]


def test_an_import_that_goes_up_is_found():
    up = 'import { Panel } from "../controls/panel.js";'
    assert too_high("figures/map.js", up) == ["controls/panel.js"]
    assert too_high("cards/card.js", up) == too_high("figures/map.js", f"/** @{up[:-1]} */") == []


def test_what_is_exported_is_used():
    wanted = {
        (file, name)
        for script, source in SCRIPTS.items()
        for file, names in (*imports(source, script), *types(source, script))
        for name in names
    }
    offered = {(file, name) for file, source in SCRIPTS.items() for name in exports(source)}
    # Streamlit calls one (stage/__init__.py); a saved page has the other in the labs' place (assets.py).
    assert offered - wanted == {("mount.js", "mount"), ("networks/none.js", "Networks")}


def test_nothing_is_fetched_from_elsewhere():
    """No network: the only addresses in our scripts are the names of XML formats."""
    addresses = set(re.findall(r"(?:https?:)?//[\w.]+\.\w+/[^\s\"'`]*", ALL))
    assert {address.split("/")[2] for address in addresses} <= {"www.w3.org"}


def test_the_server_reads_what_the_stage_writes_into_an_address():
    view = {
        "step",
        "hide",
        "probe",
        *words("en")["usual"],
    }  # tests/stage/view.test.mjs holds the stage to these
    assert view <= set(SINGLE)
    assert not view & set(READER)


def test_every_panel_can_be_hidden():
    (parts,) = re.findall(r"this\.parts = new Parts\(\{(.*?)\n    \}\);", SCRIPTS["page.js"], re.S)
    charts = set(re.findall(r"^    (\w+): chart\(", SCRIPTS["cards/parts.js"], re.M))
    cards = set(re.findall(r'"(\w+)"', object_of("CARDS", SCRIPTS["cards/parts.js"])))
    shown = set(re.findall(r"^      (\w+):", parts, re.M)) | charts
    assert charts == {"surface", "losses", "measures", "data"} and "...charts(" in parts
    # "measure=none" hides the measures; the cards of experiments come from their own controller.
    assert (shown | cards) - {"measures"} | {"story", "points"} == set(PANELS)
    (made,) = re.findall(r"this\.cards = \{(.*?)\n    \};", SCRIPTS["cards/experiments.js"], re.S)
    assert set(re.findall(r"^      (\w+):", made, re.M)) <= cards & set(PANELS), (
        "Name a card in CARDS (stage/cards/parts.js) and in PANELS (scenes/scene.py)."
    )
    assert 'hide.has("story")' in SCRIPTS["cards/parts.js"]
    assert 'hide.has("points")' in SCRIPTS["cards/curvature.js"]


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
