"""The ASGI application: Streamlit, our routes, and a warm start. `uvicorn server:app`."""

import gzip
import json
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from app_pages import warm
from app_pages.answer import answer
from app_pages.experiments.by_name import EXPERIMENTS
from app_pages.facts import FACTS
from app_pages.pictures import PICTURES, picture
from app_pages.words import words
from catalog.kept import MB, Kept
from charts.palette import THEMES
from curvature import critical_points
from locales import LANGUAGES
from scenes import read
from serving.fair_queue import FairQueue, TooManyWaiting
from serving.idle_collection import IdleCollection
from serving.metrics import metrics_text
from serving.waiting import HungUp, answered
from stage.assets import BASE, files

FOR_GOOD = "public, max-age=31536000, immutable"
SWITCH_INTERVAL = 0.0005  # s
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
        f'<link rel="stylesheet" href="./{BASE}cards/cards.css">'
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


class Answer(NamedTuple):
    """A picture or a fact as compressed JSON; or, as long as it is not `whole`, how much of it is there."""

    contents: bytes
    whole: bool


ANSWERS: Kept[Answer] = Kept(48 * MB)
"""Pictures and facts that were asked for."""

# Each part of long work takes half a second of a processor: with one thread for them the other processor of
# two answers turns of knobs. What is quick has threads of its own, so that a map never waits for an ensemble.
# A stage asks for at most ten things at once; a class of 300 behind one address for some hundreds.
CORES = os.cpu_count() or 1
LONG = FairQueue(min(max(1, CORES // 2), 4), per_reader=16, per_address=600)
QUICK = FairQueue(min(max(2, CORES), 8), per_reader=32, per_address=1200)


def _told(name: str, query: str) -> Answer:
    """Return a picture or a fact. The query is read as any link is: it always works."""
    answered = ANSWERS.get((name, query), lambda: _tell(name, query))
    if not answered.whole:
        ANSWERS.forget((name, query))
    return answered


def _tell(name: str, query: str) -> Answer:
    if name in FACTS:
        made = FACTS[name](query)
    else:
        kind, theme = NAMED[name]
        made = picture(kind, read(query)[0].ground, THEMES[theme])
    told = made if isinstance(made, str) else json.dumps(made, separators=(",", ":"), allow_nan=False)
    whole = isinstance(made, str) or "parts" not in made
    return Answer(gzip.compress(told.encode(), 6, mtime=0), whole)


def _compressed(request: Request, contents: bytes, media: str, *, for_good: bool = True) -> Response:
    """Answer with what is compressed already, or for a client that cannot take that, with the plain thing."""
    headers = {"Cache-Control": FOR_GOOD, "Vary": "Accept-Encoding", "Content-Encoding": "gzip"}
    # A page from before an update asks for what was then.
    if not for_good or request.path_params["version"] != BASE.split("/")[1]:
        headers["Cache-Control"] = "no-store"
    if "gzip" not in request.headers.get("accept-encoding", ""):
        del headers["Content-Encoding"]
        contents = gzip.decompress(contents)
    return Response(contents, media_type=media, headers=headers)


async def serve(request: Request) -> Response:
    """GET /optiscape/{version}/{name}: a file of ours, or a picture or fact of what the query spells."""
    name, query = request.path_params["name"], request.url.query
    if name in FACTS or name in NAMED:
        told = ANSWERS.peek((name, query))
        if told is None:
            queue = LONG if name in SLOW else QUICK
            try:
                told = await answered(request, queue, (name, query), lambda: _told(name, query))
            except TooManyWaiting as error:
                headers = {"Retry-After": str(error.retry_after), "Cache-Control": "no-store"}
                return PlainTextResponse(str(error), status_code=429, headers=headers)
            except HungUp:
                return Response(status_code=204)  # nobody hears it
        return _compressed(request, told.contents, JSON, for_good=told.whole)
    held = _assets().get(name)
    if held is None:
        return PlainTextResponse(
            "Expected one of Optiscape's own files; there is no such one.", status_code=404
        )
    return _compressed(request, *held)


async def metrics(_: Request) -> Response:
    """GET /optiscape/metrics: what this process is doing, for whoever looks after it."""
    return PlainTextResponse(metrics_text({"long": LONG, "quick": QUICK}, ANSWERS))


async def front_page(_: Request) -> Response:
    """GET /: never kept, since it names the present version of everything else."""
    return HTMLResponse(_front_page(), headers={"Cache-Control": "no-cache"})


NAMED = {f"{kind}-{theme}.json": (kind, theme) for kind in PICTURES for theme in THEMES}
SLOW = {*EXPERIMENTS, "band.json", "escape.json"}
ROUTES = [
    Route("/", front_page),
    Route("/optiscape/metrics", metrics),
    Route("/optiscape/{version}/{name:path}", serve),
]


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
    # A thread that needs the interpreter waits so long for one that computes, and an answer needs it some ten
    # times. While programs are compiled, turns of knobs take half as long as with Python's 5 ms.
    sys.setswitchinterval(SWITCH_INTERVAL)
    _assets()
    warm.first(_fetch)
    threading.Thread(target=warm.rest, args=(_fetch,), daemon=True).start()
    collection = IdleCollection()
    collection.start()
    yield
    collection.stop()


SETTINGS: dict[str, Any] = {"routes": ROUTES, "lifespan": lifespan}

app = st.App(Path(__file__).with_name("app.py"), **SETTINGS)
