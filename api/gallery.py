"""What all surfaces look like, small: one picture a theme, of their samples and nobody's question."""

from functools import cache

from charts.palette import SCHEMES
from charts.thumbnails import sprite
from landscapes import LANDSCAPES
from landscapes.terrain import sample
from networks.geometry import sampled_of
from scenes.network_slice import NetworkSlice, SliceTable

COLUMNS = 97  # samples across: two pixels of a thumbnail each

GALLERIES = {f"gallery-{scheme}.webp": scheme for scheme in SCHEMES}
"""The theme of each picture, by its name: that of the page, whatever the map is tinted."""


def gallery(name: str) -> bytes:
    """Return a WebP of all surfaces at their usual knobs, one below the other in the order of the shelf.

    The slice through a network's loss comes last.
    """
    return _pictures()[name]


@cache
def _pictures() -> dict[str, bytes]:
    """Sample every surface, which compiles a program for each, and draw both pictures."""
    table = SliceTable.usual()
    surfaces = *LANDSCAPES.values(), NetworkSlice(table, sampled_of(table.question)).landscape()
    grounds = [(sample(surface, {}, COLUMNS), surface.view) for surface in surfaces]
    return {name: sprite(grounds, SCHEMES[theme]) for name, theme in GALLERIES.items()}
