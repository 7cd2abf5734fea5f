"""A scene's facts, as the stage takes them."""

import base64
import json
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from api.answer import TOLERANCE, answer
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from scenes import PANELS, default_scene, read, write
from tests.scenes.strategies import queries

every_surface = pytest.mark.parametrize("name", LANDSCAPES)


def response(query: str) -> dict[str, Any]:
    """Return what the browser receives of the scene that `query` spells."""
    return json.loads(json.dumps(answer(*read(query)), allow_nan=False))


def floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4").astype(float)


def test_the_first_message_is_small():
    """As docs/performance.md promises of a turn of a knob: 150 steps of four lanes, and one in detail."""
    sent = json.dumps(answer(default_scene(), ()), separators=(",", ":"))  # as api/by_address.py does
    assert len(sent) < 30_000


@every_surface
def test_lanes_and_details_fit_together(name: str):
    data = response(f"f={name}")
    steps = data["budget"]["steps"]
    assert data["spelling"] == write(default_scene(name))
    assert [lane["id"] for lane in data["lanes"]] == [lane.optimizer for lane in default_scene(name).racers]
    for lane in data["lanes"]:
        path, losses = floats(lane["path"]).reshape(-1, 2), floats(lane["losses"])
        assert np.isfinite(path).all() and np.isfinite(losses).all()
        assert 2 <= len(path) <= len(losses) <= steps + 1
        assert (len(losses) == steps + 1) or lane["ending"]["kind"] in ("diverged", "below_the_map")
        np.testing.assert_allclose(path[0], data["ground"]["start"], rtol=1e-6)
        assert 0 <= lane["ending"]["step"] <= len(losses) - 1
        assert lane["suggested"]
    detail = data["detail"]
    rows = len(floats(detail["rates"]))
    assert rows == len(floats(data["lanes"][detail["lane"]]["losses"])) - 1
    for array in ("estimates", "seen", "M", "G", "updates"):
        assert len(floats(detail[array])) == 2 * rows
    for array in ("points", "gradients"):
        assert len(floats(detail[array])) == 2 * rows + 2


@every_surface
def test_the_numbers_in_the_table_are_true(name: str):
    """`least`, `final`, `distance` and `within`, worked out here from the loss and the path alone."""
    data, landscape = response(f"f={name}"), LANDSCAPES[name]
    knobs = landscape.settings()
    minima, ground = landscape.minima(**knobs), data["ground"]
    least = None if minima is None else min(float(landscape.loss(jnp.array(m), **knobs)) for m in minima)
    assert ground["least"] == least
    start = float(landscape.loss(jnp.array(ground["start"]), **knobs))
    for lane in data["lanes"]:
        path, losses = floats(lane["path"]).reshape(-1, 2), floats(lane["losses"])
        assert lane["final"] == pytest.approx(losses[-1], rel=1e-6, abs=1e-30)
        if minima is None or least is None:
            assert lane["distance"] is lane["within"] is ground["tolerance"] is None
            continue
        assert ground["tolerance"] == pytest.approx(TOLERANCE * (start - least), rel=1e-9)
        if len(path) == len(losses):  # it did not fly out of the picture
            near = np.hypot(*(np.array(minima) - path[-1]).T).min()
            assert lane["distance"] == pytest.approx(near, rel=1e-5, abs=1e-6)
        if len(path) < len(losses):
            continue
        # It stays there: low, near a minimum, and for a tenth of the steps.
        apart = np.hypot(*(np.array(minima)[:, None] - path).transpose(2, 0, 1)).min(axis=0)
        far = apart > 0.05 * np.hypot(*np.ptp(landscape.box, axis=1))
        off = (losses - least > ground["tolerance"]) | far
        first = len(off) - int(np.argmax(off[::-1])) if off.any() else 0
        held = len(losses) - 1 - first >= max(5, (len(losses) - 1) / 10)
        assert lane["within"] == (first if held else None)


