"""What moves a rate, bounds a gradient and is left to chance, as a reader meets it in the race."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from locales import texts
from optimizers import OPTIMIZERS
from tests.browser.looks import CHINESE
from tests.browser.test_curvature import MEASURE
from tests.browser.test_race import HEADS, parameters, wait_for_url

Open = Callable[..., Page]
LONG = 120_000  # ms: on a busy machine programs take a while to compile

# The traces on a sheet, by role and lane ("path0"): what is drawn, not what was sent.
TRACES = """(sheet) => Object.fromEntries([...document.querySelector(sheet).data].map(
  ({ meta, x, y }) => [meta.role + (meta.lane ?? ""), [Array.from(x), Array.from(y)]]
))"""
RATES_PLAYHEAD = "() => document.querySelector('.os-measurechart .os-upper').data[0].x[0]"
UPPER = ".os-map .os-upper"
MAP = ".os-map .js-plotly-plot"
LOSSES = ".os-losschart .js-plotly-plot"


def traces(page: Page, sheet: str) -> dict[str, list[list[float]]]:
    """Return the coordinates [x, y] of each trace that stands on `sheet`."""
    return page.evaluate(TRACES, sheet)


def search(page: Page) -> str:
    """Return the query string of the page's address, with its question mark."""
    return f"?{urlsplit(page.url).query}"


def wait_for_measure(page: Page, condition: str) -> None:
    """Wait until the `curves` under the losses are so."""
    page.wait_for_selector(".os-measurechart .js-plotly-plot")
    page.wait_for_function(f"() => {{ const curves = ({MEASURE})(); return {condition}; }}", timeout=LONG)


def turn(box: Locator, text: str) -> None:
    """Type a number into a box, and say that it is done."""
    box.fill(text)
    box.press("Enter")


def test_a_schedule_is_chosen_seen_shared_and_undone(visit: Open) -> None:
    page = visit(
        "?hide=surface&f=bowl&lane=sgd:lr=0.5&lane=adam:lr=0.2&steps=40",
        permissions=["clipboard-read", "clipboard-write"],
    )
    expect(page.locator(".os-measurechart")).to_be_hidden()
    page.get_by_role("button", name="More knobs of SGD").click()
    page.get_by_label("SGD, Schedule").select_option("cosine")
    wait_for_url(page, r"lane=sgd:lr=0.5,schedule=cosine&")
    turn(page.get_by_role("textbox", name="SGD, Warm-up steps"), "10")
    wait_for_url(page, r"lane=sgd:lr=0.5,schedule=cosine,warmup=10&")
    # By hand: up in a straight line for ten steps, then half a wave of a cosine in the thirty that are left.
    rising = 0.5 * np.arange(1, 11) / 11
    falling = 0.5 * (1 + np.cos(np.pi * np.arange(30) / 30)) / 2
    rates = pytest.approx([*rising, *falling], abs=1e-6)
    wait_for_measure(page, "Math.abs(curves[0]?.[0] - 0.5 / 11) < 1e-6")
    drawn = page.evaluate(MEASURE)
    assert drawn[0] == rates
    assert drawn[1] == pytest.approx([0.2] * 40)
    assert page.locator(".os-lanetag").all_inner_texts() == ["Cosine annealing", "warm-up 10"]
    page.locator(".os-scrub").fill("10")
    page.wait_for_function(f"() => ({RATES_PLAYHEAD})() === 10")
    # And it is with these rates that the lane went: on x²/20 + y², y is multiplied by 1 - 2α.
    assert page.evaluate(HEADS)[1][0] == pytest.approx(2 * np.prod(1 - 2 * rising), rel=1e-5)
    wait_for_url(page, "step=10")

    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".os-header .os-said")).to_have_text("Link copied")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    fresh = visit(f"?{urlsplit(copied).query}")
    wait_for_measure(fresh, "curves.length === 2")
    assert fresh.evaluate(MEASURE) == drawn
    assert fresh.evaluate(RATES_PLAYHEAD) == 10
    assert fresh.evaluate(HEADS) == page.evaluate(HEADS)

    page.go_back()
    wait_for_url(page, r"lane=sgd:lr=0.5,schedule=cosine&")
    wait_for_measure(page, "curves[0]?.[0] === 0.5")
    page.go_back()
    wait_for_url(page, r"lane=sgd:lr=0.5&")
    expect(page.locator(".os-measurechart")).to_be_hidden()
    expect(page.locator(".os-lanetag")).to_have_count(0)


