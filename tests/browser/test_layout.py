"""Where things stand, on projectors, laptops, tablets, phones and in frames: all in sight, none overlaps."""

import re
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from locales import LANGUAGES
from scenes.questions import QUESTIONS
from tests.browser.conftest import Open
from tests.browser.looks import resize

WIDE = [(1280, 800), (1366, 768), (1920, 1080), (1024, 768)]
PHONE = 390, 844
FRAME = 640, 360
TABS = {
    "race": ".os-panel",
    "step": ".os-inspector",
    "curvature": ".os-critical",
    "noise": ".os-ensemble",
    "fair": ".os-sweep",
}
PLACES = """() => Object.fromEntries(
  [".os-header", ".os-mapframe", ".os-surfacechart", ".os-legend", ".os-charts", ".os-under", ".os-aside"]
    .map((name) => [name, document.querySelector(name)?.getBoundingClientRect()])
    .filter(([, box]) => box?.width && box?.height)
    .map(([name, { left, top, right, bottom }]) => [name, [left, top, right, bottom]]))"""
OVERLAPS = """(places) => Object.entries(places).flatMap(([one, [a, b, c, d]], index, all) =>
  all.slice(index + 1)
    .filter(([other]) => !document.querySelector(other).contains(document.querySelector(one)))
    .filter(([other]) => !document.querySelector(one).contains(document.querySelector(other)))
    .filter(([, [e, f, g, h]]) => Math.min(c, g) - Math.max(a, e) > 1 && Math.min(d, h) - Math.max(b, f) > 1)
    .map(([other]) => [one, other]))"""
# Text that is wider than its element, where that does not scroll and no dots say so.
CUT = """() => [...document.querySelectorAll(".os-root :is(button, label, h1, h2, th, p, output)")]
  .filter((node) => node.checkVisibility() && node.scrollWidth > node.clientWidth + 1 && node.clientWidth)
  .filter((node) => getComputedStyle(node).textOverflow !== "ellipsis")
  .map((node) => `${node.className}: ${node.textContent}`)"""
SCROLLS = """() => {
  const { scrollWidth, scrollHeight } = document.documentElement;
  return [scrollWidth - innerWidth, scrollHeight - innerHeight];
}"""
# Letters that the last row of a room could not read; a power is as large as the number it belongs to.
SMALL = """() => [...document.querySelectorAll(".os-root *")]
  .filter((node) => node.checkVisibility() && node.localName !== "tspan" && !node.closest("option"))
  .filter((node) => [...node.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim()))
  .map((node) => [parseFloat(getComputedStyle(node).fontSize) * node.currentCSSZoom, node.textContent])
  .filter(([size]) => size < 27.9)"""
# Numbers at axes and bars that stand on one another, or outside of their figure.
CROWDED = """() => [...document.querySelectorAll(".os-sheets, .os-bar")].flatMap((figure) => {
  const frame = figure.getBoundingClientRect();
  const room = figure.matches(".os-bar") ? 20 : 1; // a bar has a margin for the numbers at its ends
  const letters = "text:not(.annotation-text, .os-names text), .os-tick";
  const texts = [...figure.querySelectorAll(letters)]
    .filter((node) => node.checkVisibility() && node.textContent);
  const boxes = texts.map((node) => node.getBoundingClientRect());
  return texts.flatMap((node, index) => {
    const { left, right, top, bottom } = boxes[index];
    const out = left < frame.left - room || right > frame.right + room || bottom > frame.bottom + 1;
    const on = boxes.slice(index + 1).some((other) =>
      Math.min(right, other.right) > Math.max(left, other.left) + 1 &&
      Math.min(bottom, other.bottom) > Math.max(top, other.top) + 8); // a line has room above its letters
    return out || on ? [`${figure.className}: ${node.textContent}`] : [];
  });
})"""


