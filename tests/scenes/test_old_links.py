"""Links that are out in the world: course slides, papers, bookmarks.

Lines of `tests/old_links/v1.tsv` are added, never changed: if this fails, it is the change that is
wrong, not the line. `canonical` is how the scene is spelled today; `expanded`, where it stands, has
every value that the link leaves to the defaults of v=1.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from landscapes import LANDSCAPES
from landscapes.formula import Formula
from optimizers import OPTIMIZERS
from scenes import Ground, Scene, View, read, write

LINES = (Path(__file__).parents[1] / "old_links" / "v1.tsv").read_text("utf-8").splitlines()[1:]
LINKS = [tuple(line.split("\t")) for line in LINES]


def expanded(scene: Scene) -> dict[str, Any]:
    """Return every value of `scene` as JSON has it, whether a link would spell it or not."""
    ground, budget, view = scene.ground, scene.budget, scene.view
    return {
        "surface": surface(ground),
        "start": list(ground.start),
        "lanes": [[lane.optimizer, dict(lane.knobs)] for lane in scene.racers],
        "budget": [budget.steps, budget.sigma, budget.seed],
        "view": [view.step, view.lane, view.loss_axis, sorted(view.hide)],
    } | later(view)


def surface(ground: Ground) -> list[Any]:
    """Return what is descended: a surface and its knobs, or a formula and its box."""
    which = ground.landscape
    if isinstance(which, Formula):
        return [which.text, [list(side) for side in which.box]]
    return [which, dict(ground.knobs)]


def later(view: View) -> dict[str, Any]:
    """Return what links could not say at first, where a link says it."""
    more = {"page": view.page, "layer": view.layer, "measure": view.measure, "probe": view.probe}
    told = {name: value for name, value in more.items() if value != getattr(View(), name)}
    return json.loads(json.dumps({"more": told})) if told else {}


@pytest.mark.parametrize(
    ("link", "canonical", "values"), LINKS, ids=[link or "(empty)" for link, _, _ in LINKS]
)
def test_an_old_link_reads_as_it_always_did(link: str, canonical: str, values: str):
    scene, repairs = read(link)
    assert repairs == ()
    assert write(scene) == canonical
    assert read(canonical) == (scene, ())
    if values:
        assert expanded(scene) == json.loads(values)


def test_every_surface_and_every_method_has_an_old_link():
    kept = [json.loads(values) for _, _, values in LINKS if values]
    assert {scene["surface"][0] for scene in kept} >= set(LANDSCAPES)
    assert any(scene["surface"][0] not in LANDSCAPES for scene in kept), "a formula"
    assert {lane[0] for scene in kept for lane in scene["lanes"]} == set(OPTIMIZERS)
