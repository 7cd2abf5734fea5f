"""What a link says of itself: in the head of its page, and to whoever asks by oEmbed."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from export.card import about
from export.head import LONGEST, head_of
from export.oembed import HEIGHT, WIDTH, NotOurs, NotSpoken, oembed
from scenes import read

HOME = "https://example.org/o/"


class Head(HTMLParser):
    """The tags of a head: texts by name or property, links by their type, and the title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.title = ""
        self.names: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.names.append(tag)
        if tag == "meta":
            self.texts[said.get("property") or said["name"]] = said["content"]
        if tag == "link":
            self.links[said["type"]] = said["href"]

    def handle_data(self, data: str) -> None:
        self.title += data


def test_a_page_is_named_in_the_language_of_its_reader():
    english, chinese = (
        Head(head_of("f=saddle&lane=sgd&lane=adam", tongue, None, HOME)) for tongue in ("en", "zh")
    )
    assert english.title == english.texts["og:title"] == "Saddle: SGD, Adam · Optiscape"
    assert "鞍" in chinese.title and "SGD、Adam" in chinese.title
    assert "40 steps" in english.texts["description"] == english.texts["og:description"]
    assert str(read("f=saddle")[0].budget.steps) == "40"
    assert (english.texts["og:locale"], chinese.texts["og:locale"]) == ("en_US", "zh_CN")


def test_a_head_has_what_the_open_graph_protocol_asks_for():
    """ogp.me: og:title, og:type, og:image and og:url are required; images have absolute addresses."""
    head = Head(head_of("f=saddle", "zh", "dark", HOME))
    assert {"og:title", "og:type", "og:image", "og:url"} <= set(head.texts)
    assert head.texts["og:url"] == f"{HOME}?f=saddle&lang=zh"
    assert head.texts["og:image"] == f"{HOME}optiscape/export/card.jpg?f=saddle&lang=zh&theme=dark"
    assert (head.texts["og:image:width"], head.texts["og:image:height"]) == ("1200", "630")
    assert head.texts["twitter:card"] == "summary_large_image"


def test_the_head_leads_to_an_oembed_answer_for_the_same_link():
    head = Head(head_of("f=saddle", "zh", None, HOME))
    found = urlsplit(head.links["application/json+oembed"])
    asked = {name: values[0] for name, values in parse_qs(found.query).items()}
    assert f"{found.scheme}://{found.netloc}{found.path}" == f"{HOME}oembed"
    assert oembed(asked, HOME)["title"] == head.title


def test_what_a_reader_wrote_stays_text():
    wild = 'formula="><script>alert(1)</script>&f=x&lang="><b>'
    head = Head(head_of(wild, "en", None, HOME))
    assert set(head.names) == {"title", "meta", "link"}


def test_a_link_with_a_table_in_it_is_not_repeated():
    head = head_of("data=" + "1,2;" * LONGEST, "en", None, HOME)
    assert len(head) < 2000 and "og:image" not in head and "<title>" in head


def test_networks_are_named_by_their_lab():
    assert "Networks" in about("page=networks&lab=init", "en").title
    assert about("page=networks", "zh").story != about("", "zh").story


def test_an_answer_has_what_oembed_asks_of_a_rich_one():
    told = oembed({"url": f"{HOME}?f=bowl&lang=zh&theme=dark", "maxwidth": "600", "maxheight": "4000"}, HOME)
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert (told["width"], told["height"]) == (600, 338)
    assert (
        '<iframe src="https://example.org/o/?f=bowl&amp;lang=zh&amp;theme=dark&amp;embed=true"'
        in told["html"]
    )
    assert told["thumbnail_url"].startswith(f"{HOME}optiscape/export/card.jpg?f=bowl")


@pytest.mark.parametrize(
    ("most", "size"),
    [({}, (WIDTH, HEIGHT)), ({"maxheight": "200"}, (WIDTH, 200)), ({"maxwidth": "5000"}, (WIDTH, HEIGHT))],
)
def test_a_frame_is_no_larger_than_is_asked_for(most: dict[str, str], size: tuple[int, int]):
    told = oembed({"url": HOME, **most}, HOME)
    assert (told["width"], told["height"]) == size


@pytest.mark.parametrize(
    ("asked", "error", "why"),
    [
        ({}, NotOurs, "a link of this app"),
        ({"url": "https://evil.example/o/?f=bowl"}, NotOurs, "a link of this app"),
        ({"url": "https://example.org/other"}, NotOurs, "a link of this app"),
        ({"url": "javascript:alert(1)"}, NotOurs, "a link of this app"),
        ({"url": HOME, "format": "xml"}, NotSpoken, "format=json"),
        ({"url": HOME, "maxwidth": "-3"}, ValueError, "maxwidth to be a number"),
        ({"url": HOME, "maxheight": "9" * 400}, ValueError, "maxheight to be a number"),
    ],
)
def test_what_cannot_be_answered_is_refused(asked: dict[str, str], error: type[ValueError], why: str):
    with pytest.raises(error, match=why):
        oembed(asked, HOME)
