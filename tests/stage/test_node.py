"""What of the stage needs no browser is tested in Node: each *.test.mjs beside this file is one test here."""

import json
from pathlib import Path

import pytest

from api.answer import answer
from api.engine import addresses, step, surface
from api.messages import words
from api.networks.book import net_book
from charts.annotations import annotation_sheet
from charts.contour_map import ground_sheet, moving_sheet
from charts.experiments import SHEETS
from charts.fit_sheet import examples_sheet, fits_sheet
from charts.loss_curves import curves_sheet, playhead_sheet
from charts.palette import DASHES, SYMBOLS, THEMES
from locales import LANGUAGES
from scenes import default_scene, read
from tests.charts.grounds import drawn, ground
from tests.stage.net_outputs import cases
from tests.stage.node import started

AWAY = read("f=bowl&at=-7,2&lane=sgd:lr=2&steps=60")[0]
"""A lane that flies off further than can be drawn."""

FOLDER = Path(__file__).parent
TESTS = sorted(file.name for file in FOLDER.glob("*.test.mjs"))


def drawing() -> dict[str, list[str]]:
    """Return the dashes and shapes of all that the stage draws itself: figures, keys, annotations."""
    theme, box = THEMES["light"], ((0.0, 1.0), (0.0, 1.0))
    here = ground("bowl")
    sheets = [
        ground_sheet(here.terrain, here.scale, box, here.minima, here.least, theme),
        curves_sheet(theme),
        examples_sheet(theme),
        moving_sheet(box, theme),
        playhead_sheet(theme),
        fits_sheet(theme),
        annotation_sheet(box, theme),
    ]
    sheets += [make(theme) for make in SHEETS.values()]  # cards have keys to these
    traces = [trace for sheet in sheets for trace in drawn(sheet)["data"]]
    assert {trace["mode"] for trace in traces} == {"lines", "markers", "lines+markers"}
    dashes = {trace["line"].get("dash", "solid") for trace in traces if trace["mode"] != "markers"}
    symbols = [trace["marker"]["symbol"] for trace in traces if trace["mode"] == "markers"]
    shapes = {shape for each in symbols for shape in ([each] if isinstance(each, str) else each)}
    assert dashes >= set(DASHES) and shapes >= set(SYMBOLS)
    return {"dashes": sorted(dashes), "shapes": sorted(shapes)}


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with what the tests need of Python: words, an answer, what is drawn."""
    file = tmp_path_factory.mktemp("given") / "given.json"
    session = {"assets": "optiscape/0/", "token": "a", "applied": 0, "visit": 0}
    content = {
        "words": {language: words(language) for language in LANGUAGES},
        "answer": {**session, **answer(default_scene(), ())},
        "drawing": drawing(),
        "away": {**session, **answer(AWAY, ())},
        "modules": {
            path: write(path.partition("?")[2])
            for engine in (addresses(scene) for scene in (default_scene(), AWAY))
            for path, write in (
                (engine["surface"], surface),
                *((lane["step"], step) for lane in engine["lanes"]),
            )
        },
        "tables": {},
        "book": net_book(""),
        "outputs": cases(),
    }
    file.write_text(json.dumps(content, allow_nan=False), "utf-8")
    return file


@pytest.mark.parametrize("name", TESTS)
def test_in_node(name: str, given: Path):
    done = started("--test", "--test-reporter=spec", str(FOLDER / name), GIVEN=str(given))
    assert done.code == 0, done.said
    assert "pass 0\n" not in done.said and "skipped 0\n" in done.said, (
        "there are tests in it, and all have run"
    )


def test_the_tests_are_found():
    assert {"wire.test.mjs", "frames.test.mjs"} <= set(TESTS)
