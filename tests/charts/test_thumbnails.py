"""Small pictures of surfaces: the middle of the map, in the colours and with the lines of the map."""

import io
import re

import numpy as np
import pytest
from PIL import Image

from charts import heights
from charts.palette import THEMES, Theme
from charts.raster import drawn, rgb
from charts.relief import coloured
from charts.thumbnails import SIZE, sprite, thumbnail
from landscapes.terrain import Terrain

every_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
WIDTH, HEIGHT = SIZE


def bowl(width: float, height: float) -> Terrain:
    """Return x² + 9y² on a box of this size around 0."""
    x, y = (
        np.linspace(-width, width, 97),
        np.linspace(-height, height, max(2, round(96 * height / width) + 1)),
    )
    return Terrain(x, y, x[None, :] ** 2 + 9 * y[:, None] ** 2)


@every_theme
@pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 1), (1, 2), (4, 3)])
def test_it_is_the_middle_of_the_relief_with_lines_over_it(theme: Theme, width: float, height: float):
    terrain = bowl(width, height)
    scale = heights.scale(terrain.loss, "linear")
    rows, columns = terrain.loss.shape
    whole = max(WIDTH, round(HEIGHT * columns / rows)), max(HEIGHT, round(WIDTH * rows / columns))
    relief = np.asarray(
        drawn(coloured(scale.height(terrain.loss), theme), np.zeros((rows, columns), bool), theme, whole)
    )
    left, top = (whole[0] - WIDTH) // 2, (whole[1] - HEIGHT) // 2
    bare = relief[top : top + HEIGHT, left : left + WIDTH].astype(int)
    shown = np.asarray(thumbnail(terrain, "linear", theme)).astype(int)
    assert shown.shape == (HEIGHT, WIDTH, 3)
    inked = np.abs(shown - bare).sum(axis=2) > 0
    assert 0.02 < inked.mean() < 0.7, "lines, and ground between them"
    ink = np.array([int(part) for part in re.findall(r"\d+", theme.contour)[:3]])
    towards = np.sign(ink - bare)[inked] * np.sign(shown - bare)[inked]
    assert (towards >= 0).all(), "a line is ground that has been inked"


@every_theme
def test_lines_run_along_levels(theme: Theme):
    """Of a plane that rises with x they are upright, of one that rises with y level."""
    x, y = np.linspace(0, 4, 97), np.linspace(0, 3, 73)
    across = np.asarray(thumbnail(Terrain(x, y, np.tile(x, (73, 1))), "linear", theme)).astype(int)
    along = np.asarray(thumbnail(Terrain(x, y, np.tile(y[:, None], (1, 97))), "linear", theme)).astype(int)
    assert np.ptp(across, axis=0).max() == 0 < np.ptp(across, axis=1).max()
    assert np.ptp(along, axis=1).max() == 0 < np.ptp(along, axis=0).max()


@every_theme
def test_what_is_undefined_is_hatched(theme: Theme):
    terrain = bowl(4, 3)
    terrain.loss[:, :40] = np.nan
    shown = np.asarray(thumbnail(terrain, "linear", theme)).astype(int)
    stripes = shown[20:120, 5:60]
    assert {tuple(stripes[0, k]) for k in range(9)} == {tuple(stripes[9, k]) for k in range(9)}
    assert np.abs(stripes - rgb(theme.paper)).sum(axis=2).min() <= 3


def test_a_sprite_has_one_below_the_other():
    grounds = [(bowl(1, 1), "linear"), (bowl(2, 1), "log"), (bowl(4, 3), "linear")]
    theme = THEMES["light"]
    image = Image.open(io.BytesIO(sprite(grounds, theme)))
    assert (image.format, image.size) == ("WEBP", (WIDTH, 3 * HEIGHT))
    shown = np.asarray(image.convert("RGB")).astype(int)
    for nth, (terrain, view) in enumerate(grounds):
        alone = np.asarray(thumbnail(terrain, view, theme)).astype(int)
        part = shown[nth * HEIGHT : (nth + 1) * HEIGHT]
        assert np.abs(part - alone).mean() < 4, "but for what compression takes"
