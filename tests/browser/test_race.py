"""The race, as a reader meets it: what a hand does, and what the eye then sees."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from locales import texts
from tests.browser.choosing import choose_method, choose_surface, method
from tests.browser.looks import resize, settle
from tests.stage.spelled import number as spelled
from tools.browser import wait_for_session

Open = Callable[..., Page]

AREA = """() => {
  const { left, top, width, height } = document.querySelector(".os-map .nsewdrag").getBoundingClientRect();
  return { left, top, width, height };
}"""
# Where the cross of the start really stands on the screen.
START = """() => {
  const cross = document.querySelector(".os-map .os-upper path[transform]"); // the first mark
  const { left, top, width, height } = cross.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}"""
HEADS = """() => {
  const { x, y } = document.querySelector(".os-map .os-upper").data.find(({ meta }) => meta.role === "marks");
  return [Array.from(x).slice(1), Array.from(y).slice(1)]; // the first mark is the start
}"""

PLAYHEAD = "() => document.querySelector('.os-lossplot .os-upper').data[0].x[0]"


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def at(page: Page) -> tuple[float, float]:
    x, y = parameters(page)["at"][0].split(",")
    return float(x), float(y)


def wait_for_url(page: Page, pattern: str) -> None:
    page.wait_for_url(re.compile(pattern), timeout=30_000)


def position(page: Page, x: float, y: float) -> tuple[float, float]:
    """Return the pixel of a point of the bowl, whose box is [-8, 8]²."""
    area = page.evaluate(AREA)
    return area["left"] + (x + 8) / 16 * area["width"], area["top"] + (8 - y) / 16 * area["height"]


def test_the_first_picture(visit: Open) -> None:
    page = visit("", surface=True)
    expect(page.locator("#os-surface")).to_have_attribute("value", "bowl")
    methods = [page.locator(".os-method").nth(k).get_attribute("value") for k in range(4)]
    assert methods == ["sgd", "momentum", "adagrad", "adam"]
    assert at(page) == (-7, 2)
    assert parameters(page)["v"] == ["1"]
    for part in (".os-map", ".os-transport", ".os-lane >> nth=3"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800


def test_a_click_places_the_start_where_it_was_clicked(visit: Open) -> None:
    page = visit("")
    for point in ((4.0, 4.0), (-3.3, -6.1), (7.7, 0.2)):
        before, clicked = parameters(page)["at"][0], position(page, *point)
        page.mouse.click(*clicked)
        wait_for_url(page, rf"at=(?!{re.escape(before)}(?:&|$))")
        drawn = page.evaluate(START)
        assert drawn == pytest.approx(clicked, abs=1), point
        assert at(page) == pytest.approx(point, abs=16 / page.evaluate(AREA)["width"])
        boxes = [float(page.locator(".os-panel .os-axis input").nth(k).input_value()) for k in range(2)]
        assert tuple(boxes) == at(page)


def test_while_the_start_is_dragged_the_paths_follow(visit: Open) -> None:
    page = visit("")
    page.keyboard.press("Home")
    page.mouse.move(*position(page, -7, 2))
    page.mouse.down()
    seen = set()
    for k in range(80):
        page.mouse.move(*position(page, -7 + k % 8, 2 + (k % 8) / 2))
        page.wait_for_timeout(60)
        seen.add(page.evaluate(HEADS)[0][0])
        if len(seen) > 4:
            break
    assert len(seen) > 4, "the paths stood still while the hand moved"
    page.mouse.move(*position(page, 1, 6))
    page.mouse.up()
    wait_for_url(page, r"at=1,6")
    page.wait_for_function(f"() => ({HEADS})()[0][0] === 1")
    page.go_back()
    wait_for_url(page, r"at=-7,2")
    expect(page.locator(".os-panel .os-axis input").first).to_have_value("-7")


def test_play_pause_scrub_and_loop(visit: Open) -> None:
    page = visit("?f=bowl&lane=sgd:lr=0.9&steps=50")
    count = page.locator(".os-count")
    expect(count).to_have_text("50 / 50")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => /^[1-9] /.test(document.querySelector('.os-count').textContent)")
    page.get_by_role("button", name="Pause", exact=True).click()
    stopped = count.text_content()
    page.wait_for_timeout(300)
    assert count.text_content() == stopped
    page.locator(".os-scrub").fill("20")
    expect(count).to_have_text("20 / 50")
    wait_for_url(page, r"step=20")
    # By hand: y is multiplied by 1 - 0.9·2 = -0.8 in each step.
    assert page.evaluate(HEADS)[1][0] == pytest.approx(2 * 0.8**20, rel=1e-5)
    assert page.evaluate(PLAYHEAD) == 20
    page.get_by_role("button", name="Loop").click()
    page.locator(".os-speed").select_option("4")
    page.locator(".os-scrub").fill("49")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => parseInt(document.querySelector('.os-count').textContent) < 30")


def test_playing_never_talks_to_the_server(visit: Open) -> None:
    page = visit("?hide=surface")
    frames: list[object] = []
    wait_for_session(page)
    page.wait_for_timeout(500)
    page.on("request", lambda request: frames.append(request.url))
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.webSocketFrameSent", lambda event: frames.append(event["response"]["payloadData"][:80])
    )
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => parseInt(document.querySelector('.os-count').textContent) >= 20")
    assert frames == []


def test_keys_alone(visit: Open) -> None:
    page = visit("")
    count = page.locator(".os-count")
    for key, text in (
        ("Home", "0 / 150"),
        ("ArrowRight", "1 / 150"),
        ("ArrowRight", "2 / 150"),
        ("ArrowLeft", "1 / 150"),
        ("End", "150 / 150"),
    ):
        page.keyboard.press(key)
        expect(count).to_have_text(text)
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    # Everything can be reached with Tab, and the focus is seen.
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
    assert {
        "Surface, Stretched bowl",
        "Start, x coordinate",
        "Method of lane 1, SGD",
        "Play",
        "Step",
        "SGD, Learning rate",
    } <= reached
    page.get_by_label("Start, x coordinate").fill("3")
    page.keyboard.press("Enter")
    wait_for_url(page, r"at=3,2")


def test_reload_back_and_forward(visit: Open) -> None:
    page = visit("")
    choose_surface(page, "himmelblau")
    wait_for_url(page, "f=himmelblau")
    page.get_by_label("SGD, Learning rate").last.fill("0.02")
    page.keyboard.press("Enter")
    wait_for_url(page, "lane=sgd:lr=0.02")
    page.go_back()
    wait_for_url(page, "lane=sgd:lr=0.01")
    expect(page.get_by_label("SGD, Learning rate").last).to_have_value("0.01")
    page.go_back()
    wait_for_url(page, "f=bowl")
    expect(page.locator("#os-surface")).to_have_attribute("value", "bowl")
    page.go_forward()
    page.go_forward()
    wait_for_url(page, "lane=sgd:lr=0.02")
    expect(page.get_by_label("SGD, Learning rate").last).to_have_value("0.02")
    before = page.url
    page.reload()
    page.wait_for_selector(".os-root[data-ready]")
    assert page.url == before
    expect(page.get_by_label("SGD, Learning rate").last).to_have_value("0.02")


def test_a_link_spells_the_whole_view(visit: Open) -> None:
    scene = "?v=1&f=saddle&at=-2,0.1&lane=adam:lr=0.2,beta1=0.8&steps=30"
    page = visit(f"{scene}&pick=1&step=7&loss=linear&hide=results,surface")
    expect(page.locator(".os-count")).to_have_text("7 / 30")
    expect(page.locator(".os-results")).to_be_hidden()
    expect(page.locator(".os-surfacechart")).to_be_hidden()
    found = parameters(page)
    assert found["step"] == ["7"]
    assert found["loss"] == ["linear"]
    assert set(found["hide"][0].split(",")) == {"results", "surface"}
    assert found["lane"] == ["adam:lr=0.2,beta1=0.8"]


def test_lanes_come_and_go(visit: Open) -> None:
    page = visit("")
    page.get_by_role("button", name="Add").click()
    method(page, "adamw").click()
    expect(page.locator(".os-lane")).to_have_count(5)
    page.get_by_role("button", name="Remove SGD").click()
    expect(page.locator(".os-lane")).to_have_count(4)
    choose_method(page, 0, "lion")
    wait_for_url(page, "lane=lion")
    page.get_by_role("button", name="More knobs of Lion").click()
    page.get_by_label("Lion, Clip").scroll_into_view_if_needed()
    page.get_by_role("button", name="Duplicate lane").first.click()
    expect(page.locator(".os-lane")).to_have_count(5)
    wait_for_url(page, "lane=lion.*lane=lion")
    assert [lane.split(":")[0] for lane in parameters(page)["lane"]].count("lion") == 2
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.locator(".os-lane")).to_have_count(4)


def test_the_inspector_adds_up(visit: Open) -> None:
    page = visit("?f=rosenbrock&lane=adam&lane=adamw&lane=nesterov&steps=40&page=step")
    number = r"−?[0-9.]+"
    for lane in range(3):
        page.locator(".os-inspector .os-tab").nth(lane).click()
        expect(page.locator(".os-inspector .os-tab").nth(lane)).to_have_attribute("aria-pressed", "true")
        for step in (0, 1, 17, 39):
            page.locator(".os-scrub").fill(str(step))
            expect(page.locator(".os-inspector .os-stepname")).to_have_text(f"step {step} → {step + 1}")
            rows = page.locator(".os-inspector .os-unified tr")
            update, after = (
                [rows.nth(k).locator("td").nth(a).inner_text() for a in range(2)] for k in (4, 5)
            )
            for axis in range(2):
                line = page.locator(".os-lines > .os-math").nth(1 + axis).text_content() or ""
                found = re.match(rf"[xy]:\s*({number})=({number})−", line)
                assert found, line
                new, old, change = (float(t.replace("−", "-")) for t in (found[1], found[2], update[axis]))
                assert found[1] == after[axis]
                assert new == pytest.approx(old + change, abs=1e-12)


def test_the_symbols_of_adam_add_up(visit: Open) -> None:
    """By hand, from what is shown: four digits, so that the last of a result may be off."""
    page = visit("?f=bowl&lane=adam:lr=0.5&steps=30&page=step")
    names = texts("en")["methods"]["symbols"]
    rows = page.locator(".os-inspector .os-numbers tbody tr")
    page.locator(".os-inspector").scroll_into_view_if_needed()

    def shown() -> dict[str, list[float]]:
        said = {row.locator("th .os-muted").inner_text(): row.locator("td") for row in rows.all()}
        return {
            name: [spelled(text) for text in cells if re.match(r"[−\d]", text)]
            for name, cells in ((name, cell.all_inner_texts()) for name, cell in said.items())
        }

    before: dict[str, list[float]] = {}
    for step in range(1, 6):
        page.locator(".os-scrub").fill(str(step))
        expect(page.locator(".os-inspector .os-stepname")).to_have_text(f"step {step} → {step + 1}")
        expect(rows.nth(1).locator("td")).to_have_count(2)  # the server has said its symbols
        now = shown()
        t = step + 1
        for axis in range(2):
            g = now["gradient"][axis]
            for moment, decay, new in (
                ("first_moment", 0.9, g),
                ("second_moment", 0.999, g * g),
            ):
                old, mean = now[names[f"{moment}_before"]][axis], now[names[moment]][axis]
                assert mean == pytest.approx(decay * old + (1 - decay) * new, rel=2e-3)
                hat = now[names[f"{moment}_corrected"]][axis]
                assert hat == pytest.approx(mean / (1 - decay**t), rel=2e-3)
                if before:
                    assert old == before[names[moment]][axis]
            hats = [now[names[f"{moment}_moment_corrected"]][axis] for moment in ("first", "second")]
            assert now["update"][axis] == pytest.approx(-0.5 * hats[0] / hats[1] ** 0.5, rel=2e-3)
        before = now


def test_formulas_are_whole_or_say_that_they_are_not(visit: Open) -> None:
    """On every surface and for the methods with the longest rules: nothing is cut without a fade."""
    page = visit(
        "?f=goldstein_price&lane=radam&lane=adan&lane=saddle_free_newton&steps=5&hide=surface&page=step"
    )
    cut = """() => [...document.querySelectorAll(".os-panel > * > .os-formula, .os-rules, .os-lines")]
      .filter((node) => node.clientWidth && node.scrollWidth > node.clientWidth + 1)
      .map((node) => [node.className, node.scrollWidth, node.clientWidth])"""
    for width in (1280, 390):
        resize(page, width, 844)
        for lane in range(3):
            page.locator(".os-inspector .os-tab").nth(lane).click()
            expect(page.locator(".os-inspector .os-tab").nth(lane)).to_have_attribute("aria-pressed", "true")
            settle(page)
            assert page.evaluate(cut) == [], (lane, width)
    widths = [390, 1280]
    for name in ("flat_vs_sharp", "three_minima", "peaks", "logistic", "branin"):
        choose_surface(page, name)
        wait_for_url(page, f"f={name}")
        settle(page)
        for width in widths:
            resize(page, width, 844)
            assert all("os-cut" in classes for classes, *_ in page.evaluate(cut)), (name, width)
            size = page.locator(".os-panel .os-formula math").first.evaluate(
                "(node) => getComputedStyle(node).fontSize"
            )
            assert float(size.removesuffix("px")) >= 10, (name, width)
        widths.reverse()  # the next one begins at the size at which this one ended


def test_a_lane_that_diverges_says_so(visit: Open) -> None:
    page = visit("?f=bowl&lane=sgd:lr=3&lane=sgd:lr=0.5&steps=100")
    expect(page.locator(".os-ending").first).to_contain_text("diverged at step")
    expect(page.locator(".os-ending").nth(1)).to_contain_text(re.compile("converged|steps used up"))
    assert "NaN" not in page.locator("body").inner_text()
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    page.wait_for_timeout(700)


def test_copy_and_embed(visit: Open) -> None:
    page = visit("?f=beale", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".os-header .os-said")).to_have_text("Link copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    page.get_by_role("button", name="Embed").click()
    snippet = page.locator(".os-snippet").input_value()
    assert snippet.startswith("<div>\n<iframe ") and "optiscape-print" in snippet
    assert "f=beale" in snippet
    assert "embed=true" in snippet
    page.get_by_role("button", name="Copy snippet").click()
    assert page.evaluate("() => navigator.clipboard.readText()") == snippet


def test_the_zoom_and_the_nodes_outlive_a_change(visit: Open) -> None:
    page = visit("")
    page.evaluate("() => { document.querySelector('.os-map > div').kept = true }")
    page.hover(".os-map")
    page.locator(".os-map .modebar-btn").first.click()
    page.wait_for_timeout(200)
    ranges = "() => [...document.querySelector('.os-map > div').layout.xaxis.range]"
    zoomed = page.evaluate(ranges)
    assert zoomed != [-8, 8]
    # What moves has followed: the cross of the start is where the zoomed axes have -7.
    area = page.evaluate(AREA)
    cross = area["left"] + (-7 - zoomed[0]) / (zoomed[1] - zoomed[0]) * area["width"]
    assert page.evaluate(START)[0] == pytest.approx(cross, abs=1)
    page.get_by_label("Start, x coordinate").fill("-5")
    page.keyboard.press("Enter")
    wait_for_url(page, "at=-5,2")
    assert page.evaluate(ranges) == zoomed
    assert page.evaluate("() => document.querySelector('.os-map > div').kept")
    choose_surface(page, "rosenbrock")
    wait_for_url(page, "f=rosenbrock")
    page.wait_for_function(f"() => String(({ranges})()) === '-2,2'")
