"""Heat maps of curvature: the sign cannot be missed, and the bar says what the colours mean."""

import base64
import io
import json

import numpy as np
import pytest
from PIL import Image

from charts.layers import KINDS, STOPS, layer
from charts.number_format import format_tick
from charts.palette import SCHEMES, THEMES, Theme
from charts.relief import relief
from landscapes.arrays import Floats

every_theme = pytest.mark.parametrize("theme", SCHEMES.values(), ids=list(SCHEMES))
every_kind = pytest.mark.parametrize("kind", KINDS)

AXIS = np.linspace(-2, 2, 81)
X, Y = np.meshgrid(AXIS, AXIS)


def facts(lambda_min: Floats, lambda_max: Floats) -> tuple[Floats, Floats]:
    """Return eigenvalues and gradients, as of ½ (λ₁x² + λ₂y²) where they are constant."""
    eigenvalues = np.stack(np.broadcast_arrays(lambda_min, lambda_max, X)[:2], axis=-1).astype(float)
    with np.errstate(invalid="ignore"):
        return eigenvalues, eigenvalues * np.stack([X, Y], axis=-1)


SCENES = {
    "both signs": facts(X, X + 3),
    "decades": facts(np.sign(X) * 10 ** (4 * np.abs(X) - 4), 10 ** (4 * np.abs(X) + 2)),
    "convex": facts(np.array(2.0), np.array(20.0)),
    "concave": facts(np.array(-20.0), np.array(-2.0)),
    "plane": facts(np.array(0.0), np.array(0.0)),
    "valley": facts(np.array(0.0), 1 + X**2),
    "pole": facts(np.where(X == 0, np.nan, 1 / np.where(X == 0, 1, X) ** 3), np.full_like(X, 1e9)),
    "nowhere": facts(np.array(np.nan), np.array(np.nan)),
    "infinite": facts(np.array(-np.inf), np.array(np.inf)),
    "overflow": facts(-1e290 * np.exp(X), 1e299 * np.exp(X)),
    "tiny": facts(-1e-280 * np.exp(X), 1e-290 * np.exp(X)),
    "half": facts(np.where(X > 0, np.nan, X), np.where(X > 0, np.nan, 1.0)),
}
every_scene = pytest.mark.parametrize("scene", SCENES)


def picture(made: dict) -> Floats:
    """Return the decoded picture: (H, W, 3), first row at the top."""
    data = made["image"].partition(",")[2]
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"), float)


def rgb(colour: str) -> Floats:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float)


def at(made: dict, x: float, y: float) -> Floats:
    """Return the colour of the picture at a point of the box."""
    seen = picture(made)
    rows, columns, _ = seen.shape
    return seen[round((2 - y) / 4 * (rows - 1)), round((x + 2) / 4 * (columns - 1))]


@every_theme
@every_kind
@every_scene
def test_every_layer_is_json_with_a_picture_and_a_bar(scene: str, kind: str, theme: Theme):
    made = layer(kind, *SCENES[scene], theme)
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert set(made) == {"image", "bar"} and set(made["bar"]) == {"colors", "ticks"}
    assert picture(made).shape == (640, 640, 3)
    assert len(made["bar"]["colors"]) == STOPS
    places = [tick["at"] for tick in made["bar"]["ticks"]]
    assert places == sorted(places) and all(0 <= place <= 1 for place in places)
    assert len(places) <= 6 and (np.diff(places) >= 0.15).all()
    labels = [tick["label"] for tick in made["bar"]["ticks"]]
    assert len(set(labels)) == len(labels)
    assert not any("-" in label or "e" in label for label in labels)


@every_theme
@pytest.mark.parametrize("kind", ["lambda_min", "lambda_max"])
def test_the_sign_is_the_hue(kind: str, theme: Theme):
    x = np.where(X == 0, 1e-7, X)
    made = layer(kind, *facts(x, x), theme)
    colours = made["bar"]["colors"]
    half = STOPS // 2
    assert colours[half] == theme.level
    assert (colours[0], colours[-1]) == (theme.concave[-1], theme.convex[-1])
    assert (colours[half - 1], colours[half + 1]) == (theme.concave[0], theme.convex[0])
    for side, tints in ((-1, theme.concave), (1, theme.convex)):
        for distance in (0.08, 0.5, 1.9):  # the slightest curvature has the hue of its sign
            colour = at(made, side * distance, 0.3)
            gaps = [np.abs(colour - rgb(other)).max() for other in (*theme.concave, *theme.convex)]
            assert (int(np.argmin(gaps)) >= len(theme.concave)) == (side > 0)
        assert np.abs(at(made, side * 1.95, 0.0) - rgb(tints[-1])).max() <= 12


@every_theme
def test_the_slightest_curvature_shows_its_sign(theme: Theme):
    weak = np.where(np.abs(X) < 1, 1e-5 * np.sign(X), 100 * X)
    made = layer("lambda_min", *facts(weak, weak + 1e-6), theme)
    for x, tint in ((-0.5, theme.concave[0]), (0.5, theme.convex[0])):
        assert np.abs(at(made, x, 0.3) - rgb(tint)).max() <= 8
        assert np.abs(at(made, x, 0.3) - rgb(theme.level)).max() > 8


