"""Lanes can be told apart: on their ground, from one another, and with every kind of eye."""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from charts.contour_map import HALO, TRAIL, moving_sheet
from charts.method_colours import COLOURS, FIRST, SHADES, method_colours
from charts.method_colours import contrast as drawn_contrast
from charts.palette import DARK, DASHES, LIGHT, SCHEMES, SYMBOLS, THEMES, TINTS, Theme
from landscapes.arrays import Floats
from optimizers import OPTIMIZERS
from scenes import MOST_LANES, default_scene
from scenes.knobs import TINT
from tests.charts.grounds import by_role, drawn

every_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
every_scheme = pytest.mark.parametrize("theme", SCHEMES.values(), ids=list(SCHEMES))
DOCUMENT = (Path(__file__).parents[2] / "docs" / "colours.md").read_text("utf-8")

DEEP = 4.0
"""The least contrast of the floor with the rim, where the terrain has depth; "paper" is pale by design."""
WASHED = 0.6
"""What a projector in a bright room leaves of the differences between colours."""

# Machado, Oliveira and Fernandes (2009), table 1, severity 1.0; linear sRGB to linear sRGB.
EYES = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# Ottosson (2020), "A perceptual color space for image processing": linear sRGB to Oklab.
TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)

# Distances in Oklab. CSS Color 4 calls 0.02 just noticeable, for two patches side by side; lanes are thin
# and lie apart. Eight colours that also stand out from their paper cannot all be much further apart than
# this for every kind of eye; the four lanes of the first page can.
APART = 0.06
FIRST_APART = 0.10


def linear(colour: str) -> Floats:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    low, high = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def distance(one: str, other: str, eye: str) -> float:
    """Return how far apart two colours look: the distance in Oklab of what the eye makes of them."""
    seen = [np.clip(EYES[eye] @ linear(colour), 0, 1) for colour in (one, other)]
    return float(np.linalg.norm(np.subtract(*(TO_OKLAB @ np.cbrt(TO_CONES @ light) for light in seen))))


def test_the_measures_say_what_is_published():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert distance("#000000", "#ffffff", "usual") == pytest.approx(1, abs=1e-4)
    # A red and a green that people with normal sight never confuse; the blue and green that tritanopes do.
    assert distance("#a04000", "#607000", "usual") > 0.12 > 3 * distance("#a04000", "#607000", "deuteranopia")
    assert distance("#008f70", "#0080a0", "usual") > 0.09 > 2 * distance("#008f70", "#0080a0", "tritanopia")
    for eye in EYES:
        assert distance("#808080", "#808080", eye) == 0
        assert np.allclose(EYES[eye].sum(axis=1), 1, atol=2e-6)  # grey stays grey


def test_there_is_a_colour_a_dash_and_a_shape_for_every_lane():
    for each in (LIGHT.lanes, DARK.lanes, DASHES, SYMBOLS):
        assert len(each) == MOST_LANES
    for each in (LIGHT.lanes, DARK.lanes, SYMBOLS, list(zip(DASHES, SYMBOLS, strict=True))):
        assert len(set(each)) == MOST_LANES
    assert len(set(DASHES[: len(default_scene().racers)])) == len(default_scene().racers)


@every_theme
def test_what_is_drawn_on_the_terrain_stands_out_from_its_halo(theme: Theme):
    """No colour stands out from a terrain of four to one; what lies on it has a halo of paper."""
    for colour in (*theme.lanes, theme.mark, theme.ink, theme.muted):
        assert contrast(colour, theme.paper) >= 4.5, colour
    for shades in method_colours(theme).values():
        for colour in shades:
            assert contrast(colour, theme.paper) >= 3, colour
    for trace in drawn(moving_sheet(((0.0, 1.0), (0.0, 1.0)), theme))["data"]:
        assert trace["meta"]["halo"] == {"color": theme.paper, "width": HALO}, trace["meta"]
    heads = by_role(drawn(moving_sheet(((0.0, 1.0), (0.0, 1.0)), theme)))["marks"][0]["marker"]
    assert set(heads["line"]["color"][1:]) == {theme.paper} and min(heads["line"]["width"]) > 1.5
    assert 3 <= TRAIL <= 4 and HALO / 2 >= 1


