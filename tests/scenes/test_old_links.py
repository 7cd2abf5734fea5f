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
from landscapes.data import Fit
from landscapes.formula import Formula
from optimizers import OPTIMIZERS
from scenes import Ground, Scene, View, read, write
from scenes.defaults import default_budget
from scenes.knobs import PLAIN

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
    } | later(scene)


def surface(ground: Ground) -> list[Any]:
    """Return what is descended: a surface and its knobs, or a formula and its box."""
    which = ground.landscape
    if isinstance(which, Formula):
        return [which.text, [list(side) for side in which.box]]
    if isinstance(which, Fit):
        return [which.model, own(ground), [list(row) for row in which.rows]]
    return [which, own(ground)]


def own(ground: Ground) -> dict[str, Any]:
    """Return the knobs of the surface; the penalty came later, see below."""
    return {name: value for name, value in ground.knobs.items() if name != "l2"}


def later(scene: Scene) -> dict[str, Any]:
    """Return what links could not say at first, where a link says it."""
    view, budget = scene.view, scene.budget
    names = "page", "layer", "measure", "probe", "band", "cloud", "crowd", "shift", "radius"
    told: dict[str, Any] = {
        name: getattr(view, name) for name in names if getattr(view, name) != getattr(View(), name)
    }
    usual = default_budget(scene.ground.surface)
    names = "batch", "sampling", "luck", "rule"
    told |= {name: getattr(budget, name) for name in names if getattr(budget, name) != getattr(usual, name)}
    if penalty := scene.ground.knobs["l2"]:
        told["l2"] = penalty
    if any(lane.extras != PLAIN for lane in scene.racers):
        told["extras"] = [dict(lane.extras) for lane in scene.racers]
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
