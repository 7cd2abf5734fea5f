"""Curvature, as a reader meets it: critical points, a question about a point, the gauge, the colours."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_race import AREA, HEADS, parameters, wait_for_url

Open = Callable[..., Page]

NOTES = """() => Object.fromEntries(
  document.querySelector(".os-map .os-between").data
    .map(({ meta, x, y }) => [meta.role, [Array.from(x), Array.from(y)]])
)"""
MEASURE = """() => document.querySelector(".os-measurechart .js-plotly-plot").data
  .filter(({ meta }) => meta.role === "curve").map(({ y }) => Array.from(y))"""


def pixel(
    page: Page, point: tuple[float, float], box: tuple[float, float, float, float]
) -> tuple[float, float]:
    """Return where on the screen a point of the surface stands."""
    area, (x0, x1, y0, y1) = page.evaluate(AREA), box
    x, y = point
    return (
        area["left"] + (x - x0) / (x1 - x0) * area["width"],
        area["top"] + (y1 - y) / (y1 - y0) * area["height"],
    )


def fact(page: Page, name: str) -> str:
    """Return what the card says of the point, by the name of its row."""
    row = page.locator(".os-facts tr").filter(has=page.get_by_role("rowheader", name=name, exact=True))
    return re.sub(r"\s+", " ", row.locator("td").inner_text())


def test_every_critical_point_is_drawn_and_listed(visit: Open) -> None:
    page = visit("?f=himmelblau&page=curvature", surface=True)
    rows = page.locator(".os-critical tbody tr")
    expect(rows).to_have_count(9)
    expect(page.locator(".os-counts")).to_contain_text("Minima: 4")
    expect(page.locator(".os-counts")).to_contain_text("Saddles: 4")
    expect(page.locator(".os-critical .os-prose")).to_contain_text("sum to +1")
    expect(rows.first).to_contain_text("published")
    notes = page.evaluate(NOTES)
    assert len(notes["saddle"][0]) == 4 and len(notes["maximum"][0]) == 1
    assert notes["maximum"][0][0] == pytest.approx(-0.270845, abs=1e-5)
    page.get_by_text("Show", exact=True).click()
    page.get_by_role("checkbox", name="Critical points").uncheck()
    page.wait_for_function(f"() => !('saddle' in ({NOTES})())")
    wait_for_url(page, "hide=points")


def test_a_click_asks_about_the_point_and_the_start_stays(visit: Open) -> None:
    page = visit("?hide=surface&f=bowl&page=curvature&at=-7,2")
    page.mouse.click(*pixel(page, (4, -2), (-8, 8, -8, 8)))
    wait_for_url(page, r"probe=")
    x, y = map(float, parameters(page)["probe"][0].split(","))
    assert (x, y) == pytest.approx((4, -2), abs=0.05)
    assert parameters(page)["at"] == ["-7,2"]
    expect(page.locator(".os-probe .os-verdict")).to_contain_text("like a bowl")
    assert "2" in fact(page, "Condition number") and "20" in fact(page, "Condition number")
    notes = page.evaluate(NOTES)
    # The bowl is its own quadratic: the model is right all over the box.
    region_x, region_y = notes["region"]
    corners = {(round(u, 3), round(v, 3)) for u, v in zip(region_x, region_y, strict=True) if u is not None}
    assert {(-8, -8), (8, 8), (-8, 8), (8, -8)} <= corners
    assert notes["probe"] == [[pytest.approx(x, abs=1e-5)], [pytest.approx(y, abs=1e-5)]]
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function(f"() => !('probe' in ({NOTES})())")
    page.wait_for_url(lambda url: "probe" not in url)


def test_a_click_near_a_critical_point_means_that_point(visit: Open) -> None:
    page = visit("?hide=surface&f=saddle&page=curvature")
    page.wait_for_function(f"() => 'saddle' in ({NOTES})()")
    x, y = pixel(page, (0, 0), (-3, 3, -3, 3))
    page.mouse.click(x + 5, y - 4)
    expect(page.locator(".os-probe .os-verdict")).to_contain_text("A critical point: saddle.")
    wait_for_url(page, "probe=0,0")
    assert fact(page, "Condition number") == "1"


def test_leaving_a_saddle(visit: Open) -> None:
    lanes = "&".join(f"lane={name}" for name in ("sgd", "newton", "saddle_free_newton", "negative_curvature"))
    page = visit(f"?hide=surface&f=saddle&page=curvature&probe=0,0&steps=100&{lanes}")
    table = page.locator(".os-escape tbody tr")
    expect(table).to_have_count(5)
    sgd, newton, saddle_free, negative = (table.nth(k) for k in range(4))
    expect(sgd.locator("td").nth(0)).to_have_text("stays")
    expect(sgd.locator("td").nth(2)).to_have_text(re.compile(r"\d+ steps"))
    for start in range(3):
        expect(newton.locator("td").nth(start)).to_have_text("stays")
    expect(saddle_free.locator("td").nth(2)).to_have_text(re.compile(r"\d+ steps"))
    expect(negative.locator("td").nth(0)).to_have_text(re.compile(r"\d+ steps"))
    far = int((sgd.locator("td").nth(2).text_content() or "").split()[0])
    hair = page.locator(".os-escape .os-number")
    hair.fill("0.00000001")
    hair.press("Enter")
    page.wait_for_function(
        "(far) => parseInt(document.querySelector('.os-escape tbody tr').cells[3].textContent) > far",
        arg=far,
    )
    page.get_by_role("button", name="Race, from here: along the way out").click()
    wait_for_url(page, r"at=(?!-2.5)")
    assert abs(float(parameters(page)["at"][0].split(",")[1])) == pytest.approx(1e-8)


def test_the_gauge_says_why_a_rate_blows_up(visit: Open) -> None:
    # On x²/20 + y² the largest curvature is 2: SGD diverges above a rate of 1.
    page = visit(
        "?hide=surface&f=bowl&lane=sgd:lr=0.9&lane=sgd:lr=1.1&lane=lion&steps=40&page=curvature&measure=stability"
    )
    rows = page.locator(".os-gauges tbody tr")
    expect(rows.nth(0)).to_contain_text("1.8")
    expect(rows.nth(0)).to_contain_text("stable")
    expect(rows.nth(1)).to_contain_text("2.2")
    expect(rows.nth(1)).to_contain_text("unstable")
    expect(rows.nth(2)).to_contain_text("no limit known")
    page.wait_for_selector(".os-measurechart .js-plotly-plot")
    curves = page.evaluate(MEASURE)
    assert curves[0][:40] == pytest.approx([0.9] * 40) and curves[1][:40] == pytest.approx([1.1] * 40)


def test_the_loss_has_stopped_but_the_gradient_has_not_vanished(visit: Open) -> None:
    page = visit(
        "?hide=surface&f=canyon:condition=10000&at=-3.5,-1.5&lane=sgd:lr=1.9&steps=400&measure=gradient"
    )
    page.wait_for_selector(".os-measurechart .js-plotly-plot")
    gradient = page.evaluate(MEASURE)[0]
    assert gradient[400] == pytest.approx(gradient[300], rel=0.05) and gradient[400] > 1e-5
    page.get_by_label("Below the losses").select_option("lambda_max")
    wait_for_url(page, "measure=lambda_max")
    page.wait_for_function(f"() => Math.abs(({MEASURE})()[0][7] - 1) < 1e-5")
    page.get_by_label("Below the losses").select_option("none")
    expect(page.locator(".os-measurechart")).to_be_hidden()


def test_the_map_takes_the_colours_of_a_layer(visit: Open) -> None:
    page = visit("?hide=surface&f=six_hump_camel&page=curvature")
    image = "() => document.querySelector('.os-map .js-plotly-plot').layout.images[0].source"
    relief = before = page.evaluate(image)
    for layer in ("lambda_min", "lambda_max", "condition", "gradient"):
        page.get_by_label("Colours").select_option(layer)
        page.wait_for_function(f"(before) => ({image})() !== before", arg=before)
        expect(page.locator(".os-bar")).to_be_visible()
        assert page.locator(".os-tick").count() >= 2, layer
        wait_for_url(page, f"layer={layer}")
        before = page.evaluate(image)
        assert before != relief, layer
    page.reload()
    page.wait_for_selector(".os-root[data-ready]")
    assert page.evaluate(image) != relief


def test_pages_keep_the_scene(visit: Open) -> None:
    page = visit("?hide=surface&f=bowl&lane=sgd:lr=0.9&steps=50")
    heads = page.evaluate(HEADS)
    page.get_by_role("button", name="Curvature").click()
    wait_for_url(page, "page=curvature")
    expect(page.locator(".os-inspector")).to_be_hidden()
    expect(page.locator(".os-critical")).to_be_visible()
    assert page.evaluate(HEADS) == heads
    page.get_by_role("button", name="Step", exact=True).click()
    expect(page.locator(".os-inspector")).to_be_visible()
    page.get_by_role("button", name="Race", exact=True).click()
    expect(page.locator(".os-results")).to_be_visible()
    page.wait_for_url(lambda url: "page=" not in url)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_button_of_the_head_is_in_reach_of_a_thumb(visit: Open, language: str) -> None:
    page = visit(f"?hide=surface&page=curvature&lang={language}", width=390, height=844)
    buttons = page.locator(".os-header button")
    for k in range(buttons.count()):
        box = buttons.nth(k).bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_a_picture_of_curvature_can_be_embedded(visit: Open) -> None:
    page = visit(
        "?hide=surface&f=rosenbrock&page=curvature&probe=-1,1&layer=lambda_min&embed=true",
        width=640,
        height=360,
    )
    page.wait_for_function(f"() => 'model' in ({NOTES})()")
    expect(page.locator(".os-bar")).to_be_visible()
    for hidden in (".os-asidebody", ".os-panel", ".os-header"):
        expect(page.locator(hidden)).to_be_hidden()
    for part in (".os-bar", ".os-transport"):
        box = page.locator(part).bounding_box()
        assert box is not None and box["y"] + box["height"] <= 360
