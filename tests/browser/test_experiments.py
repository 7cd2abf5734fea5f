"""The pages "Noise" and "Fair race", as a reader meets them."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.looks import wear
from tests.browser.test_race import parameters, wait_for_url

Open = Callable[..., Page]
LONG = 120_000  # ms: on a busy machine programs take a while to compile

NOISY = "?f=flat_vs_sharp&noise=1&steps=40&lane=sgd:lr=0.6&lane=adam:lr=0.2&page=noise"
RACE = "?f=three_minima&steps=60&lane=sgd:lr=0.1&lane=adam:lr=0.1&page=fair"
# How many pixels of the n-th canvas on the map are drawn on, and where their middle is.
DRAWN = """(nth) => {
  const canvas = document.querySelectorAll(".os-mapcanvas")[nth];
  if (!canvas) return [0, 0];
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let [count, sum] = [0, 0];
  for (let i = 3; i < data.length; i += 4) if (data[i]) { count += 1; sum += (i / 4) % canvas.width; }
  return [count, count ? sum / count : 0];
}"""


def verdict(page: Page) -> str:
    """Return what is said of the race, when all of it has run."""
    expect(page.locator(".os-sweep:not(.os-stale) .os-ruling p").last).to_be_visible(timeout=LONG)
    return page.locator(".os-ruling").inner_text()


def test_rates_are_taken_from_the_sweep_once_and_for_all(visit: Open) -> None:
    page = visit(RACE)
    assert verdict(page).startswith("Rates as set (64 starts, 60 gradients each):")
    rows = page.locator(".os-sweep tbody tr")
    expect(rows).to_have_count(2)
    best = [text.split()[0] for text in rows.locator("td:nth-of-type(1)").all_inner_texts()]
    page.get_by_role("button", name="Each at its best rate").click()
    wait_for_url(page, r"rule=best")
    expect(page.locator(".os-ruling")).to_contain_text("Each at its best of 37 rates", timeout=LONG)
    verdict(page)
    expect(page.get_by_role("button", name="Each at its best rate")).to_have_attribute("aria-pressed", "true")
    rates = [float(lane.split("lr=")[1].split(",")[0]) for lane in parameters(page)["lane"]]
    assert rates == pytest.approx([float(rate) for rate in best], rel=0.01)
    # Nothing is asked for and nothing is changed any more.
    before, asked = page.url, []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1500)
    assert (page.url, [url for url in asked if ".json?" in url]) == (before, [])
    page.get_by_role("button", name="Usual defaults").click()
    wait_for_url(page, r"rule=defaults")
    expect(page.locator(".os-ruling")).to_contain_text("usual defaults", timeout=LONG)


def test_the_ensemble_is_counted_and_drawn(visit: Open) -> None:
    page = visit(NOISY)
    lanes = page.locator(".os-ensemble .os-numbers tbody tr")
    expect(lanes).to_have_count(2, timeout=LONG)
    page.get_by_label("Runs differ in").select_option("starts")
    wait_for_url(page, r"crowd=starts")
    expect(page.locator(".os-ensemble:not(.os-stale)")).to_be_visible(timeout=LONG)
    counts = page.locator(".os-ensemble .os-shares td:nth-of-type(3)").all_inner_texts()
    assert sum(map(int, counts)) == 2000
    page.get_by_role("checkbox", name="Show 600 of them on the map").check()
    wait_for_url(page, r"cloud=on")
    page.wait_for_function(f"({DRAWN})(0)[0] > 100", timeout=LONG)
    _, end = page.evaluate(DRAWN, 0)
    page.get_by_role("slider", name="Step", exact=True).fill("0")
    many, start = page.evaluate(DRAWN, 0)
    assert many > 2000, "from all over the map"
    assert start > end + 20, "and then towards the flat minimum, on the left"
    page.get_by_role("button", name="Race", exact=True).first.click()
    page.wait_for_function(f"({DRAWN})(0)[0] === 0")


def test_the_test_loss_is_shifted(visit: Open) -> None:
    page = visit(f"{NOISY}&hide=crowd,shares")
    flat = page.locator(".os-minima tbody tr").first
    expect(flat).to_contain_text("flattest", timeout=LONG)
    before = flat.inner_text()
    shift = page.get_by_role("textbox", name="Shift of the test loss")
    shift.fill("1")
    shift.press("Enter")
    wait_for_url(page, r"shift=1")
    expect(flat).not_to_have_text(before, timeout=LONG)
    page.get_by_role("checkbox", name="Show the contour lines of the test loss on the map").check()
    page.wait_for_function(f"({DRAWN})(0)[0] > 500", timeout=LONG)


def test_work_is_told_cancelled_and_gone_on_with(visit: Open) -> None:
    held: list[Route] = []
    page = visit("?hide=surface&f=three_minima&page=race&steps=50&lane=sgd:lr=0.1&lane=adam:lr=0.1")
    page.route("**/sweep.json?*of=1*", lambda route: held.append(route))
    page.get_by_role("button", name="Fair race").click()
    progress = page.locator(".os-sweep .os-batch")
    expect(progress).to_contain_text("1 of 4 parts", timeout=LONG)
    expect(page.locator(".os-sweep tbody tr")).to_have_count(1)
    page.get_by_role("button", name="Cancel").click()
    expect(progress.get_by_role("button")).to_have_text("Go on")
    held.pop().continue_()
    page.wait_for_timeout(500)
    expect(progress).to_contain_text("1 of 4 parts")
    page.unroute("**/sweep.json?*of=1*")
    page.get_by_role("button", name="Go on").click()
    verdict(page)
    expect(progress).to_be_hidden()
    expect(page.locator(".os-sweep tbody tr")).to_have_count(2)


def test_nothing_is_asked_for_that_is_not_on_the_page(visit: Open) -> None:
    asked: list[str] = []
    page = visit()
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/?f=flat_vs_sharp&noise=1&hide=crowd,minima,shares")
    page.wait_for_selector(".os-root[data-ready]", timeout=LONG)
    page.wait_for_timeout(800)
    page.get_by_role("button", name="Noise").click()
    page.wait_for_timeout(800)
    names = ("crowd.json", "cloud.json", "shares.json", "minima.json", "sweep.json", "variance.json")
    assert [url for url in asked if any(name in url for name in names)] == []


def test_without_chance_other_starts_are_offered(visit: Open) -> None:
    page = visit("?hide=surface&f=flat_vs_sharp&page=noise&steps=20&lane=sgd:lr=0.1")
    page.get_by_role("button", name="Take other starts instead").click(timeout=LONG)
    wait_for_url(page, r"crowd=starts")
    page.get_by_role("button", name="Add noise").click(timeout=LONG)
    wait_for_url(page, r"noise=1")


def test_axe_finds_nothing(visit: Open) -> None:
    for query in (f"{NOISY}&crowd=starts&cloud=on", RACE):
        page = visit(query, color_scheme="light")
        seen = ".os-sharescard .os-prose p" if "noise" in query else ".os-ruling p"
        page.locator(seen).first.wait_for(timeout=LONG)
        page.wait_for_timeout(600)
        for scheme in ("light", "dark"):
            wear(page, scheme)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"


def test_a_phone_need_not_scroll_sideways(visit: Open) -> None:
    for query in (NOISY, RACE, "?f=line_fit&steps=20&page=noise&lane=sgd"):
        page = visit(query, width=390, height=844)
        wide = "() => document.scrollingElement.scrollWidth"
        page.wait_for_timeout(500)
        assert page.evaluate(wide) <= 390
