"""One app and one Chromium for all tests here; every page must end without an error of ours."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tools.browser import HOW_TO_GET_ONE, browsing, chromium, serving, wait_for_picture

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(HOW_TO_GET_ONE)
    with browsing() as started:
        yield started


@pytest.fixture(scope="session")
def site(browser: Browser) -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """Open a page of the app: visit("?f=saddle", width=390, height=844, color_scheme="dark", …)."""
    errors: list[str] = []
    with ExitStack() as contexts:

        def open_page(
            query: str = "", *, width: int = 1280, height: int = 800, ready: bool = True, **more: Any
        ) -> Page:
            more.setdefault("locale", "en-US")
            context = browser.new_context(viewport={"width": width, "height": height}, **more)
            contexts.callback(context.close)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(f"page: {error}"))
            page.on(
                "console",
                lambda said: errors.append(f"console: {said.text}") if said.type == "error" else None,
            )
            page.goto(f"{site}/{query}")
            if ready:
                wait_for_picture(page)
            return page

        yield open_page
    assert errors == []
