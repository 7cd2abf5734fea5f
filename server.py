"""The ASGI application: Streamlit, our routes, and a warm start. `uvicorn server:app`."""

import asyncio
import gzip
import hashlib
import json
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from api import warm
from api.answer import answer
from api.by_address import (
    AT_ONCE,
    MODULES,
    NAMES,
    Answer,
    answer_to,
    is_elsewhere,
    listen,
    takes_long,
    to_the_end,
)
from api.gallery import GALLERIES
from api.messages import words
from api.networks.registry import OPENED
from api.page import PageData, page_data, scene_part
from catalog.cache import MB, SingleFlightCache
from charts.palette import SCHEMES
from curvature import critical_points
from export.by_name import EXPORTS, part_of
from export.head import head_of
from export.oembed import NotOurs, NotSpoken, oembed
from locales import LANGUAGES
from scenes import query, read
from serving.fair_queue import FairQueue, TooManyWaiting
from serving.idle_collection import IdleCollection
from serving.long_work import LongWork, Stopped
from serving.metrics import metrics_text
from serving.streamlit_files import read as streamlit_file
from serving.waiting import HungUp, answered
from stage.assets import BASE, JAVASCRIPT, files
from stage.markup import POLICY, STREAMLIT, embed_page, front_page

FOR_GOOD = "public, max-age=31536000, immutable"
EMBEDS_KEPT = "public, max-age=600, stale-while-revalidate=86400"
SWITCH_INTERVAL = 0.0005  # s
PAGE_PATIENCE = 0.25  # s for which a page waits for what it might bring
JSON = "application/json"
WEBP = "image/webp"


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


LONGEST_BODY = 256 * 1024
"""Bytes: a table of a reader's has at most 64 KB, as text in a link twice as many."""

ANSWERS: SingleFlightCache[Answer] = SingleFlightCache(31 * MB, long_work=MB)
"""Pictures, facts and pages that were asked for."""

SHOWN: SingleFlightCache[bytes] = SingleFlightCache(4 * MB, long_work=MB)
"""Cards, and other pictures that pages show."""

ASIDE = LongWork()

# What is long is computed one by one, in a process of its own. What is quick has threads here, and so a map
# never waits for an ensemble. A stage asks for at most ten things at once; a class of 300 behind one address
# for some hundreds.
LONG_QUEUE = FairQueue(1, per_reader=16, per_address=600)
QUICK_QUEUE = FairQueue(min(max(2, os.cpu_count() or 1), 8), per_reader=32, per_address=1200)
# What a scene is shown with at once never waits for what has to be compiled: an answer is a draft until then.
SCENE_QUEUE = FairQueue(8, per_reader=32, per_address=1200)


def _queue(name: str, query: str) -> FairQueue:
    """Return where whoever asks waits for the turn of a picture or a fact."""
    if takes_long(name, query):
        return LONG_QUEUE
    return SCENE_QUEUE if name in AT_ONCE else QUICK_QUEUE


def _answer(name: str, query: str) -> Answer:
    """Return a picture or a fact."""
    if takes_long(name, query):
        answer = ANSWERS.get((name, query), lambda: ASIDE.run(answer_to, name, query))
        listen(name, query, answer)
    elif is_elsewhere(name, query):
        answer = ANSWERS.get((name, query), lambda: to_the_end(lambda: ASIDE.run(answer_to, name, query)))
    else:
        answer = ANSWERS.get((name, query), lambda: answer_to(name, query))
    if not answer.whole:
        ANSWERS.forget((name, query))
    return answer


def _compressed(request: Request, contents: bytes, media: str, *, for_good: bool = True) -> Response:
    """Answer with what is compressed already, or for a client that cannot take that, with the plain thing."""
    # A page from before an update asks for what was then.
    kept = FOR_GOOD if for_good and request.path_params["version"] == BASE.split("/")[1] else "no-store"
    return _unpacked(request, contents, media, {"Cache-Control": kept, "Vary": "Accept-Encoding"})


def _unpacked(request: Request, contents: bytes, media: str, headers: dict[str, str]) -> Response:
    """Answer with `contents`, which are compressed, as they are to whoever can take that."""
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(contents, media_type=media, headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(contents), media_type=media, headers=headers)


async def _query(request: Request) -> str | None:
    """Return what is asked for, None if that is too long."""
    if request.method != "POST":
        return request.url.query
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            return None
    return body.decode("utf-8", "replace")


def _refused(error: TooManyWaiting) -> Response:
    """Say that too many questions of this asker wait, and when to ask again."""
    headers = {"Retry-After": str(error.retry_after), "Cache-Control": "no-store"}
    return PlainTextResponse(str(error), status_code=429, headers=headers)


