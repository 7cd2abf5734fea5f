"""One app and one Chromium for all tests here; every page must end without an error of ours."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tools.browser import HOW_TO_GET_ONE, browsing, chromium, serving, wait_for_picture

Open = Callable[..., Page]
# On a busy machine an answer takes longer than Playwright's 5 s; who need not wait does not.
expect.set_options(timeout=30_000)

# To draw the surface in software takes more than all else of a visit: only tests that look at it ask for it.
WITHOUT_SURFACE = """
  const style = new CSSStyleSheet();
  style.replaceSync(".os-surface3d { display: none !important }");
  document.adoptedStyleSheets = [style];
"""
FIRST_VISIT = "() => localStorage.clear()"
LATER_VISIT = "() => { localStorage.clear(); localStorage.setItem('optiscape-seen', '1'); }"
OF_A_PAGE = ("color_scheme", "reduced_motion")  # what each page of a context can have for itself


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(HOW_TO_GET_ONE)
    with browsing("--process-per-site") as started:
        yield started


@pytest.fixture(scope="session")
def site(browser: Browser) -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def context_of(browser: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """Return the context of all visits that are alike: context_of(0, locale="zh-CN").

    Pages that are open at once have different first arguments, so that each has a window of its own: of the
    pages in one window only the last is visible, and the others are not drawn.

    The first page of a context, which shows nothing, keeps its renderer alive: so the scripts of Plotly and
    of Streamlit are parsed once and not in each test. That is half of what a visit costs the processor.
    """
    contexts: dict[str, BrowserContext] = {}

    def alike(nth: int, **options: Any) -> BrowserContext:
        key = f"{nth} {sorted(options.items())}"
        if key not in contexts:
            contexts[key] = browser.new_context(base_url=site, **options)
            contexts[key].new_page().goto("/_stcore/health")
        return contexts[key]

    yield alike
    for context in contexts.values():
        context.close()


@pytest.fixture
def visit(site: str, context_of: Callable[..., BrowserContext]) -> Iterator[Open]:
    """Open a page of the app: visit("?f=saddle", width=390, height=844, color_scheme="dark", …).

    Chromium notes an answer that says no as an error of the page; one that has the status `refused` is none.

    Without a query an empty page, for tests that have something to do before they go somewhere. The place of
    the surface is empty, unless `surface` is true.
    A visit finds what a browser keeps of the files it has had, and nothing else: no cookie, nothing stored
    but that it is not the `first`, at which the picture plays by itself.
    """
    errors: list[str] = []
    pages: list[Page] = []
    with ExitStack() as opened:

        def open_page(
            query: str | None = None,
            *,
            width: int = 1280,
            height: int = 800,
            surface: bool = False,
            first: bool = False,
            refused: int | None = None,
            **more: Any,
        ) -> Page:
            media = {name: more.pop(name) for name in OF_A_PAGE if name in more}
            context = context_of(len(pages), **{"locale": "en-US", **more})
            context.clear_cookies()
            context.pages[0].evaluate(FIRST_VISIT if first else LATER_VISIT)
            page = context.new_page()
            opened.callback(page.close)
            pages.append(page)
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(**media)
            page.on("pageerror", lambda error: errors.append(f"page: {error}"))
            meant = f"responded with a status of {refused} "

            def heard(said: ConsoleMessage) -> None:
                if said.type == "error" and meant not in said.text:
                    errors.append(f"console: {said.text}")

            page.on("console", heard)
            if not surface:
                page.add_init_script(WITHOUT_SURFACE)
            if query is not None:
                page.goto(f"/{query}")
                wait_for_picture(page)
            return page

        yield open_page
    assert errors == []
