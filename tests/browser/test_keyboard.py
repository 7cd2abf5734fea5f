"""The page without a mouse: all of it is reached in its order, with a focus that is seen and never lost."""

import itertools
from typing import Any

from playwright.sync_api import Page, expect

from scenes.questions import QUESTIONS
from tests.browser.conftest import Open
from tests.browser.test_questions import wait_for_question
from tests.browser.test_race import wait_for_url

# Everything that Tab should reach, and what it has; what waits for an answer comes and goes meanwhile.
BEGIN = """() => {
  const all = () => [...document.querySelectorAll(
      ".os-root :is(button, a[href], input, select, textarea, summary, [tabindex='0'])",
    )].filter((node) => node.checkVisibility({ visibilityProperty: true }))
    .filter((node) => !node.disabled && node.tabIndex >= 0);
  const before = all();
  globalThis.reached = [];
  globalThis.missed = () => all()
    .filter((node) => before.includes(node) && !reached.includes(node))
    .map((node) => node.outerHTML);
  before[0].focus();
}"""
# What has the focus: a name, whether there is a ring and it can be seen, whether it comes after the last in
# the page, and where in the panel it stands. Null where the page has been left, or begins anew.
STOP = """() => {
  const node = document.activeElement;
  if (!node || node === document.body || reached.includes(node)) return null;
  const last = reached.at(-1);
  reached.push(node);
  const box = node.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(node.closest(".os-filebutton") ?? node);
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const body = node.closest(".os-asidebody");
  const scrolled = node.closest("ol")?.scrollTop ?? 0; // of the list of questions
  return {
    name: `${node.tagName} ${node.getAttribute("aria-label") ?? node.textContent}`.slice(0, 60),
    ring: outlineStyle !== "none" && parseFloat(outlineWidth) >= 1,
    seen: Boolean(hit) && (node.contains(hit) || hit.contains(node)),
    after: !last?.isConnected || last.compareDocumentPosition(node) === Node.DOCUMENT_POSITION_FOLLOWING,
    middle: body && box.top + box.height / 2 + body.scrollTop + scrolled,
  };
}"""
FOCUS = "() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"


def walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab from the first control until the page has been left, and return all stops on the way."""
    page.evaluate(BEGIN)
    stops = [page.evaluate(STOP)]
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError(f"Expected to come out of the page with Tab, and stand at {stops[-1]}")


def come_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what is called `name`."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if str(page.evaluate(FOCUS)).startswith(name):
            return
    raise AssertionError(f"Expected to reach {name!r} with Tab")


def test_everything_is_reached_in_the_order_in_which_it_stands(visit: Open) -> None:
    page = visit(f"?{QUESTIONS[0].link}&lane=adam&noise=0.1", reduced_motion="reduce")
    come_to(page, "More knobs")
    page.keyboard.press("Enter")
    for tab in page.locator(".os-pagetab").all():
        tab.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        stops = walk(page)
        assert page.evaluate("() => missed()") == []
        for each in ("ring", "seen", "after"):
            assert [stop["name"] for stop in stops if not stop[each]] == [], each
        down = [stop["middle"] for stop in stops if stop["middle"] is not None]
        assert all(below > above - 24 for above, below in itertools.pairwise(down)), down


def test_a_course_is_walked_through_and_left(visit: Open) -> None:
    page = visit("?f=saddle")
    come_to(page, "Questions")
    page.keyboard.press("Enter")
    come_to(page, "Why does gradient descent zigzag?")
    page.keyboard.press("Enter")
    wait_for_question(page, QUESTIONS[0].id)
    expect(page.locator(".os-questiontitle")).to_be_focused()
    come_to(page, "Next question")
    for number in (2, 3):
        page.keyboard.press("Enter")
        expect(page.locator(".os-questiontitle")).to_contain_text(f"{number}. ")
        expect(page.locator(".os-questionfoot a").last).to_be_focused()
    come_to(page, "Leave the question")
    page.keyboard.press("Enter")
    wait_for_url(page, "^(?!.*question)")
    expect(page.locator(".os-questions summary").first).to_be_focused()


def test_who_takes_lanes_away_and_brings_them_back_keeps_the_focus(visit: Open) -> None:
    page = visit("?f=bowl&lane=sgd&lane=momentum&lane=adam")
    come_to(page, "Remove SGD")
    for left in ("Remove Momentum", "Method of lane 1, Adam"):  # the last one cannot be taken away
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=left)).to_be_focused()
        page.wait_for_timeout(1000)  # keys within a moment are one step of the history
    undo, redo = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    undo.focus()
    while undo.is_enabled():
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)
    expect(redo).to_be_focused()
    expect(page.locator(".os-lane")).to_have_count(3)


def test_a_point_is_asked_about_by_its_numbers(visit: Open) -> None:
    page = visit("?f=bowl&at=-7,2&page=curvature")
    come_to(page, "This point, x coordinate")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    wait_for_url(page, "probe=3,2")
    expect(page.locator(".os-where")).to_have_text("(3, 2)")
    page.keyboard.press("Tab")
    page.keyboard.type("-4")
    page.keyboard.press("Enter")
    wait_for_url(page, "probe=3,-4")
    assert page.get_by_role("textbox", name="This point, x coordinate").input_value() == "3"
    come_to(page, "Clear") if page.evaluate(FOCUS) != "Clear" else None
    page.keyboard.press("Enter")
    wait_for_url(page, "^(?!.*probe)")
