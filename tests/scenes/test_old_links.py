"""Links that are out in the world: course slides, papers, bookmarks.

Lines of `tests/old_links/v1.tsv` are added, never changed: if this fails, it is the change that is
wrong, not the line. `canonical` is how the scene is spelled today; `expanded`, where it stands, has
every value that the link leaves to the defaults of v=1.

Lines that name no version are read as v=1, which is what they were when they were written down: every
link that the app has ever written says v=1, and only such a link is promised the defaults of then. One
that says no version, as a hand may type it, asks for the defaults of the day.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from catalog.knob import defaults
from landscapes import LANDSCAPES
from landscapes.data import Fit
from landscapes.formula import Formula
from optimizers import OPTIMIZERS
from scenes import Ground, Scene, View, default_scene, read, write
from scenes.defaults import default_budget
from scenes.knobs import PLAIN
from scenes.network import NetworkScene
from scenes.scene import BUDGET

LINES = (Path(__file__).parents[1] / "old_links" / "v1.tsv").read_text("utf-8").splitlines()[1:]
LINKS = [tuple(line.split("\t")) for line in LINES]
TABLE = (Path(__file__).parents[1] / "old_links" / "v1_defaults.tsv").read_text("utf-8").splitlines()
"""What links with v=1 leave to the defaults: for each surface the steps, and the rate of each method."""


def expanded(scene: Scene) -> dict[str, Any]:
    """Return every value of `scene` as JSON has it, whether a link would spell it or not."""
    ground, budget, view = scene.ground, scene.budget, scene.view
    return {
        "surface": surface(ground),
        "start": list(ground.start),
        "lanes": [[lane.optimizer, dict(lane.knobs)] for lane in scene.racers],
        "budget": [budget.steps, budget.noise, budget.seed],
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
    names = "page", "layer", "tint", "measure", "probe", "band", "cloud", "crowd", "shift", "radius", "lab"
    fields = {name: {"crowd": "ensemble"}.get(name, name) for name in names}
    told: dict[str, Any] = {
        name: getattr(view, field)
        for name, field in fields.items()
        if getattr(view, field) != getattr(View(), field)
    }
    usual = default_budget(scene.ground.surface)
    told |= {
        setting.knob.id: getattr(budget, field)
        for field, setting in BUDGET.items()
        if field not in ("steps", "noise", "seed") and getattr(budget, field) != getattr(usual, field)
    }
    if penalty := scene.ground.knobs["l2"]:
        told["l2"] = penalty
    if (network := scene.network) != NetworkScene():
        told["network"] = [vars(network.net), vars(network.inside), network.table and network.table.rows]
        told["trainers"] = [
            [each.optimizer, dict(each.knobs), dict(each.extras)] for each in network.trainers
        ]
    if any(lane.extras != PLAIN for lane in scene.racers):
        told["extras"] = [dict(lane.extras) for lane in scene.racers]
    return json.loads(json.dumps({"more": told})) if told else {}


def dated(link: str) -> str:
    """Return `link` with v=1 if it names no version."""
    return link if "v=1" in link.removeprefix("?").split("&") else f"v=1&{link}"


@pytest.mark.parametrize(
    ("link", "canonical", "values"), LINKS, ids=[link or "(empty)" for link, _, _ in LINKS]
)
def test_an_old_link_reads_as_it_always_did(link: str, canonical: str, values: str):
    scene, repairs = read(dated(link))
    assert repairs == ()
    assert write(scene) == canonical
    assert read(canonical) == (scene, ())
    if values:
        assert expanded(scene) == json.loads(values)


def test_every_surface_and_every_method_has_an_old_link():
    kept = [json.loads(values) for _, _, values in LINKS if values]
    surfaces, methods = {scene["surface"][0] for scene in kept}, {o for k in kept for o, _ in k["lanes"]}
    for link in (
        *(write(default_scene(surface)) for surface in LANDSCAPES if surface not in surfaces),
        *(f"v=1&f=bowl&at=-7,2&lane={method}&steps=50" for method in OPTIMIZERS if method not in methods),
    ):
        pytest.fail(line_for(link))
    assert any(surface not in LANDSCAPES for surface in surfaces), "a formula"
    assert methods == set(OPTIMIZERS)


def line_for(link: str) -> str:
    """Return what to do about a link that is not among those that are kept."""
    scene, _ = read(link)
    return (
        "Expected this link to be kept; add to tests/old_links/v1.tsv the line\n"
        + f"{link}\t{write(scene)}\t{json.dumps(expanded(scene))}"
    )


@pytest.mark.parametrize("row", TABLE[1:], ids=lambda row: row.split("\t")[0])
def test_what_an_old_link_leaves_out_is_what_it_was(row: str):
    methods = TABLE[0].split("\t")[2:]
    surface, steps, *rates = row.split("\t")
    assert set(methods) <= set(OPTIMIZERS)
    for method, rate in zip(methods, rates, strict=True):
        scene, repairs = read(f"v=1&f={surface}&lane={method}")
        usual = defaults(OPTIMIZERS[method].knobs)
        assert repairs == () and scene.budget.steps == int(steps)
        assert scene.racers[0].knobs == usual | {"learning_rate": float(rate)}, method
    scene, _ = read(f"v=1&f={surface}")
    assert [lane.optimizer for lane in scene.racers] == ["sgd", "momentum", "adagrad", "adam"]
    for lane in scene.racers:
        assert (lane,) == read(f"v=1&f={surface}&lane={lane.optimizer}")[0].racers


def test_the_table_of_old_defaults_has_every_surface():
    kept = {row.split("\t")[0].partition(":")[0] for row in TABLE[1:]}
    for surface in set(LANDSCAPES) - kept:
        methods = TABLE[0].split("\t")[2:]
        lanes = (read(f"v=1&f={surface}&lane={method}")[0].racers[0] for method in methods)
        row = surface, str(LANDSCAPES[surface].steps), *(repr(lane.knobs["learning_rate"]) for lane in lanes)
        pytest.fail("Add to tests/old_links/v1_defaults.tsv the line\n" + "\t".join(row))
    assert kept == set(LANDSCAPES)


@pytest.mark.parametrize("surface", LANDSCAPES)
def test_the_default_scene_of_today_is_a_link_that_will_read_for_ever(surface: str):
    """Who adds a surface or changes a default adds a line: the link that the app writes of that scene."""
    link = write(default_scene(surface))
    assert link in {canonical for _, canonical, _ in LINKS}, line_for(link)
    assert read(link) == read(f"f={surface}")


def test_without_a_version_the_defaults_are_those_of_the_day():
    today, then = read("f=bowl")[0], read("v=1&f=bowl")[0]
    assert today == default_scene("bowl") != then
    assert (today.budget.steps, then.budget.steps) == (150, 50)


def test_a_full_spelling_means_the_same_with_and_without_a_version():
    for _, canonical, _ in LINKS:
        assert read(canonical.removeprefix("v=1&")) == read(canonical)


def test_a_lane_of_which_nothing_is_said_is_tuned_and_others_are_not():
    def momentum(link: str) -> tuple[float, float]:
        knobs = read(link)[0].racers[0].knobs
        return float(knobs["learning_rate"]), float(knobs["momentum"])

    assert momentum("f=bowl&lane=momentum") == (0.95, 0.5)
    assert momentum("f=bowl&lane=momentum:schedule=cosine") == (0.95, 0.5)
    assert momentum("f=bowl&lane=momentum:lr=0.2") == (0.2, 0.9)
    assert momentum("f=bowl&lane=momentum:momentum=0.8") == (0.1, 0.8)
    assert momentum("v=1&f=bowl&lane=momentum") == (0.1, 0.9)