async def serve(request: Request) -> Response:
    """GET /optiscape/{version}/{name}: a file of ours, or a picture or fact of what the query spells.

    A query that is too long for an address comes by POST, as the body.
    """
    name, query = request.path_params["name"], await _query(request)
    if query is None:
        return PlainTextResponse(
            f"Expected a query of at most {LONGEST_BODY} bytes; ask for less.", status_code=413
        )
    if name in NAMES:
        answer = ANSWERS.peek((name, query))
        if answer is None:
            try:
                queue = _queue(name, query)
                answer = await answered(request, queue, (name, query), lambda: _answer(name, query))
                while name in GALLERIES and not answer.whole:  # others have their turns between its parts
                    answer = await answered(request, queue, (name, query), lambda: _answer(name, query))
            except TooManyWaiting as error:
                return _refused(error)
            except HungUp:
                return Response(status_code=204)  # nobody hears it
        media = JAVASCRIPT if name in MODULES else WEBP if name in GALLERIES else JSON
        return _compressed(request, answer.contents, media, for_good=answer.whole)
    held = _assets().get(name)
    if held is None:
        return PlainTextResponse(
            "Expected one of Optiscape's own files; there is no such one.", status_code=404
        )
    return _compressed(request, *held)


async def metrics(_: Request) -> Response:
    """GET /optiscape/metrics: what this process is doing, for whoever looks after it."""
    queues = {"scene": SCENE_QUEUE, "quick": QUICK_QUEUE, "long": LONG_QUEUE}
    return PlainTextResponse(metrics_text(queues, ANSWERS))


class Wanted(NamedTuple):
    """A page that is asked for: of which scene, how it looks, if it is one by itself, and where we are."""

    scene: str
    theme: str | None
    language: str
    embedded: bool
    home: str


def _wanted(request: Request) -> Wanted:
    said = dict(query.split(request.url.query))
    theme = said.get("theme")
    heard = [said.get("lang", ""), *request.headers.get("accept-language", "").split(",")]
    liked = (tag.strip()[:2].lower() for tag in heard)
    return Wanted(
        scene_part(request.url.query),
        theme if theme in SCHEMES else None,
        next((language for language in liked if language in LANGUAGES), "en"),
        said.get("embed") == "true",
        str(request.base_url),
    )


def _page(wanted: Wanted, data: PageData) -> Answer:
    make = embed_page if wanted.embedded else front_page
    ahead = {f"messages-{wanted.language}.json": "", **data.ahead}
    about = head_of(wanted.scene, wanted.language, wanted.theme, wanted.home)
    text = make({"answer": data.answer, "carried": data.carried}, about, ahead, wanted.theme)
    return Answer(gzip.compress(text.encode(), 6, mtime=0), data.whole)


async def page(request: Request) -> Response:
    """GET /: the page of a scene, with Streamlit or, where `embed=true`, without.

    It brings the answer to its link, if that is there soon; the stage asks for what a page does not bring.
    """
    wanted = _wanted(request)
    held = ANSWERS.peek(wanted)
    if held is None:
        asked = asyncio.ensure_future(_made(request, wanted))
        await asyncio.wait((asked,), timeout=PAGE_PATIENCE)
        held = asked.result() if asked.done() else None
    if held is None:
        held = _page(wanted, PageData(None, {}, {}))
    return _page_response(request, held, wanted)


async def _made(request: Request, wanted: Wanted) -> Answer | None:
    """Return the page with all that it brings, None for somebody who asks for too much at once."""
    try:
        return await answered(request, SCENE_QUEUE, wanted, lambda: _keep_page(wanted))
    except (TooManyWaiting, HungUp):
        return None


def _keep_page(wanted: Wanted) -> Answer:
    """Return the page with all that it brings, and keep it if it will bring the same another time."""
    made = ANSWERS.get(wanted, lambda: _page(wanted, page_data(wanted.scene, wanted.theme, _answer)))
    if not made.whole:
        ANSWERS.forget(wanted)
    return made


def _page_response(request: Request, held: Answer, wanted: Wanted) -> Response:
    """Answer with a page. The front page is never kept, since it names the present version of all else."""
    tag = f'"{hashlib.sha256(held.contents).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Vary": "Accept-Encoding, Accept-Language", "Cache-Control": "no-cache"}
    if wanted.embedded:
        headers["Content-Security-Policy"] = POLICY
        if held.whole:
            headers["Cache-Control"] = EMBEDS_KEPT
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return _unpacked(request, held.contents, "text/html", headers)


