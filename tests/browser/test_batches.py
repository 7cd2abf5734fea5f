"""The lab on the size of batches: three lanes, and charts of time and noise."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from locales import texts
from tests.browser.looks import CHINESE

Open = Callable[..., Page]
LONG = 120_000  # ms: on a busy machine programs take a while to compile
QUICK = "?page=networks&lab=batch&batches=moons:examples=50,depth=1,width=4,epochs=6"


def test_growing_is_compared_with_decaying(visit: Open) -> None:
    language = CHINESE
    said = texts(language)["networks"]["batch"]
    page = visit(f"{QUICK}&lang={language}", locale={"en": "en-GB", "zh": "zh-CN"}[language])
    page.locator(".os-netbatch[aria-busy=false]").wait_for(timeout=LONG)
    lanes = page.locator(".os-netbatch .os-netbatchlanes li")
    expect(lanes).to_have_count(3)
    for lane, id in zip(lanes.all(), ("constant", "decayed", "grown"), strict=True):
        expect(lane).to_contain_text(said[f"lane_{id}"])
        expect(lane).to_contain_text("10" if id == "grown" else "18")
    found = page.locator(".os-netruling p:visible")
    expect(found).to_have_count(6)
    expect(page.locator(".os-netbatch .os-netchart")).to_have_count(3)
    drawn = "() => [...document.querySelectorAll('.os-netbatch .os-plain path')].length"
    assert page.evaluate(drawn) > 8
