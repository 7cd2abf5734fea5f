"""How a reader takes something from a list that opens from a button."""

from playwright.sync_api import Locator, Page


def choose_surface(page: Page, id: str) -> None:
    """Take the surface `id` from the gallery, or what is the reader's own: "formula", "data"."""
    page.locator("#os-surface").click()
    page.locator(f".os-gallery[open] [data-id={id}]").click()


def choose_method(page: Page, lane: int, id: str) -> None:
    """Let the lane, counted from 0, race with the method `id`."""
    page.locator(".os-method").nth(lane).click()
    method(page, id).click()


def method(page: Page, id: str) -> Locator:
    """Return the method `id` of the list that is open."""
    return page.locator(f".os-methodlist[open] [data-id={id}]")