def places(page: Page) -> dict[str, Any]:
    found = page.evaluate(PLACES)
    assert page.evaluate(OVERLAPS, found) == []
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_is_in_sight(visit: Open, language: str) -> None:
    page = visit(f"?f=rosenbrock&layer=lambda_min&lang={language}", width=WIDE[0][0], height=WIDE[0][1])
    page.locator(".os-bar").wait_for()
    for width, height in WIDE:
        resize(page, width, height)
        tools = page.locator(".os-maptools").bounding_box()
        assert tools and (tools["height"] < 40 or width < 1280), width  # one row
        assert [each for each in page.evaluate(CROWDED) if "os-bar" in each] == [], width
        for tab in TABS:
            page.locator(".os-pagetab").nth(list(TABS).index(tab)).click()
            places(page)
            assert page.evaluate(SCROLLS) == [0, 0], (width, tab)
            assert page.evaluate(CUT) == [], (width, tab)
            card = page.locator(TABS[tab]).bounding_box()
            assert card and card["y"] < height / 4, (width, tab)  # what was chosen is seen


def test_each_picture_can_be_large(visit: Open) -> None:
    page = visit("?f=himmelblau")
    heroes = ["map", "surface", "both", "losses"]
    for hero in (*heroes, "map"):
        page.locator(".os-herochoice button").nth(heroes.index(hero)).click()
        found = places(page)
        areas = {name: (box[2] - box[0]) * (box[3] - box[1]) for name, box in found.items()}
        chart = areas[".os-charts"]
        if hero == "both":
            assert areas[".os-mapframe"] == pytest.approx(areas[".os-surfacechart"], rel=0.02)
        elif hero == "losses":
            assert chart > 2 * 850 * 100
        else:
            large, small = ".os-mapframe", ".os-surfacechart"
            large, small = (large, small) if hero == "map" else (small, large)
            assert areas[large] > 1.5 * areas[small], hero
        page.wait_for_timeout(1000)  # keys within a moment are one step of the history
        assert re.findall(r"hero=(\w+)", page.url) == [hero] * (hero != "map")


def test_the_pictures_have_nearly_half_of_the_page(visit: Open) -> None:
    page = visit("?")
    hero = page.locator(".os-hero").bounding_box()
    assert hero and hero["width"] * hero["height"] >= 0.45 * 1280 * 800
    method = page.locator(".os-method").first.bounding_box()
    assert method and method["height"] < 36  # the panel is narrow, but no phone


def test_all_numbers_at_an_axis_are_seen_and_none_stands_on_another(visit: Open) -> None:
    """The three charts below the map are low; the map has a number at its upper edge."""
    page = visit(
        "?v=1&f=line_fit:scaling=standard&batch=4&lane=sgd:lr=0.5,schedule=cosine", width=1366, height=768
    )
    expect(page.locator(".os-datachart g.ytick text").first).to_be_visible()
    expect(page.locator(".os-measurechart g.ytick text").first).to_be_visible()
    assert page.locator(".os-map g.ytick text").last.text_content() == "6"
    for chart in (".os-datachart", ".os-losschart", ".os-measurechart"):
        numbers = [text.bounding_box() for text in page.locator(f"{chart} g.ytick text").all()]
        heights = sorted((box["y"], box["y"] + box["height"]) for box in numbers if box)
        assert len(heights) >= 2
        for (_, bottom), (top, _) in pairwise(heights):
            assert bottom <= top + 3, chart  # letters are lower than their lines


def test_on_a_phone_the_picture_stays_and_a_sheet_moves_over_it(visit: Open) -> None:
    page = visit("?", width=PHONE[0], height=PHONE[1], has_touch=True)
    found = places(page)
    assert page.evaluate(SCROLLS) == [0, 0] and page.evaluate(CUT) == []
    assert found[".os-mapframe"][3] - found[".os-mapframe"][1] > 280
    before = found[".os-mapframe"]
    for tab in TABS:
        page.locator(".os-pagetab").nth(list(TABS).index(tab)).click()
        page.locator(".os-asidebody").evaluate("(body) => (body.scrollTop = 400)")
        assert page.evaluate(PLACES)[".os-mapframe"] == before
    heights = set()
    for _ in range(3):
        page.locator(".os-grip").click()
        page.wait_for_timeout(300)
        heights.add(round(page.evaluate(PLACES)[".os-aside"][1]))
    assert len(heights) == 3


# What is left of a window of 1280 pixels at 200 and 400 percent, and phones from the smallest up.
ENLARGED = [(640, 400, 120), (320, 256, 120), (320, 568, 80), (360, 740, 160)]


