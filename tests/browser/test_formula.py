"""A formula of the reader's own: typed, mistyped, shared."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from locales import texts
from tests.browser.choosing import choose_surface
from tests.browser.looks import CHINESE
from tests.browser.test_curvature import NOTES
from tests.browser.test_race import HEADS, parameters, wait_for_url

Open = Callable[..., Page]

WELLS = "x⁴ − 2x^2 + y²"
SPELLED = "x**4-2*x**2+y**2"


def type_formula(page: Page, text: str) -> None:
    """Choose a formula of one's own, and type it key by key."""
    if not page.locator(".os-formulatext").is_visible():
        choose_surface(page, "formula")
        page.wait_for_selector(".os-formulatext:visible")
    box = page.locator(".os-formulatext")
    box.fill("")
    box.press_sequentially(text, delay=8)


def test_type_a_formula_see_its_points_share_the_link(visit: Open) -> None:
    language = CHINESE
    page = visit(f"?hide=surface&lang={language}")
    type_formula(page, WELLS)
    wait_for_url(page, r"formula=x\*\*4-2\*x\*\*2\+y\*\*2&")
    ui = texts(language)["interface"]
    said = page.locator("#os-formula-said")
    expect(said).to_have_text(ui["read_as"].format(formula=SPELLED))
    page.get_by_role("button", name=ui["page_curvature"], exact=True).click()
    assert page.locator(".os-formulatext").input_value() == WELLS
    rows = page.locator(".os-critical tbody tr")
    expect(rows).to_have_count(3)
    expect(page.locator(".os-counts")).to_contain_text(ui["kinds_minimum"])
    expect(rows.nth(2)).to_contain_text(ui["kind_saddle"])
    page.wait_for_function(f"() => ({NOTES})().minimum?.[0].length === 2")
    minima = page.evaluate(NOTES)["minimum"][0]
    assert sorted(minima) == pytest.approx([-1, 1], abs=1e-6)
    heads = page.evaluate(HEADS)
    fresh = visit(f"?{page.url.split('?')[1]}")
    expect(fresh.locator(".os-critical tbody tr")).to_have_count(3)
    assert fresh.locator(".os-formulatext").input_value() == SPELLED
    assert fresh.evaluate(HEADS) == heads
    expect(fresh.locator(".os-formula math").first).to_be_visible()


def test_a_bad_formula_keeps_the_picture_and_shows_the_caret(visit: Open) -> None:
    language = CHINESE
    page = visit(f"?hide=surface&formula=x**2%2By**2&lang={language}")
    heads, url = page.evaluate(HEADS), page.url
    type_formula(page, "√（ｘ) + [y]²")
    said = page.locator("#os-formula-said")
    expect(said.locator("pre")).to_have_text("√（ｘ) + [y]²")
    expect(said.locator("pre .os-wrong")).to_have_text("[")
    expect(said.locator("p")).to_have_text(texts(language)["formulas"]["other_bracket"].format(value="["))
    assert page.evaluate(HEADS) == heads and page.url == url
    said.get_by_role("button").click()
    expect(page.locator(".os-formulatext")).to_have_value("sqrt(x)+(y)**2")
    wait_for_url(page, r"formula=sqrt\(x\)\+\(y\)\*\*2&")
    expect(said.locator("pre")).to_have_count(0)


def test_the_box_can_be_set(visit: Open) -> None:
    page = visit("?hide=surface&formula=x*y")
    low = page.get_by_label("Shown: x from")
    low.fill("-2")
    low.press("Enter")
    wait_for_url(page, r"box=-2,5,-5,5")
    high = page.get_by_label("Shown: x to")
    high.fill("-3")
    high.press("Enter")
    expect(page.locator(".os-formulasaid p")).to_be_visible()
    assert parameters(page)["box"] == ["-2,5,-5,5"]


@pytest.mark.parametrize(
    "formula",
    [
        "x/y",
        "log(x*y)",
        "sqrt(1-x**2-y**2)",
        "exp(10*x)",
        "5",
        "tan(x)",
        "1e30*x",
        "abs(x)+abs(y)",
        "sqrt(0*x)",
    ],
)
def test_a_formula_that_is_undefined_in_places_is_a_picture_all_the_same(visit: Open, formula: str) -> None:
    page = visit(
        f"?formula={formula.replace('+', '%2B')}&page=curvature&probe=1,1&layer=condition&measure=stability"
    )
    page.wait_for_function(f"() => Object.keys(({NOTES})()).length >= 0")
    expect(page.locator(".os-critical .os-prose p").first).to_be_visible()
    for word in ("NaN", "Infinity", "[object", "undefined undefined"):
        assert word not in page.locator(".os-root").inner_text()


def test_one_readers_slow_formula_does_not_stop_another(browser: Browser, visit: Open) -> None:
    nested = "sin(" * 30 + "x*y" + ")" * 30
    slow = visit("?hide=surface&formula=x*y")
    quick = visit("?hide=surface&f=bowl&lane=sgd:lr=0.5&steps=50")
    slow.locator(".os-formulatext").fill(nested)
    slow.locator(".os-formulatext").press("Enter")
    for rate in ("0.6", "0.7", "0.8"):
        box = quick.locator(".os-lanerow .os-number").first
        box.fill(rate)
        box.press("Enter")
        quick.wait_for_url(lambda url, rate=rate: f"lr={rate}" in url, timeout=5_000)
    slow.wait_for_url(lambda url: "sin(sin(" in url, timeout=30_000)


def test_a_bad_formula_in_a_link_is_said(visit: Open) -> None:
    page = visit("?hide=surface&formula=[x]")
    expect(page.locator(".os-note")).to_contain_text("(x)")
    expect(page.locator("#os-surface")).to_have_attribute("value", "bowl")


def test_a_plus_in_a_link_is_a_plus(visit: Open) -> None:
    page = visit("?hide=surface&formula=sin(3x)+y^2")
    expect(page.locator(".os-formulatext")).to_have_value("sin(3*x)+y**2")
    wait_for_url(page, r"formula=sin\(3\*x\)\+y\*\*2&")


def test_the_picture_of_many_minima_follows_when_they_are_found(visit: Open) -> None:
    page = visit("?hide=surface&formula=sin(20*x)*cos(20*y)%2B(x**2%2By**2)/10&steps=20")
    note = page.locator(".os-results .os-source")
    expect(note).to_have_text(re.compile("^Distance: to the nearest global minimum"))
    distances = page.locator(".os-results tbody tr td:nth-child(3)").all_inner_texts()
    assert len(distances) == 4 and all(float(distance) >= 0 for distance in distances)
