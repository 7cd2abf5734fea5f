"""What a reader feels, in headless Chromium against `uvicorn server:app`: latency, payload, frames."""

import base64
from collections.abc import Callable

from playwright.sync_api import Browser, Page

from benchmarks.spread import spread
from tools.browser import browsing, serving, wait_for_session

TRIES = 30
# Calls `done(ms)` after the frame that shows new paths.
WATCH = """() => {
  window.counts = { map: 0, surface: 0 };
  const count = (selector, seen) =>
    new MutationObserver(seen).observe(document.querySelector(selector), { subtree: true, attributes: true });
  count(".os-surface3d .os-upper", () => (window.counts.surface += 1));
  count(".os-map .os-upper", (changes) => {
    if (!changes.some(({ attributeName }) => attributeName === "d")) return;
    window.counts.map += 1;
    if (!window.waiting) return;
    const { since, done } = window.waiting;
    window.waiting = null;
    requestAnimationFrame(() => requestAnimationFrame((now) => done(now - since)));
  });
  window.answered = (act) => new Promise((done) => {
    window.waiting = { since: performance.now(), done };
    act();
  });
}"""
TURN = """(value) => window.answered(() => {
  const slider = document.querySelector(".os-lane .os-slider");
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
})"""
CLICK = """([u, v]) => window.answered(() => {
  const area = document.querySelector(".os-map .nsewdrag");
  const { left, top, width, height } = area.getBoundingClientRect();
  const place = { clientX: left + u * width, clientY: top + v * height };
  const at = { ...place, button: 0, isPrimary: true, bubbles: true, pointerType: "mouse" };
  area.dispatchEvent(new PointerEvent("pointerdown", at));
  window.dispatchEvent(new PointerEvent("pointerup", at));
})"""
# The same, until the facts of another point are shown.
ASK = f"""([u, v]) => new Promise((done) => {{
  const since = performance.now();
  const seen = new MutationObserver(() => {{
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame((now) => done(now - since)));
  }});
  seen.observe(document.querySelector(".os-probebody"), {{ childList: true }});
  ({CLICK})([u, v]);
}})"""
TYPE = """(text) => window.answered(() => {
  const box = document.querySelector(".os-formulatext");
  box.value = text;
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
})"""
FORMULAS = (
    "x**4 - 2*x**2 + {k}*y**2",
    "sin({k}*x)*cos(2*y) + (x**2 + y**2)/10",
    "(x**2 + y - {k})**2 + (x + y**2 - 7)**2",
    "log(1 + x**2 + {k}*y**2)",
    "exp(-(x-{k})**2 - y**2) - exp(-x**2 - (y+1)**2)",
)
CLOUD = (
    "?f=flat_vs_sharp&lane=sgd:lr=0.4&lane=adam&noise=1&steps=154"
    "&page=noise&cloud=on&crowd=starts&hide=surface"
)
FRAMES = """async (seconds) => {
  document.querySelector(".os-play").click();
  await new Promise((go) => setTimeout(go, 500));
  const { map, surface } = window.counts;
  const begin = performance.now();
  await new Promise((go) => setTimeout(go, 1000 * seconds));
  const passed = (performance.now() - begin) / 1000;
  const counts = {
    map: (window.counts.map - map) / passed,
    surface: (window.counts.surface - surface) / passed,
  };
  document.querySelector(".os-play").click();
  return counts;
}"""


# A hand that drags the start in a circle, one move a frame; gives the milliseconds from frame to frame.
DRAG = """async (seconds) => {
  const area = document.querySelector(".os-map .nsewdrag");
  const { left, top, width, height } = area.getBoundingClientRect();
  const say = (target, type, angle) => {
    const clientX = left + width * (0.5 + 0.3 * Math.cos(angle));
    const clientY = top + height * (0.5 + 0.3 * Math.sin(angle));
    const at = { clientX, clientY, button: 0, isPrimary: true, bubbles: true, pointerType: "mouse" };
    target.dispatchEvent(new PointerEvent(type, at));
  };
  const frames = [];
  const begin = performance.now();
  say(area, "pointerdown", 0);
  for (let last = begin; last - begin < 1000 * seconds; ) {
    say(window, "pointermove", (last - begin) / 500);
    const now = await new Promise((go) => requestAnimationFrame(go));
    frames.push(now - last);
    last = now;
  }
  const drawn = window.counts.map;
  return { frames: frames.slice(1), drawn };
}"""


