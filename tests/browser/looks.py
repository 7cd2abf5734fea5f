"""One visit seen at several sizes and in both themes: a visit for each would take far longer."""

from playwright.sync_api import Page, expect

# In English the page is met in nearly every test. Flows that are the same in each language, and compare what
# is said with the texts, are gone through in this one. What needs room is looked at in both.
CHINESE = "zh"

# Until nothing has moved between two moments, for five seconds at most; then it is what it is.
SETTLED = """async () => {
  const moment = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
  const look = () => JSON.stringify([...document.querySelectorAll(".os-root *")]
    .filter((node) => node.checkVisibility())
    .map((node) => node.getBoundingClientRect()));
  for (let [count, before, now] = [0, "", look()]; before !== now && count < 100; count += 1) {
    await moment();
    [before, now] = [now, look()];
  }
}"""


def settle(page: Page) -> None:
    """Wait until nothing moves any more."""
    page.evaluate(SETTLED)


def resize(page: Page, width: int, height: int) -> None:
    """Give the window another size, and wait until all of the page has followed."""
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(200)  # figures follow a moment later
        settle(page)


def wear(page: Page, scheme: str) -> None:
    """Let the system prefer `scheme`, light or dark, and wait until the page is drawn anew in this theme."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    expect(page.locator(".os-root")).to_have_attribute("data-theme", scheme)
    page.wait_for_timeout(400)  # pictures come, and colours glide
