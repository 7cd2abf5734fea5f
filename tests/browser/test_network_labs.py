"""The labs that train many networks at once, as a reader meets them."""

import re
from base64 import b64decode

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from locales import LANGUAGES, texts
from tests.browser.conftest import Open
from tests.browser.looks import wear
from tests.browser.test_layout import CROWDED, CUT, OVERLAPS, SCROLLS
from tests.browser.test_networks import DRAWN, LONG, PLACES, answers, found
from tests.browser.test_race import wait_for_url

SEARCH = "search=moons:examples=50,depth=1,width=4,epochs=4,side=2,repeats=2,rate_high=100,decay_high=10"
SCALES = (
    "?page=networks&lab=normalization&scales=digits:examples=200,depth=2,width=8,lr=0.1,batch=50,epochs=3"
)


def choose(page: Page, key: str) -> str:
    """Press `key` on the tensor and return what is said of the chosen number."""
    page.locator(".os-nettensor").press(key)
    return page.locator(".os-netnorm .os-netcaption").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sixteen_sizes_and_the_sentence_are_those_of_their_numbers(visit: Open, language: str) -> None:
    page = visit()
    heard = answers(page, "net_scales.json")
    page.goto(f"/{SCALES}&lang={language}")
    said = found(page)
    last = heard[-1]
    own, plain = (
        np.frombuffer(b64decode(row["train"]), "<f4").reshape(16, row["looks"])[:, -1] for row in last["rows"]
    )
    better = int((np.nan_to_num(own) > np.nan_to_num(plain)).sum())
    pattern = texts(language)["networks"]["normalization"]["found"]
    before, after = pattern.split("{better}")
    name = texts(language)["networks"]["normalizations"]["batch"]["name"]
    start = before.replace("{name}", name).replace("{all}", "16")
    assert said.startswith(f"{start}{better}{after.split('{')[0]}")
    expect(page.locator(".os-netscales li")).to_have_count(16)
    assert page.locator(".os-netwith").count() >= 16
    assert page.evaluate(CUT) == [] and page.evaluate(CROWDED) == []
    assert page.evaluate(OVERLAPS, page.evaluate(PLACES)) == []


def test_what_is_varied_is_chosen_and_both_modes_are_drawn_and_compared(visit: Open) -> None:
    page = visit()
    heard = answers(page, "net_modes.json")
    page.goto("/?page=networks&lab=normalization&scales=moons:examples=50,depth=1,width=4,batch=20,epochs=2")
    found(page)
    said = texts("en")["networks"]["normalization"]
    page.get_by_role("button", name="Batch size").last.click()
    wait_for_url(page, r"lr=0\.1,batch=20,epochs=2,vary=batches")
    expect(page.locator(".os-netquestion")).to_have_text(said["batches_question"])
    expect(page.locator(".os-netruling")).to_contain_text("At B = 32", timeout=LONG)
    sentence = found(page)
    small, large = heard[-1]["finding"]["ends"]
    assert (small["size"], large["size"]) == (2, 32)
    for end in (small, large):
        assert f"At B = {end['size']}, {round(100 * end['train'])}% are right by the mean" in sentence
    expect(page.locator(".os-netnorm .os-netlarge .os-netplot path[d*=L]")).not_to_have_count(0)
    expect(page.locator(".os-netscales")).to_have_count(0)
    expect(page.locator(".os-netnorm .os-keys li:visible")).to_have_count(3)
    page.get_by_role("combobox", name="Normalisation").select_option("layer")
    wait_for_url(page, r"norm=layer")
    expect(page.locator(".os-netnorm .os-keys li:visible")).to_have_count(2)
    expect(page.locator(".os-netruling")).to_contain_text("accuracy with Layer minus", timeout=LONG)
    assert "are right by the mean" not in found(page)
    assert page.evaluate(CUT) == [] and page.evaluate(OVERLAPS, page.evaluate(PLACES)) == []
    wrong = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in wrong] == []
    page.get_by_role("button", name="Learning rate").click()
    wait_for_url(page, r"vary=rates")
    expect(page.locator(".os-netquestion")).to_have_text(said["rates_question"])
    expect(page.locator(".os-netruling")).to_contain_text(
        re.compile("neighbouring rates|cannot be said"), timeout=LONG
    )
    expect(page.locator(".os-netscales li")).to_have_count(16)
    expect(page.get_by_role("slider", name="Learning rate")).to_have_count(0)


