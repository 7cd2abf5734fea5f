"""The pages as HTML. They bring the answer to their link: the first picture waits for nothing else."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files as package_files
from typing import Any

from stage.assets import BASE

ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>"
    "<g fill='none' stroke='%230b5cad' stroke-width='2'>"
    "<ellipse cx='12' cy='12' rx='10.5' ry='7' transform='rotate(-24 12 12)'/>"
    "<ellipse cx='12.6' cy='12.2' rx='6' ry='3.6' transform='rotate(-24 12 12)'/></g>"
    "<circle cx='13.2' cy='12.4' r='2' fill='%230b5cad'/></svg>"
)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What a page without Streamlit may do: run our scripts, and none that is made of text.

The elements of figures have styles of their own.
"""

STREAMLIT = "optiscape/streamlit/"
"""Where Streamlit's files are served from memory; those that find each other do so from where they are."""

LATER = ("BidiComponent.", "_arrayReduce.", "serialization.", "recordbatch.")
"""How the names of those scripts begin that Streamlit asks for when it has a component to show."""

STARTS_STREAMLIT = re.compile(
    r'\s*<(?:script type="module"[^>]*></script|link\s+rel="(?:modulepreload|stylesheet|preload)"[^>]*)>'
)


def data_block(data: Mapping[str, Any]) -> str:
    """Return `data` as an element that `mount.js` reads. Nothing in it can end the element."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    text = text.replace("<", r"\u003c")
    return f'<script type="application/json" id="optiscape-page">{text}</script>'


def _head(about: str, ahead: Mapping[str, str], theme: str | None) -> str:
    """Return what stands in the head of each page; `ahead` has media queries by what is to be fetched."""
    looks = {name: f' media="{media}"' if media else "" for name, media in ahead.items()}
    return (
        f"{about}"
        f'<meta name="color-scheme" content="{theme or "light dark"}">'
        f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{ICON}">'
        f'<link rel="stylesheet" href="./{BASE}optiscape.css">'
        f'<script type="module" src="./{BASE}optiscape.js"></script>'
        + "".join(
            f'<link rel="preload" as="fetch" crossorigin href="./{BASE}{_escaped(name)}"{media}>'
            for name, media in looks.items()
        )
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _body(data: Mapping[str, Any]) -> str:
    return f'<main id="optiscape"></main>{data_block({"assets": BASE, **data})}'


def embed_page(data: Mapping[str, Any], about: str, ahead: Mapping[str, str], theme: str | None) -> str:
    """Return the page of a scene by itself. `data` is what it brings, see PageData in stage/types.

    `about` has the title, and what else of the head is about the scene.
    """
    return (
        f'<!doctype html><html lang="en" data-embed{_themed(theme)}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{_head(about, ahead, theme)}</head><body>{_body(data)}</body></html>"
    )


def front_page(data: Mapping[str, Any], about: str, ahead: Mapping[str, str], theme: str | None) -> str:
    """Return Streamlit's page with the stage in front of it.

    What starts Streamlit waits in a template until the first picture is painted: else both would be slower.
    """
    before, start, after = _streamlit()
    page = f"{before}<template>{start}</template>{_body(data)}{after}"
    page = page.replace("<head>", "<head>" + _head(about, ahead, theme), 1)
    return page.replace('<html lang="en">', f'<html lang="en"{_themed(theme)}>', 1)


def _themed(theme: str | None) -> str:
    return f' data-optiscape="{theme}"' if theme else ""


@cache
def _streamlit() -> tuple[str, str, str]:
    """Return Streamlit's page up to its root, what starts it, and its page from there on."""
    folder = package_files("streamlit") / "static"
    page = (folder / "index.html").read_text("utf-8")
    # Its font is for what it would show.
    found = (each[0] for each in STARTS_STREAMLIT.finditer(page))
    start = "".join(each for each in found if 'as="font"' not in each)
    for name in sorted(file.name for file in (folder / "static" / "js").iterdir()):
        if name.startswith(LATER):
            start += f'<link rel="modulepreload" crossorigin href="./static/js/{name}">'
    start = start.replace("./static/", f"./{STREAMLIT}")
    page = STARTS_STREAMLIT.sub("", page)
    page = page.replace("<title>Streamlit</title>", "")
    page = page.replace('<link rel="shortcut icon" href="./favicon.png" />', "")
    root = page.index('<div id="root">')
    return page[:root], start, page[root:]