@every_theme
def test_a_lane_or_its_halo_stands_out_wherever_it_lies(theme: Theme):
    for colour in (*theme.lanes, *(shades[0] for shades in method_colours(theme).values())):
        for stop in theme.ramp:
            assert max(contrast(colour, stop), contrast(theme.paper, stop)) >= 2.1, (colour, stop)


@every_theme
@pytest.mark.parametrize("eye", EYES)
def test_lanes_differ_for_every_eye(theme: Theme, eye: str):
    first = set(theme.lanes[: len(default_scene().racers)])
    for pair in combinations(theme.lanes, 2):
        apart = FIRST_APART if first >= set(pair) else APART
        assert distance(*pair, eye) >= apart, pair


def test_every_method_has_a_colour_of_its_own():
    assert set(COLOURS) == set(OPTIMIZERS), "Give each method a colour in charts/method_colours.py."
    for scheme in (0, 1):
        assert len({pair[scheme] for pair in COLOURS.values()}) == len(COLOURS)
    assert [COLOURS[lane.optimizer][0] for lane in default_scene().racers] == list(LIGHT.lanes[:4])
    assert len(FIRST) == len(LIGHT.lanes) == len(DARK.lanes)


@every_scheme
@pytest.mark.parametrize("eye", EYES)
def test_methods_differ_for_every_eye_as_far_as_so_many_can(theme: Theme, eye: str):
    """Just noticeable is 0.02; the two that are closest are named in docs/colours.md."""
    own = {method: shades[0] for method, shades in method_colours(theme).items()}
    least = min(distance(own[one], own[other], eye) for one, other in combinations(own, 2))
    assert least >= 0.036
    assert row(f"methods, {theme.scheme}", eye) == pytest.approx(least, abs=0.0006)


@every_scheme
def test_further_lanes_of_a_method_have_shades_of_its_colour(theme: Theme):
    for shades in method_colours(theme).values():
        assert len(shades) == 3
        for colour, other in combinations(shades, 2):
            assert distance(colour, other, "usual") >= 0.055, shades
        own = contrast(shades[0], theme.paper)
        first, second, _ = sorted(SHADES, key=lambda wanted: -abs(np.log(wanted / own)))
        assert contrast(shades[1], theme.paper) == pytest.approx(first, rel=0.06)
        assert contrast(shades[2], theme.paper) == pytest.approx(second, rel=0.06)
    assert drawn_contrast("#767676", "#ffffff") == pytest.approx(contrast("#767676", "#ffffff"))


def lightness(colour: str, eye: str = "usual") -> float:
    """Return the lightness in Oklab of what the eye makes of a colour."""
    seen = np.clip(EYES[eye] @ linear(colour), 0, 1)
    return float((TO_OKLAB @ np.cbrt(TO_CONES @ seen))[0])


