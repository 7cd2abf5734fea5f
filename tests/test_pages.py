"""The pages: what they bring, what they fetch, what they may do, and how long they are kept."""

import html.parser
import json
import re
from importlib.resources import files as package_files
from typing import Any

import pytest

import server
from api.visit import visited
from serving.fair_queue import FairQueue
from stage.assets import BASE
from stage.markup import POLICY, STREAMLIT
from tests.api.responses import wait_for_answer
from tests.scenes.test_hostile_queries import rows, translated, unfolded
from tests.test_server import get, plain


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for what a page brings, however busy the machine is."""
    monkeypatch.setattr(server, "PAGE_PATIENCE", 60)


class Head(html.parser.HTMLParser):
    """The tags of a page, in order, its titles, and what it brings."""

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.titles: list[str] = []
        self.brought: dict[str, Any] = {}
        self.text = plain(get(f"/{query}")).decode()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.tags[-1] if self.tags else ("", {})
        if tag == "title" and data.strip():
            self.titles.append(data)
        if attributes.get("id") == "optiscape-page" and data.strip():
            self.brought |= json.loads(data)

    def links(self, rel: str) -> list[str]:
        return [str(a["href"]) for tag, a in self.tags if tag == "link" and a.get("rel") == rel]

    def scripts(self) -> list[str]:
        return [src for tag, a in self.tags if tag == "script" and (src := a.get("src"))]


def test_the_front_page_is_ours_in_front_of_streamlit_s():
    reply = get("/")
    assert reply.headers["content-type"].startswith("text/html")
    # It names the present version of everything else, and must not outlive it.
    assert reply.headers["cache-control"] == "no-cache"
    page = Head()
    assert len(page.titles) == 1 and page.titles[0].endswith(" · Optiscape")
    assert ("div", {"id": "root"}) in page.tags and ("main", {"id": "optiscape"}) in page.tags
    (icon,) = page.links("icon")
    assert icon.startswith("data:image/svg+xml,") and not page.links("shortcut icon")


def test_streamlit_starts_when_the_first_picture_stands():
    """All that its own page begins with is in a template, from which the stage takes it."""
    own = (package_files("streamlit") / "static" / "index.html").read_text("utf-8")
    (template,) = re.findall("<template>(.*?)</template>", Head().text, re.S)
    wanted = re.findall(r'(?:src|href)="\./static/((?:js|css)/[^"]+)"', own)
    named = re.findall(rf'="\./{STREAMLIT}((?:js|css)/[^"]+)"', template)
    assert len(wanted) > 20 and named[: len(wanted)] == wanted
    assert [name.split(".")[0] for name in named[len(wanted) :]] == [
        "js/BidiComponent",
        "js/_arrayReduce",
        "js/recordbatch",
        "js/serialization",
    ]
    assert Head().scripts()[0] == f"./{BASE}optiscape.js"
    assert "/static/js/" not in Head().text
    for name in named:
        reply = get(f"/{STREAMLIT}{name}")
        original = (package_files("streamlit") / "static" / "static" / name).read_bytes()
        assert reply.headers["content-encoding"] == "gzip" and plain(reply) == original
        assert reply.headers["cache-control"] == server.FOR_GOOD
    assert get(f"/{STREAMLIT}{wanted[0]}", accept="").body == plain(get(f"/{STREAMLIT}{wanted[0]}"))


@pytest.mark.parametrize("place", ["nope.js", "..", "../index.html", "js/../../index.html", ""])
def test_of_streamlit_s_files_only_those_are_served(place: str):
    assert get(f"/{STREAMLIT}{place}").status == 404


@pytest.mark.parametrize("embed", ["", "&embed=true"])
def test_a_page_brings_the_answer_to_its_link_and_its_picture(embed: str):
    link = "f=saddle&lane=adam:lr=0.05&steps=30"
    wait_for_answer(link)
    page = Head(f"?{link}{embed}")
    assert page.brought["answer"] == json.loads(json.dumps(visited(link)))
    ground = page.brought["answer"]["ground"]["query"]
    (path,) = page.brought["carried"]
    assert path == f"terrain-light.json?{ground}"
    assert page.brought["carried"][path] == json.loads(plain(get(f"/{BASE}{path}")))
    assert page.brought["assets"] == BASE
    # Relative, so that the app may live below a path; and the very addresses that the stage asks for later.
    dark = f"terrain-dark.json?{ground}"
    assert page.links("preload") == [f"./{BASE}messages-en.json", f"./{BASE}{dark}"]
    assert page.links("stylesheet")[0] == f"./{BASE}optiscape.css"
    for name in ("messages-en.json", dark, "optiscape.css", "optiscape.js"):
        assert get(f"/{BASE}{name}").status == 200


def test_a_page_in_the_dark_brings_a_dark_picture():
    wait_for_answer("f=saddle")
    page = Head("?f=saddle&theme=dark&lang=zh")
    assert [path.split("?")[0] for path in page.brought["carried"]] == ["terrain-dark.json"]
    assert page.links("preload") == [f"./{BASE}messages-zh.json"]
    assert ("html", {"lang": "en", "data-optiscape": "dark"}) in page.tags
    assert "data-optiscape" not in Head("?theme=sepia").text.split("<head>")[0]


def test_an_embedded_page_is_a_page_by_itself():
    wait_for_answer("f=saddle")
    reply = get("/?embed=true&f=saddle")
    assert reply.headers["content-security-policy"] == POLICY
    assert (
        "unsafe-eval" not in POLICY and "'unsafe-inline'" not in POLICY.split("script-src")[1].split(";")[0]
    )
    assert reply.headers["cache-control"] == server.EMBEDS_KEPT
    page = Head("?embed=true&f=saddle")
    assert page.scripts() == [f"./{BASE}optiscape.js"]
    assert STREAMLIT not in page.text and "/static/" not in page.text
    again = get("/?embed=true&f=saddle", headers={"if-none-match": reply.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert get("/?embed=true&f=beale").headers["etag"] != reply.headers["etag"]


def test_a_draft_is_kept_by_nobody():
    reply = get("/?embed=true&formula=x**2%2B8.127*y**2")
    assert reply.headers["cache-control"] == "no-cache"
    answer = get(f"/{BASE}answer.json?formula=x**2%2B9.127*y**2")
    assert json.loads(plain(answer))["draft"] and answer.headers["cache-control"] == "no-store"


def test_two_visitors_of_one_link_cost_one_computation():
    wait_for_answer("f=beale&steps=31")
    get("/?f=beale&steps=31")
    made = server.SCENE_QUEUE.answered
    get("/?f=beale&steps=31&autoplay=1")
    assert server.SCENE_QUEUE.answered == made
    get("/?f=beale&steps=32")
    assert server.SCENE_QUEUE.answered == made + 1


def test_a_page_does_not_wait_for_what_takes_long(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(server, "PAGE_PATIENCE", 0)
    page = Head("?f=beale&steps=33")
    assert page.brought == {"assets": BASE, "answer": None, "carried": {}}
    monkeypatch.undo()
    monkeypatch.setattr(server, "SCENE_QUEUE", FairQueue(1, per_reader=0, per_address=0))
    assert Head("?f=beale&steps=34").brought["answer"] is None  # and nobody is turned away from a page


@pytest.mark.parametrize("row", rows("refuse") + rows("accept"))
def test_no_link_breaks_a_page_and_nothing_in_one_can_run(row: str):
    query = unfolded(row)
    for each in {query, translated(query)}:
        page = Head(f"?embed=true&{each}")
        assert page.scripts() == [f"./{BASE}optiscape.js"]
        assert [tag for tag, _ in page.tags].count("script") == 2
        assert page.brought.keys() == {"assets", "answer", "carried"}