async def export(request: Request) -> Response:
    """GET /optiscape/export/{name}: the scene of the query as a file to carry away, or a picture to show."""
    name = request.path_params["name"]
    if name not in EXPORTS:
        return PlainTextResponse(
            f"Expected one of {', '.join(EXPORTS)}; there is no such export.", status_code=404
        )
    asked, kind = (name, request.url.query, str(request.base_url)), EXPORTS[name]
    contents, part = SHOWN.peek(asked), 0
    try:
        while contents is None:  # others have their turns between two parts of a film
            part += 1
            contents = await answered(request, LONG_QUEUE, (*asked, part), lambda: _exported(asked))
    except ValueError as error:
        return PlainTextResponse(str(error), status_code=400)
    except TooManyWaiting as error:
        return _refused(error)
    except HungUp:
        return Response(status_code=204)  # nobody hears it
    headers = {
        "Cache-Control": EMBEDS_KEPT if kind.shown else "no-store",
        "Content-Disposition": f'{"inline" if kind.shown else "attachment"}; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    }
    return Response(contents, media_type=kind.media, headers=headers)


def _exported(asked: tuple[str, str, str]) -> bytes | None:
    """Return an export when it is whole; those that pages show are kept."""
    contents = ASIDE.run(part_of, *asked)
    if contents is not None and EXPORTS[asked[0]].shown:
        return SHOWN.get(asked, lambda: contents)
    return contents


async def embedding(request: Request) -> Response:
    """GET /oembed: how another page shows a link of ours in a frame."""
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": EMBEDS_KEPT}
    try:
        told = oembed(dict(request.query_params), str(request.base_url))
    except NotOurs as error:
        return PlainTextResponse(str(error), status_code=404)
    except NotSpoken as error:
        return PlainTextResponse(str(error), status_code=501)
    except ValueError as error:
        return PlainTextResponse(str(error), status_code=400)
    return JSONResponse(told, headers=headers)


async def streamlit(request: Request) -> Response:
    """GET /optiscape/streamlit/{place}: a file of Streamlit's page, whose name changes with its contents."""
    held = streamlit_file(request.path_params["place"])
    if held is None:
        return PlainTextResponse(
            "Expected a file of Streamlit's page; there is no such one.", status_code=404
        )
    headers = {"Cache-Control": FOR_GOOD, "Vary": "Accept-Encoding"}
    if held.compressed:
        return _unpacked(request, held.contents, held.media, headers)
    return Response(held.contents, media_type=held.media, headers=headers)


ROUTES = [
    Route("/", page),
    Route("/optiscape/metrics", metrics),
    Route("/optiscape/export/{name}", export),
    Route("/oembed", embedding),
    Route(f"/{STREAMLIT}{{place:path}}", streamlit),
    Route("/optiscape/{version}/{name:path}", serve, methods=["GET", "POST"]),
]


def _fetch(query: str) -> None:
    """Make what everybody asks for who opens this link: pictures in both themes, and critical points."""
    scene = read(query)[0]
    ground = answer(scene, ())["ground"]["query"]
    critical_points(scene.ground.surface, scene.ground.knobs)  # all of them: a first answer may be a part
    wanted = [f"{kind}-{theme}.json" for kind in ("terrain", "relief") for theme in SCHEMES]
    for name in [*wanted, "critical.json"]:
        _answer(name, ground)
    _answer("point.json", query)


def _fetch_first(query: str) -> None:
    """Make all that the front page asks for, that page, and the same embedded."""
    _fetch(query)
    for embedded in (False, True):
        _keep_page(Wanted("", None, "en", embedded, "/"))


def _warm_the_rest() -> None:
    """Make ready what nobody has asked for yet."""
    with suppress(Stopped):  # with the server
        ASIDE.run(answer_to, "formula.json", "")  # the other process has loaded everything then
        threading.Thread(target=_prepare, daemon=True).start()
        warm.rest(_fetch)


def _prepare() -> None:
    """Have the other process draw what every surface looks like, and train what labs open with.

    Nothing here waits for it, and it waits for nobody: whoever asks meanwhile has a turn between two parts.
    OPTISCAPE_LABS_AHEAD=no leaves the labs, a minute of one core, to the first who opens them.
    """
    labs = () if os.environ.get("OPTISCAPE_LABS_AHEAD") == "no" else OPENED
    with suppress(Stopped):
        for name in (*GALLERIES, *labs):
            while not ((made := _answer(name, "")).whole or made.missing):
                pass


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Have the first picture ready before the port answers, and all others soon after."""
    # A thread that needs the interpreter waits so long for one that computes, and an answer needs it some ten
    # times. While programs are compiled, turns of knobs take half as long as with Python's 5 ms.
    sys.setswitchinterval(SWITCH_INTERVAL)
    _assets()
    warm.first(_fetch_first)
    threading.Thread(target=_warm_the_rest, daemon=True).start()
    collection = IdleCollection()
    collection.start()
    yield
    collection.stop()
    ASIDE.stop()


SETTINGS: dict[str, Any] = {"routes": ROUTES, "lifespan": lifespan}

app = st.App(Path(__file__).with_name("app.py"), **SETTINGS)
