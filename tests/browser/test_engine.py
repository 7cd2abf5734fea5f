"""A hand at work: the browser races by itself, and the server hears of it when the hand rests."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from descent import Run, descend
from scenes import default_scene, read
from tools.browser import wait_for_session

Open = Callable[..., Page]

READY = "() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('step.js')).length"
DRAWN = """() => ({
  courses: document.querySelector(".os-map .os-live").data.map(({ x, y }) => [Array.from(x), Array.from(y)]),
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
        page.on("request", lambda request: "answer.json" in request.url and self.more())

    def more(self) -> None:
        self.count += 1


def opened(visit: Open, query: str) -> tuple[Page, Sent]:
    """Return a page of two lanes or more with their modules, and what it sends from now on."""
    page = visit("", ready=False)
    sent = Sent(page)
    page.goto(f"{page.url.split('?')[0]}{query}")
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
    page.wait_for_function("() => document.querySelector('.os-map .os-live').data.length === 4")
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