def washed(colour: str) -> str:
    """Return a colour on a projector in a bright room: contrast compressed around the middle."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(127.5 + WASHED * (channel - 127.5)):02x}" for channel in channels)


def row(name: str, column: str) -> float:
    """Return what docs/colours.md says in a row of its tables, in the column of this name."""
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in DOCUMENT.splitlines()]
    at = next(index for index, cells in enumerate(lines) if cells[0] == name)
    head = next(cells for cells in reversed(lines[:at]) if column in cells)
    return float(lines[at][head.index(column)])


def test_there_is_a_theme_for_every_scheme_and_tint():
    assert tuple(TINT.choices) == ("terrain", *TINTS)
    assert set(THEMES) == {
        scheme if tint == "terrain" else f"{scheme}-{tint}" for scheme in SCHEMES for tint in TINT.choices
    }
    for name, theme in THEMES.items():
        assert (theme.id, theme.paper, theme.lanes) == (
            name,
            SCHEMES[theme.scheme].paper,
            SCHEMES[theme.scheme].lanes,
        )


@every_theme
def test_the_terrain_has_depth(theme: Theme):
    floor, rim = theme.ramp[0], theme.ramp[-1]
    assert contrast(floor, rim) >= (DEEP if theme.tint != "paper" else 1.1)
    assert row(theme.id, "floor : rim") == pytest.approx(contrast(floor, rim), abs=0.006)
    assert row(theme.id, "washed out") == pytest.approx(contrast(washed(floor), washed(rim)), abs=0.006)
    if theme.tint != "paper":
        assert contrast(washed(floor), washed(rim)) >= 2.3
    if theme.tint == "print":
        assert all(stop[1:3] == stop[3:5] == stop[5:7] for stop in theme.ramp)


@every_theme
@pytest.mark.parametrize("eye", EYES)
def test_the_terrain_rises_steadily_for_every_eye(theme: Theme, eye: str):
    """Each stop is lighter than the one before, by steps of like size, and the rim is far from the floor."""
    steps = np.diff([lightness(stop, eye) for stop in theme.ramp])
    assert (steps > 0).all()
    apart = distance(theme.ramp[0], theme.ramp[-1], eye)
    if theme.tint != "paper":
        assert steps.min() >= 0.2 * steps.mean() and apart >= 0.35
        assert row(theme.id, eye) == pytest.approx(apart, abs=0.006)


@every_theme
def test_contour_lines_can_be_read_on_every_height(theme: Theme):
    for stop in theme.ramp:
        assert contrast(over(theme.contour, stop), stop) >= 1.4, stop
        assert contrast(over(theme.contour_index, stop), stop) >= 1.85, stop
        seen = [
            contrast(washed(over(line, stop)), washed(stop)) for line in (theme.contour, theme.contour_index)
        ]
        assert seen[0] >= 1.15 and seen[1] >= 1.3, stop


def over(colour: str, ground: str) -> str:
    """Return what "rgba(…)" looks like on opaque ground."""
    *channels, alpha = (float(number) for number in re.findall(r"[\d.]+", colour))
    below = [int(ground[i : i + 2], 16) for i in (1, 3, 5)]
    mixed = [round(alpha * c + (1 - alpha) * b) for c, b in zip(channels, below, strict=True)]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def layer_stops(theme: Theme) -> list[str]:
    return [*theme.concave, theme.level, *theme.convex, *theme.rising]


def annotations(theme: Theme) -> tuple[str, ...]:
    return theme.accent, theme.positive, theme.negative


@every_theme
def test_lanes_and_contour_lines_stand_out_from_every_layer(theme: Theme):
    for stop in layer_stops(theme):
        for colour in (*theme.lanes, *annotations(theme), theme.mark):
            assert contrast(colour, stop) >= 3, (colour, stop)
        # As on the terrain, or nearly.
        assert contrast(over(theme.contour, stop), stop) >= 1.38, stop
        assert contrast(over(theme.contour_index, stop), stop) >= 2, stop
        assert contrast(theme.muted, stop) >= 3.5, stop  # labels, with a halo besides


@every_theme
@pytest.mark.parametrize("eye", EYES)
def test_the_sign_of_curvature_is_seen_by_every_eye(theme: Theme, eye: str):
    """Side by side, where 0.02 is just noticeable: below, at and above zero, and more so further out."""
    assert distance(theme.concave[0], theme.convex[0], eye) >= 0.05
    assert distance(theme.concave[-1], theme.convex[-1], eye) >= 0.1
    for side in (theme.concave, theme.convex):
        away = [distance(theme.level, tint, eye) for tint in side]
        assert away[0] >= 0.035 and away == sorted(away)
    little, *_, much = theme.rising
    assert distance(little, much, eye) >= 0.1


@every_theme
@pytest.mark.parametrize("eye", EYES)
def test_notes_differ_from_one_another_and_from_the_lanes(theme: Theme, eye: str):
    for pair in combinations(annotations(theme), 2):
        assert distance(*pair, eye) >= 0.15, pair
    for annotation in annotations(theme):
        for lane in theme.lanes:
            assert distance(annotation, lane, eye) >= 0.055, (annotation, lane)


@every_theme
def test_notes_and_limits_stand_out_from_their_halo(theme: Theme):
    for colour in (*annotations(theme), theme.ink):
        assert contrast(colour, theme.paper) >= 4.5, colour


@every_theme
def test_hatching_is_quiet_and_can_be_seen(theme: Theme):
    assert 1.2 <= contrast(theme.hatch, theme.paper) <= 1.6
