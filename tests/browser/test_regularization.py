"""The lab on regularization: five lanes side by side, and a sentence from their numbers."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from locales import texts
from tests.browser.looks import CHINESE

Open = Callable[..., Page]
LONG = 120_000  # ms: on a busy machine programs take a while to compile
QUICK = "?page=networks&lab=regularization&regularization=line:depth=1,width=16,lr=0.02,steps=100"


def test_five_lanes_learn_side_by_side(visit: Open) -> None:
    language = CHINESE
    said = texts(language)["networks"]["regularization"]
    page = visit(f"{QUICK}&lang={language}", locale={"en": "en-GB", "zh": "zh-CN"}[language])
    names = [said[f"lane_{id}"] for id in ("none", "l2", "decoupled", "dropout", "early")]
    expect(page.locator(".os-netreghead")).to_have_text(names, timeout=LONG)
    expect(page.locator(".os-netfound .os-netruling")).to_contain_text(re.compile(r"\d"), timeout=LONG)
    words = said["found_stop"].split("{step}")[0]
    expect(page.locator(".os-netfound .os-netruling")).to_contain_text(words)
    for panel in page.locator(".os-netreg").all():
        expect(panel.locator(".os-netchart")).to_have_count(2)
        expect(panel.locator(".os-netregsaid")).to_contain_text("%")
    expect(page.locator(".os-netregs .os-netpair .os-netchart")).to_have_count(2)
    stop = said["stopped"].removeprefix("{reached}").split("{step}")[0]
    expect(page.locator(".os-netregs .os-netregsaid").last).to_contain_text(stop)


def test_a_knob_of_the_lab_is_turned_and_stands_in_the_link(visit: Open) -> None:
    page = visit(QUICK)
    expect(page.locator(".os-netfound .os-netruling")).to_contain_text(re.compile(r"\d"), timeout=LONG)
    select = page.get_by_label(texts("en")["networks"]["knobs"]["activation"], exact=True)
    select.locator("visible=true").select_option("tanh")
    page.wait_for_function(
        "() => location.search.includes('activation%3Dtanh') || location.search.includes('activation=tanh')"
    )
    expect(page.locator(".os-netfound .os-netruling")).to_contain_text(re.compile(r"\d"), timeout=LONG)
