"""What is embedded is drawn without plotly.js, and as Plotly would draw it."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.stage.scripts import SCRIPTS

Open = Callable[..., Page]
SMALL = {"width": 640, "height": 360}
NEAR = 2  # px

DRAWN = """() => {
  const drawn = {};
  for (const chart of ['map', 'lossplot', 'dataplot']) {
    const node = [...document.querySelectorAll(`.os-${chart}`)].find((each) => each.offsetParent);
    if (!node) continue;
    const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
    const texts = [...node.querySelectorAll('text')].filter((text) => text.style.display !== 'none');
    const { x, y, width, height } = node.querySelector('.nsewdrag').getBoundingClientRect();
    drawn[chart] = {
      area: [x, y, width, height],
      texts: texts.map((text) =>
        [text.textContent.replaceAll('\\u200b', ''), ...middle(text.getBoundingClientRect())]),
    };
  }
  return drawn;
}"""
ALL_STAND = """() => [...document.querySelectorAll('.os-map, .os-lossplot, .os-dataplot')]
  .filter((node) => node.offsetParent).every((node) => node.querySelector('.nsewdrag'))"""
PLAYHEAD = "() => document.querySelector('.os-lossplot .os-upper').data[0].x[0]"


def plotly_of(page: Page) -> str:
    """Return the address of plotly.js, as the page knows it."""
    return page.evaluate(
        "() => new URL('plotly.js', document.querySelector('link[href$=\"optiscape.css\"]').href).href"
    )


def without_plotly(page: Page) -> bool:
    """Return whether the page has asked for plotly.js in no way, not even ahead."""
    asked = page.evaluate("() => performance.getEntriesByType('resource').map(({ name }) => name)")
    assert any(address.endswith("/optiscape.js") for address in asked)
    return not any("plotly" in address for address in asked) and not page.evaluate("() => 'Plotly' in window")


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("f=bowl", SMALL),
        ("f=rosenbrock&loss=linear", SMALL),
        ("f=line_fit&noise=0.5", {"width": 1280, "height": 800}),
        ("formula=log(x)%2By**2", {"width": 390, "height": 700}),
    ],
)
def test_an_embedded_picture_is_plotly_s_without_plotly(
    visit: Open, query: str, size: dict[str, int]
) -> None:
    page = visit(f"?embed=true&theme=light&{query}", **size)
    assert without_plotly(page)
    page.wait_for_function("() => !document.querySelector('.os-root').dataset.unconfirmed")  # no draft
    page.wait_for_function(ALL_STAND)
    plain = page.evaluate(DRAWN)
    page.add_script_tag(url=plotly_of(page))
    page.evaluate(
        "() => { history.replaceState(null, '', location.href.replace('theme=light', 'theme=dark')) }"
    )
    page.evaluate("() => dispatchEvent(new PopStateEvent('popstate'))")
    page.wait_for_function(f"() => !document.querySelector('.os-plain') && ({ALL_STAND})()")
    page.wait_for_timeout(300)
    drawn = page.evaluate(DRAWN)
    assert drawn.keys() == plain.keys() >= {"map"}
    for chart, theirs in drawn.items():
        ours = plain[chart]
        assert ours["area"] == pytest.approx(theirs["area"], abs=NEAR)
        assert len(ours["texts"]) > 5
        assert sorted(text for text, *_ in ours["texts"]) == sorted(text for text, *_ in theirs["texts"])
        for text, *place in ours["texts"]:
            assert any(
                other == text and there == pytest.approx(place, abs=NEAR) for other, *there in theirs["texts"]
            ), (chart, text, place)


def axes() -> list[dict[str, Any]]:
    """Return axes of many kinds, the same in every run."""
    draw = random.Random(20)
    made = []
    for _ in range(150):
        span = 10 ** draw.uniform(-6, 12)
        low = draw.uniform(-1, 1) * span * 10 ** draw.uniform(0, 4)
        made.append({"type": "linear", "range": [low, low + span], "nticks": draw.choice([6, 7])})
        if draw.random() < 0.5:
            made[-1]["exponentformat"] = "power"
        low, span = (
            draw.uniform(-18, 6),
            draw.choice([0.3, 0.8, 1.2, 1.45, 2, 4, 9, 20]) * draw.uniform(0.7, 1),
        )
        made.append({"type": "log", "range": [low, low + span], "nticks": 6, "exponentformat": "power"})
        if span > 1.5:
            made[-1]["dtick"] = draw.choice([1, 2, 3, 5])
    return made


def test_marks_of_axes_are_those_that_plotly_chooses(visit: Open) -> None:
    page = visit("", **SMALL)
    compared = page.evaluate(
        """async ([script, axes]) => {
          const { axisTicks } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
          const node = document.body.appendChild(document.createElement('div'));
          const plain = (text) => text.replaceAll('\\u200b', '');
          const found = [];
          for (const axis of axes) {
            await window.Plotly.newPlot(node, [{ x: [0], y: [1] }], {
              template: {}, width: 300, height: 900, margin: { t: 100, b: 100 },
              yaxis: { ...axis, tickcolor: '#000', tickfont: { size: 9 } },
            });
            const theirs = [...node.querySelectorAll('g.ytick text')].map((text) => plain(text.textContent));
            found.push([theirs, axisTicks(axis).map(({ text, power }) => text + power)]);
          }
          node.remove();
          return found;
        }""",
        [SCRIPTS["figures/axis_ticks.js"], axes()],
    )
    for axis, (theirs, ours) in zip(axes(), compared, strict=True):
        assert ours == theirs, json.dumps(axis)


def test_it_plays_and_hears_where_it_is_clicked(visit: Open) -> None:
    page = visit("?embed=true&f=bowl&steps=40", **SMALL)
    page.locator(".os-scrub").fill("10")
    page.wait_for_function(f"() => ({PLAYHEAD})() === 10")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(f"() => ({PLAYHEAD})() > 12")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    area = page.locator(".os-map .nsewdrag").bounding_box()
    assert area is not None
    # Three quarters of the way from −8 to 8 on both axes.
    page.mouse.click(area["x"] + area["width"] * 0.75, area["y"] + area["height"] * 0.25)
    page.wait_for_url("**at=4,4**", timeout=10_000)
    assert without_plotly(page)


def test_a_start_is_dragged_and_the_picture_follows_its_frame(visit: Open) -> None:
    page = visit("?embed=true&f=bowl&at=-4,4&steps=40&lane=sgd:lr=0.5&lane=adam", **SMALL)
    area = page.locator(".os-map .nsewdrag").bounding_box()
    assert area is not None

    def at(x: float, y: float) -> tuple[float, float]:
        return area["x"] + area["width"] * (x + 8) / 16, area["y"] + area["height"] * (8 - y) / 16

    course = """(name) => {
      const node = document.querySelector(`.os-map ${name}`);
      return [...node.querySelectorAll('path')].map((path) => path.getAttribute('d')).join();
    }"""
    before = page.evaluate(course, ".os-traces")
    page.mouse.move(*at(-4, 4))
    page.mouse.down()
    page.mouse.move(*at(0, 2), steps=4)
    page.mouse.move(*at(4, 0), steps=4)
    page.wait_for_function(f"() => ({course})('.os-live') !== ''")  # the courses are under the hand
    page.mouse.up()
    page.wait_for_url("**at=4,0**", timeout=10_000)
    page.wait_for_function(f"() => ({course})('.os-live') === ''")
    assert page.evaluate(course, ".os-traces") != before
    page.set_viewport_size({"width": 900, "height": 500})
    width = "document.querySelector('.os-map .nsewdrag').getBoundingClientRect().width"
    page.wait_for_function(f"() => {width} > {area['width'] + 50}")
    marks = "() => document.querySelector('.os-map .os-upper path:last-of-type').getBoundingClientRect()"
    assert page.evaluate(marks)["width"] > 0
    assert without_plotly(page)


def test_a_whole_page_begins_plainly_and_goes_on_with_plotly(visit: Open) -> None:
    page = visit("?f=beale")
    assert page.locator(".os-plain").count() == 0
    assert page.locator(".os-map .main-svg").count() > 0
    assert int(page.get_attribute(".os-map", "data-sketched") or 0) > 0
