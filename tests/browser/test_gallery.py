"""The gallery of surfaces and the list of methods: by mouse, by keyboard alone, on a phone, and for axe."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from landscapes import LANDSCAPES
from locales import texts
from optimizers import OPTIMIZERS
from scenes.network_slice import SLICE
from tests.browser.choosing import choose_surface, method
from tests.browser.looks import wear
from tests.browser.test_race import parameters, wait_for_url
from tests.browser.test_readers import PHONE, widest

Open = Callable[..., Page]

FOCUSED = "() => document.activeElement.dataset.id ?? document.activeElement.id"
PICTURED = """() => [...document.querySelectorAll(".os-gallery .os-pictured")].map((node) => {
  const { backgroundImage, backgroundPosition } = getComputedStyle(node);
  return [backgroundImage.match(/gallery-\\w+/)?.[0], backgroundPosition];
})"""


def gallery(page: Page) -> Locator:
    return page.locator(".os-gallery[open]")


def shown(page: Page) -> list[str]:
    """Return the ids of the tiles that can be seen."""
    tiles = gallery(page).locator(".os-option:visible")
    return tiles.evaluate_all("(tiles) => tiles.map(({ dataset }) => dataset.id)")


def press(page: Page, *keys: str) -> str:
    for key in keys:
        page.keyboard.press(key)
    return page.evaluate(FOCUSED)


def test_by_mouse(visit: Open) -> None:
    page = visit("")
    address = page.locator("#os-surface .os-pictured").evaluate(
        "(node) => getComputedStyle(node).backgroundImage.slice(5, -2)"
    )
    sprite = page.request.get(address)
    assert (sprite.status, sprite.headers["content-type"]) == (200, "image/webp")
    assert "immutable" in sprite.headers["cache-control"]
    page.locator("#os-surface").click()
    assert shown(page)[:2] == ["formula", "data"]
    assert set(shown(page)[2:]) == {*LANDSCAPES, SLICE}
    pictures = page.evaluate(PICTURED)
    assert {name for name, _ in pictures} == {"gallery-light"}
    assert len({at for _, at in pictures}) == len(LANDSCAPES) + 1
    expect(gallery(page).locator("[aria-selected=true]")).to_have_attribute("data-id", "bowl")
    gallery(page).locator("[data-id=saddle]").click()
    wait_for_url(page, "f=saddle")
    expect(page.locator("#os-surface")).to_have_text("Saddle")
    expect(page.locator("#os-surface")).to_be_focused()
    at = parameters(page)["at"]
    page.locator("#os-surface").click()
    page.mouse.click(200, 300)  # beside it
    expect(gallery(page)).to_have_count(0)
    assert parameters(page)["f"] == ["saddle"]
    assert parameters(page)["at"] == at, "the click that closed it placed no start"
    page.go_back()
    wait_for_url(page, "f=bowl")


def test_by_keyboard_alone(visit: Open) -> None:
    page = visit("?f=himmelblau")
    page.locator("#os-surface").focus()
    assert press(page, "Enter") == "himmelblau"
    assert press(page, "ArrowRight") == "three_hump_camel"
    assert press(page, "Home") == "formula"
    assert press(page, "ArrowRight", "ArrowRight") == "round_bowl"
    assert press(page, "ArrowDown") != "bowl", "down is another line"
    assert press(page, "End") == "peaks"
    tiles = page.locator(".os-gallery .os-option")
    assert tiles.evaluate_all("(all) => all.filter(({ tabIndex }) => tabIndex === 0).length") == 1
    press(page, "Escape")
    expect(gallery(page)).to_have_count(0)
    expect(page.locator("#os-surface")).to_be_focused()
    assert parameters(page)["f"] == ["himmelblau"]
    count = page.locator(".os-count").text_content()
    press(page, "ArrowDown", "Home", "ArrowRight", "ArrowRight", "ArrowRight", "Enter")
    wait_for_url(page, "f=bowl")
    assert (count or "").startswith("170")
    expect(page.locator(".os-count")).to_have_text("150 / 150")
    expect(page.locator("#os-surface")).to_be_focused()


@pytest.mark.parametrize(
    ("lang", "text", "found"), [("en", "双势阱", "double_well"), ("zh", "washb", "washboard")]
)
def test_the_search(visit: Open, lang: str, text: str, found: str) -> None:
    page = visit(f"?lang={lang}")
    page.locator("#os-surface").click()
    field = gallery(page).get_by_role("searchbox")
    page.keyboard.type("ros")  # from a tile
    expect(field).to_have_value("ros")
    assert shown(page) == ["rosenbrock"]
    field.fill("qqq")
    expect(gallery(page).get_by_role("status")).to_have_text(texts(lang)["interface"]["none_found"])
    assert shown(page) == []
    press(page, "Enter")  # takes nothing
    field.fill(text)
    assert shown(page) == [found]
    assert press(page, "ArrowDown") == found
    press(page, "ArrowUp")
    expect(field).to_be_focused()
    press(page, "Enter")
    wait_for_url(page, f"f={found}")
    page.locator("#os-surface").click()
    assert len(shown(page)) == len(LANDSCAPES) + 3  # a formula, one's own data, a slice


def test_the_reader_s_own(visit: Open) -> None:
    page = visit("")
    choose_surface(page, "formula")
    expect(page.locator(".os-formulatext")).to_be_visible()
    choose_surface(page, "data")
    wait_for_url(page, "f=line_fit")
    expect(page.locator(".os-owndata .os-tabletext")).to_be_focused()
    page.locator(".os-owndata .os-tabletext").fill("1 2\n2 3\n3 5\n4 6")
    page.get_by_role("button", name="Use these data").click()
    wait_for_url(page, "data=")
    page.locator("#os-surface").click()
    expect(gallery(page).locator("[aria-selected=true]")).to_have_attribute("data-id", "data")
    gallery(page).locator("[data-id=bowl]").click()
    wait_for_url(page, "f=bowl")
    choose_surface(page, "data")  # those of before
    wait_for_url(page, "data=")


def test_methods_by_mouse_and_keyboard(visit: Open) -> None:
    page = visit("")
    first = page.locator(".os-method").first
    first.click()
    expect(page.locator(".os-methodlist[open] .os-option")).to_have_count(len(OPTIMIZERS))
    expect(method(page, "adam")).to_contain_text(texts("en")["methods"]["adam"]["gist"])
    expect(method(page, "adam").locator(".os-swatch")).to_have_count(1)
    expect(method(page, "lion").locator(".os-swatch")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(first).to_be_focused()
    assert press(page, "ArrowDown") == "sgd"
    assert press(page, "ArrowDown", "ArrowDown", "ArrowUp") == "momentum"
    page.keyboard.type("ra")
    assert page.evaluate(FOCUSED) == "radam"
    press(page, "Enter")
    wait_for_url(page, "lane=radam")
    expect(first).to_be_focused()
    expect(first).to_have_attribute("aria-label", "Method of lane 1, RAdam")
    assert press(page, "l") == "lion"  # on the button, as on a menu
    press(page, "Escape")
    page.get_by_role("button", name="Add", exact=True).focus()
    assert press(page, "Enter") == "sgd"  # which races no longer
    press(page, "Enter")
    expect(page.locator(".os-lane")).to_have_count(5)
    wait_for_url(page, "lane=radam.*lane=sgd")
    page.go_back()
    wait_for_url(page, "lane=radam(?!.*lane=sgd)")


def test_on_a_phone_it_fills_the_screen(visit: Open) -> None:
    page = visit("", **PHONE)
    for button in ("#os-surface", ".os-method >> nth=1", ".os-add:visible"):
        target = page.locator(button)
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box is not None and box["height"] >= 44
        target.tap()
        opened = page.locator(".os-chooser[open]")
        assert opened.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
        heights = opened.locator(".os-option").evaluate_all(
            "(all) => all.map((each) => each.getBoundingClientRect().height)"
        )
        assert min(heights) >= 44
        assert opened.evaluate("(node) => node.scrollWidth") <= 390 >= widest(page)
        close = opened.get_by_role("button", name="Close")
        size = close.bounding_box()
        assert size is not None and min(size["width"], size["height"]) >= 44
        close.tap()
        expect(opened).to_have_count(0)
    page.locator("#os-surface").tap()
    gallery(page).locator("[data-id=canyon]").tap()
    wait_for_url(page, "f=canyon")


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_axe_finds_nothing(visit: Open, locale: str) -> None:
    page = visit("", color_scheme="light", locale=locale)
    for scheme in ("light", "dark"):
        wear(page, scheme)
        for button in ("#os-surface", ".os-method >> nth=0"):
            page.locator(button).click()
            page.locator(".os-chooser[open]").wait_for()
            found = Axe().run(page)
            assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
            page.keyboard.press("Escape")
        assert {name for name, _ in page.evaluate(PICTURED)} == {f"gallery-{scheme}"}


def test_a_frame_asks_for_no_gallery(visit: Open) -> None:
    page = visit()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/?embed=true")
    page.wait_for_selector(".os-root[data-ready]")
    page.wait_for_timeout(500)
    assert asked and not [url for url in asked if "gallery" in url]
    expect(page.locator("#os-surface")).to_be_hidden()
