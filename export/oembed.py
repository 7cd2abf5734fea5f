"""oEmbed 1.0 (oembed.com): how a page that is given a link shows the scene in a frame."""

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlsplit

from api.page import scene_part
from export.card import SIZE, about
from locales import LANGUAGES
from scenes import query

WIDTH, HEIGHT = 960, 540
"""Pixels of a frame for which no less room is left."""
LEAST = 160
AGE = 86_400  # s for which an answer may be kept


class NotOurs(ValueError):
    """An address that leads to no scene of this app."""


class NotSpoken(ValueError):
    """A format in which we do not answer."""


def oembed(asked: Mapping[str, str], home: str) -> dict[str, Any]:
    """Return the answer to the parameters of a request (section 2.2), as JSON: type "rich".

    `home` is the address of the app, with a slash at its end. Raises NotOurs, NotSpoken for anything but
    JSON, and ValueError for a size that cannot be.
    """
    if asked.get("format", "json") != "json":
        raise NotSpoken(f"Expected format=json, got {asked['format'][:40]!r}.")
    url = asked.get("url", "")
    parts, own = urlsplit(url), urlsplit(home)
    if parts.netloc != own.netloc or parts.path.rstrip("/") != own.path.rstrip("/"):
        raise NotOurs(f"Expected url to be a link of this app, {home}?…; got {url[:80]!r}.")
    width = min(WIDTH, _most(asked, "maxwidth"))
    height = min(round(width * HEIGHT / WIDTH), _most(asked, "maxheight"))
    said, scene = dict(query.split(parts.query)), scene_part(parts.query)
    language = said.get("lang", "en")
    told = about(scene, language if language in LANGUAGES else "en")
    reader = [(name, said[name]) for name in ("lang", "theme") if name in said]
    pairs = [*query.split(scene), *reader]
    source = f"{home}?{query.join([*pairs, ('embed', 'true')])}"
    frame = (
        f'<iframe src="{escape(source)}" width="{width}" height="{height}" style="border:0"'
        f' title="{escape(told.title)}" loading="lazy"></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Optiscape",
        "provider_url": home,
        "title": told.title,
        "width": width,
        "height": height,
        "html": frame,
        "thumbnail_url": f"{home}optiscape/export/card.jpg?{query.join(pairs)}",
        "thumbnail_width": SIZE[0],
        "thumbnail_height": SIZE[1],
        "cache_age": AGE,
    }


def _most(asked: Mapping[str, str], name: str) -> int:
    """Return the most pixels that `name` leaves."""
    if name not in asked:
        return max(WIDTH, HEIGHT)
    text = asked[name]
    if text.isascii() and text.isdigit() and len(text) < 7 and int(text) >= LEAST:
        return int(text)
    raise ValueError(f"Expected {name} to be a number of pixels from {LEAST} on; got {text[:40]!r}.")
