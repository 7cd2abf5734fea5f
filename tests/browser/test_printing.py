"""What stands on paper: all of the pictures and of the words, and no control."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

SHEET = 703  # px between the margins of an A4 sheet
# Of each figure how far its drawing goes beyond its place, and that beyond the sheet.
BEYOND = """(sheet) => [...document.querySelectorAll(".os-sheets")]
  .filter((node) => node.checkVisibility())
  .map((node) => [node.getBoundingClientRect(), node.querySelector("svg").getBoundingClientRect()])
  .map(([place, drawn]) => [drawn.right - place.right, drawn.bottom - place.bottom, place.right - sheet])"""
HIDDEN = """() => [...document.querySelectorAll(".os-asidebody, .os-tall, .os-scroll")]
  .filter((node) => node.scrollHeight > node.clientHeight + 1 && node.checkVisibility())
  .map(({ className }) => className)"""


def print_out(page: Page) -> None:
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": SHEET, "height": 1000})


@pytest.mark.parametrize("query", ["?f=himmelblau&page=curvature", "?f=line_fit&embed=true"])
def test_a_sheet_has_all_of_it(visit: Open, query: str) -> None:
    page = visit(query, width=960, height=600)
    page.locator(".os-lossplot .nsewdrag").first.wait_for(state="attached")
    print_out(page)
    beyond = page.evaluate(BEYOND, SHEET)
    assert len(beyond) >= 2 and max(max(each) for each in beyond) <= 1
    assert page.evaluate(HIDDEN) == []
    for control in (".os-play", ".os-pagetab", ".os-slider"):
        expect(page.locator(control).locator("visible=true")).to_have_count(0)
    expect(page.locator(".os-legend li").first).to_be_visible()


def test_a_dark_page_is_printed_light_but_for_a_frame_that_was_to_be_dark(visit: Open) -> None:
    for asked, theme in (("embed=true", "light"), ("theme=dark", "light"), ("embed=true&theme=dark", "dark")):
        page = visit(f"?f=saddle&{asked}", width=640, height=360, color_scheme="dark")
        root = page.locator(".os-root")
        expect(root).to_have_attribute("data-theme", "dark")
        page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
        expect(root).to_have_attribute("data-theme", theme)
        page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
        expect(root).to_have_attribute("data-theme", "dark")