def test_without_a_schedule_the_rates_are_shown_to_who_asks(visit: Open) -> None:
    page = visit("?hide=surface&f=bowl&lane=sgd:lr=0.5&steps=30")
    page.get_by_label("Below the losses").select_option("rate")
    wait_for_url(page, "measure=rate")
    wait_for_measure(page, "curves[0]?.length === 30")
    assert page.evaluate(MEASURE) == [[0.5] * 30]


def test_at_the_cliff_clipping_saves_the_lane(visit: Open) -> None:
    language = CHINESE
    ui = texts(language)["interface"]
    lanes = "&".join(
        f"lane=sgd:lr=5{clip}" for clip in ("", ",clip=norm,clip_at=0.2", ",clip=value,clip_at=0.2")
    )
    page = visit(f"?hide=surface&f=cliff&at=-4,2.5&{lanes}&steps=20&page=step&lang={language}")
    for lane, ending in enumerate(["left_the_box", "spent", "spent"]):  # a draft has none yet
        expect(page.locator(".os-ending").nth(lane)).to_have_attribute("data-kind", ending)
    expect(page.locator(".os-ending").first).to_have_text(ui["ending_left_the_box"].format(step=10))
    x = page.evaluate(HEADS)[0]
    assert x[0] > 9 and 1 < x[1] < 3 and 1 < x[2] < 3

    page.locator(".os-scrub").fill("9")  # on the edge of the cliff
    step = ui["step_to"].format(**{"from": 9, "to": 10})
    expect(page.locator(".os-inspector .os-stepname")).to_have_text(step)
    found = [at_the_cliff(page, ui, lane) for lane in range(3)]
    (whole, none, far), (same, norm, short), (also, value, _) = found
    assert whole == same == also and np.hypot(*whole) > 4
    assert (none, far) == (None, None)
    # By norm the gradient keeps its direction; by value, coordinates that are small stay as they are.
    assert norm is not None and value is not None and short is not None
    assert np.hypot(*norm) == pytest.approx(0.2, rel=1e-3)
    assert norm[1] / norm[0] == pytest.approx(whole[1] / whole[0], rel=2e-3)
    assert value == (pytest.approx(-0.2), whole[1])
    assert short == pytest.approx(0.2 / np.hypot(*whole), rel=1e-2)


def at_the_cliff(page: Page, ui: dict, lane: int) -> tuple:
    """Return what the inspector and the map show of `lane` at the step of the playhead.

    The true gradient; the one that was seen, and how long its arrow is as a share of the true one's:
    None where there is no such row, and no such arrow.
    """
    tab = page.locator(".os-inspector .os-tab").nth(lane)
    tab.click()
    expect(tab).to_have_attribute("aria-pressed", "true")
    rows = page.locator(".os-inspector .os-numbers tbody tr")
    clipped = lane > 0
    expect(page.locator(".os-arrows > span:has(.os-arrow-seen)")).to_be_visible(visible=clipped)
    expect(rows).to_have_count(8 if clipped else 7)
    of = {row.locator("th .os-muted").inner_text(): row for row in rows.all()}
    arrows = traces(page, UPPER)
    true, seen = (
        np.hypot(*np.diff(arrows[role])[:, :1]).sum() if arrows[role][0] else 0.0
        for role in ("gradient", "seen")
    )
    assert true > 0
    if not clipped:
        assert seen == 0
        return pair(of[ui["q_gradient"]]), None, None
    assert ui["q_estimate"] not in of, "without noise it would say the true one again"
    return pair(of[ui["q_true"]]), pair(of[ui["q_seen"]]), seen / true


