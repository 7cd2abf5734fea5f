"""Our routes, asked as a server asks them (ASGI), without a port."""

import asyncio
import gzip
import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files as package_files
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

import app
import server
from api.answer import answer
from api.by_address import LONG
from api.facts import FACTS
from api.gallery import GALLERIES
from api.messages import words
from api.networks.registry import OPENED
from charts.palette import SCHEMES, THEMES
from locales import LANGUAGES
from scenes import default_scene, write
from serving.fair_queue import FairQueue
from stage.assets import BASE, files
from tests.charts.grounds import read as read_json
from tests.scenes.test_hostile_queries import rows, translated, unfolded

SITE = Starlette(routes=server.ROUTES)
PICTURES = [f"{kind}-{theme}.json" for kind in ("terrain", "relief") for theme in THEMES]


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def get(
    path: str,
    *,
    accept: str = "gzip, deflate, br",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    site: Any = SITE,
) -> Answer:
    """Ask for `path?query` as uvicorn hands it on: the path decoded, the query as it came.

    A body goes by POST.
    """
    raw, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET" if body is None else "POST",
        "scheme": "http",
        "path": unquote(raw),
        "raw_path": raw.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [
            (b"host", b"test"),
            (b"accept-encoding", accept.encode()),
            *((name.encode(), value.encode()) for name, value in (headers or {}).items()),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("test", 80),
    }
    sent: list[Any] = []
    heard = [{"type": "http.request", "body": body or b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if not heard:
            await asyncio.Event().wait()  # the client stays
        return heard.pop()

    async def send(message: Any) -> None:
        sent.append(message)

    # In a thread of its own: Playwright keeps an event loop in this one while browser tests share it.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(site(scope, receive, send))).result()
    got = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], got, b"".join(message.get("body", b"") for message in sent[1:]))


def plain(reply: Answer) -> bytes:
    """Return the contents as a browser sees them."""
    assert reply.status == 200
    return gzip.decompress(reply.body) if reply.headers.get("content-encoding") == "gzip" else reply.body


def test_a_query_may_come_as_the_body():
    query = "f=bowl&steps=23"
    by_address, by_body = get(f"/{BASE}answer.json?{query}"), get(f"/{BASE}answer.json", body=query.encode())
    assert plain(by_body) == plain(by_address)
    rows = ";".join(f"{k / 10},{k * k / 7}" for k in range(200))
    long = f"f=line_fit&change={quote(json.dumps({'do': 'data', 'model': 'line_fit', 'bytes': rows * 30}))}"
    assert len(long) > 100_000 and get(f"/{BASE}answer.json", body=long.encode()).status == 200
    assert get(f"/{BASE}answer.json", body=b"\xff\x00&f=\xfe").status == 200


def test_a_body_that_is_too_long_is_refused():
    reply = get(f"/{BASE}answer.json", body=b"f=bowl&" * server.LONGEST_BODY)
    assert reply.status == 413 and b"Expected a query of at most" in reply.body


def test_plotly_is_the_file_of_the_installed_package():
    original = (package_files("plotly") / "package_data" / "plotly.min.js").read_bytes()
    reply = get(f"/{BASE}plotly.js")
    assert reply.headers["content-encoding"] == "gzip"
    assert len(reply.body) < len(original) / 3
    assert plain(reply) == original
    without = get(f"/{BASE}plotly.js", accept="identity")
    assert "content-encoding" not in without.headers
    assert without.body == original


@pytest.mark.parametrize("name", ["optiscape.js", "messages-en.json", "terrain-light.json?f=bowl"])
def test_what_is_asked_for_by_its_present_name_may_be_kept_for_good(name: str):
    headers = get(f"/{BASE}{name}").headers
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["vary"] == "Accept-Encoding"
    # A page from before an update asks by the old name; nobody may keep today's contents under it.
    old = get(f"/optiscape/000000000000/{name}")
    assert (old.status, old.headers["cache-control"]) == (200, "no-store")
    below = Starlette(routes=[Mount("/optiscape", routes=server.ROUTES)])  # a site that has us at a path
    assert get(f"/optiscape/{BASE}{name}", site=below).headers["cache-control"] == headers["cache-control"]
    assert get(f"/optiscape/optiscape/0/{name}", site=below).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", [*files(), "messages-en.json", *PICTURES])
