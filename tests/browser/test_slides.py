"""Frames on slides of reveal.js, on paper, and on the ground of the page around them."""

import io
import json
import math
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Frame, Page, Route, expect

from tests.browser.conftest import Open
from tests.stage.node import started

ROOT = Path(__file__).parent.parent.parent
SCENES = tuple(
    f"f={surface}&at={start}" for start in ("1,2", "-1,1", "2,1") for surface in ("bowl", "saddle")
)
SIZES = ("640x360", "960x540")
HEAD = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">'
DECK = (
    '{head}<link rel="stylesheet" href="reveal.css"><link rel="stylesheet" href="theme/white.css">'
    '<div class="reveal"><div class="slides">{slides}</div></div><script src="reveal.js"></script>'
    "<script>Reveal.initialize({{ transition: 'none', backgroundTransition: 'none' }})</script>"
)
FORMATS = (ROOT / "stage/controls/embed_formats.js").as_uri()
BEYOND = """() => { const { scrollWidth, scrollHeight } = document.documentElement;
  return [scrollWidth - innerWidth, scrollHeight - innerHeight]; }"""
SHARE = 0.01  # of the pixels, that may differ between screen and paper
DIFFERS = 64  # of 255: the edges of a line are smoothed in two ways
MARGIN = math.floor(12 / 25.4 * 96)  # px, of @page in print.css
PAPER = (200, 40, 40)