def pair(row: Locator) -> tuple[float, float]:
    """Return the two numbers of a row of the inspector."""
    x, y = (float(text.replace("−", "-")) for text in row.locator("td").all_inner_texts())
    return x, y


def test_the_next_seed_and_each_lane_its_own_luck(visit: Open) -> None:
    language = CHINESE
    ui = texts(language)["interface"]
    page = visit(f"?hide=surface&f=bowl&noise=1&lane=sgd:lr=0.2&lane=sgd:lr=0.2&steps=40&lang={language}")
    before = traces(page, UPPER)
    assert before["path0"] == before["path1"]
    again = page.get_by_role("button", name=ui["next_seed"], exact=True)
    again.click()
    wait_for_url(page, r"seed=1&|seed=1$")
    page.wait_for_function(f"(x) => ({HEADS})()[0][0] !== x", arg=before["path0"][0][-1])
    first = traces(page, UPPER)
    assert first["path0"] == first["path1"] != before["path0"]
    page.get_by_label(ui["budget_knobs"]["luck"], exact=True).select_option("own")
    wait_for_url(page, "luck=own")
    page.wait_for_function(f"() => {{ const [x] = ({HEADS})(); return x[0] !== x[1]; }}")
    # Two clicks are two seeds, even where the first has not been answered yet.
    again.evaluate("(button) => { button.click(); button.click(); }")
    wait_for_url(page, r"seed=3&|seed=3$")
    page.get_by_label(ui["budget_knobs"]["luck"], exact=True).select_option("shared")
    page.wait_for_url(lambda url: "luck=" not in url)
    page.wait_for_function(f"() => {{ const [x] = ({HEADS})(); return x[0] === x[1]; }}")
    assert traces(page, UPPER)["path0"] not in (before["path0"], first["path0"])


def test_the_band_is_where_most_seeds_end(visit: Open) -> None:
    page = visit("?hide=surface&f=bowl&noise=1&lane=sgd:lr=0.2&lane=adam:lr=0.3&steps=40")
    page.get_by_title("How far the loss spreads").click()
    wait_for_url(page, "band=on")
    expect(page.get_by_title("How far the loss spreads")).to_have_attribute("aria-pressed", "true")
    parts = ["wide0", "core0", "median0", "wide1", "core1", "median1"]
    drawn = f"() => {parts}.every((part) => part in ({TRACES})('{LOSSES}'))"
    page.wait_for_function(drawn, timeout=LONG)
    band = traces(page, LOSSES)
    inside = [0, 0]
    for seed in range(10):
        if seed:
            before = page.evaluate(HEADS)
            page.get_by_role("button", name="Next seed").click()
            wait_for_url(page, rf"seed={seed}(&|$)")
            page.wait_for_function(f"(x) => ({HEADS})()[0][0] !== x", arg=before[0][0])
        page.wait_for_function(drawn, timeout=LONG)
        curves = traces(page, LOSSES)
        for lane in range(2):
            # There and back: the upper edge from 0 to 40, the lower one from 40 to 0.
            upper, lower = band[f"wide{lane}"][1][40:42]
            core = band[f"core{lane}"][1][40:42]
            assert lower < core[1] < band[f"median{lane}"][1][40] < core[0] < upper
            inside[lane] += lower < curves[f"curve{lane}"][1][40] < upper
    assert min(inside) >= 7, f"of ten seeds, between the 5 % and the 95 % quantile: {inside}"
    page.get_by_title("How far the loss spreads").click()
    page.wait_for_function(f"() => !('wide0' in ({TRACES})('{LOSSES}'))")
    page.wait_for_url(lambda url: "band=" not in url)


