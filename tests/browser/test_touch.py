"""What a finger does on a phone: taps ask and place, swipes over sliders and surface do neither."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_race import position, wait_for_url

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
SCROLLED = "() => document.querySelector('.os-asidebody').scrollTop"
SMALL = """() => [...document.querySelectorAll(
    ".os-root :is(button, a[href], input, select, textarea, summary, [role=option])",
  )].filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.matches(".os-grip"))
  .map((node) => [node, (node.closest("label.os-tool") ?? node).getBoundingClientRect()])
  .filter(([, { width, height }]) => width && (height < 43.5 || width < 43.5))
  .map(([node, { width, height }]) => `${node.outerHTML.slice(0, 80)} ${width}×${height}`)"""

Swipe = Callable[..., None]


@pytest.fixture
def phone(visit: Open) -> Callable[[str], tuple[Page, Swipe]]:
    def open_page(query: str) -> tuple[Page, Swipe]:
        page = visit(query, **PHONE)
        touch = page.context.new_cdp_session(page)

        def swipe(x: float, y: float, *, right: float = 0, down: float = 0) -> None:
            def send(kind: str, *points: dict[str, float]) -> None:
                touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

            send("touchStart", {"x": x, "y": y})
            for share in range(1, 11):
                send("touchMove", {"x": x + right * share / 10, "y": y + down * share / 10})
                page.wait_for_timeout(16)
            send("touchEnd")
            page.wait_for_timeout(300)

        return page, swipe

    return open_page


def middle(page: Page, name: str) -> tuple[float, float]:
    slider = page.get_by_role("slider", name=name, exact=True)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_swipe_that_begins_on_a_slider_scrolls_and_one_along_it_turns_it(phone) -> None:
    page, swipe = phone("?f=bowl&at=-7,2&lane=sgd:lr=0.95&lane=adam&steps=40")
    for name in ("Stretch", "SGD, Learning rate", "Steps"):
        x, y = middle(page, name)
        before, link = page.evaluate(SCROLLED), page.url
        swipe(x, y, right=6, down=-90)
        assert page.evaluate(SCROLLED) > before + 40, name
        assert page.url == link, name
    swipe(*middle(page, "Stretch"), right=60)
    wait_for_url(page, "stretch=")


def test_a_tap_on_the_map_places_the_start_or_asks_about_the_point(phone) -> None:
    page, _ = phone("?f=bowl&at=-7,2&lane=sgd:lr=0.95&steps=40")
    page.touchscreen.tap(*position(page, 4, 4))
    wait_for_url(page, r"at=4,(4|3\.9\d*|4\.0\d*)&")
    page.locator(".os-pagetab").nth(2).tap()
    wait_for_url(page, "page=curvature")
    page.touchscreen.tap(*position(page, 4, -4))
    wait_for_url(page, "probe=")
    assert "at=4," in page.url, "the start stays"
    expect(page.locator(".os-where")).to_be_visible()


def test_a_tab_shows_its_card_though_a_question_is_open(phone) -> None:
    page, _ = phone("?f=bowl&lane=sgd&steps=40&question=zig-zag")
    sheet = page.locator(".os-asidebody").bounding_box()
    assert sheet is not None
    for nth, card in ((1, ".os-inspector"), (2, ".os-critical"), (4, ".os-sweep"), (0, ".os-questions")):
        page.locator(".os-pagetab").nth(nth).tap()
        page.wait_for_timeout(300)
        box = page.locator(card).bounding_box()
        assert box is not None and 0 <= box["y"] - sheet["y"] < 30, card


def test_the_sheet_follows_a_finger_and_hears_the_tap_that_comes_after(phone) -> None:
    page, swipe = phone("?f=bowl&lane=sgd&steps=40")
    sheet = page.locator(".os-aside")
    box = page.locator(".os-grip").bounding_box()
    assert box is not None
    swipe(box["x"] + box["width"] / 2, box["y"] + 12, down=-200)
    expect(sheet).to_have_attribute("data-sheet", "full")
    page.locator(".os-grip").tap()
    expect(sheet).to_have_attribute("data-sheet", "low")


def test_all_a_finger_aims_at_is_44_pixels_large(phone) -> None:
    page, _ = phone("?f=line_fit&lane=sgd&lane=adam&steps=40&batch=4&question=zig-zag")
    page.locator(".os-grip").tap()  # all the way up
    for summary in (".os-answer summary", ".os-questionlist summary"):
        page.locator(summary).tap()
    page.get_by_role("button", name="More knobs").first.tap()
    for nth in range(5):
        page.locator(".os-pagetab").nth(nth).tap()
        page.wait_for_timeout(500)
        assert page.evaluate(SMALL) == [], nth
    for button in (".os-surface", ".os-method"):
        page.locator(button).first.tap()
        page.wait_for_timeout(300)
        assert page.evaluate(SMALL) == [], button
        page.keyboard.press("Escape")
