"""The ASGI application: Streamlit, our routes, and a warm start. `uvicorn server:app`."""

import gc
import gzip
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.middleware import Middleware

from app_pages.answer import answer
from app_pages.first_picture import FirstPicture
from app_pages.pictures import relief_json, terrain_json
from app_pages.words import words
from charts.palette import THEMES
from locales import LANGUAGES
from scenes import read
from stage.assets import BASE, files

FOR_GOOD = "public, max-age=31536000, immutable"
JSON = "application/json"
JAVASCRIPT = "text/javascript; charset=utf-8"


@lru_cache(maxsize=64)
def _asset(name: str) -> tuple[bytes, str] | None:
    """Return what `name` holds, compressed, and its media type; None if there is no such thing."""
    made: dict[str, Callable[[], tuple[bytes, str]]] = {
        "plotly.js": lambda: (
            (package_files("plotly") / "package_data" / "plotly.min.js").read_bytes(),
            JAVASCRIPT,
        ),
        **{
            f"words-{language}.json": lambda language=language: (
                json.dumps(words(language), ensure_ascii=False).encode(),
                JSON,
            )
            for language in LANGUAGES
        },
        **{name: lambda held=held: held for name, held in files().items()},
    }
    if name not in made:
        return None
    contents, media = made[name]()
    return gzip.compress(contents, 9, mtime=0), media


@lru_cache(maxsize=256)
def _picture(kind: str, theme: str, query: str) -> bytes:
    """Return the figures of a ground, compressed. The query is read as any link is: it always works."""
    make = terrain_json if kind == "terrain" else relief_json
    return gzip.compress(make(read(query)[0].ground, THEMES[theme]).encode(), 6, mtime=0)


def _compressed(request: Request, contents: bytes, media: str) -> Response:
    """Answer with what is compressed already, or for a client that cannot take that, with the plain thing."""
    headers = {"Cache-Control": FOR_GOOD, "Vary": "Accept-Encoding", "Content-Encoding": "gzip"}
    if request.url.path.split("/optiscape/", 1)[-1].split("/")[0] != BASE.split("/")[1]:
        headers["Cache-Control"] = "no-store"  # a page from before an update asks for what was then
    if "gzip" not in request.headers.get("accept-encoding", ""):
        del headers["Content-Encoding"]
        contents = gzip.decompress(contents)
    return Response(contents, media_type=media, headers=headers)


def serve(request: Request) -> Response:
    """GET /optiscape/{version}/{name}: a file of ours, or a figure of the ground that the query spells."""
    name = request.path_params["name"]
    if name in PICTURES:
        return _compressed(request, _picture(*PICTURES[name], request.url.query), JSON)
    held = _asset(name)
    if held is None:
        return PlainTextResponse("Expected one of Optiscape's own files; there is no such one.", status_code=404)
    return _compressed(request, *held)


PICTURES = {f"{kind}-{theme}.json": (kind, theme) for kind in ("terrain", "relief") for theme in THEMES}
ROUTES = [Route("/optiscape/{version}/{name}", serve)]


def warm_up() -> None:
    """Compute what the first visitor will ask for, so that a port that answers is a port that is quick."""
    scene, _ = read("")
    answer(scene, ())
    for name in ("plotly.js", *(f"words-{language}.json" for language in LANGUAGES), *files()):
        _asset(name)
    for kind, theme in PICTURES.values():
        _picture(kind, theme, "f=" + scene.ground.landscape)
    # Streamlit collects garbage after every run; what lives as long as the process need not be looked at.
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Warm up before the port answers."""
    warm_up()
    yield


SETTINGS: dict[str, Any] = {"routes": ROUTES, "lifespan": lifespan, "middleware": [Middleware(FirstPicture)]}

app = st.App(Path(__file__).with_name("app.py"), **SETTINGS)