def test_without_chance_there_is_no_band(visit: Open) -> None:
    asked: list[str] = []
    page = visit()
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/?hide=surface&f=bowl&lane=sgd:lr=0.2&steps=40&band=on")
    page.wait_for_selector(".os-root[data-ready]")
    expect(page.get_by_title("How far the loss spreads")).to_be_hidden()
    turn(page.get_by_role("textbox", name="Gradient noise"), "1")
    page.wait_for_function(f"() => 'wide0' in ({TRACES})('{LOSSES}')", timeout=LONG)
    assert len({url for url in asked if "band.json" in url}) == 1  # in parts, if it takes long
    turn(page.get_by_role("textbox", name="Gradient noise"), "0")
    page.wait_for_function(f"() => !('wide0' in ({TRACES})('{LOSSES}'))")
    expect(page.get_by_title("How far the loss spreads")).to_be_hidden()


def test_a_penalty_is_in_the_picture(visit: Open) -> None:
    page = visit("?hide=surface&f=bowl&lane=adam:lr=0.3&lane=adam:lr=0.3&steps=40")
    image = f"() => document.querySelector('{MAP}').layout.images[0].source"
    relief, star = page.evaluate(image), traces(page, MAP)["minima"]
    assert star == [[0], [0]]
    turn(page.get_by_role("textbox", name="L2 penalty"), "0.8")
    wait_for_url(page, r"f=bowl&l2=0.8&")
    page.wait_for_function(f"(before) => ({image})() !== before", arg=relief)
    assert traces(page, MAP)["minima"] == [[], []], "nobody published a minimum of the penalised bowl"
    page.locator(".os-lane").nth(1).get_by_role("button", name="More knobs of Adam").click()
    x, y = page.evaluate(HEADS)
    assert (x[0], y[0]) == (x[1], y[1])
    page.locator(".os-lane").nth(1).get_by_label("Adam, λ goes into").select_option("decoupled")
    wait_for_url(page, r"lane=adam:lr=0.3&lane=adam:lr=0.3,penalty=decoupled")
    page.wait_for_function(f"() => {{ const [x] = ({HEADS})(); return Math.abs(x[0] - x[1]) > 0.01; }}")
    assert page.evaluate(HEADS)[0][0] == x[0], "the other lane stays as it was"
    expect(page.locator(".os-lane").nth(1).locator(".os-lanetag")).to_have_text("decoupled λ")


def test_one_rule_for_all_rates(visit: Open) -> None:
    lanes = "lane=sgd:lr=0.4&lane=momentum:lr=0.1&lane=adam:lr=0.2"
    page = visit(f"?hide=surface&f=bowl&{lanes}&steps=40")
    rule = page.get_by_role("group", name="Rates", exact=True)

    def rates() -> list[float]:
        return [float(re.findall(r"lr=([^,]+)", lane)[0]) for lane in parameters(page)["lane"]]

    def pressed() -> list[str]:
        return rule.locator("[aria-pressed=true]").all_inner_texts()

    assert pressed() == ["as set"]
    rule.get_by_role("button", name="same", exact=True).click()
    wait_for_url(page, "rule=same")
    assert rates() == [0.4, 0.4, 0.4]
    expect(page.get_by_role("textbox", name="Adam, Learning rate")).to_have_value("0.4")
    turn(page.get_by_role("textbox", name="Momentum, Learning rate"), "0.25")
    wait_for_url(page, "lane=sgd:lr=0.25&")
    assert rates() == [0.25, 0.25, 0.25] and parameters(page)["rule"] == ["same"]
    rule.get_by_role("button", name="usual", exact=True).click()
    wait_for_url(page, "rule=defaults")
    assert rates() == [OPTIMIZERS[name].knobs[0].default for name in ("sgd", "momentum", "adam")]
    expect(rule.locator("[aria-pressed=true]")).to_have_text("usual")
    turn(page.get_by_role("textbox", name="Adam, Learning rate"), "0.05")
    page.wait_for_url(lambda url: "rule=" not in url)
    expect(rule.locator("[aria-pressed=true]")).to_have_text("as set")
    assert rates()[2] == 0.05