def _open(browser: Browser, address: str) -> Page:
    """Return a page with the picture, in a profile of its own, watched."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(address)
    wait_for_session(page)
    page.wait_for_timeout(2500)
    page.evaluate(WATCH)
    return page


def _latencies(page: Page) -> None:
    """Measure turns of a knob and clicks on the map, and what each turn brings over the socket."""
    received: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def frame(event: dict) -> None:
        response = event["response"]
        payload = response["payloadData"]
        received.append(len(base64.b64decode(payload)) if response["opcode"] == 2 else len(payload))

    session.on("Network.webSocketFrameReceived", frame)
    gesture: Callable[[str, object], float] = lambda script, to: page.evaluate(script, to)  # noqa: E731
    turns, bytes_per_turn = [], []
    for k in range(TRIES):
        received.clear()
        turns.append(gesture(TURN, -3 + 0.1 * (k % 2) + 0.05 * k))
        page.wait_for_timeout(150)
        bytes_per_turn.append(sum(received) / 1000)
    clicks = []
    for k in range(TRIES):
        clicks.append(gesture(CLICK, [0.1 + 0.8 * (k * 0.381 % 1), 0.1 + 0.8 * (k * 0.618 % 1)]))
        page.wait_for_timeout(150)
    spread("knob to the first frame", turns, "ms")
    spread("click to the first frame", clicks, "ms")
    spread("over the websocket for a knob turn", bytes_per_turn, "KB")


def _drag(page: Page) -> None:
    """Measure frames while the start is dragged, and what is sent meanwhile."""
    sent: list[object] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    page.wait_for_timeout(1000)
    session.on("Network.webSocketFrameSent", lambda event: sent.append(event))
    before = page.evaluate("window.counts.map")
    dragged = page.evaluate(DRAG, 4)
    while_dragging = len(sent)
    page.mouse.up()
    spread("from frame to frame of a drag", dragged["frames"], "ms")
    drawn = (dragged["drawn"] - before) / (sum(dragged["frames"]) / 1000)
    print(f"  paths drawn during the drag: {drawn:.0f} a second; messages sent: {while_dragging}")


def _questions(page: Page) -> None:
    """Measure clicks that ask about a point, on the page of curvature."""
    asked = []
    for k in range(TRIES):
        asked.append(page.evaluate(ASK, [0.1 + 0.8 * (k * 0.381 % 1), 0.1 + 0.8 * (k * 0.618 % 1)]))
        page.wait_for_timeout(150)
    spread("click to the facts of the point", asked, "ms")


def _formulas(page: Page) -> None:
    """Measure how long a formula that nobody has typed before takes to be raced."""
    typed = []
    for k in range(3):
        for formula in FORMULAS:
            typed.append(page.evaluate(TYPE, formula.format(k=1.25 + k)) / 1000)
            page.wait_for_selector(".os-root:not([data-unconfirmed])")  # the server has compiled it
            page.wait_for_timeout(1500)
    spread("a new formula to its first race", typed, "s")


def main() -> None:
    """Print all figures."""
    with serving() as address, browsing() as browser:
        print("The page, in headless Chromium on this machine")
        page = _open(browser, f"{address}/?steps=51")
        _latencies(page)
        page.context.close()
        page = _open(browser, f"{address}/?steps=51")
        _drag(page)
        page.context.close()
        page = _open(
            browser, f"{address}/?f=line_fit&lane=sgd:schedule=cosine&lane=momentum&lane=adam&steps=151"
        )
        print("  on data, with mini-batches and a schedule:")
        _latencies(page)
        page.context.close()
        page = _open(browser, f"{address}/?f=himmelblau&page=curvature&probe=0,0")
        _questions(page)
        page.context.close()
        page = _open(browser, f"{address}/?formula=x*y")
        _formulas(page)
        page.context.close()
        for name, query in (
            ("contour plot alone", "?hide=surface&steps=52"),
            ("with the surface", "?steps=53"),
            ("data, fits and rates", "?f=line_fit&lane=sgd:schedule=cosine&lane=adam&steps=151"),
            ("600 runs as a cloud", CLOUD),
        ):
            page = _open(browser, f"{address}/{query}")
            if query == CLOUD:
                page.wait_for_timeout(15_000)  # until all experiments of the page have been answered
            counts = page.evaluate(FRAMES, 4)
            print(
                f"  frames per second, {name:24} map {counts['map']:5.1f}  surface {counts['surface']:5.1f}"
            )
            page.context.close()
