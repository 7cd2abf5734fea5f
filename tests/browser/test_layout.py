"""Where things stand, on projectors, laptops, tablets, phones and in frames: all in sight, none overlaps."""

from typing import Any

import pytest
from playwright.sync_api import Page

from locales import LANGUAGES
from tests.browser.conftest import Open

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


def places(page: Page) -> dict[str, Any]:
    found = page.evaluate(PLACES)
    assert page.evaluate(OVERLAPS, found) == []
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "height"), WIDE)
def test_all_is_in_sight(visit: Open, width: int, height: int, language: str) -> None:
    page = visit(f"?f=rosenbrock&lang={language}", width=width, height=height)
    for tab in TABS:
        page.locator(".os-pagetab").nth(list(TABS).index(tab)).click()
        places(page)
        assert page.evaluate(SCROLLS) == [0, 0]
        assert page.evaluate(CUT) == []
        card = page.locator(TABS[tab]).bounding_box()
        assert card and card["y"] < height / 4  # what was chosen is seen


@pytest.mark.parametrize("hero", ["map", "surface", "both", "losses"])
def test_each_picture_can_be_large(visit: Open, hero: str) -> None:
    page = visit("?f=himmelblau")
    page.locator(".os-herochoice button").nth(["map", "surface", "both", "losses"].index(hero)).click()
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
        assert areas[large] > 1.5 * areas[small]
    page.wait_for_timeout(1000)  # keys within a moment are one step of the history
    assert ("hero=" in page.url) == (hero != "map")


def test_the_pictures_have_nearly_half_of_the_page(visit: Open) -> None:
    page = visit("?")
    hero = page.locator(".os-hero").bounding_box()
    assert hero and hero["width"] * hero["height"] >= 0.45 * 1280 * 800


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
@pytest.mark.parametrize(
    ("width", "height", "map_side"), [(640, 400, 120), (320, 256, 120), (320, 568, 80), (360, 740, 160)]
)
def test_an_enlarged_page_is_whole_and_does_not_scroll_sideways(
    visit: Open, width: int, height: int, map_side: int
) -> None:
    page = visit("?f=rosenbrock&lane=sgd&lane=adam&question=zig-zag", width=width, height=height)
    for nth in range(len(TABS)):
        page.locator(".os-pagetab").nth(nth).click()
        page.wait_for_timeout(200)
        assert page.evaluate(SCROLLS)[0] == 0
        assert page.evaluate(CUT) == []
        outside = page.evaluate(
            """() => [...document.querySelectorAll(".os-header *, .os-under *, .os-pagetab")]
              .filter((node) => node.checkVisibility())
              .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5)
              .map((node) => node.outerHTML.slice(0, 80))"""
        )
        assert outside == []
    area = page.evaluate("() => document.querySelector('.os-map .nsewdrag').getBoundingClientRect().toJSON()")
    assert area["width"] >= map_side and area["height"] >= map_side
    assert page.get_by_role("button", name="Copy link").is_visible(), "a button without its word has its name"


@pytest.mark.parametrize("query", ["?embed=true", "?embed=true&hide=losses", "?f=logistic&embed=true"])
def test_a_frame_holds_all_of_it(visit: Open, query: str) -> None:
    page = visit(query, width=FRAME[0], height=FRAME[1])
    found = places(page)
    assert page.evaluate(SCROLLS) == [0, 0] and page.evaluate(CUT) == []
    if "hide" in query:  # the room is used
        assert found[".os-mapframe"][2] - found[".os-mapframe"][0] > 600
