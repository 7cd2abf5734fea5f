"""The map that the browser draws while a hand turns its surface is the map that Python draws."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from charts import contours, heights
from charts.drawing_rules import drawing_rules
from charts.palette import THEMES
from charts.relief import coloured
from landscapes import LANDSCAPES
from landscapes.terrain import Terrain, sample
from tests.charts.grounds import ends, ground
from tests.charts.nasty import NASTY
from tests.stage.node import started

SCRIPT = Path(__file__).with_name("height_maps.mjs")
COLUMNS = 41
THEME = THEMES["dark"]


class Case(NamedTuple):
    name: str
    terrain: Terrain
    view: str
    least: float | None


def cases() -> Iterator[Case]:
    for name in LANDSCAPES:
        for knobs in ends(name):
            here = ground(name, knobs)
            terrain = sample(here.landscape, here.landscape.settings(knobs), COLUMNS)
            yield Case(f"{name} {dict(knobs)}", terrain, here.landscape.view, here.least)
    for name, terrain in NASTY.items():
        part = Terrain(terrain.x[::4], terrain.y[::4], terrain.loss[::4, ::4])
        for view in ("linear", "log"):
            yield Case(f"{name} {view}", part, view, None)


CASES = list(cases())


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Return what the stage makes of each case."""
    folder = tmp_path_factory.mktemp("maps")
    given, answers = folder / "given.json", folder / "answers.json"
    questions = [
        {
            "columns": len(case.terrain.x),
            "rows": len(case.terrain.y),
            "losses": [
                number if np.isfinite(number) else spelled(number) for number in case.terrain.loss.ravel()
            ],
            "least": case.least,
            "rules": drawing_rules(case.view, THEME),
        }
        for case in CASES
    ]
    given.write_text(json.dumps(questions, allow_nan=False), "utf-8")
    done = started("--no-warnings", str(SCRIPT), str(given), str(answers))
    assert done.code == 0, done.said
    told = json.loads(answers.read_text("utf-8"))
    return {case.name: answer for case, answer in zip(CASES, told, strict=True)}


def spelled(number: float) -> str:
    """Return how JavaScript spells a number that JSON cannot."""
    return "NaN" if np.isnan(number) else "Infinity" if number > 0 else "-Infinity"


every_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


@every_case
def test_scale_and_levels_are_the_same(case: Case, drawn: dict[str, Any]):
    scale, told = heights.scale(case.terrain.loss, case.view), drawn[case.name]
    expected = [scale.floor, scale.span, scale.unit]
    np.testing.assert_allclose(
        [told["scale"][key] for key in ("floor", "span", "unit")], expected, rtol=1e-13
    )
    levels = heights.levels(scale, case.least)
    assert [indexed for _, indexed in told["levels"]] == [indexed for _, indexed in levels]
    np.testing.assert_allclose(
        [level for level, _ in told["levels"]],
        [level for level, _ in levels],
        rtol=1e-14,
        atol=1e-14 * scale.span,
    )


@every_case
def test_colours_are_the_same(case: Case, drawn: dict[str, Any]):
    """But for a cell beside the undefined, where Python smears heights further than a slope needs them."""
    height = heights.scale(case.terrain.loss, case.view).height(case.terrain.loss)
    colours = np.array(drawn[case.name]["colours"]).reshape(*height.shape, 4)[::-1]
    undefined = np.isnan(height)
    np.testing.assert_array_equal(colours[..., 3], np.where(undefined, 0, 255))
    expected = np.clip(coloured(height, THEME), 0, 255)
    off = np.abs(colours[..., :3] - expected).max(axis=-1)[~undefined]
    if undefined.any():
        assert off.max(initial=0) <= 255 * THEME.shade
        assert off.size == 0 or np.quantile(off, 0.9) <= 4
    else:
        assert off.max() <= 0.51  # they are whole numbers


@every_case
def test_contour_lines_cross_the_grid_at_the_same_points(case: Case, drawn: dict[str, Any]):
    scale = heights.scale(case.terrain.loss, case.view)
    shown, told = scale.shown(case.terrain.loss), drawn[case.name]
    columns, rows = np.arange(len(case.terrain.x), dtype=float), np.arange(len(case.terrain.y), dtype=float)
    for (level, _), pieces in zip(told["levels"], told["lines"], strict=True):
        lines = contours.at_level(columns, rows, shown, level)
        expected = np.concatenate(lines) if lines else np.empty((0, 2))
        assert apart(np.reshape(pieces, (-1, 2)), expected) <= 1e-6, level
        pieced = sum(len(line) - 1 for line in lines)
        assert abs(len(pieces) / 4 - pieced) <= 0.02 * pieced, level


def apart(points: np.ndarray, others: np.ndarray) -> float:
    """Return how far a point of one set may be from all of the other, in cells (Hausdorff's distance)."""
    if not len(points) or not len(others):
        return 0.0 if len(points) == len(others) else np.inf
    far = np.hypot(*(points[:, None] - others[None]).transpose(2, 0, 1))
    return float(max(far.min(axis=0).max(), far.min(axis=1).max()))