def test_a_number_of_the_tensor_is_chosen_and_the_picture_turned(visit: Open) -> None:
    page = visit(SCALES)
    found(page)
    page.locator(".os-nettensor").scroll_into_view_if_needed()
    first = page.locator(".os-netnorm .os-netcaption").inner_text()
    assert "20 of 160" in first and first.startswith("Example 1, channel 3, position 4")
    assert choose(page, "ArrowRight").startswith("Example 1, channel 4, position 4")
    assert choose(page, "ArrowDown").startswith("Example 1, channel 4, position 3")
    assert choose(page, "PageUp").startswith("Example 2, channel 4, position 3")
    canvas = DRAWN.replace(".os-netcanvas", ".os-nettensor canvas")
    before = page.evaluate(canvas)
    choose(page, "Shift+ArrowLeft")
    assert page.evaluate(canvas) != before
    box = page.locator(".os-nettensor").bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(*middle)
    clicked = page.locator(".os-netnorm .os-netcaption").inner_text()
    assert not clicked.startswith("Example 2, channel 4, position 3")
    turned = page.evaluate(canvas)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 60, middle[1] + 10, steps=4)
    page.mouse.up()
    assert page.evaluate(canvas) != turned
    assert page.locator(".os-netnorm .os-netcaption").inner_text() == clicked


def test_another_normalisation_shares_other_numbers(visit: Open) -> None:
    page = visit(SCALES)
    found(page)
    for norm, count in (("layer", 40), ("local_response", 5)):
        page.get_by_role("combobox", name="Normalisation").select_option(norm)
        wait_for_url(page, rf"norm={norm}")
        expect(page.locator(".os-netnorm .os-netcaption")).to_contain_text(f"{count} of 160", timeout=LONG)


def test_everybody_can_use_it(visit: Open) -> None:
    page = visit(SCALES, color_scheme="light")
    found(page)
    for scheme in ("light", "dark"):
        wear(page, scheme)
        wrong = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        said = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in wrong]
        assert said == [], scheme


def test_everybody_can_use_the_others_in_the_dark(visit: Open) -> None:
    page = visit()
    for lab in (
        f"search&{SEARCH}",
        "batch&batches=moons:examples=50,depth=1,width=4,epochs=6",
        "regularization&regularization=moons:examples=50,depth=1,width=4,steps=40",
        "book",
    ):
        page.goto(f"/?page=networks&lab={lab}&theme=dark")
        found(page)
        wrong = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(lab, each["id"], [node["html"][:120] for node in each["nodes"]]) for each in wrong] == []


def test_a_phone_and_a_frame_hold_all_of_it(visit: Open) -> None:
    page = visit(SCALES, width=390, height=844, has_touch=True)
    found(page)
    assert page.evaluate(SCROLLS) == [0, 0] and page.evaluate(CUT) == []
    assert page.evaluate(OVERLAPS, page.evaluate(PLACES)) == []
    page = visit(f"{SCALES}&embed=true", width=640, height=360)
    page.locator(".os-netnorm[aria-busy=false]").wait_for(timeout=LONG)
    assert page.evaluate(SCROLLS) == [0, 0] and page.evaluate(CUT) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_trials_are_points_and_ranges_are_narrowed_to_the_best(visit: Open, language: str) -> None:
    page = visit()
    heard = answers(page, "net_search.json")
    page.goto(f"/?page=networks&lab=search&{SEARCH}&lang={language}")
    said = found(page)
    last = heard[-1]
    finding = last["finding"]
    random = np.frombuffer(b64decode(last["ways"][0]["accuracy"]), "<f4")
    assert len(random) == 8 and finding["accuracy"] == pytest.approx(float(random.max()))
    start = texts(language)["networks"]["search"]["found_best"].split("{")[0]
    assert said.startswith(start) and f"{round(100 * finding['accuracy'])}" in said
    expect(page.locator(".os-nettrials .os-nettrial")).to_have_count(16)
    crossed = sum(len(way["diverged"]) for way in last["ways"])
    expect(page.locator(".os-nettrials .os-nettrial[data-state=diverged]")).to_have_count(crossed)
    expect(page.locator(".os-nettrials .os-nettrial[data-state=waiting]")).to_have_count(0)
    assert page.locator(".os-netsearch .os-netplot path[d*=L]").count() >= 6  # mean and both ends, twice
    assert page.evaluate(CUT) == [] and page.evaluate(OVERLAPS, page.evaluate(PLACES)) == []
    wrong = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in wrong] == []
    narrow = page.locator(".os-netfound .os-netinside")
    card = page.locator(".os-networks").bounding_box()
    place = narrow.bounding_box()
    assert card and place and place["x"] + place["width"] < card["x"] + card["width"], "it is not cut"
    narrow.click()
    low, high, least, largest = finding["narrow"]
    assert (low, least) == (1e-6, 1e-8), "as usual, which a link does not spell"
    wait_for_url(page, rf"rate_high={high:g},decay_high={largest:g}&")
    assert "_low=" not in page.url and (high, largest) != (100, 10)
    assert page.evaluate(SCROLLS) == [0, 0]
