"""The dialog that makes snippets: for the scene on the screen, with a preview, by keys alone, on a phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open


def opened(visit: Open, **how: object) -> Page:
    page = visit("?f=saddle&lane=adam&steps=40&lang=en", **how)
    page.get_by_role("button", name="Embed", exact=True).press("Enter")
    expect(page.locator(".os-embed")).to_be_visible()
    return page


def test_a_snippet_is_chosen_seen_and_copied(visit: Open) -> None:
    page = opened(visit)
    text = page.get_by_role("textbox", name="Embed snippet")
    preview = page.frame_locator(".os-preview iframe")
    expect(preview.locator(".os-root[data-ready]")).to_be_attached()
    loads: list[str] = []
    page.on("request", lambda request: loads.append(request.url) if "embed=true" in request.url else None)
    for label, value in (("Theme", "dark"), ("Language", "zh"), ("Picture", "losses"), ("Size", "960x540")):
        page.get_by_role("combobox", name=label, exact=True).select_option(value)
    page.get_by_role("combobox", name="For", exact=True).select_option("reveal")
    for part in ("theme=dark", "lang=zh", "hero=losses", "autoplay=slide", 'width="960"', "data-src="):
        assert part in text.input_value(), part
    expect(preview.locator(".os-root[data-theme=dark]")).to_be_attached()
    expect(preview.locator(".os-hero")).to_be_hidden()
    expect(preview.locator(".os-lossplot svg").first).to_be_visible()
    assert len([each for each in loads if "/?" in each]) <= 3, "at most one each half a second"
    hint = page.locator(".os-embedhint")
    expect(hint).to_contain_text("known to this computer alone")
    page.get_by_role("combobox", name="Size", exact=True).select_option("own")
    width, refused = page.get_by_role("textbox", name="Width in pixels"), page.locator(".os-embedrefused")
    width.fill("-5")
    width.press("Enter")
    expect(refused).to_have_text("“-5” is no size from 240 to 4000 pixels; 240 is used.")
    assert 'width="240"' in text.input_value()
    width.fill("５００")
    width.press("Enter")
    expect(refused).to_have_text("")
    page.evaluate("() => (navigator.clipboard.writeText = async (text) => (window.copied = text))")
    page.get_by_role("button", name="Copy snippet").press("Enter")
    expect(page.locator(".os-embed .os-said")).to_have_text("Copied")
    assert page.evaluate("() => window.copied") == text.input_value()
    page.keyboard.press("Escape")
    expect(page.locator(".os-embed")).to_be_hidden()
    expect(page.locator(".os-preview iframe")).to_have_count(0)  # nothing plays where nobody looks


def test_everybody_can_use_it_and_on_a_phone_it_fills_the_screen(visit: Open) -> None:
    page = opened(visit)
    page.get_by_role("combobox", name="Size", exact=True).select_option("own")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(f".os-root[data-theme={scheme}]").first).to_be_attached()
        found = Axe().run(page, ".os-embed")
        assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".os-embed").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    beyond = "(node) => node.scrollWidth - node.clientWidth"
    assert page.locator(".os-embed").evaluate(beyond) == 0
