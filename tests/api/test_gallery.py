"""What all surfaces look like: one picture a theme, which no question changes."""

import gzip
import io

import numpy as np
import pytest
from PIL import Image

from api.by_address import LONG, answer_to
from api.gallery import COLUMNS, GALLERIES
from charts.palette import SCHEMES, THEMES
from charts.thumbnails import SIZE, thumbnail
from landscapes import LANDSCAPES
from landscapes.terrain import sample
from networks.geometry import sampled_of
from scenes.network_slice import NetworkSlice, SliceTable

TABLE = SliceTable.usual()
GROUNDS = [*LANDSCAPES.values(), NetworkSlice(TABLE, sampled_of(TABLE.question)).landscape()]
"""The shelf, and the slice through a network's loss."""


def test_there_is_one_for_each_theme_and_another_process_makes_it():
    assert set(GALLERIES.values()) == set(SCHEMES)
    assert set(GALLERIES) <= LONG


def picture(name: str) -> bytes:
    """Return the picture; until it is there nothing is answered but that it is not."""
    while not (answer := answer_to(name, "")).whole:
        assert answer.contents == b""
    return answer.contents


@pytest.mark.parametrize("name", GALLERIES)
def test_every_surface_stands_where_the_stage_looks_for_it(name: str):
    image = Image.open(io.BytesIO(gzip.decompress(picture(name))))
    width, height = SIZE
    assert image.size == (width, height * len(GROUNDS))
    shown = np.asarray(image.convert("RGB")).astype(int)
    tiles = shown.reshape(len(GROUNDS), height, width, 3)
    for nth in (0, 7, len(GROUNDS) - 1):
        surface = GROUNDS[nth]
        alone = thumbnail(sample(surface, {}, COLUMNS), surface.view, THEMES[GALLERIES[name]])
        far = [float(np.abs(tile - np.asarray(alone).astype(int)).mean()) for tile in tiles]
        assert int(np.argmin(far)) == nth
    assert len({tile.tobytes() for tile in tiles}) == len(GROUNDS)


def test_no_question_changes_it():
    name = next(iter(GALLERIES))
    picture(name)
    assert answer_to(name, "f=saddle&anything").contents == picture(name)


def test_it_is_small():
    for name in GALLERIES:
        assert len(picture(name)) < 200_000
