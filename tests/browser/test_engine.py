"""A hand at work: the browser races by itself, and the server hears of it when the hand rests."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from charts import heights
from charts.palette import THEMES
from charts.relief import coloured
from descent import Run, descend
from landscapes.find import find
from landscapes.terrain import sample
from scenes import default_scene, read
from tests.browser.choosing import choose_method
from tools.browser import wait_for_session

Open = Callable[..., Page]

READY = "() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('step.js')).length"
DRAWN = """() => ({
  courses: document.querySelector(".os-map .os-live").data
    .filter(({ meta }) => meta.role === "course").map(({ x, y }) => [Array.from(x), Array.from(y)]),
  paths: document.querySelector(".os-map .os-upper").data
    .filter(({ meta }) => meta.role === "path").map(({ x, y }) => [Array.from(x), Array.from(y)]),
  start: document.querySelector(".os-map .os-upper").data
    .filter(({ meta }) => meta.role === "marks").map(({ x, y }) => [x[0], y[0]])[0],
})"""
AREA = "() => document.querySelector('.os-map .nsewdrag').getBoundingClientRect().toJSON()"


class Sent:
    """The messages of a page on its websocket, and by address."""

    def __init__(self, page: Page) -> None:
        self.count = 0
        page.on("websocket", lambda socket: socket.on("framesent", lambda _: self.more()))
        page.on("request", lambda request: self.more() if "answer.json" in request.url else None)

    def more(self) -> None:
        self.count += 1


def opened(visit: Open, query: str, **how: str) -> tuple[Page, Sent]:
    """Return a page of two lanes or more with their modules, and what it sends from now on."""
    page = visit(**how)
    sent = Sent(page)
    page.goto(f"/{query}")
    wait_for_session(page)
    lanes = len(read(query.removeprefix("?"))[0].racers)
    page.wait_for_function(f"({READY})() >= {lanes}")
    page.wait_for_timeout(300)  # they are read and kept
    return page, sent


def assert_drawn(drawn: Mapping[str, Any], runs: tuple[Run, ...]) -> None:
    for run, path in zip(runs, drawn["paths"], strict=True):
        expected = descend(run).points
        np.testing.assert_allclose(np.transpose(path), expected, rtol=1e-5, atol=1e-5)


def test_while_the_start_is_dragged_nothing_is_sent_and_the_paths_are_true(visit: Open) -> None:
    page, sent = opened(visit, "?f=bowl")
    area = page.evaluate(AREA)
    x, y = area["left"] + area["width"] * 0.3, area["top"] + area["height"] * 0.3
    page.mouse.move(x, y)
    before = sent.count
    page.mouse.down()
    for k in range(1, 12):
        page.mouse.move(x + 6 * k, y + 3 * k)
    page.wait_for_function("() => document.querySelector('.os-root').dataset.unconfirmed === 'true'")
    page.wait_for_function(
        """() => document.querySelector('.os-map .os-live')
          .data.filter(({ meta }) => meta.role === 'course').length === 4"""
    )
    drawn = page.evaluate(DRAWN)
    assert sent.count == before
    scene = default_scene("bowl")
    start = tuple(drawn["start"])
    runs = tuple(Run("bowl", run.optimizer, start, run.steps, run.knobs) for run in scene.runs())
    assert_drawn(drawn, runs)
    for course, path in zip(drawn["courses"], drawn["paths"], strict=True):
        assert course == path
    page.mouse.up()
    page.wait_for_function("() => document.querySelector('.os-root').dataset.unconfirmed === undefined")
    assert sent.count > before
    # Plotly draws them again.
    page.wait_for_function("() => document.querySelector('.os-map .os-live').data.length === 0")
    at = ",".join(f"{value:g}" for value in start)
    page.wait_for_function(f"() => new URL(location).searchParams.get('at') === '{at}'")


@pytest.mark.parametrize(
    "query",
    [
        "?f=himmelblau&lane=adam:lr=0.3,schedule=cosine&lane=momentum&noise=0.5&seed=4&steps=60",
        "?f=line_fit&lane=sgd&lane=sam&batch=4&seed=2&steps=60",
        "?formula=x**2%2B3*y**2%2Bsin(3*x)&lane=newton&lane=rmsprop:lr=0.05,clip=norm,clip_at=1&steps=60",
    ],
)
def test_a_rate_is_turned_in_the_browser_as_on_the_server(visit: Open, query: str) -> None:
    page, sent = opened(visit, query)
    before = sent.count
    page.evaluate(
        """() => {
          const slider = document.querySelector(".os-lane .os-slider");
          window.dispatchEvent(new PointerEvent("pointerdown"));
          slider.value = Number(slider.value) - 0.3;
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    page.wait_for_function("() => document.querySelector('.os-root').dataset.unconfirmed === 'true'")
    drawn = page.evaluate(DRAWN)
    assert sent.count == before
    page.evaluate("() => { window.dispatchEvent(new PointerEvent('pointerup')) }")
    page.wait_for_function("() => document.querySelector('.os-root').dataset.unconfirmed === undefined")
    page.wait_for_function(f"() => location.search !== '{query}'")
    scene, repairs = read(page.url.partition("?")[2])
    assert repairs == () and scene.racers[0] != read(query.removeprefix("?"))[0].racers[0]
    assert_drawn(drawn, scene.runs())


TURN = """([label, to]) => {
  const slider = document.querySelector(`.os-panel .os-slider[aria-label="${label}"]`);
  slider.value = to;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""
# All in one: on a busy machine a hand that does nothing for a second is said to rest.
DRAG = """async ([label, to, shares]) => {
  const { send } = WebSocket.prototype;
  let messages = 0;
  WebSocket.prototype.send = function (data) {
    messages += 1;
    return send.call(this, data);
  };
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const fetched = () => performance.getEntriesByType("resource").length;
  const slider = document.querySelector(`.os-panel .os-slider[aria-label="${label}"]`);
  const [from, before] = [Number(slider.value), fetched()];
  window.dispatchEvent(new PointerEvent("pointerdown"));
  for (let k = 1; k <= 6; k++) {
    slider.value = from + ((to - from) * k) / 6;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await frame();
  }
  await frame();
  const cover = document.querySelector(".os-map .os-cover");
  const area = document.querySelector(".os-map .nsewdrag").getBoundingClientRect();
  const corner = cover.getBoundingClientRect();
  const pen = cover.getContext("2d");
  const pixel = ([u, v]) => {
    const x = area.left - corner.left + u * area.width;
    const y = area.top - corner.top + (1 - v) * area.height;
    return Array.from(pen.getImageData(...[x, y].map((at) => Math.round(at * devicePixelRatio)), 1, 1).data);
  };
  const drawn = (DRAWN)();
  const pixels = shares.map(pixel);
  WebSocket.prototype.send = send;
  return { messages, fetched: fetched() - before, hidden: cover.hidden, pixels, ...drawn };
}""".replace("DRAWN", DRAWN)
QUIET = """async () => {
  const fetched = () => performance.getEntriesByType("resource").length;
  for (let before = -1; before !== fetched(); ) {
    before = fetched();
    await new Promise((done) => setTimeout(done, 1500));
  }
}"""
"""Until nothing is fetched any more."""
GONE = "() => document.querySelector('.os-map .os-cover').hidden"


@pytest.mark.parametrize(
    ("query", "label", "to", "scheme"),
    [
        ("?f=bowl", "Stretch", 3, "light"),
        ("?f=saddle_between_valleys", "L2 penalty", 0.9, "dark"),
        (
            "?formula=x**2%2B3*y**2%2Bsin(3*x)&lane=sgd:lr=0.05&lane=adam:lr=0.1&steps=40",
            "L2 penalty",
            2,
            "dark",
        ),
        ("?f=line_fit", "L2 penalty", 1.5, "light"),
    ],
)
def test_the_ground_follows_a_knob_of_the_surface(
    visit: Open, query: str, label: str, to: float, scheme: str
) -> None:
    page, _ = opened(visit, query, color_scheme=scheme)
    page.evaluate(QUIET)
    apart = np.linspace(0.08, 0.92, 15).tolist()
    shares = [(u, v) for u in apart for v in apart]
    drawn = page.evaluate(DRAG, [label, to, shares])
    assert (drawn["messages"], drawn["fetched"], drawn["hidden"]) == (0, 0, False)
    page.evaluate("() => { window.dispatchEvent(new PointerEvent('pointerup')) }")
    page.wait_for_function("() => document.querySelector('.os-root').dataset.unconfirmed === undefined")
    page.wait_for_function(GONE)
    page.wait_for_function(f"() => location.search !== '{query}'")
    scene, repairs = read(page.url.partition("?")[2])
    start, _ = read(query.removeprefix("?"))
    assert repairs == () and scene.ground.knobs != start.ground.knobs
    assert_drawn(drawn, scene.runs())
    pixels = np.array(drawn["pixels"], float)
    assert (pixels[:, 3] == 255).all()
    now, then = (colours_at(each.ground, shares, scheme) for each in (scene, start))
    # A line may lie on a point, and on a machine that is busy a hand draws half as many samples across: then
    # 59 % of these are met, else 88 %. What is turned so far that nothing changes would say nothing.
    assert np.mean(np.abs(pixels[:, :3] - now).max(axis=1) <= 4) >= 0.5
    assert np.median(np.abs(pixels[:, :3] - now)) < 0.5 * np.median(np.abs(now - then)) + 1


def colours_at(ground: Any, shares: list[tuple[float, float]], scheme: str) -> np.ndarray:
    """Return the colours of the relief of a ground at places of its box, as JAX and Python make them."""
    surface = find(ground.landscape, ground.knobs)
    terrain = sample(surface, surface.settings(ground.knobs))
    scale = heights.scale(terrain.loss, surface.view)
    colours = np.clip(coloured(scale.height(terrain.loss), THEMES[scheme]), 0, 255)
    rows, columns, _ = colours.shape
    return np.array([colours[round(v * (rows - 1)), round(u * (columns - 1))] for u, v in shares])


def test_a_layer_of_curvature_is_left_to_the_server(visit: Open) -> None:
    page, sent = opened(visit, "?f=bowl&layer=lambda_max")
    before = sent.count
    page.evaluate(TURN, ["Stretch", 3])
    page.wait_for_function("() => location.search.includes('stretch=3')")
    assert sent.count > before and page.evaluate(GONE)
    page.evaluate("() => { window.dispatchEvent(new PointerEvent('pointerup')) }")


def type_formula(page: Page) -> None:
    page.locator(".os-formulatext").fill("x**2 + 2.318*y**2 + sin(x)")
    page.locator(".os-formulatext").press("Enter")


def choose_nadam(page: Page) -> None:
    choose_method(page, 0, "nadam")


@pytest.mark.parametrize(
    ("query", "act", "covered"),
    [
        ("?formula=x*y&lane=sgd:lr=0.05&lane=adam:lr=0.1&steps=47", type_formula, True),
        ("?formula=x**2%2By**2*1.718&lane=sgd:lr=0.05&lane=adam:lr=0.1&steps=48", choose_nadam, False),
    ],
)
def test_what_the_server_must_compile_first_races_here_at_once(
    visit: Open, query: str, act: Callable[[Page], None], covered: bool
) -> None:
    page, _ = opened(visit, f"{query}&hide=surface")
    page.evaluate("() => document.querySelector('.os-root').setAttribute('data-unconfirmed', 'no')")
    asked: list[str] = []

    def hold(route: Route) -> None:
        """Let the first question through; by the second one the draft stands."""
        asked.append(route.request.url)
        if len(asked) == 1:
            route.continue_()

    page.route("**/answer.json?*", hold)
    act(page)
    page.wait_for_function("() => document.querySelector('.os-root').dataset.unconfirmed === 'true'")
    page.wait_for_timeout(400)  # Plotly draws the axes
    scene, repairs = read(page.url.partition("?")[2])
    assert repairs == () and scene != read(query.removeprefix("?"))[0]
    assert_drawn(page.evaluate(DRAWN), scene.runs())
    assert page.evaluate(GONE) is not covered
    expect(page.locator(".os-ending").first).to_have_text("…")
    expect(page.locator(".os-results .os-source")).to_contain_text("still being looked for")
    assert len(asked) == 2
    page.unroute("**/answer.json?*")  # what was held goes on
    page.wait_for_function("() => document.querySelector('.os-root').dataset.unconfirmed === undefined")
    page.wait_for_function(GONE)
    expect(page.locator(".os-ending").first).not_to_have_text("…")