def test_a_lane_that_starts_at_a_minimum_is_there_at_once():
    """There is no drop to take a part of, and rounding may put the start above or below the least loss."""
    for name, landscape in LANDSCAPES.items():
        # Mini-batches would lead away again: all the data at every step.
        batch = f"&batch={landscape.examples.count}" if landscape.examples else ""
        for x, y in landscape.minima(**landscape.settings()) or ():
            data = response(f"f={name}&at={x!r},{y!r}&lane=sgd&steps=10{batch}")
            assert data["repairs"] == []
            assert data["ground"]["tolerance"] < 1e-9
            assert [(lane["within"], lane["ending"]["step"]) for lane in data["lanes"]] == [(0, 0)], name


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_inspector_can_rebuild_every_step(optimizer: str):
    """As stage/cards/inspector.js does: Δθ = −α (M / (√G + ε) + D), and D is nothing unless `decoupled`."""
    data = response(f"f=round_bowl&lane={optimizer}&steps=20")
    detail, (lane,) = data["detail"], data["lanes"]
    seen, M, G, updates = (floats(detail[array]).reshape(-1, 2) for array in ("seen", "M", "G", "updates"))
    rates, points = floats(detail["rates"])[:, None], floats(detail["points"]).reshape(-1, 2)
    D = -updates / rates - M / (np.sqrt(G) + lane["epsilon"])
    if lane["decoupled"]:
        assert np.abs(D).max() > 1e-3
    else:
        assert np.abs(D).max() <= 1e-4 * np.abs(updates / rates).max()
    np.testing.assert_allclose(points[1:] - points[:-1], updates, atol=1e-5)
    np.testing.assert_allclose(seen, floats(detail["gradients"]).reshape(-1, 2)[:-1])


def test_gradients_are_those_of_the_ground_that_is_shown():
    data = response("f=bowl:stretch=7&lane=adam&lane=sgd&pick=2&steps=5")
    detail = data["detail"]
    assert (detail["lane"], data["ground"]["knobs"]) == (1, {"stretch": 7, "l2": 0})
    loss = lambda x, y: float(LANDSCAPES["bowl"].loss(jnp.array([x, y]), stretch=7.0))  # noqa: E731
    (x, y), h = data["ground"]["start"], 1e-4
    slope = [loss(x + h, y) - loss(x - h, y), loss(x, y + h) - loss(x, y - h)]
    np.testing.assert_allclose(floats(detail["gradients"])[:2], np.array(slope) / (2 * h), rtol=1e-5)
    np.testing.assert_allclose(floats(data["lanes"][1]["path"]), floats(detail["points"]), rtol=1e-6)


AS_USUAL = {
    "step": None,
    "loss": "log",
    "hide": [],
    "page": "race",
    "hero": "map",
    "layer": "height",
    "tint": "terrain",
    "measure": "auto",
    "probe": None,
    "band": "off",
    "cloud": "off",
    "crowd": "seeds",
    "shift": 0.5,
    "radius": 0.25,
    "present": "off",
    "question": "none",
    "lab": "train",
    "netlane": 1,
    "figure": "starting_weights",
    "netband": "off",
    "scorea": 2.0,
    "scoreb": 1.0,
    "scorec": 0.0,
    "scored": -4.0,
    "truth": "d",
    "raised": "a",
    "slice": "path",
    "slicenorm": "filter",
    "sliceextent": 1.0,
    "slicepoints": 51,
    "sliceseed": 0,
    "slicerace": "off",
}


def test_what_belongs_to_the_browser_is_not_in_the_spelling():
    data = response("f=bowl&steps=40&step=7&loss=linear&hide=surface,losses&lane=sgd&lane=adam&pick=2")
    assert data["view"] == AS_USUAL | {"step": 7, "loss": "linear", "hide": ["losses", "surface"]}
    names = [part.partition("=")[0] for part in data["spelling"].split("&")]
    assert not set(names) & {"step", "loss", "hide"}
    assert names.count("pick") == 1
    assert response(data["spelling"])["spelling"] == data["spelling"]
    assert response("")["view"] == AS_USUAL
    more = {"page": "curvature", "layer": "condition", "tint": "print", "measure": "stability"}
    asked = "&".join(f"{name}={value}" for name, value in more.items())
    data = response(f"f=bowl&probe=1,2&{asked}")
    assert data["view"] == AS_USUAL | more | {"probe": [1.0, 2.0]}
    assert data["spelling"] == response("f=bowl")["spelling"]
    assert response("hide=" + ",".join(PANELS))["view"]["hide"] == sorted(PANELS)


@pytest.mark.parametrize(
    ("query", "terrain"),
    [
        ("", "f=bowl"),
        ("f=bowl:stretch=7", "f=bowl:stretch=7"),
        ("f=canyon:condition=10", "f=canyon:condition=10"),
    ],
)
def test_the_terrain_is_asked_for_by_what_its_picture_depends_on(query: str, terrain: str):
    more = f"{query}&at=1,1&steps=3&lane=sgd&noise=0.5&seed=4"
    assert response(query)["ground"]["query"] == response(more)["ground"]["query"] == terrain


