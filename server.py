"""The ASGI application: Streamlit, our routes, and a warm start. `uvicorn server:app`."""

import gzip
import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, lru_cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from app_pages import warm
from app_pages.answer import answer
from app_pages.facts import FACTS
from app_pages.pictures import PICTURES
from app_pages.words import words
from charts.palette import THEMES
from curvature import critical_points
from locales import LANGUAGES
from scenes import read
from stage.assets import BASE, files

FOR_GOOD = "public, max-age=31536000, immutable"
JSON = "application/json"
JAVASCRIPT = "text/javascript; charset=utf-8"
ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>"
    "<g fill='none' stroke='%230b5cad' stroke-width='2'>"
    "<ellipse cx='12' cy='12' rx='10.5' ry='7' transform='rotate(-24 12 12)'/>"
    "<ellipse cx='12.6' cy='12.2' rx='6' ry='3.6' transform='rotate(-24 12 12)'/></g>"
    "<circle cx='13.2' cy='12.4' r='2' fill='%230b5cad'/></svg>"
)


@cache
def _front_page() -> str:
    """Return Streamlit's front page with our head: who we are, and what to fetch while it starts.

    plotly.js and the stage so travel beside Streamlit's own scripts rather than after them.
    """
    page = (package_files("streamlit") / "static" / "index.html").read_text("utf-8")
    modules = (name for name in files() if name.endswith(".js"))
    head = (
        "<title>Optiscape</title>"
        '<meta name="description" content="Watch optimizers race down a loss landscape.">'
        f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{ICON}">'
        f'<link rel="preload" as="script" href="./{BASE}plotly.js">'
        f'<link rel="stylesheet" href="./{BASE}stage.css">'
        f'<link rel="stylesheet" href="./{BASE}cards.css">'
        + "".join(f'<link rel="modulepreload" href="./{BASE}{name}">' for name in modules)
    )
    page = page.replace("<title>Streamlit</title>", "")
    page = page.replace('<link rel="shortcut icon" href="./favicon.png" />', "")
    return page.replace("<head>", "<head>" + head, 1)


@cache
def _assets() -> dict[str, tuple[bytes, str]]:
    """Return all that we serve but the pictures, by name: compressed contents and media type."""
    plotly = (package_files("plotly") / "package_data" / "plotly.min.js").read_bytes()
    spoken = {
        f"words-{language}.json": (json.dumps(words(language), ensure_ascii=False).encode(), JSON)
        for language in LANGUAGES
    }
    held = {"plotly.js": (plotly, JAVASCRIPT), **spoken, **files()}
    return {name: (gzip.compress(contents, 9, mtime=0), media) for name, (contents, media) in held.items()}


@lru_cache(maxsize=512)
def _told(name: str, query: str) -> bytes:
    """Return a picture or a fact, compressed. The query is read as any link is: it always works."""
    if name in FACTS:
        told = json.dumps(FACTS[name](query), separators=(",", ":"), allow_nan=False)
    else:
        make, theme = NAMED[name]
        told = make(read(query)[0].ground, THEMES[theme])
    return gzip.compress(told.encode(), 6, mtime=0)


def _compressed(request: Request, contents: bytes, media: str) -> Response:
    """Answer with what is compressed already, or for a client that cannot take that, with the plain thing."""
    headers = {"Cache-Control": FOR_GOOD, "Vary": "Accept-Encoding", "Content-Encoding": "gzip"}
    if request.path_params["version"] != BASE.split("/")[1]:
        headers["Cache-Control"] = "no-store"  # a page from before an update asks for what was then
    if "gzip" not in request.headers.get("accept-encoding", ""):
        del headers["Content-Encoding"]
        contents = gzip.decompress(contents)
    return Response(contents, media_type=media, headers=headers)


def serve(request: Request) -> Response:
    """GET /optiscape/{version}/{name}: a file of ours, or a picture or fact of what the query spells."""
    name = request.path_params["name"]
    if name in FACTS or name in NAMED:
        return _compressed(request, _told(name, request.url.query), JSON)
    held = _assets().get(name)
    if held is None:
        return PlainTextResponse(
            "Expected one of Optiscape's own files; there is no such one.", status_code=404
        )
    return _compressed(request, *held)


def front_page(_: Request) -> Response:
    """GET /: never kept, since it names the present version of everything else."""
    return HTMLResponse(_front_page(), headers={"Cache-Control": "no-cache"})


NAMED = {f"{kind}-{theme}.json": (make, theme) for kind, make in PICTURES.items() for theme in THEMES}
ROUTES = [Route("/", front_page), Route("/optiscape/{version}/{name}", serve)]


def _fetch(query: str) -> None:
    """Make what everybody asks for who opens this link: pictures in both themes, and critical points."""
    scene = read(query)[0]
    ground = answer(scene, ())["ground"]["query"]
    critical_points(scene.ground.surface, scene.ground.knobs)  # all of them: a first answer may be a part
    wanted = [f"{kind}-{theme}.json" for kind in ("terrain", "relief") for theme in THEMES]
    for name in [*wanted, "critical.json"]:
        _told(name, ground)
    _told("point.json", query)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Have the first picture ready before the port answers, and all others soon after."""
    _assets()
    warm.first(_fetch)
    threading.Thread(target=warm.rest, args=(_fetch,), daemon=True).start()
    yield


SETTINGS: dict[str, Any] = {"routes": ROUTES, "lifespan": lifespan}

app = st.App(Path(__file__).with_name("app.py"), **SETTINGS)
