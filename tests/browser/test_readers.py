"""Different readers: in a frame, on a phone, in Chinese, in the dark, with little motion, with bad links."""

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.choosing import choose_surface
from tests.browser.looks import wear
from tools.browser import wait_for_picture, wait_for_session

Open = Callable[..., Page]
SMALL = {"width": 640, "height": 360}
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def widest(page: Page) -> int:
    return page.evaluate("() => document.documentElement.scrollWidth")


@pytest.fixture
def other_origin(site: str, tmp_path: Path) -> Iterator[str]:
    """A course page on another origin that embeds the app."""
    query = "?v=1&f=saddle&lane=sgd:lr=0.1&lane=adam:lr=0.1&steps=40&embed=true"
    (tmp_path / "index.html").write_text(
        '<!doctype html><title>Course</title><link rel="icon" href="data:,">'
        f'<iframe src="{site}/{query}" width="640" height="360"></iframe>'
    )

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(tmp_path))  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


def test_embedded_in_a_page_of_another_origin(visit: Open, site: str, other_origin: str) -> None:
    page = visit(width=800, height=500)
    page.goto(other_origin)
    frame = page.frame_locator("iframe")
    frame.locator(".os-root[data-ready]").wait_for(timeout=30_000)
    expect(frame.locator(".os-transport")).to_be_visible()
    expect(frame.locator(".os-header")).to_be_hidden()
    expect(frame.locator(".os-panel")).to_be_hidden()
    frame.locator("button[aria-label=Play]").click()
    expect(frame.locator("button[aria-label=Pause]")).to_be_visible()


@pytest.mark.parametrize(
    "query", ["?embed=true", "?embed=true&hide=losses,surface", "?embed=true&f=rosenbrock"]
)
def test_the_whole_embedded_picture_fits_a_slide(visit: Open, query: str) -> None:
    page = visit(query, **SMALL)
    for part in (".os-map", ".os-transport", ".os-legend"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["y"] >= 0
        assert box["x"] + box["width"] <= 640
        assert box["y"] + box["height"] <= 360
    area = page.evaluate("() => document.querySelector('.os-map .nsewdrag').getBoundingClientRect().height")
    assert area >= 200
    scrolls = "() => { const m = document.scrollingElement; return m.scrollHeight - m.clientHeight }"
    assert page.evaluate(scrolls) <= 0


def test_autoplay(visit: Open) -> None:
    page = visit("?embed=true&autoplay=1", **SMALL)
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()


def test_little_motion(visit: Open) -> None:
    page = visit("?autoplay=1", reduced_motion="reduce")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    playhead = "() => document.querySelector('.os-lossplot .os-upper').data[0].x[0]"
    seen = set()
    for _ in range(12):
        page.wait_for_timeout(60)
        seen.add(page.evaluate(playhead))
    assert len(seen) > 1, "it does not play at all"
    assert all(at % 1 == 0 for at in seen), "it glides between steps"


def test_on_a_phone_by_touch(visit: Open) -> None:
    page = visit("", **PHONE)
    assert widest(page) <= 390
    area = page.locator(".os-map .nsewdrag").first.bounding_box()
    assert area is not None
    page.touchscreen.tap(area["x"] + area["width"] * 0.75, area["y"] + area["height"] * 0.25)
    page.wait_for_url("**at=4,4**", timeout=10_000)
    page.get_by_role("button", name="Play", exact=True).tap()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    transport = page.locator(".os-transport").bounding_box()
    assert transport is not None
    assert transport["y"] + transport["height"] <= 844


def test_first_visit_in_the_language_of_the_browser(visit: Open) -> None:
    page = visit("", locale="zh-CN")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("button", name="播放", exact=True)).to_be_visible()


def test_language_and_theme_change_without_losing_the_scene(visit: Open) -> None:
    page = visit("?f=canyon&lane=nadam:lr=0.05&steps=33&step=12")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("button", name="播放", exact=True)).to_be_visible()
    expect(page.locator(".os-count")).to_have_text("12 / 33")
    page.get_by_role("button", name="浅色或深色").click()
    expect(page.locator(".os-root")).to_have_attribute("data-theme", "dark")
    page.wait_for_function(
        "() => getComputedStyle(document.documentElement).backgroundColor === 'rgb(17, 22, 27)'"
    )
    for part in ("lang=zh", "theme=dark", "f=canyon", "lane=nadam:lr=0.05", "step=12"):
        assert part in page.url
    page.reload()
    wait_for_picture(page)
    expect(page.get_by_role("button", name="播放", exact=True)).to_be_visible()
    expect(page.locator(".os-root")).to_have_attribute("data-theme", "dark")
    expect(page.locator(".os-count")).to_have_text("12 / 33")


