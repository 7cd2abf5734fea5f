"""A scene that was saved as one page: from a disk, with the network off, it plays and races anew."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from charts.palette import THEMES
from descent import Run, descend
from tools.browser import wait_for_picture

Open = Callable[..., Page]
LINK = "f=canyon:condition=20&at=-3,1&lane=sgd:lr=0.05&lane=adam:lr=0.2&steps=60"
PATHS = "() => window.optiscape.paths()"


@pytest.fixture(scope="module")
def saved(browser: Browser, site: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save a scene as a reader does, from the dialog behind the button above the stage."""
    page = browser.new_page()
    page.goto(f"{site}/?{LINK}&lang=zh")
    wait_for_picture(page)
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="HTML").click()
    file = tmp_path_factory.mktemp("saved") / download.value.suggested_filename
    download.value.save_as(file)
    page.close()
    return file


@pytest.fixture
def page(browser: Browser, saved: Path) -> Iterator[Page]:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on(
        "request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None
    )
    page.goto(saved.as_uri())
    wait_for_picture(page)
    yield page
    assert [each for each in said if not each.startswith(("data:", "blob:"))] == []
    context.close()


def expected(condition: float, rate: float, optimizer: str = "sgd", start: tuple[float, float] = (-3, 1)):
    run = Run("canyon", optimizer, start, 60, {"learning_rate": rate}, {"condition": condition})
    return [pytest.approx(point, rel=1e-5, abs=1e-5) for point in descend(run).points.tolist()]


def turn(page: Page, name: str, to: str) -> None:
    knob = page.get_by_role("textbox", name=name, exact=True)
    knob.fill(to)
    knob.press("Enter")
    page.wait_for_timeout(300)


def test_it_is_small(saved: Path) -> None:
    assert saved.stat().st_size < 0.9e6
    text = saved.read_text("utf-8")
    assert "class TrainLab" not in text, "the labs of networks stay behind: nobody would train there"


def test_it_shows_the_scene_in_the_language_in_which_it_was_saved(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert page.evaluate(PATHS) == [expected(20, 0.05), expected(20, 0.2, "adam")]
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Play", exact=True).click()
    page.get_by_role("button", name="Pause", exact=True).click()
    page.evaluate("() => optiscape.at(7)")
    expect(page.locator(".os-count")).to_have_text("7 / 60")
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator(".os-root")).to_have_attribute("data-theme", "dark")
    expect(page.locator(".os-note")).to_have_count(0)


def test_what_a_hand_turns_is_raced_anew(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    turn(page, "SGD, Learning rate", "0.02")
    assert page.evaluate(PATHS)[0] == expected(20, 0.02)
    turn(page, "Condition number", "40")
    assert page.evaluate(PATHS) == [expected(40, 0.02), expected(40, 0.2, "adam")]
    assert page.locator(".os-map canvas.os-cover").is_visible()  # the ground is that of 40, too
    area = page.locator(".os-map .nsewdrag").first.bounding_box()
    assert area is not None
    page.mouse.click(area["x"] + area["width"] * 0.75, area["y"] + area["height"] * 0.25)
    page.wait_for_timeout(300)
    assert page.evaluate(PATHS)[0] == expected(40, 0.02, start=(2, 2))
    page.locator(".os-inspector").get_by_role("button", name="Adam").click()
    expect(page.locator(".os-inspector").get_by_role("button", name="Adam")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_what_it_cannot_do_is_not_offered(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    for part in page.locator(".os-panel :is(select, .os-choice)").all():
        assert part.is_disabled()
    for name in ("Add", "Copy link", "Embed", "Export", "Curvature"):
        assert not page.get_by_text(name, exact=True).first.is_visible(), name
    home = page.get_by_role("link", name="Optiscape")
    home.hover()
    assert "/?v=1&f=canyon:condition=20&" in str(home.get_attribute("href"))
    said = page.evaluate("() => optiscape.go('f=bowl').catch(({ message }) => message)")
    assert said.startswith("Expected the app")


def test_a_link_leads_to_the_scene_as_it_was_left(page: Page, visit: Open) -> None:
    page.get_by_role("button", name="English").click()
    for rate in ("0.03", "0.02"):
        turn(page, "SGD, Learning rate", rate)
    turn(page, "Condition number", "40")
    home = page.get_by_role("link", name="Optiscape")
    home.hover()
    query = str(home.get_attribute("href")).partition("?")[2]
    assert query.count("change=") == 2
    there = visit(f"?{query}")
    assert there.evaluate(PATHS) == [expected(40, 0.02), expected(40, 0.2, "adam")]
    assert "change=" not in there.url and "condition=40" in there.url
    expect(there.locator(".os-note")).to_have_count(0)


def test_a_tint_goes_with_it_in_both_themes(browser: Browser, site: str, tmp_path: Path) -> None:
    page = browser.new_page(color_scheme="light")
    file = tmp_path / "tinted.html"
    file.write_text(
        page.request.get(f"{site}/optiscape/export/optiscape.html?f=bowl&lane=sgd&tint=print").text(), "utf-8"
    )
    page.goto(file.as_uri())
    wait_for_picture(page)
    ramp = "() => document.querySelector('.os-plain').parentNode.layout.meta.relief.ramp"
    assert page.evaluate(ramp) == list(THEMES["light-print"].ramp)
    page.get_by_role("button", name="Light or dark").click()
    page.wait_for_function(f"(dark) => ({ramp})()[0] === dark", arg=THEMES["dark-print"].ramp[0])
    page.close()


def test_the_spread_over_seeds_is_not_offered_either(browser: Browser, site: str, tmp_path: Path) -> None:
    page = browser.new_page()
    file = tmp_path / "noisy.html"
    file.write_text(
        page.request.get(f"{site}/optiscape/export/optiscape.html?f=bowl&noise=0.5&lane=sgd&steps=20").text(),
        "utf-8",
    )
    page.goto(file.as_uri())
    wait_for_picture(page)
    assert page.locator(".os-axisbutton:visible").count() == 1  # that of the axis
    assert page.locator(".os-spread").is_hidden()
    page.close()


def test_nothing_in_it_can_run_but_the_stage(site: str, browser: Browser, tmp_path: Path) -> None:
    """What a reader wrote is data: here, an axis of his own table that would like to be a script."""
    page = browser.new_page()
    response = page.request.get(
        f"{site}/optiscape/export/optiscape.html?formula=</script><script>window.ran=1</script>&f=x"
    )
    text = response.text()
    assert text.count("<script") == text.count("</script>") == 2
    assert "unsafe-eval" not in text.split("</style>")[0]
    assert "script-src 'sha256-" in text.split("<style>")[0]
    page.close()