def test_contents_have_their_type_and_are_the_same_compressed_and_plain(name: str):
    reply, without = get(f"/{BASE}{name}"), get(f"/{BASE}{name}", accept="")
    kind = {"js": "text/javascript", "css": "text/css", "json": "application/json"}[name.rsplit(".")[-1]]
    assert reply.headers["content-type"].split(";")[0] == kind
    assert plain(reply) == without.body
    assert int(reply.headers["content-length"]) == len(reply.body)
    if name in files():
        assert without.body == files()[name][0]


ELSEWHERE = (
    "nope.js",
    "server.py",
    "stage.js",
    "assets.py",
    "plotly.min.js",
    "messages-fr.json",
    "terrain-sepia.json",
    "..",
    "%2e%2e",
    "..%5Cserver.py",
    "%00",
    "stage.js%00",
    "STAGE.JS",
    "~",
    "💀",
)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_an_unknown_name_is_answered_with_a_sentence(name: str):
    reply = get(f"/{BASE}{name}")
    assert reply.status == 404
    assert reply.headers["content-type"].startswith("text/plain")
    assert reply.body.startswith(b"Expected ") and b"Traceback" not in reply.body


@pytest.mark.parametrize(
    "path",
    ["../server.py", "..%2fserver.py", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "x/../../server.py", "stage.js/"],
)
def test_nothing_outside_is_ever_served(path: str):
    reply = get(f"/{BASE}{path}")
    assert reply.status == 404
    assert b"import" not in reply.body and b"root:" not in reply.body


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_are_json_of_their_theme(name: str):
    figures = read_json(plain(get(f"/{BASE}{name}?f=himmelblau")).decode())
    kind, theme = re.fullmatch(r"(\w+)-([\w-]+)\.json", name).groups()  # pyright: ignore[reportOptionalMemberAccess]
    if kind == "terrain":
        lanes = [trace for trace in figures["map"]["data"] if trace["meta"]["role"] == "course"]
        assert [trace["line"]["color"] for trace in lanes] == list(THEMES[theme].lanes)
    else:
        assert [colour for _, colour in figures["data"][0]["colorscale"]] == list(THEMES[theme].ramp)


def test_the_query_says_which_ground():
    one, other = (plain(get(f"/{BASE}terrain-light.json?f={f}")) for f in ("bowl", "bowl:stretch=3"))
    assert one != other
    assert plain(get(f"/{BASE}terrain-light.json")) == one  # the default
    assert plain(get(f"/{BASE}terrain-light.json?f=bowl&steps=7&lane=sgd&at=1,1")) == one


HOSTILE = [row for row in rows("refuse") if row.startswith("surface=") and "himmelblau&" not in row]


@pytest.mark.parametrize(
    "row", [*HOSTILE, "surface=bowl:stretch=nan", "surface=bowl:stretch=1e999", "formula=1/0"]
)
def test_a_hostile_query_gives_the_default_ground(row: str):
    query = translated(unfolded(row))
    for kind in ("terrain", "relief"):
        ground = default_scene().ground.landscape
        expected = plain(get(f"/{BASE}{kind}-dark.json?f={ground}"))
        assert plain(get(f"/{BASE}{kind}-dark.json?{query}")) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_served_as_they_are(language: str):
    assert read_json(plain(get(f"/{BASE}messages-{language}.json")).decode()) == json.loads(
        json.dumps(words(language))
    )