def test_an_enlarged_page_is_whole_and_does_not_scroll_sideways(visit: Open) -> None:
    page = visit(
        "?f=rosenbrock&lane=sgd&lane=adam&question=zig-zag", width=ENLARGED[0][0], height=ENLARGED[0][1]
    )
    for width, height, map_side in ENLARGED:
        resize(page, width, height)
        for nth in range(len(TABS)):
            page.locator(".os-pagetab").nth(nth).click()
            page.wait_for_timeout(200)
            at = width, height, nth
            assert page.evaluate(SCROLLS)[0] == 0, at
            assert page.evaluate(CUT) == [], at
            outside = page.evaluate(
                """() => [...document.querySelectorAll(".os-header *, .os-under *, .os-pagetab")]
                  .filter((node) => node.checkVisibility())
                  .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5)
                  .map((node) => node.outerHTML.slice(0, 80))"""
            )
            assert outside == [], at
        area = page.evaluate(
            "() => document.querySelector('.os-map .nsewdrag').getBoundingClientRect().toJSON()"
        )
        assert area["width"] >= map_side and area["height"] >= map_side, (width, height)
        assert page.get_by_role("button", name="Copy link").is_visible(), "it has its name without its word"


@pytest.mark.parametrize("query", ["?embed=true", "?embed=true&hide=losses", "?f=logistic&embed=true"])
def test_a_frame_holds_all_of_it(visit: Open, query: str) -> None:
    page = visit(query, width=FRAME[0], height=FRAME[1])
    found = places(page)
    assert page.evaluate(SCROLLS) == [0, 0] and page.evaluate(CUT) == []
    if "hide" in query:  # the room is used
        assert found[".os-mapframe"][2] - found[".os-mapframe"][0] > 600


def test_the_panel_shows_the_columns_that_its_tables_are_about(visit: Open) -> None:
    """The curvatures of a critical point, and how near each lane is to its limit, without a scroll."""
    page = visit("?f=himmelblau&page=curvature")
    expect(page.locator(".os-critical tbody tr")).to_have_count(9)
    expect(page.locator(".os-gauges tbody tr")).to_have_count(4)
    for table in (".os-critical table", "table.os-gauges"):
        box = page.locator(table).locator("xpath=ancestor::div[contains(@class, 'os-scroll')][1]")
        assert box.evaluate("(box) => box.scrollWidth - box.clientWidth") <= 0, table


@pytest.mark.parametrize(
    "query",
    [
        "?f=bowl&at=-7,1&lane=sgd:lr=0.95&lane=sgd:lr=1.02&measure=stability&question=too-large&lang=zh",
        "?f=line_fit&at=-1,4.5&steps=400&loss=linear&layer=lambda_max&measure=gradient&hero=losses",
        "?f=styblinski_tang&lane=sgd&lane=momentum&lane=adam&lane=newton&hero=both&lang=zh",
    ],
)
def test_a_presentation_is_read_from_the_last_row(visit: Open, query: str) -> None:
    page = visit(f"{query}&present=on")
    for width, height in WIDE[:3]:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(500)
        with suppress(PlaywrightTimeout):  # what it is then is asserted
            page.wait_for_function(f"() => !({CROWDED})().length", timeout=10_000)
        places(page)
        assert page.evaluate(SCROLLS) == [0, 0]
        assert page.evaluate(SMALL) == []
        assert page.evaluate(CROWDED) == []
        largest = page.locator(".os-charts" if "hero=losses" in query else ".os-mapframe").bounding_box()
        assert largest and largest["width"] * largest["height"] > 0.25 * width * height


def test_charts_of_a_presentation_have_room_for_their_curves(visit: Open) -> None:
    """Under four lines of a caption, beside three lanes: the losses and the rates, and no third chart."""
    schedules = next(question.query for question in QUESTIONS if question.id == "schedules")
    page = visit(f"?{schedules}&present=on")
    page.wait_for_selector(".os-measurechart .js-plotly-plot")
    expect(page.locator(".os-charts .os-chart:visible")).to_have_count(2)
    for plot in page.locator(".os-charts .nsewdrag:visible").all():
        box = plot.bounding_box()
        assert box and box["height"] >= 40
