"""Streamlit's own scripts, styles and fonts, compressed once and answered from memory.

Streamlit itself answers each of them from the disk and as it is: 124 files and 3 MB for every first visit,
read by the process that answers everybody else.
"""

import gzip
import mimetypes
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import NamedTuple

from catalog.cache import MB, SingleFlightCache

FOLDER = Path(str(package_files("streamlit") / "static" / "static"))
PLAIN = {".woff2"}
"""Kinds that are compressed already."""


class Held(NamedTuple):
    """A file, `compressed` or as it is."""

    contents: bytes
    media: str
    compressed: bool


_HELD: SingleFlightCache[Held] = SingleFlightCache(
    6 * MB, long_work=MB, size=lambda kept: len(kept[1].contents)
)


@cache
def _places() -> frozenset[str]:
    return frozenset(f.relative_to(FOLDER).as_posix() for f in FOLDER.rglob("*") if f.is_file())


def read(place: str) -> Held | None:
    """Return the file at `place` below Streamlit's folder, None where there is no such one."""
    if place not in _places():
        return None
    return _HELD.get(place, lambda: _read(place))


def _read(place: str) -> Held:
    contents = (FOLDER / place).read_bytes()
    media = mimetypes.guess_type(place)[0] or "application/octet-stream"
    if Path(place).suffix in PLAIN:
        return Held(contents, media, compressed=False)
    return Held(gzip.compress(contents, 6, mtime=0), media, compressed=True)
