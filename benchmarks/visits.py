"""First visits in headless Chromium, with an empty cache: the app, an embedded scene, six on one page."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.server_process import ServerProcess
from benchmarks.spread import spread
from tools.browser import ROOT, browsing, wait_for_picture, wait_for_session

VISITS = 20
SCENES = ("bowl", "saddle", "beale", "himmelblau", "rosenbrock", "canyon")


class Visit(NamedTuple):
    """Seconds after the page was asked for until map and lanes are painted, and until it is complete; KB."""

    picture: float
    complete: float
    kilobytes: float


def _counted(page: Page) -> list[int]:
    """Return a list to which the size of whatever the page transfers is added."""
    sizes: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    return sizes


def _milliseconds(page: Page, selector: str, name: str) -> float:
    return float(page.get_attribute(selector, f"data-{name}") or "nan")


def _app(page: Page, address: str) -> Visit:
    sizes = _counted(page)
    page.goto(f"{address}/?steps=54", wait_until="commit")
    wait_for_picture(page)
    picture = _milliseconds(page, ".os-map", "sketched") / 1000
    complete = _milliseconds(page, ".os-root", "ready") / 1000
    wait_for_session(page)
    page.wait_for_timeout(1500)
    return Visit(picture, complete, sum(sizes) / 1000)


def _embed(page: Page, address: str) -> Visit:
    sizes = _counted(page)
    page.goto(f"{address}/?f=saddle&embed=true", wait_until="commit")
    wait_for_picture(page)
    complete = _milliseconds(page, ".os-root", "ready") / 1000
    page.wait_for_timeout(500)
    return Visit(complete, complete, sum(sizes) / 1000)


def _six(page: Page, address: str) -> Visit:
    """Open a page with six frames; it is complete when the last of them is."""
    sizes = _counted(page)
    frames = "".join(
        f'<iframe src="{address}/?f={scene}&embed=true" width="400" height="260"></iframe>'
        for scene in SCENES
    )
    page.goto(f"{address}/_stcore/health")
    page.evaluate("(html) => { window.since = performance.now(); document.body.innerHTML = html; }", frames)
    for frame in page.locator("iframe").all():
        frame.content_frame.locator(".os-root[data-ready]").wait_for(timeout=60_000)
    complete = page.evaluate("() => performance.now() - window.since") / 1000
    page.wait_for_timeout(500)
    return Visit(complete, complete, sum(sizes) / 1000)


def _visits(browser: Browser, name: str, address: str, visit: Callable[[Page, str], Visit]) -> None:
    found: list[Visit] = []
    for _ in range(VISITS):
        context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 800})
        found.append(visit(context.new_page(), address))
        context.close()
    print(f"  {name}")
    spread("  map and lanes", [each.picture for each in found], "s")
    spread("  complete", [each.complete for each in found], "s")
    spread("  transferred", [each.kilobytes for each in found], "KB")


def main() -> None:
    """Print all figures."""
    with ServerProcess(ROOT) as server, browsing() as browser:
        address = f"http://127.0.0.1:{server.port}"
        server.wait_until_warm()
        print(f"{VISITS} visits with an empty cache each")
        _visits(browser, "the app", address, _app)
        _visits(browser, "an embedded scene", address, _embed)
        _visits(browser, "six embedded scenes on one page", address, _six)