def test_the_system_s_theme_is_followed_while_the_page_is_open(visit: Open) -> None:
    page = visit("", color_scheme="light")
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".os-root")).to_have_attribute("data-theme", "dark")
    page.wait_for_timeout(1000)
    expect(page.locator(".os-note")).to_have_count(0)
    choose_surface(page, "saddle")
    page.wait_for_url("**f=saddle**", timeout=10_000)


def test_the_figures_speak_the_chosen_language_too(visit: Open) -> None:
    page = visit("?f=saddle&lane=sgd&lane=momentum&hero=losses")
    expect(page.locator(".os-lossplot .xtitle")).to_have_text("step")
    expect(page).to_have_title("Saddle: SGD, Momentum · Optiscape")
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".os-lossplot .xtitle")).to_have_text("步数")
    wait_for_session(page)  # Streamlit names its page as well
    page.wait_for_timeout(500)
    expect(page).to_have_title("鞍点上的 SGD、动量法 · Optiscape")


def test_the_page_is_named_after_the_lab_and_its_data(visit: Open) -> None:
    page = visit("?page=networks&net=circles:depth=1,width=4,steps=5&trainer=sgd")
    expect(page).to_have_title("Train: Circles · Networks · Optiscape")
    for lab, title in (
        ("Outputs", "Outputs · Networks · Optiscape"),
        ("Starting weights", "Starting weights: Normal numbers · Networks · Optiscape"),
        ("Batch size", "Batch size: Digits 8×8 · Networks · Optiscape"),
    ):
        page.locator(".os-netlabs").get_by_role("button", name=lab, exact=True).click()
        expect(page).to_have_title(title)
    page.get_by_role("button", name="中文").click()
    expect(page).to_have_title("批量大小：手写数字 8×8 · 神经网络 · Optiscape")
    page.get_by_role("button", name="竞赛", exact=True).click()
    expect(page).to_have_title("拉长的碗上的 SGD、动量法、AdaGrad、Adam · Optiscape")


HOSTILE = [
    "?f=../../etc/passwd",
    "?f=<script>alert(1)</script>&lane=adam",
    "?lane=adam:lr=NaN&lane=sgd:lr=1e999&at=nan,nan",
    "?v=99&steps=-5&seed=1e9&noise=inf&step=4.5&pick=77&loss=cubic&hide=everything",
    "?" + "&".join(f"lane=sgd:lr=0.{k}" for k in range(1, 30)),
    "?at=1e300,0&steps=99999999999999999999",
    "?%ff%fe=%00&f=%F0%9F%92%A9&lang=../en&theme=pink",
    "?x=" + "A" * 6000,
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_link_gives_a_working_page_and_a_note(visit: Open, query: str) -> None:
    page = visit(query)
    expect(page.locator(".os-note li").first).to_be_visible()
    shown = page.locator(".os-stage").inner_text()
    for word in ("NaN", "undefined", "Traceback", "Infinity"):
        assert word not in shown
    assert widest(page) <= 1280
    assert page.locator(".os-note").bounding_box()["height"] < 400  # type: ignore[index]
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".os-note")).to_have_count(0)
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()


def test_what_is_no_number_leaves_the_old_value_and_a_note(visit: Open) -> None:
    page = visit("")
    page.get_by_label("SGD, Learning rate").last.fill("quick")
    page.keyboard.press("Enter")
    expect(page.locator(".os-note li").first).to_contain_text("quick")
    assert "lane=sgd:lr=0.95" in page.url
    page.get_by_label("SGD, Learning rate").last.fill("0.5")
    page.keyboard.press("Enter")
    page.wait_for_url("**lane=sgd:lr=0.5&**", timeout=10_000)
    expect(page.locator(".os-note")).to_have_count(0)


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_axe_finds_nothing(visit: Open, locale: str) -> None:
    page = visit("?at=bad", color_scheme="light", locale=locale, surface=True)
    page.locator(".os-lanerow button").first.click()  # the knobs of a lane are checked too
    other = visit(
        "?formula=x*y&page=curvature&probe=0,0&layer=lambda_min&measure=stability",
        color_scheme="light",
        locale=locale,
    )
    other.wait_for_selector(".os-escape table")
    other.locator(".os-formulatext").press_sequentially("(")
    other.wait_for_selector(".os-caret")
    for each in (page, other):
        for scheme in ("light", "dark"):
            wear(each, scheme)
            found = Axe().run(each)
            assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