def test_what_is_warmed_up_is_what_browsers_ask_for():
    """The first visitor finds the pictures made: their queries, letter by letter, are the kept ones."""
    scene = default_scene("beale")
    server._fetch(write(scene))
    made = server.QUICK_QUEUE.answered
    ground = answer(scene, ())["ground"]["query"]
    for name in [f"{kind}-{theme}.json" for kind in ("terrain", "relief") for theme in SCHEMES]:
        get(f"/{BASE}{name}?{ground}")
    get(f"/{BASE}critical.json?{ground}")
    assert server.QUICK_QUEUE.answered == made


@pytest.mark.parametrize("ahead", ["yes", "no"])
def test_labs_are_trained_ahead_unless_nobody_wants_it(ahead: str, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def whole(name: str, query: str) -> server.Answer:
        asked.append(name)
        return server.Answer(b"", True, False)

    monkeypatch.setenv("OPTISCAPE_LABS_AHEAD", ahead)
    monkeypatch.setattr(server, "_answer", whole)
    server._prepare()
    assert asked == [*GALLERIES, *(OPENED if ahead == "yes" else ())] and len(OPENED) >= 9


@pytest.mark.parametrize("name", ["critical.json?f=canyon&seed=42", "reach.json?f=canyon&steps=5&seed=42"])
def test_whoever_has_too_many_questions_waiting_is_told_when_to_ask_again(
    name: str, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as full:
        for queue in ("LONG_QUEUE", "QUICK_QUEUE"):
            full.setattr(server, queue, FairQueue(1, per_reader=0, per_address=0))
        reply = get(f"/{BASE}{name}")
        assert reply.status == 429
        assert int(reply.headers["retry-after"]) >= 1
        assert reply.headers["cache-control"] == "no-store"
        assert reply.body.startswith(b"Expected at most 0 questions to wait at the same time")
        assert get(f"/{BASE}optiscape.js").status == 200
    expected = plain(get(f"/{BASE}{name}"))
    while b'"parts"' in expected:
        expected = plain(get(f"/{BASE}{name}"))
    monkeypatch.setattr(server, "LONG_QUEUE", FairQueue(1, 0, 0))
    monkeypatch.setattr(server, "QUICK_QUEUE", FairQueue(1, 0, 0))
    assert plain(get(f"/{BASE}{name}")) == expected  # what is kept does not wait


def test_long_work_waits_by_itself():
    assert {*FACTS, *GALLERIES} >= LONG
    before = server.LONG_QUEUE.answered, server.QUICK_QUEUE.answered
    get(f"/{BASE}reach.json?f=saddle&steps=4&seed=7")
    get(f"/{BASE}point.json?f=saddle&probe=0.5,0.25")
    assert (server.LONG_QUEUE.answered, server.QUICK_QUEUE.answered) == (before[0] + 1, before[1] + 1)


@pytest.mark.parametrize(("ground", "takes_long"), [("f=line_fit", 0), ("f=line_fit&data=0,1;1,3;2,4", 1)])
def test_courses_on_a_table_of_ones_own_are_long_work(ground: str, takes_long: int):
    before = server.LONG_QUEUE.answered, server.QUICK_QUEUE.answered
    asked = f"/{BASE}measures.json?{ground}&steps=6&seed=8"
    asks = 1
    while b'"parts"' in (body := plain(get(asked))):
        asks += 1
    assert b'"lambda_max"' in body
    after = server.LONG_QUEUE.answered, server.QUICK_QUEUE.answered
    assert after == (before[0] + takes_long * asks, before[1] + (1 - takes_long) * asks)


def test_the_numbers_of_the_process_can_be_read():
    lines = plain(get("/optiscape/metrics")).decode().splitlines()
    for line in lines:
        assert re.fullmatch(r'optiscape_\w+(\{(generation|queue)="\w+"\})? [\d.e+-]+', line), line
    names = {line.split("{")[0].split(" ")[0] for line in lines}
    assert {"optiscape_garbage_collections_total", "optiscape_questions_refused_total"} < names


def test_both_ways_of_starting_serve_the_same():
    """`uvicorn server:app` and `streamlit run app.py`, which finds `app` in app.py."""
    assert server.SETTINGS["routes"] is server.ROUTES
    assert type(app.app) is type(server.app)
