"""The terrain as a picture."""

import base64
import io
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from charts import heights
from charts.palette import THEMES, Theme
from charts.relief import relief
from tests.charts.nasty import NASTY

every_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))


def picture(height: NDArray[np.float64], theme: Theme) -> NDArray[np.float64]:
    """Return the decoded picture: (H, W, 3), first row at the top."""
    head, _, data = relief(height, theme).partition(",")
    assert head == "data:image/webp;base64"
    image = Image.open(io.BytesIO(base64.b64decode(data)))
    assert image.format == "WEBP"
    return np.asarray(image.convert("RGB"), float)


def rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


@every_theme
@pytest.mark.parametrize("shape", [(161, 161), (121, 161), (161, 81)])
def test_it_has_the_shape_of_the_ground(theme: Theme, shape: tuple[int, int]):
    rows, columns, _ = picture(np.zeros(shape), theme).shape
    assert rows / columns == pytest.approx(shape[0] / shape[1], abs=1 / columns)


@every_theme
def test_level_ground_has_the_colour_of_its_height(theme: Theme):
    for height, colour in zip(np.linspace(0, 1, len(theme.ramp)), theme.ramp, strict=True):
        assert np.abs(picture(np.full((9, 9), height), theme) - rgb(colour)).max() <= 6


@every_theme
def test_the_first_row_is_the_south(theme: Theme):
    """Level ground below, a plateau above: what is low is the lower half of the picture."""
    plateau = np.repeat([0.0] * 20 + [1.0] * 20, 40).reshape(40, 40)
    seen = picture(plateau, theme)
    assert np.abs(seen[-100:].mean(axis=(0, 1)) - rgb(theme.ramp[0])).max() <= 6
    assert np.abs(seen[:100].mean(axis=(0, 1)) - rgb(theme.ramp[-1])).max() <= 6


@every_theme
def test_light_comes_from_the_north_west(theme: Theme):
    axis = np.linspace(-1, 1, 81)
    cone = 1 - np.hypot(axis[None, :], axis[:, None]) / np.sqrt(2)
    seen = picture(cone, theme).mean(axis=2)
    north_west, south_east = seen[160:240, 160:240].mean(), seen[-240:-160, -240:-160].mean()
    north_east, south_west = seen[160:240, -240:-160].mean(), seen[-240:-160, 160:240].mean()
    assert north_west > north_east + 2
    assert north_east == pytest.approx(south_west, abs=1)
    assert south_west > south_east + 2


@every_theme
def test_it_stays_quiet_whatever_the_ground(theme: Theme):
    """A cliff neither goes black nor glares, and heights beyond the scale are no error."""
    cliff = np.repeat([0.0] * 30 + [1.0] * 30, 60).reshape(60, 60).T
    seen = picture(cliff, theme)
    low, high = np.min([rgb(c) for c in theme.ramp], axis=0), np.max([rgb(c) for c in theme.ramp], axis=0)
    room = theme.shade * high + 8
    assert (seen >= low - room).all() and (seen <= high + room).all()
    assert np.array_equal(picture(3 * cliff - 1, theme).shape, seen.shape)


@every_theme
def test_where_there_is_no_height_the_paper_shows_hatched(theme: Theme):
    half = np.full((80, 80), 0.5)
    half[:, 40:] = np.nan
    seen = picture(half, theme)
    level = picture(np.full((80, 80), 0.5), theme)
    assert np.abs(seen[:, :310] - level[:, :310]).max() <= 6
    paper = seen[:, 340:]
    low, high = np.sort([rgb(theme.paper), rgb(theme.hatch)], axis=0)
    assert (paper >= low - 16).all() and (paper <= high + 16).all()
    # Diagonal lines: along them nothing changes, across them paper and line take turns.
    shade = paper.mean(axis=2)
    along = np.abs(shade[1:, :-1] - shade[:-1, 1:]).mean()
    across = np.abs(shade[1:, 1:] - shade[:-1, :-1]).mean()
    assert across > 3 * along
    crossings = np.abs(np.diff((shade[100] > shade.mean()).astype(int))).sum()
    assert 2 * 300 / 12 <= crossings <= 2 * 300 / 6  # a line every six to twelve pixels
    assert np.ptp(shade[100, :60]) > 0.5 * np.ptp([np.mean(rgb(theme.paper)), np.mean(rgb(theme.hatch))])


@every_theme
def test_the_edge_of_the_defined_has_the_colours_of_what_is_beside_it(theme: Theme):
    """A gap counts neither as the lowest ground nor as a cliff, and slopes are judged without it."""
    slope = np.repeat(np.linspace(0.6, 1, 80)[None, :], 80, axis=0)
    gap = slope.copy()
    gap[30:50, 30:50] = np.nan
    whole, seen = picture(slope, theme), picture(gap, theme)
    outside = np.ones(whole.shape[:2], bool)
    outside[230:410, 230:410] = False
    assert np.abs(whole - seen)[outside].max() <= 8


# Each ground in one theme, each theme on some grounds; those whose colour is known in all of them.
GROUNDS = [(name, list(THEMES)[k % len(THEMES)]) for k, name in enumerate(NASTY)]
GROUNDS += [pair for pair in product(("nowhere", "5"), THEMES) if pair not in GROUNDS]


@pytest.mark.parametrize(("name", "of"), GROUNDS)
def test_every_ground_has_a_picture(name: str, of: str):
    theme = THEMES[of]
    for view in ("linear", "log"):
        height = heights.scale(NASTY[name].loss, view).height(NASTY[name].loss)
        assert picture(height, theme).shape == (640, 640, 3)
    if name in ("nowhere", "5"):
        colour = theme.paper if name == "nowhere" else theme.ramp[0]
        assert np.abs(np.median(picture(height, theme), axis=(0, 1)) - rgb(colour)).max() <= 8
