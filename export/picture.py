"""A scene as a picture that stands still: SVG, or PNG that carries its link."""

import struct
import zlib

import resvg_py

from api.startable import ensure_startable
from export.drawing.stage import Picture, picture
from export.options import Options, options_of
from scenes import read

LINK = "Optiscape"
"""The key under which a PNG has the link of its scene; so the stage finds it (stage/controls/dropped.js)."""
HEADER = 8 + 25
"""Bytes of a PNG before its first other chunk: the signature, and the header with its frame."""


def as_svg(link: str, home: str) -> bytes:
    """Return the scene of `link` as SVG, in the look that its options ask for; ValueError for bad ones."""
    drawn = pictured(options_of(link))
    return drawn.at(drawn.step).encode()


def as_png(link: str, home: str) -> bytes:
    """Return the same as PNG, with the link in it."""
    scene, options = options_of(link)
    drawn = pictured((scene, options))
    return with_link(rasterised(drawn.at(drawn.step), options.scale), f"{home}?{scene}")


def pictured(asked: tuple[str, Options]) -> Picture:
    """Return the picture of a scene, as `options_of` gives both."""
    scene, options = asked
    return picture(ensure_startable(read(scene)[0])[0], options)


def rasterised(drawn: str, scale: float) -> bytes:
    """Return SVG as PNG, `scale` pixels for one of its own."""
    return resvg_py.svg_to_bytes(svg_string=drawn, zoom=scale)


def with_link(png: bytes, link: str) -> bytes:
    """Return a PNG with `link` among its texts."""
    # iTXt: keyword, not compressed, no language and no translation of the keyword, UTF-8 (PNG, 11.3.3.4).
    said = b"iTXt" + LINK.encode() + b"\0\0\0\0\0" + link.encode()
    chunk = struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))
    return png[:HEADER] + chunk + png[HEADER:]
