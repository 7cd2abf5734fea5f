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
from optimizers import OPTIMIZERS
from scenes import Scene, read, write

LINES = (Path(__file__).parents[1] / "old_links" / "v1.tsv").read_text("utf-8").splitlines()[1:]
LINKS = [tuple(line.split("\t")) for line in LINES]


def expanded(scene: Scene) -> dict[str, Any]:
    """Return every value of `scene` as JSON has it, whether a link would spell it or not."""
    ground, budget, view = scene.ground, scene.budget, scene.view
    return {
        "surface": [ground.landscape, dict(ground.knobs)],
        "start": list(ground.start),
        "lanes": [[lane.optimizer, dict(lane.knobs)] for lane in scene.racers],
        "budget": [budget.steps, budget.sigma, budget.seed],
        "view": [view.step, view.lane, view.loss_axis, sorted(view.hide)],
    }


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
    assert {scene["surface"][0] for scene in kept} == set(LANDSCAPES)
    assert {lane[0] for scene in kept for lane in scene["lanes"]} == set(OPTIMIZERS)
