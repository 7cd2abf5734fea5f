"""A slice through a network's loss: trained in view, raced, and turned into another."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from locales import texts
from tests.browser.test_race import HEADS, wait_for_url

Open = Callable[..., Page]
SMALL = "f=slice&through=xor:depth=1,width=4,steps=7"
WAIT = 60_000  # ms: training compiles programs first


def test_a_slice_is_trained_seen_turned_and_told_apart_from_its_loss(visit: Open) -> None:
    said = texts("en")["slices"]
    page = visit()
    page.goto(f"/?{SMALL}&hide=surface&lane=adam:lr=0.05&steps=20")
    # What it is is said before there is anything to be seen of it.
    expect(page.locator("#os-surface")).to_contain_text(said["name"])
    expect(page.locator(".os-slicesummary")).to_contain_text("1 × 4")
    page.wait_for_selector(".os-root[data-ready]", timeout=WAIT)
    expect(page.locator(".os-sampling")).to_be_hidden()
    expect(page.locator(".os-sliceknobs .os-source")).to_contain_text("2601")
    expect(page.locator(".os-sliceknobs .os-source")).to_contain_text("%")
    wait_for_url(page, r"&at=-?[\d.]+,-?[\d.]+&lane=adam:lr=0\.05")
    heads = page.evaluate(f"JSON.stringify(({HEADS})())")
    page.get_by_label(said["knobs"]["lengths"]).select_option("length")
    wait_for_url(page, r"through=xor:depth=1,width=4,steps=7,lengths=length&at=")
    expect(page.locator(".os-sampling")).to_be_hidden(timeout=WAIT)
    page.wait_for_function(f"before => JSON.stringify(({HEADS})()) !== before", arg=heads)
    # Its training is one click away, and back.
    page.get_by_text(said["open"]).click()
    wait_for_url(page, r"net=xor:.*page=networks")