def test_repairs_are_told():
    (repair,) = response("at=nan")["repairs"]
    assert repair == {"why": "not_a_point", "parameter": "at", "value": "nan", "used": "-7,2"}


def test_a_rate_of_ones_own_is_not_called_suggested():
    assert [lane["suggested"] for lane in response("lane=sgd&lane=sgd:lr=0.5")["lanes"]] == [True, False]


WILD = (
    "lane=sgd:lr=3&steps=200",
    "f=goldstein_price&lane=sgd:lr=10&lane=momentum:lr=10&steps=1000",
    "f=rosenbrock&lane=nesterov:lr=1&steps=1000&noise=10",
    "f=saddle&lane=sgd:lr=10&steps=1000",
    "f=washboard&lane=momentum:lr=10,momentum=0.999&noise=10&steps=1000",
    "f=easom&lane=sgd:lr=10&noise=10&steps=1000",
    "f=cliff&lane=sgd:lr=10&steps=300",
)


@pytest.mark.parametrize("query", WILD)
def test_whatever_diverges_is_told_in_finite_numbers(query: str):
    data = response(query)  # JSON without NaN and infinities
    for text in [value for value in data["detail"].values() if isinstance(value, str)]:
        assert np.isfinite(floats(text)).all()
    for lane in data["lanes"]:
        assert np.isfinite(floats(lane["path"])).all() and np.isfinite(floats(lane["losses"])).all()


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(query=queries)
def test_every_query_has_an_answer(query: str):
    assert response(query)["lanes"]


def test_rates_are_told_where_they_move():
    data = response("f=bowl&lane=sgd:lr=0.4,schedule=linear&lane=sgd:lr=0.4&lane=sgd:lr=0.4,warmup=4&steps=8")
    falling, constant, rising = (lane["rates"] for lane in data["lanes"])
    np.testing.assert_allclose(floats(falling), 0.4 * (1 - np.arange(8) / 8), rtol=1e-6)
    assert constant is None
    assert (np.diff(floats(rising)[:4]) > 0).all() and floats(rising)[4:] == pytest.approx(0.4)


def test_a_lane_that_cannot_take_a_step_has_no_rates():
    data = response("formula=exp(x**2)&at=4,0&lane=sgd:lr=1,schedule=cosine&steps=5")
    assert len(floats(data["detail"]["rates"])) == 0
    assert data["lanes"][0]["rates"] is None


def test_what_a_lane_has_besides_its_method_is_told():
    (lane,) = response("f=bowl&lane=adam:schedule=step,every=7,clip=norm,clip_at=2,warmup=3")["lanes"]
    assert (lane["extras"]["schedule"], lane["extras"]["every"]) == ("step", 7)
    assert (lane["extras"]["clip"], lane["extras"]["clip_at"], lane["extras"]["warmup"]) == ("norm", 2, 3)


def test_examples_are_counted_where_there_are_any():
    ground = response("f=logistic")["ground"]
    assert ground["examples"] == {"count": 60, "model": "boundary"} and ground["batch"] == 60
    ground = response("f=bowl")["ground"]
    assert ground["examples"] is None and ground["batch"] > 60


def test_seen_and_estimated_gradients_are_told_apart():
    detail = response("f=bowl&noise=1&lane=sgd:lr=0.1,clip=norm,clip_at=0.5&steps=10")["detail"]
    true, estimates, seen = (
        floats(detail[name]).reshape(-1, 2) for name in ("gradients", "estimates", "seen")
    )
    assert np.abs(estimates - true[:-1]).max() > 0.1
    lengths = np.hypot(*estimates.T)
    shrunk = estimates * np.minimum(1, 0.5 / lengths)[:, None]
    np.testing.assert_allclose(seen, shrunk, rtol=1e-5)
    assert lengths.max() > 0.5


def test_who_will_not_wait_for_minima_is_told_that_they_are_searched_for():
    scene, _ = read("formula=sin(9.25*x)*cos(9*y)%2B(x**2%2By**2)/10&steps=5")
    early = answer(scene, (), patience=0)
    assert early["ground"]["searching"] and early["ground"]["least"] is None
    assert all(lane["distance"] is None for lane in early["lanes"])
    asked = 1
    while (late := answer(scene, (), patience=0))["ground"]["searching"]:
        asked += 1
    assert 1 < asked < 1000
    assert late == answer(scene, ())
    assert late["ground"]["least"] < -0.9 and late["lanes"][0]["distance"] is not None
    assert not answer(read("f=peaks")[0], (), patience=0)["ground"]["searching"]  # published