@every_theme
def test_zero_and_what_rounding_makes_of_it_is_neither(theme: Theme):
    noise = 1e-14 * np.sign(np.sin(40 * X * Y))
    for kind, eigenvalues in (("lambda_min", (noise, 1 + X**2)), ("lambda_max", (-1 - X**2, noise))):
        made = layer(kind, *facts(*eigenvalues), theme)
        assert np.abs(picture(made) - rgb(theme.level)).max() <= 8
        assert made["bar"]["ticks"] == [{"at": 0.5, "label": "0"}]


@every_kind
def test_the_bar_is_true(kind: str):
    """The colour at a point is the one that the bar has where the tick of that value is."""
    theme = THEMES["light"]
    powers = 10.0 ** np.repeat([-2.0, -1.0, 0.0, 1.0, 2.0], 17)[:81, None] * np.ones_like(X)
    eigenvalues = np.stack([np.ones_like(X), 1000 * powers] if kind == "condition" else [powers] * 2, axis=-1)
    made = layer(kind, eigenvalues, np.stack([powers, 0 * X], axis=-1), theme)
    seen, stops = picture(made), np.array([rgb(colour) for colour in made["bar"]["colors"]])
    shown = {tick["label"]: tick["at"] for tick in made["bar"]["ticks"]}
    checked = 0
    for row in (8, 25, 42, 59, 76):  # one in each of the five bands
        label = format_tick(powers[row, 0] * (1000 if kind == "condition" else 1))
        if label in shown:
            at = shown[label] * (STOPS - 1)
            wanted = [np.interp(at, np.arange(STOPS), channel) for channel in stops.T]
            assert np.abs(seen[round((1 - row / 80) * 639), 320] - wanted).max() <= 6
            checked += 1
    assert checked >= 2


def test_scales_are_symmetric_and_logarithmic():
    made = layer("lambda_min", *SCENES["decades"], THEMES["light"])
    ticks = {tick["label"]: tick["at"] for tick in made["bar"]["ticks"]}
    assert ticks["0"] == 0.5
    for label, place in ticks.items():
        if label != "0" and not label.startswith("−"):
            assert ticks[f"−{label}"] == pytest.approx(1 - place, abs=1e-3)
    made = layer("condition", *facts(np.array(1.0), 10 ** (2 * np.abs(X))), THEMES["light"])
    assert [tick["label"] for tick in made["bar"]["ticks"]] == ["1", "10", "100", "10³", "10⁴"]
    places = [tick["at"] for tick in made["bar"]["ticks"]]
    assert np.ptp(np.diff(places)) < 1e-3  # equal steps for equal ratios


def test_a_singular_hessian_has_no_finite_condition():
    made = layer("condition", *SCENES["valley"], THEMES["light"])
    assert made["bar"]["ticks"] == [{"at": 1.0, "label": "∞"}]
    assert np.abs(picture(made) - rgb(THEMES["light"].rising[-1])).max() <= 8


def test_a_single_spike_does_not_pale_the_rest():
    curvature = 1 + X**2
    spike = curvature.copy()
    spike[3, 3] = 1e24
    plain, spiked = (layer("lambda_min", *facts(each, each), THEMES["light"]) for each in (curvature, spike))
    for x in (-1.0, 0.0, 1.5):
        assert np.abs(at(plain, x, 1.0) - at(spiked, x, 1.0)).max() < 45
    assert np.ptp([at(spiked, x, 1.0).sum() for x in (0.0, 1.9)]) > 3


@every_theme
@every_kind
def test_undefined_places_look_as_in_the_relief(kind: str, theme: Theme):
    made = picture(layer(kind, *SCENES["half"], theme))
    ground = np.where(X > 0, np.nan, 0.5)
    data = relief(ground, theme).partition(",")[2]
    terrain = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"), float)
    assert made.shape == terrain.shape
    apart = np.abs(made - terrain)
    assert apart[:, 345:].mean() < 2.5 and np.quantile(apart[:, 345:], 0.99) < 12  # but for WebP's noise
    assert apart[:, :300].mean() > 5


@every_kind
def test_the_picture_has_the_shape_of_the_ground_and_south_below(kind: str):
    eigenvalues = np.ones((41, 81, 2)) * np.array([1.0, 5.0])
    eigenvalues[:20] *= [-100.0, 100.0]
    eigenvalues[:20, :, 0] = -3.0
    gradients = np.where(np.arange(41)[:, None, None] < 20, 1.0, 1e3) * np.ones((41, 81, 2))
    seen = picture(layer(kind, eigenvalues, gradients, THEMES["light"]))
    assert seen.shape == (324, 640, 3)
    south, north = seen[-100:].mean(axis=(0, 1)), seen[:100].mean(axis=(0, 1))
    assert np.abs(south - north).max() > 10
    if kind == "lambda_min":
        assert south[0] > south[2] and north[0] < north[2]  # warm below zero, cool above


def test_an_unknown_kind_says_which_there_are():
    with pytest.raises(ValueError, match=r"lambda_min, lambda_max, condition, gradient.*'height'"):
        layer("height", *SCENES["convex"], THEMES["light"])
