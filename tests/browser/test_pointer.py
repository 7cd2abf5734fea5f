"""Values under the pointer, clicks on marks and losses, undo, and the keys."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_race import HEADS, at, parameters, position, wait_for_url
from tools.browser import wait_for_picture

Open = Callable[..., Page]

BOWL = "?hide=surface&f=bowl&at=-7,2&lane=sgd:lr=0.5&lane=adam:lr=0.3&steps=60"
LOSSES = "() => document.querySelector('.os-losschart .nsewdrag').getBoundingClientRect().toJSON()"
LAST = 60


def head(page: Page, lane: int) -> tuple[float, float]:
    """Return where the marker of a lane is on the screen."""
    x, y = page.evaluate(HEADS)
    return position(page, x[lane], y[lane])


def pixel_of_step(page: Page, step: float) -> tuple[float, float]:
    area = page.evaluate(LOSSES)
    share = step / (1.015 * LAST)  # of the axis, which goes a little further than the race
    return area["left"] + share * area["width"], area["top"] + area["height"] / 2


@pytest.mark.parametrize("query", [BOWL, f"{BOWL}&embed=true", f"{BOWL}&theme=dark&lang=zh"])
def test_the_map_is_read_out_under_the_pointer(visit: Open, query: str) -> None:
    page = visit(query)
    page.wait_for_timeout(500)  # the surface's module comes after the picture
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    card = page.locator(".os-readout")
    for x, y in ((4.0, 4.0), (-4.0, -5.0)):
        page.mouse.move(*position(page, x, y))
        # At once: whoever looks in the same task finds it there.
        shown = page.evaluate("() => document.querySelector('.os-readout').textContent").replace("−", "-")
        (across, up, loss) = (float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", shown))
        assert (across, up) == pytest.approx((x, y), abs=0.1)
        assert loss == pytest.approx(across**2 / 20 + up**2, rel=0.05)
    expect(page.locator(".os-readoutsign")).to_be_hidden()
    page.mouse.move(2, 2)
    expect(card).to_be_hidden()
    assert asked == []


def test_near_a_path_its_step_is_read_out(visit: Open) -> None:
    page = visit(f"{BOWL}&step=3")
    # By hand: one step of plain descent multiplies y by 0 and x by 0.95.
    page.mouse.move(*position(page, -7 * 0.95, 0))
    card = page.locator(".os-readout")
    expect(card).to_contain_text("SGD, step 1")
    expect(card.locator("p").last.locator("b")).to_have_text("2.211")  # (7 · 0.95)² / 20
    expect(page.locator(".os-readoutsign[data-kind=ring]")).to_be_visible()


def test_without_the_engine_there_is_no_loss_and_no_error(visit: Open) -> None:
    page = visit()
    page.add_init_script("globalThis.optiscapeModules = new Proxy({}, { get: () => Promise.reject(0) })")
    page.route("**/surface.js?*", lambda route: None)  # it never comes
    page.goto(f"/{BOWL}")
    wait_for_picture(page)
    page.mouse.move(*position(page, 4, 4))
    expect(page.locator(".os-readout p")).to_have_count(1)


def test_the_losses_are_read_out_and_take_the_playhead(visit: Open) -> None:
    page = visit(BOWL)
    page.mouse.move(*pixel_of_step(page, 1))
    rows = page.locator(".os-readout p")
    expect(rows.first).to_contain_text("step 1")
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("SGD")
    expect(rows.nth(1).locator("b")).to_have_text("2.211")
    expect(page.locator(".os-count")).to_have_text("60 / 60")
    page.mouse.click(*pixel_of_step(page, 20))
    expect(page.locator(".os-count")).to_have_text("20 / 60")
    page.mouse.down()
    page.mouse.move(*pixel_of_step(page, 31), steps=3)
    expect(page.locator(".os-count")).to_have_text("31 / 60")
    page.mouse.move(*pixel_of_step(page, 200), steps=3)  # beyond the chart
    expect(page.locator(".os-count")).to_have_text("60 / 60")
    page.mouse.up()
    page.mouse.move(*pixel_of_step(page, 10))
    expect(page.locator(".os-count")).to_have_text("60 / 60")
    wait_for_url(page, r"^(?!.*step=)")


def test_the_surface_is_read_out_at_a_path(visit: Open) -> None:
    page = visit("?f=bowl&at=-7,2&lane=adam:lr=0.3&steps=60", surface=True)
    mark = page.wait_for_function(
        """() => {
          const heads = document.querySelectorAll(".os-surface3d .os-upper path[transform]");
          return heads.length && [...heads].at(-1).getBoundingClientRect().toJSON();
        }"""
    ).json_value()
    page.mouse.move(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    expect(page.locator(".os-readout")).to_contain_text("Adam, step")


def test_a_finger_that_holds_the_map_is_told_the_same(visit: Open) -> None:
    page = visit(BOWL, width=390, height=844, has_touch=True)
    x, y = position(page, 4, 4)
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    card = page.locator(".os-readout")
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box is not None and box["y"] + box["height"] < y, "the finger would hide it"
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(card).to_be_hidden()


def test_a_click_on_a_marker_is_meant_for_its_lane(visit: Open) -> None:
    page = visit(f"{BOWL}&step=5")
    page.mouse.click(*head(page, 1))
    wait_for_url(page, r"pick=2")
    expect(page.locator(".os-inspector .os-tab").nth(1)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".os-inspector")).to_be_visible()  # which it was not, beside the lanes
    assert at(page) == (-7, 2)
    page.mouse.click(*head(page, 0))
    wait_for_url(page, r"^(?!.*pick=)")
    assert at(page) == (-7, 2)
    page.mouse.click(*position(page, 3, 3))
    wait_for_url(page, r"at=(?!-7,2)")


def test_markers_that_lie_on_one_another_have_their_turns(visit: Open) -> None:
    page = visit(f"{BOWL}&step=0")
    for picked in ("pick=2", "^(?!.*pick=)", "pick=2"):
        page.mouse.click(*position(page, -7, 2))
        wait_for_url(page, picked)
    assert at(page) == (-7, 2)


def test_on_the_page_of_curvature_a_click_on_a_marker_asks(visit: Open) -> None:
    page = visit(f"{BOWL}&step=5&page=curvature")
    page.mouse.click(*head(page, 1))
    wait_for_url(page, r"probe=")
    assert "pick" not in parameters(page)


def test_undo_and_redo_go_through_the_readers_own_steps(visit: Open) -> None:
    page = visit()
    page.goto("/_stcore/health")
    page.goto(f"/{BOWL}")
    wait_for_picture(page)
    undo, redo = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    expect(undo).to_be_disabled()
    page.mouse.click(*position(page, 3, 3))
    wait_for_url(page, r"at=(?!-7,2)")
    placed = at(page)
    page.get_by_role("button", name="Curvature").click()
    wait_for_url(page, r"page=curvature")
    page.mouse.move(2, 2)
    page.keyboard.press("Control+z")
    wait_for_url(page, r"^(?!.*page=)")
    expect(page.locator(".os-results")).to_be_visible()
    expect(redo).to_be_enabled()
    undo.click()
    wait_for_url(page, r"at=-7,2")
    expect(page.locator(".os-panel .os-axis input").first).to_have_value("-7")
    expect(undo).to_be_disabled()
    page.keyboard.press("Control+z")  # there is another page before this one
    page.wait_for_timeout(500)
    expect(page.locator(".os-stage")).to_be_visible()
    page.keyboard.press("Control+Shift+z")
    page.wait_for_function(f"() => location.search.includes('at={placed[0]:g},{placed[1]:g}')")
    page.keyboard.press("Control+y")
    wait_for_url(page, r"page=curvature")
    expect(redo).to_be_disabled()
    expect(page.locator(".os-critical")).to_be_visible()


def test_a_slider_has_no_undo_of_its_own_and_a_text_has(visit: Open) -> None:
    page = visit(BOWL)
    page.get_by_role("slider", name="SGD, Learning rate").press("ArrowRight")
    wait_for_url(page, r"lane=sgd:lr=0\.56")
    page.keyboard.press("Control+z")
    wait_for_url(page, r"lane=sgd:lr=0\.5&")
    box = page.get_by_role("textbox", name="Start, x coordinate")
    box.fill("3")
    box.press("Control+z")
    page.wait_for_timeout(400)
    assert at(page) == (-7, 2)


@pytest.mark.parametrize(("language", "title", "undo"), [("en", "Keys", "Undo"), ("zh", "快捷键", "撤销")])
def test_a_question_mark_lists_the_keys(visit: Open, language: str, title: str, undo: str) -> None:
    page = visit(f"{BOWL}&lang={language}")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name=title)
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text(undo)
    page.keyboard.press("End")  # keys are for the dialog while it is open
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_keys_choose_what_is_large_and_present_it(visit: Open) -> None:
    page = visit(BOWL.replace("hide=surface&", ""))
    root = page.locator(".os-root")
    for key, hero in (("2", "surface"), ("3", "both")):
        page.keyboard.press(key)
        expect(root).to_have_attribute("data-hero", hero)
        wait_for_url(page, f"hero={hero}")
    page.keyboard.press("1")
    wait_for_url(page, r"^(?!.*hero=)")
    page.keyboard.press("f")
    expect(root).to_have_attribute("data-present", "on")
    wait_for_url(page, "present=on")
    page.keyboard.press("Escape")
    expect(root).to_have_attribute("data-present", "off")
    wait_for_url(page, r"^(?!.*present=)")


def test_a_link_presents(visit: Open) -> None:
    page = visit(f"{BOWL}&present=1&hero=both".replace("hide=surface&", ""))
    root = page.locator(".os-root")
    expect(root).to_have_attribute("data-present", "on")
    expect(root).to_have_attribute("data-hero", "both")
    expect(page.locator(".os-note")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(root).to_have_attribute("data-present", "off")


def test_a_frame_gives_the_keys_back(visit: Open, site: str) -> None:
    page = visit()
    page.goto(f"{site.replace('127.0.0.1', 'localhost')}/_stcore/health")  # another site
    page.set_content(
        f'<button>deck</button><iframe src="{site}/{BOWL}&embed=true" width="640" height="360"></iframe>'
    )
    frame = page.frame_locator("iframe")
    frame.locator(".os-root[data-ready]").wait_for(timeout=30_000)
    page.evaluate(
        """() => {
          window.heard = [];
          addEventListener("message", ({ data }) => data.optiscape === "key" && window.heard.push(data.key));
          addEventListener("keydown", ({ key }) => window.heard.push(`host ${key}`));
        }"""
    )
    frame.locator(".os-map").click(position={"x": 200, "y": 60})
    for key in ("PageDown", "ArrowRight", "PageUp"):
        page.keyboard.press(key)
    expect(frame.locator(".os-count")).to_have_text("60 / 60")
    frame.get_by_role("button", name="One step back").click()
    page.keyboard.press("ArrowLeft")
    expect(frame.locator(".os-count")).to_have_text("58 / 60")
    frame.locator(".os-scrub").press("PageDown")
    page.keyboard.press("Escape")
    page.wait_for_function("() => window.heard.at(-1) === 'Escape'")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => window.heard.at(-1) === 'host ArrowRight'")
    assert page.evaluate("() => window.heard") == [
        *("PageDown", "ArrowRight", "PageUp", "PageDown", "Escape", "host ArrowRight")
    ]


def test_a_field_shows_what_is_used_of_what_was_typed(visit: Open) -> None:
    page = visit(BOWL)
    box = page.get_by_role("textbox", name="SGD, Learning rate")
    box.fill("1e9")
    box.press("Enter")
    expect(page.locator(".os-note")).to_contain_text("SGD, learning rate: 1000000000 is out of range")
    expect(box).to_have_value(re.compile(r"^\d{1,4}$"))
    start = page.get_by_role("textbox", name="Start, x coordinate")
    start.fill("here")
    start.press("Enter")
    expect(page.locator(".os-note")).to_contain_text("Start: “here, 2” is not a point")
    expect(start).to_have_value("-7")


def test_as_set_gives_the_readers_own_rates_back(visit: Open) -> None:
    page = visit("?hide=surface&f=bowl&at=-7,2&lane=sgd:lr=0.77&lane=adam:lr=0.33,beta1=0.8&steps=60")
    rates = page.get_by_role("group", name="Rates").first
    for rule, spelled in (("usual", "rule=defaults"), ("same", "rule=same")):
        rates.get_by_role("button", name=rule).click()
        wait_for_url(page, spelled)
        assert parameters(page)["lane"][1] != "adam:lr=0.33,beta1=0.8"
    rates.get_by_role("button", name="as set").click()
    wait_for_url(page, r"lane=sgd:lr=0\.77&lane=adam:lr=0\.33,beta1=0\.8&")
    assert "rule" not in parameters(page)
    page.wait_for_timeout(300)
    page.go_back()  # all of it was one gesture
    wait_for_url(page, "rule=same")


def test_the_best_rates_are_taken_on_the_page_where_they_were_asked_for(visit: Open) -> None:
    page = visit("?hide=surface&f=three_minima&steps=60&lane=sgd:lr=0.1&lane=adam:lr=0.1")
    page.get_by_role("group", name="Rates").first.get_by_role("button", name="best").click()
    page.wait_for_url(re.compile("rule=best"), timeout=60_000)
    assert "page" not in parameters(page)
    expect(page.locator(".os-waiting")).to_be_hidden()
    page.get_by_role("button", name="Fair race").click()
    expect(page.locator(".os-sweep .os-plot .os-upper")).to_be_visible(timeout=60_000)
