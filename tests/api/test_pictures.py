"""The figures of a ground, as the stage fetches them."""

import itertools

import numpy as np
import pytest
from plotly.graph_objects import Figure

import studies.parts
from api import parts
from api.pictures import picture, relief_json, terrain_json
from charts.palette import SCHEMES, THEMES
from landscapes import LANDSCAPES
from scenes import default_scene, read
from tests.charts.grounds import by_role, ground, numbers, unmarkable
from tests.charts.grounds import read as read_json

SHEETS = ("map", "annotations", "movers", "losses", "playhead")
OF_DATA = ("examples", "fits")
every_surface = pytest.mark.parametrize("name", LANDSCAPES)
every_theme = pytest.mark.parametrize("theme", SCHEMES)


@every_theme
@every_surface
def test_the_terrain_is_the_figures_of_this_ground(name: str, theme: str):
    sheets = read_json(terrain_json(default_scene(name).ground, THEMES[theme]))
    assert set(sheets) == {*SHEETS, *(OF_DATA if LANDSCAPES[name].examples else ())}
    for sheet in sheets.values():
        Figure(sheet)  # raises ValueError for what plotly.js does not have
        assert unmarkable(sheet) == []
        assert all(trace["meta"]["role"] for trace in sheet["data"])  # the stage finds traces by it
    (stars,) = by_role(sheets["map"])["minima"]
    assert list(zip(stars["x"], stars["y"], strict=True)) == list(ground(name).minima)


@every_theme
@every_surface
def test_the_relief_is_made_from_the_samples_of_the_map(name: str, theme: str):
    figure = read_json(relief_json(default_scene(name).ground, THEMES[theme]))
    Figure(figure)
    here = ground(name)
    (trace,) = by_role(figure)["ground"]
    np.testing.assert_allclose(numbers(trace["z"]), here.scale.height(here.terrain.loss)[::2, ::2], atol=1e-6)
    # The last samples are on the edge of the box, or else the ground would end before it.
    edges = [(numbers(trace[axis])[0], numbers(trace[axis])[-1]) for axis in "xy"]
    np.testing.assert_allclose(edges, here.landscape.box, rtol=1e-6)


def test_a_knob_of_the_surface_changes_the_picture():
    grounds = [read(query)[0].ground for query in ("", "f=bowl:stretch=3", "at=1,1")]
    one, other, same = (terrain_json(each, THEMES["light"]) for each in grounds)
    assert one != other
    assert one == same


@every_surface
def test_pictures_are_small_enough_to_send(name: str):
    assert len(terrain_json(default_scene(name).ground, THEMES["dark"])) < 400_000
    assert len(relief_json(default_scene(name).ground, THEMES["dark"])) < 100_000


def test_the_terrain_of_many_minima_comes_in_parts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(studies.parts, "SECONDS", 0)
    times = itertools.count()
    monkeypatch.setattr(parts, "perf_counter", lambda: 0.3 * parts.ENOUGH * next(times))
    ground = read("formula=sin(9.5*x)*cos(9*y)%2B(x**2%2By**2)/10")[0].ground
    theme = THEMES["light"]
    asked = 0
    while not isinstance(made := picture("terrain", ground, theme), str):
        assert made.keys() == {"done", "parts"}
        asked += 1
    assert 1 < asked < 1000
    assert made == terrain_json(ground, theme)
    assert picture("relief", ground, theme) == relief_json(ground, theme)
