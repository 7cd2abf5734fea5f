"""Trainers with further seeds, as a reader meets them."""

import json
import re
from base64 import b64decode

import numpy as np
from playwright.sync_api import Route, expect

from locales import texts
from tests.browser.conftest import Open
from tests.browser.looks import CHINESE
from tests.browser.test_networks import LONG, TRAIN, answers, found
from tests.browser.test_race import wait_for_url


def test_a_switch_trains_with_further_seeds_and_compares(visit: Open) -> None:
    language = CHINESE
    said = texts(language)
    page = visit(f"{TRAIN}&lang={language}")
    found(page)
    alone = page.locator(".os-netruling").text_content() or ""
    bands = page.locator(".os-netplot path[fill]:not([fill=none])")
    before = bands.count()
    heard = answers(page, "net_band.json")
    switch = page.get_by_role("group", name=said["networks"]["knobs"]["netband"])
    switch.get_by_role("button", name=said["networks"]["switch"]["on"], exact=True).click()
    wait_for_url(page, r"netband=on")
    ruling = page.locator(".os-netruling")
    finding = None
    expect(ruling).to_contain_text("8", timeout=LONG)
    expect(ruling).not_to_have_text(alone, timeout=LONG)
    page.wait_for_timeout(500)  # what is heard is read beside this
    finding = heard[-1]["finding"]
    for share in (finding["value"], finding["low"], finding["high"]):
        expect(ruling).to_contain_text(f"{100 * share:.1f}")
    (other,) = finding["others"]
    for share in (other["value"], other["low"], other["high"]):
        expect(ruling).to_contain_text(f"{100 * share:.1f}".replace("-", "−"))
    assert bands.count() == before + 4  # losses and accuracies of two trainers
    expect(page.locator(".os-netbandkey")).to_be_visible()
    high = np.frombuffer(b64decode(heard[-1]["lanes"][0]["accuracy_high"]), "<f4")
    assert len(high) == 41 and np.isfinite(high).all()
    switch.get_by_role("button", name=said["networks"]["switch"]["off"], exact=True).click()
    expect(ruling).to_have_text(alone)
    assert bands.count() == before


def test_further_seeds_can_be_stopped(visit: Open) -> None:
    page = visit()
    asked: list[str] = []

    def halfway(route: Route) -> None:
        asked.append(route.request.url)
        response = route.fetch()
        told = {**response.json(), "done": 1, "parts": 2, "finding": None}
        route.fulfill(response=response, body=json.dumps(told))

    page.route(re.compile(r"net_band\.json"), halfway)
    page.goto(f"/{TRAIN}&netband=on")
    progress = page.locator(".os-netseeds .os-batch")
    expect(progress).to_contain_text("50% trained", timeout=LONG)
    assert page.locator(".os-netruling").inner_text() == ""
    progress.get_by_role("button", name="Cancel").click()
    page.wait_for_timeout(500)
    count = len(asked)
    page.wait_for_timeout(1000)
    assert len(asked) == count >= 1
    page.unroute(re.compile(r"net_band\.json"))
    progress.get_by_role("button").click()
    assert found(page).startswith("With 8 further seeds")
