"""Surfaces made of data, as a reader meets them: examples, fits and mini-batches, and data of one's own."""

from collections.abc import Callable

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

from locales import texts
from tests.browser.looks import CHINESE
from tests.browser.test_curvature import MEASURE
from tests.browser.test_race import HEADS, parameters, wait_for_url
from tests.browser.test_readers import PHONE, SMALL, widest
from tests.browser.test_schedules import LONG, MAP, TRACES, search, traces, turn, wait_for_measure

Open = Callable[..., Page]

EXAMPLES = ".os-datachart .js-plotly-plot"
FITS = ".os-datachart .os-upper"
RINGED = f"() => 'batch' in ({TRACES})('{FITS}')"
# What has a scroll bar, or is cut off where it would have one: the page itself, and parts of the stage.
SCROLLED = """() => [document.scrollingElement, ...document.querySelectorAll(".os-root *")]
  .filter((node) => {
    const { overflowX, overflowY } = getComputedStyle(node);
    const tall = /auto|scroll/.test(overflowY) && node.scrollHeight > node.clientHeight + 1;
    const wide = /auto|scroll/.test(overflowX) && node.scrollWidth > node.clientWidth + 1;
    return node.clientHeight && (tall || wide);
  })
  .map((node) => String(node.className))"""
TYPED = "1, 2.5\n2, 3.1\n3, 4.9\n4.5, 6\n"
ROWS = "1,2.5;2,3.1;3,4.9;4.5,6"
# Tables that no line can be fitted to, what is said of them, and in which line of the file.
HOSTILE = [
    (b"1,2\n3,4,5\n6,7\n", "columns", 2, "3"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary", 0, ""),
    (b"1.25,2.5\n" * 22_000, "too_long", 0, ""),
    ("länge,höhe\n1,2\n".encode("latin-1"), "encoding", 1, ""),
    (b"x,y\n1,2\n=1+1,3\n4,5\n", "formula", 3, "=1+1"),
]


def examples(page: Page) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of the examples as they are drawn, when they are."""
    page.wait_for_function(f"() => 'fit0' in ({TRACES})('{FITS}')")
    x, y = traces(page, EXAMPLES)["examples"]
    return np.array(x), np.array(y)


def descended(theta: np.ndarray, x: np.ndarray, y: np.ndarray, rate: float) -> np.ndarray:
    """Return where one step of gradient descent on ½(θ₁x + θ₂ − y)², averaged over `x` and `y`, leads."""
    errors = theta[0] * x + theta[1] - y
    return theta - rate * np.array([errors @ x, errors.sum()]) / len(x)


def heads(page: Page) -> np.ndarray:
    """Return where the lanes are, a row for each."""
    return np.array(page.evaluate(HEADS)).T


def scrub(page: Page, step: int) -> None:
    """Put the playhead on a step."""
    page.locator(".os-scrub").fill(str(step))
    expect(page.locator(".os-count")).to_have_text(f"{step} / 20")


def test_the_fits_are_those_of_the_lanes_and_the_rings_those_of_the_step(visit: Open) -> None:
    language = CHINESE
    page = visit(
        f"?hide=surface&f=line_fit&batch=8&lane=sgd:lr=0.1&lane=sgd:lr=0.02&steps=20&lang={language}"
    )
    assert parameters(page).get("batch") is None, "8 is the usual size"
    x, _ = examples(page)
    assert len(x) == 60
    for step in (0, 1, 7, 19):
        scrub(page, step)
        for lane, (slope, intercept) in enumerate(heads(page)):
            ends, heights = map(np.array, traces(page, FITS)[f"fit{lane}"])
            assert ends[0] < x.min() and x.max() < ends[1]
            assert heights == pytest.approx(slope * ends + intercept, abs=1e-5)
        page.wait_for_function(RINGED)
        ringed = traces(page, FITS)["batch"]
        # 60 = 7·8 + 4: the eighth batch of an epoch holds what is left.
        assert len(ringed[0]) == (4 if step == 7 else 8)
        theta = heads(page)
        scrub(page, step + 1)
        # It is these examples, and no others, that the next step has seen.
        for lane, rate in enumerate((0.1, 0.02)):
            expected = descended(theta[lane], np.array(ringed[0]), np.array(ringed[1]), rate)
            assert heads(page)[lane] == pytest.approx(expected, abs=1e-5)
    assert "batch" not in traces(page, FITS), "after the last step there is no other"


def test_who_sees_all_the_data_has_no_rings(visit: Open) -> None:
    page = visit("?hide=surface&f=line_fit&batch=60&lane=sgd:lr=0.1&steps=20")
    x, y = examples(page)
    theta = np.array([-1, 4.5])
    for step in range(4):
        scrub(page, step)
        assert heads(page)[0] == pytest.approx(theta, abs=1e-5)
        assert "batch" not in traces(page, FITS)
        theta = descended(theta, x, y, 0.1)
    turn(page.get_by_role("textbox", name="Batch size"), "8")
    wait_for_url(page, r"^((?!batch=).)*$")
    page.wait_for_function(RINGED)
    page.get_by_label("Batches", exact=True).select_option("replacement")
    wait_for_url(page, "sampling=replacement")
    # Whoever was drawn twice has a second ring.
    for step in range(20):
        scrub(page, step)
        if "again" in traces(page, FITS) and traces(page, FITS)["again"][0]:
            break
    else:
        pytest.fail("Of eight drawn with replacement, none was drawn twice in twenty steps.")


def test_scaling_the_data_makes_a_bowl_of_the_canyon(visit: Open) -> None:
    page = visit("?hide=surface&f=line_fit&batch=60&lane=sgd:lr=0.1&steps=20&measure=condition")
    wait_for_measure(page, "curves[0]?.length === 21")
    x, _ = examples(page)
    ranges = (
        f"() => ['xaxis', 'yaxis'].map((axis) => [...document.querySelector('{MAP}').layout[axis].range])"
    )
    image = f"() => document.querySelector('{MAP}').layout.images[0].source"
    box, relief = page.evaluate(ranges), page.evaluate(image)
    curvatures = np.linalg.eigvalsh([[np.mean(x * x), x.mean()], [x.mean(), 1]])
    canyon = curvatures[1] / curvatures[0]
    assert canyon > 20
    assert page.evaluate(MEASURE)[0] == pytest.approx([canyon] * 21, rel=1e-4)
    page.get_by_label("Scaling of the data").select_option("standard")
    wait_for_url(page, "f=line_fit:scaling=standard&")
    wait_for_measure(page, "Math.abs(curves[0]?.[20] - 1) < 1e-4")
    page.wait_for_function(f"(before) => ({image})() !== before", arg=relief)
    assert page.evaluate(ranges) == box == [[-2, 6], [-2, 6]]
    assert parameters(page)["at"] == ["-1,4.5"]
    page.wait_for_function(f"() => Math.min(...document.querySelector('{EXAMPLES}').data[0].x) < 0")
    standard, _ = examples(page)
    assert standard.mean() == pytest.approx(0, abs=1e-6) and standard.std() == pytest.approx(1, abs=1e-6)


def open_editor(page: Page, ui: dict) -> None:
    """Unfold the editor of one's own data."""
    page.get_by_text(ui["own_data"], exact=True).click()
    expect(page.locator(".os-owndata .os-tabletext")).to_be_visible()


def test_own_data_are_pasted_shared_and_given_up_again(visit: Open) -> None:
    language = CHINESE
    ui = texts(language)["interface"]
    page = visit(f"?hide=surface&f=line_fit&lane=sgd:lr=0.1&steps=20&lang={language}")
    usual = examples(page)
    open_editor(page, ui)
    expect(page.get_by_role("button", name=ui["usual_data"], exact=True)).to_be_hidden()
    page.locator(".os-owndata .os-tabletext").fill(TYPED)
    page.get_by_role("button", name=ui["use_data"], exact=True).click()
    wait_for_url(page, "data=")
    assert parameters(page)["data"] == [ROWS]
    page.wait_for_function(f"() => document.querySelector('{EXAMPLES}').data[0].x.length === 4")
    rows = np.array([row.split(",") for row in ROWS.split(";")], float)
    assert np.transpose(examples(page)) == pytest.approx(rows)
    expect(page.locator(".os-owndata .os-tabletext")).to_have_value(TYPED)

    fresh = visit(search(page))
    assert np.transpose(examples(fresh)) == pytest.approx(rows)
    assert fresh.evaluate(HEADS) == page.evaluate(HEADS)
    fresh.get_by_text(ui["own_data"], exact=True).click()
    expect(fresh.locator(".os-owndata .os-tabletext")).to_have_value(ROWS.replace(";", "\n"))

    page.get_by_role("button", name=ui["usual_data"], exact=True).click()
    page.wait_for_url(lambda url: "data=" not in url)
    page.wait_for_function(f"() => document.querySelector('{EXAMPLES}').data[0].x.length === 60")
    assert np.array_equal(examples(page), usual)
    expect(page.locator(".os-owndata .os-tabletext")).to_have_value(TYPED)


def test_a_file_of_ones_own(visit: Open) -> None:
    page = visit("?hide=surface&f=line_fit&lane=sgd:lr=0.1&steps=20")
    open_editor(page, texts("en")["interface"])
    table = "\ufeffweight;height\r\n1;2,5\r\n2;3,1\r\n3;4,9\r\n4,5;6\r\n".encode()
    page.locator(".os-owndata").get_by_label("Open a file").set_input_files(file(table))
    wait_for_url(page, "data=")
    assert parameters(page)["data"] == [ROWS]
    page.wait_for_function(f"() => document.querySelector('{EXAMPLES}').data[0].x.length === 4")
    expect(page.locator("#os-table-said")).to_be_empty()


def file(table: bytes) -> FilePayload:
    return {"name": "table.csv", "mimeType": "text/csv", "buffer": table}


def test_what_is_no_table_is_told_and_changes_nothing(visit: Open) -> None:
    language = CHINESE
    ui, sentences = texts(language)["interface"], texts(language)["tables"]
    page = visit(f"?hide=surface&f=line_fit&data={ROWS}&lane=sgd:lr=0.1&steps=20&lang={language}")
    before, url = (examples(page), heads(page)), page.url
    open_editor(page, ui)
    said = page.locator("#os-table-said p")
    expect(said).to_have_count(0)
    page.locator(".os-owndata .os-tabletext").fill(TYPED)
    for table, why, line, value in HOSTILE:
        page.locator(".os-owndata").get_by_label(ui["own_data_file"]).set_input_files(file(table))
        sentence = sentences[why].format(line=line, value=value or "{value}").split("{value}")[0]
        expect(said).to_contain_text(sentence)
        expect(page.locator(".os-owndata .os-tabletext")).to_have_value(TYPED)
    page.locator(".os-owndata .os-tabletext").fill("1,2\n3\n5,6")
    page.get_by_role("button", name=ui["use_data"], exact=True).click()
    expect(said).to_have_text(sentences["columns"].format(line=2, value=1))
    expect(page.locator(".os-owndata .os-tabletext")).to_have_value("1,2\n3\n5,6")
    expect(page.locator(".os-owndata .os-tabletext")).to_have_attribute("aria-invalid", "")
    assert page.url == url
    assert np.array_equal(examples(page), before[0]) and np.array_equal(heads(page), before[1])
    # And once the table is one, nothing is said any more.
    page.locator(".os-owndata .os-tabletext").fill("1,2\n3,4\n5,7")
    page.get_by_role("button", name=ui["use_data"], exact=True).click()
    wait_for_url(page, "data=1,2;3,4;5,7")
    expect(said).to_have_count(0)


SCENE = "?f=line_fit&lane=sgd:lr=0.1,schedule=cosine,warmup=5&lane=adam:lr=0.3&steps=40"


@pytest.mark.parametrize("hide", ["", "&hide=losses", "&hide=data,surface"])
def test_a_data_scene_fits_a_slide(visit: Open, hide: str) -> None:
    page = visit(f"{SCENE}{hide}&embed=true", **SMALL)
    shown = [".os-datachart"] * ("data" not in hide) + [".os-losschart"] * ("losses" not in hide)
    for part in (".os-map", ".os-transport", *(f"{chart} .nsewdrag" for chart in shown)):
        expect(page.locator(part).first).to_be_visible()
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["x"] >= 0 and box["y"] >= 0
        assert box["x"] + box["width"] <= 640 and box["y"] + box["height"] <= 360
    assert page.evaluate(SCROLLED) == []


def test_a_data_scene_on_a_phone(visit: Open) -> None:
    page = visit(f"{SCENE}&hero=losses", **PHONE)
    expect(page.locator(EXAMPLES)).to_be_visible()
    page.get_by_role("button", name="More knobs of SGD").tap()
    page.locator(".os-owndata summary").tap()
    expect(page.locator(".os-owndata .os-tabletext")).to_be_visible()
    assert widest(page) <= 390
    # What is too wide for a part that scrolls upwards would make it scroll sideways too.
    for part in ("html", ".os-panel"):
        room = "(part) => part.scrollWidth - part.clientWidth"
        assert page.locator(part).evaluate(room) <= 0


def test_axe_finds_nothing_on_data_in_the_dark(visit: Open) -> None:
    ui = texts("zh")["interface"]
    page = visit(f"{SCENE}&band=on", color_scheme="dark", locale="zh-CN")
    expect(page.locator(".os-root")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name=ui["more_knobs_of"].format(lane="SGD")).click()
    open_editor(page, ui)
    page.locator(".os-owndata .os-tabletext").fill("1")
    page.get_by_role("button", name=ui["use_data"], exact=True).click()
    expect(page.locator("#os-table-said p")).to_be_visible()
    spread = page.get_by_title(ui["band_story"])
    expect(spread).to_have_attribute("aria-busy", "false", timeout=LONG)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
