"""What all surfaces look like, small: one picture a theme, of their samples and nobody's question.

They are sampled in parts, so that nobody who asks for something long meanwhile waits for all of them.
"""

from functools import cache, partial

from charts.palette import SCHEMES
from charts.thumbnails import sprite
from landscapes import LANDSCAPES
from landscapes.terrain import Terrain, sample
from networks.geometry import sampled_of, sampled_parts
from scenes.network_slice import NetworkSlice, SliceTable
from studies.parts import Part

COLUMNS = 97  # samples across: two pixels of a thumbnail each

GALLERIES = {f"gallery-{scheme}.webp": scheme for scheme in SCHEMES}
"""The theme of each picture, by its name: that of the page, whatever the map is tinted."""

_SAMPLED: list[tuple[Terrain, str]] = []
"""Surfaces that are sampled and not drawn yet, with how their heights are read."""


def gallery(name: str) -> bytes:
    """Return a WebP of all surfaces at their usual knobs, one below the other in the order of the shelf.

    The slice through a network's loss comes last.
    """
    return _pictures()[name]


def gallery_parts() -> list[Part]:
    """Return the parts in which both pictures are made; each surface compiles a program to be sampled."""
    if _pictures.cache_info().currsize:
        return []
    shelf: list[Part] = [partial(_reach, nth + 1) for nth in range(len(LANDSCAPES))]
    return [*shelf, *sampled_parts(SliceTable.usual().question), _pictures]


def _reach(count: int) -> None:
    """Sample the next surfaces of the shelf, until so many are."""
    surfaces = [*LANDSCAPES.values()]
    while len(_SAMPLED) < count:
        surface = surfaces[len(_SAMPLED)]
        _SAMPLED.append((sample(surface, {}, COLUMNS), surface.view))


@cache
def _pictures() -> dict[str, bytes]:
    """Draw both pictures, of what is sampled and what is left."""
    table = SliceTable.usual()
    cut = NetworkSlice(table, sampled_of(table.question)).landscape()
    _reach(len(LANDSCAPES))
    grounds = [*_SAMPLED, (sample(cut, {}, COLUMNS), cut.view)]
    _SAMPLED.clear()
    return {name: sprite(grounds, SCHEMES[theme]) for name, theme in GALLERIES.items()}