class Host(SimpleHTTPRequestHandler):
    """A page of somebody else, from another origin: files of reveal.js, and what is in `pages`."""

    pages: dict[str, str]

    def do_GET(self) -> None:
        text = self.pages.get(urlsplit(self.path).path)
        if text is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host(site: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the address of another site, and its pages by their path."""
    pages = {"/deck": DECK.format(head=HEAD, slides="".join(snippets(site)))}
    kind = type("Pages", (Host,), {"pages": pages})
    folder = str(ROOT / "node_modules/reveal.js/dist")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(kind, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()
    server.server_close()


def snippets(site: str) -> list[str]:
    """Return what the dialog gives for reveal.js, a slide for each of SCENES."""
    made = started(
        "--input-type=module",
        "-e",
        f"import {{ FORMATS, USUAL, frameOf }} from {json.dumps(FORMATS)};"
        f"const slides = {json.dumps(SCENES)}.map((scene, nth) => {{"
        f"  const choices = {{ ...USUAL, format: 'reveal', size: {json.dumps(SIZES)}[nth % 2] }};"
        f"  const frame = frameOf(choices, `{site}/?${{scene}}&lane=adam&lane=sgd&steps=60`, 'Slide');"
        "  return FORMATS.find(({ id }) => id === 'reveal').text(frame);"
        "});"
        "console.log(JSON.stringify(slides));",
    )
    return json.loads(made.said)


def frames(page: Page) -> list[Frame]:
    return [frame for frame in page.frames if "embed=true" in frame.url]


def shown(page: Page, scene: str) -> Frame:
    """Return the frame of the slide that is shown, once its picture stands; no other slide has one."""
    page.wait_for_function(
        "(scene) => document.querySelector('section.present iframe')?.getAttribute('src')?.includes(scene)"
        " && document.querySelectorAll('iframe[src]').length === 1",
        arg=scene,
    )
    handle = page.locator("section.present iframe").element_handle()
    frame = handle.content_frame()
    assert frame is not None
    frame.wait_for_selector(".os-root[data-ready]")
    assert len(frames(page)) == 1
    return frame


def step(frame: Frame) -> int:
    return int(frame.locator(".os-count").inner_text().split(" / ")[0])


def test_six_frames_on_six_slides_and_keys_that_turn_them(
    visit: Open, host: tuple[str, dict[str, str]]
) -> None:
    page = visit(width=1280, height=720)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/?f=" in request.url else None)
    page.goto(f"{host[0]}/deck")
    waited: list[int] = []
    for nth, scene in enumerate(SCENES):
        frame = shown(page, scene)
        assert len(asked) == nth + 1, "nothing loads before its slide"
        waited.append(int(frame.locator(".os-root").get_attribute("data-ready") or 0))
        assert frame.evaluate(BEYOND) == [0, 0]
        expect(frame.locator(".os-play")).to_have_attribute("aria-label", "Pause")
        frame.locator(".os-legend").click()
        assert page.evaluate("() => document.activeElement.tagName") == "IFRAME"
        if nth < 5:
            page.keyboard.press(("PageDown", "ArrowRight")[nth % 2])
    assert min(waited) < 1000  # ms; on a busy machine the others may take longer
    page.keyboard.press("PageUp")
    shown(page, SCENES[-2]).locator(".os-play").click()
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.activeElement.tagName === 'BODY'")
    assert page.evaluate("() => [document.hasFocus(), Reveal.isOverview()]") == [True, False]
    page.keyboard.press("PageDown")  # which is the deck's own now
    shown(page, SCENES[-1])


def alone(visit: Open, host: tuple[str, dict[str, str]], source: str, style: str = "") -> tuple[Page, Frame]:
    """Return a page with one frame, of `source`, and that frame when its picture stands."""
    host[1]["/alone"] = f'{HEAD}<iframe src="{source}" width="640" height="360" style="{style}"></iframe>'
    page = visit(width=800, height=600)
    page.goto(f"{host[0]}/alone")
    (frame,) = frames(page)
    frame.wait_for_selector(".os-root[data-ready]")
    return page, frame


def test_told_frames_stop_and_begin_anew(visit: Open, host: tuple[str, dict[str, str]], site: str) -> None:
    """A frame that stays loaded, as in other decks."""
    page, frame = alone(visit, host, f"{site}/?f=bowl&lane=adam&steps=60&embed=true&autoplay=slide")
    say = "(text) => document.querySelector('iframe').contentWindow.postMessage(text, '*')"
    play = frame.locator(".os-play")
    expect(play).to_have_attribute("aria-label", "Play")
    assert step(frame) == 60
    page.evaluate(say, "slide:start")
    expect(play).to_have_attribute("aria-label", "Pause")
    assert step(frame) < 60
    page.evaluate(say, "slide:stop")
    expect(play).to_have_attribute("aria-label", "Play")


def test_a_frame_plays_only_while_it_is_in_sight(
    visit: Open, host: tuple[str, dict[str, str]], site: str
) -> None:
    source = f"{site}/?f=bowl&lane=adam&steps=600&embed=true&autoplay=1"
    page, frame = alone(visit, host, source, "margin-top: 3000px")
    play = frame.locator(".os-play")
    for down, label in ((0, "Play"), (3000, "Pause"), (0, "Play"), (3000, "Pause")):
        page.evaluate("(down) => scrollTo(0, down)", down)
        expect(play).to_have_attribute("aria-label", label)


def test_paper_has_what_the_screen_has(visit: Open) -> None:
    page = visit("?f=himmelblau&embed=true&lang=en", width=640, height=360)
    page.wait_for_timeout(300)  # names of lanes find their places
    box = {"x": 0, "y": 0, "width": 640, "height": 294}  # what stands below are controls
    page.evaluate("() => document.querySelector('.os-axisbutton:not([hidden])').style.visibility = 'hidden'")
    screen = pixels(Image.open(io.BytesIO(page.screenshot(clip=box))))  # pyright: ignore[reportArgumentType]
    page.evaluate("() => document.querySelector('.os-play').click()")
    page.wait_for_timeout(200)
    assert step(page.main_frame) < 170  # and yet all of it is printed
    sheet = sheets(page.pdf(format="A4", landscape=True, print_background=True))[0]
    printed = sheet[MARGIN : MARGIN + 294, MARGIN : MARGIN + 640]
    assert share_of_others(screen, printed) < SHARE
    empty = np.full_like(screen, 255)
    assert share_of_others(screen, empty) > 0.1


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB")).astype(int)


def sheets(pdf: bytes) -> list[np.ndarray]:
    """Return the pages of `pdf` at 96 pixels to the inch."""
    scale: Any = 96 / 72  # its stubs say whole numbers
    return [pixels(page.render(scale=scale).to_pil()) for page in pypdfium2.PdfDocument(pdf)]


def share_of_others(one: np.ndarray, other: np.ndarray) -> float:
    return float((np.abs(one - other).max(-1) > DIFFERS).mean())


def test_a_printed_deck_has_a_picture_in_the_place_of_each_frame(
    visit: Open, host: tuple[str, dict[str, str]]
) -> None:
    page = visit(width=1280, height=720)
    picture = io.BytesIO()
    Image.new("RGB", (960, 540), PAPER).save(picture, "PNG")
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=picture.getvalue(), content_type="image/png")

    page.route("**/export/picture.png?*", answer)
    page.goto(f"{host[0]}/deck?print-pdf")
    page.wait_for_function("() => document.querySelectorAll('.pdf-page').length === 6")
    assert asked == [], "only for paper"
    printed = sheets(page.pdf(prefer_css_page_size=True, print_background=True))
    assert len(printed) == len(asked) == len(SCENES)
    for sheet, scene in zip(printed, SCENES, strict=True):
        assert (np.abs(sheet - PAPER).max(-1) < 20).mean() > 0.3, scene


def test_the_page_around_a_frame_shows_through_it(
    visit: Open, host: tuple[str, dict[str, str]], site: str
) -> None:
    cases = [("light", "none"), ("dark", "none"), ("dark", "solid")]
    frame = (
        '<iframe src="{site}/?f=bowl&embed=true&theme={theme}&background={ground}" width="640" height="200"'
    )
    frame += ' style="border:0;display:block;color-scheme:{theme}"></iframe>'
    host[1]["/ground"] = f'{HEAD}<body style="background: rgb(200, 40, 40); margin: 0">' + "".join(
        frame.format(site=site, theme=theme, ground=ground) for theme, ground in cases
    )
    page = visit(width=700, height=620)
    page.goto(f"{host[0]}/ground")
    for each in frames(page):
        each.wait_for_selector(".os-root[data-ready]")
    screen = pixels(Image.open(io.BytesIO(page.screenshot())))
    for nth, (_, ground) in enumerate(cases):
        corner = tuple(screen[200 * nth + 2, 2])
        assert (corner == PAPER) == (ground == "none"), (cases[nth], corner)
