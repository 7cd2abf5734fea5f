"""A scene as a picture that stands still: SVG, or PNG that carries its link."""

import struct
import zlib
from dataclasses import replace

import resvg_py

from api.messages import words
from api.startable import ensure_startable
from export.drawing.networks.asked import Asked
from export.drawing.networks.labs import SHEETS
from export.drawing.networks.sheet import drawn
from export.drawing.stage import Picture, picture
from export.lab_facts import facts_of
from export.options import Options, options_of
from scenes import read

LINK = "Optiscape"
"""The key under which a PNG has the link of its scene; so the stage finds it (stage/controls/dropped.js)."""
HEADER = 8 + 25
"""Bytes of a PNG before its first other chunk: the signature, and the header with its frame."""


def as_svg(link: str, home: str) -> bytes | None:
    """Return the scene of `link` as SVG, in the look that its options ask for; ValueError for bad ones.

    None while networks train that are seen in it.
    """
    drawing = drawing_of(options_of(link))
    return None if drawing is None else drawing.encode()


def as_png(link: str, home: str) -> bytes | None:
    """Return the same as PNG, with the link in it."""
    scene, options = options_of(link)
    drawing = drawing_of((scene, options))
    if drawing is None:
        return None
    return with_link(rasterised(drawing, options.scale), f"{home}?{scene}")


def drawing_of(asked: tuple[str, Options], *, waits: bool = True) -> str | None:
    """Return the SVG of a scene at its step, as `options_of` gives both: of the race, or of a lab.

    None while networks train; where nobody `waits` for them, a lab is drawn as far as it is known.
    """
    link, options = asked
    scene = read(link)[0]
    if scene.view.page != "networks":
        race = pictured(asked)
        return race.at(race.step)
    facts = facts_of(scene, link, waits=waits)
    if facts is None:
        return None
    asked_lab = Asked(scene, words(options.language), options.language, options.theme)
    sheet = SHEETS[scene.view.lab](facts, asked_lab)
    if not waits and not sheet.said:  # what has no answer yet has a question
        sheet = replace(sheet, said=(asked_lab.question,))
    return drawn(sheet, options)


def pictured(asked: tuple[str, Options]) -> Picture:
    """Return the picture of a race, as `options_of` gives its scene and its look."""
    scene, options = asked
    return picture(ensure_startable(read(scene)[0])[0], options)


def rasterised(drawing: str, scale: float) -> bytes:
    """Return SVG as PNG, `scale` pixels for one of its own."""
    return resvg_py.svg_to_bytes(svg_string=drawing, zoom=scale)


def with_link(png: bytes, link: str) -> bytes:
    """Return a PNG with `link` among its texts."""
    # iTXt: keyword, not compressed, no language and no translation of the keyword, UTF-8 (PNG, 11.3.3.4).
    said = b"iTXt" + LINK.encode() + b"\0\0\0\0\0" + link.encode()
    chunk = struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))
    return png[:HEADER] + chunk + png[HEADER:]
