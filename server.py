"""The ASGI application: Streamlit, our routes, and a warm start. `uvicorn server:app`."""

import gzip
import json
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from api import warm
from api.answer import answer
from api.by_address import LONG, MODULE, NAMES, Answer, answer_to
from api.messages import words
from catalog.cache import MB, SingleFlightCache
from charts.palette import THEMES
from curvature import critical_points
from locales import LANGUAGES
from scenes import read
from serving.fair_queue import FairQueue, TooManyWaiting
from serving.idle_collection import IdleCollection
from serving.long_work import LongWork, Stopped
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
def _front_page(*, embedded: bool) -> str:
    """Return Streamlit's front page with our head: who we are, and what to fetch while it starts.

    plotly.js and the stage so travel beside Streamlit's own scripts rather than after them; what is embedded
    does without plotly.js.
    """
    page = (package_files("streamlit") / "static" / "index.html").read_text("utf-8")
    modules = (name for name in files() if name.endswith(".js"))
    head = (
        "<title>Optiscape</title>"
        '<meta name="description" content="Watch optimizers race down a loss landscape.">'
        f'<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,{ICON}">'
        + ("" if embedded else f'<link rel="preload" as="script" href="./{BASE}plotly.js">')
        + f'<link rel="stylesheet" href="./{BASE}stage.css">'
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
        f"messages-{language}.json": (json.dumps(words(language), ensure_ascii=False).encode(), JSON)
        for language in LANGUAGES
    }
    held = {"plotly.js": (plotly, JAVASCRIPT), **spoken, **files()}
    return {name: (gzip.compress(contents, 9, mtime=0), media) for name, (contents, media) in held.items()}


ANSWERS: SingleFlightCache[Answer] = SingleFlightCache(48 * MB, long_work=MB)
"""Pictures and facts that were asked for."""

ASIDE = LongWork()

# What is long is computed one by one, in a process of its own. What is quick has threads here, and so a map
# never waits for an ensemble. A stage asks for at most ten things at once; a class of 300 behind one address
# for some hundreds.
LONG_QUEUE = FairQueue(1, per_reader=16, per_address=600)
QUICK_QUEUE = FairQueue(min(max(2, os.cpu_count() or 1), 8), per_reader=32, per_address=1200)


def _answer(name: str, query: str) -> Answer:
    """Return a picture or a fact."""
    if name in LONG:
        answer = ANSWERS.get((name, query), lambda: ASIDE.run(answer_to, name, query))
    else:
        answer = ANSWERS.get((name, query), lambda: answer_to(name, query))
    if not answer.whole:
        ANSWERS.forget((name, query))
    return answer


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
    if name in NAMES:
        answer = ANSWERS.peek((name, query))
        if answer is None:
            queue = LONG_QUEUE if name in LONG else QUICK_QUEUE
            try:
                answer = await answered(request, queue, (name, query), lambda: _answer(name, query))
            except TooManyWaiting as error:
                headers = {"Retry-After": str(error.retry_after), "Cache-Control": "no-store"}
                return PlainTextResponse(str(error), status_code=429, headers=headers)
            except HungUp:
                return Response(status_code=204)  # nobody hears it
        media = JAVASCRIPT if name == MODULE else JSON
        return _compressed(request, answer.contents, media, for_good=answer.whole)
    held = _assets().get(name)
    if held is None:
        return PlainTextResponse(
            "Expected one of Optiscape's own files; there is no such one.", status_code=404
        )
    return _compressed(request, *held)


async def metrics(_: Request) -> Response:
    """GET /optiscape/metrics: what this process is doing, for whoever looks after it."""
    return PlainTextResponse(metrics_text({"long": LONG_QUEUE, "quick": QUICK_QUEUE}, ANSWERS))


async def front_page(request: Request) -> Response:
    """GET /: never kept, since it names the present version of everything else."""
    embedded = request.query_params.get("embed") == "true"
    return HTMLResponse(_front_page(embedded=embedded), headers={"Cache-Control": "no-cache"})


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
        _answer(name, ground)
    _answer("point.json", query)


def _warm_the_rest() -> None:
    """Make ready what nobody has asked for yet."""
    with suppress(Stopped):  # with the server
        ASIDE.run(answer_to, "formula.json", "")  # the other process has loaded everything then
        warm.rest(_fetch)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Have the first picture ready before the port answers, and all others soon after."""
    # A thread that needs the interpreter waits so long for one that computes, and an answer needs it some ten
    # times. While programs are compiled, turns of knobs take half as long as with Python's 5 ms.
    sys.setswitchinterval(SWITCH_INTERVAL)
    _assets()
    warm.first(_fetch)
    threading.Thread(target=_warm_the_rest, daemon=True).start()
    collection = IdleCollection()
    collection.start()
    yield
    collection.stop()
    ASIDE.stop()


SETTINGS: dict[str, Any] = {"routes": ROUTES, "lifespan": lifespan}

app = st.App(Path(__file__).with_name("app.py"), **SETTINGS)
