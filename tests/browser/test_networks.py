"""The page of networks, as a reader meets it: networks train, and what happens inside of them is seen."""

import json
import re
from base64 import b64decode
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from locales import LANGUAGES
from tests.browser.conftest import Open
from tests.browser.looks import resize, wear
from tests.browser.test_layout import CROWDED, CUT, OVERLAPS, SCROLLS, SMALL
from tests.browser.test_race import parameters, wait_for_url
from tools.browser import wait_for_picture

LONG = 120_000  # ms: on a busy machine programs take a while to compile

SMALL_NET = "net=moons:width=8,steps=40&trainer=sgd:lr=0.5&trainer=adam:lr=0.05"
TRAIN = f"?page=networks&{SMALL_NET}"
# What is drawn on the plane, as a text.
DRAWN = "() => document.querySelector('.os-netcanvas').toDataURL()"
# How many pixels of the plane are of more red than blue, and the other way round.
REDDER = """() => {
  const canvas = document.querySelector(".os-netcanvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const counts = [0, 0];
  for (let i = 0; i < data.length; i += 4)
    if (data[i + 3] && data[i] !== data[i + 2]) counts[data[i] > data[i + 2] ? 0 : 1] += 1;
  return counts;
}"""
PLACES = """() => Object.fromEntries(
  [".os-header", ".os-netlab:not([hidden]) .os-netlarge", ".os-netlab:not([hidden]) .os-netside",
   ".os-under", ".os-aside"]
    .map((name) => [name, document.querySelector(name)?.getBoundingClientRect()])
    .filter(([, box]) => box?.width && box?.height)
    .map(([name, { left, top, right, bottom }]) => [name, [left, top, right, bottom]]))"""

HEIGHTS = """() => [...document.querySelectorAll(".os-netplot")]
  .filter((plot) => plot.checkVisibility()).map((plot) => plot.getBoundingClientRect().height)"""


def found(page: Page) -> str:
    """Return what the open lab has found, once it has."""
    expect(page.locator(".os-netruling")).not_to_be_empty(timeout=LONG)
    return page.locator(".os-netruling").inner_text()


def pictured(page: Page) -> None:
    """Wait until all networks have trained and the picture of one stands."""
    page.locator(".os-nettrain[aria-busy=false]").wait_for(timeout=LONG)


def answers(page: Page, name: str) -> list[dict[str, Any]]:
    """Return a list to which every answer to this question is added."""
    heard: list[dict[str, Any]] = []
    page.on(
        "response", lambda response: heard.append(response.json()) if f"/{name}?" in response.url else None
    )
    return heard


def rows(packed: str) -> list[float]:
    return np.frombuffer(b64decode(packed), "<f4").tolist()


def test_networks_train_and_the_sentence_is_that_of_their_numbers(visit: Open) -> None:
    page = visit()
    heard = answers(page, "net_train.json")
    page.goto(f"/{TRAIN}")
    said = found(page)
    lanes, finding = heard[-1]["lanes"], heard[-1]["finding"]
    reached = [rows(lane["validation_accuracy"])[-1] for lane in lanes]
    assert finding["lane"] == int(np.argmax(reached))
    assert said.startswith(f"{('SGD', 'Adam')[finding['lane']]} has most validation examples right")
    assert f": {round(100 * max(reached))}% of {finding['examples']}" in said
    shown = page.locator(".os-netlane .os-lossnow").all_inner_texts()
    assert shown == [f"{round(100 * each)}%" for each in reached]
    expect(page.locator(".os-netlanehead")).to_have_text("right on validation data")
    pictured(page)
    red, blue = page.evaluate(REDDER)
    assert min(red, blue) > 0.1 * (red + blue)
    assert page.locator(".os-netplot path[d*=L]").count() >= 8  # losses and accuracies of two lanes, twice
    expect(page.locator(".os-mapframe")).to_be_hidden()
    expect(page.locator(".os-panel")).to_be_hidden()


def test_the_playhead_moves_all_of_it(visit: Open) -> None:
    page = visit(TRAIN)
    pictured(page)
    expect(page.locator(".os-count")).to_have_text("40 / 40")
    end = page.evaluate(DRAWN)
    reached = page.locator(".os-netlane .os-lossnow").all_inner_texts()
    page.evaluate("() => optiscape.at(0)")
    expect(page.locator(".os-netcaption:visible")).to_contain_text("at step 0:")
    assert page.evaluate(DRAWN) != end
    assert page.locator(".os-netlane .os-lossnow").all_inner_texts() != reached
    wait_for_url(page, r"step=0")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator(".os-netcaption:visible")).to_contain_text("at step 40:", timeout=LONG)
    assert page.evaluate(DRAWN) == end


def test_a_link_leads_to_a_step_of_a_network_that_a_race_does_not_have(visit: Open) -> None:
    page = visit("?page=networks&net=moons:width=8,steps=400&trainer=sgd:lr=0.5&step=300")
    found(page)
    expect(page.locator(".os-count")).to_have_text("300 / 400")
    expect(page.locator(".os-note")).to_have_count(0)
    page.get_by_role("button", name="Race", exact=True).click()
    expect(page.locator(".os-count")).to_have_text("150 / 150")
    expect(page.locator(".os-mapframe")).to_be_visible()
    expect(page.locator(".os-netstage")).to_be_hidden()
    assert "step=" not in page.url.replace("steps=", "")


def test_another_network_is_shown_by_a_click(visit: Open) -> None:
    page = visit(TRAIN)
    pictured(page)
    expect(page.locator(".os-netcaption:visible")).to_contain_text("SGD at step 40")
    before = page.evaluate(DRAWN)
    page.locator(".os-netlane").nth(1).click()
    expect(page.locator(".os-netcaption:visible")).to_contain_text("Adam at step 40")
    pictured(page)
    assert page.evaluate(DRAWN) != before
    expect(page.locator(".os-netlane").nth(1)).to_have_attribute("aria-pressed", "true")
    wait_for_url(page, r"netlane=2")


def test_turning_a_knob_trains_anew(visit: Open) -> None:
    page = visit(TRAIN)
    found(page)
    heard = answers(page, "net_train.json")
    knob = page.get_by_role("textbox", name="Steps", exact=True)
    knob.fill("60")
    knob.press("Enter")
    expect(page.locator(".os-count")).to_have_text("60 / 60", timeout=LONG)
    found(page)
    assert heard[-1]["lanes"][0]["of"] == 60
    assert "steps=60" in parameters(page)["net"][0]
    rate = page.get_by_role("textbox", name="Adam, Learning rate", exact=True)
    rate.fill("0.02")
    rate.press("Enter")
    wait_for_url(page, r"trainer=adam:lr=0.02")
    page.locator(".os-nettrainers").get_by_role("button", name="More knobs of Adam").click()
    page.locator(".os-nettrainers").get_by_role("button", name="Use the suggested rate").click()
    expect(rate).to_have_value("0.01")
    wait_for_url(page, r"trainer=adam:lr=0.01(&|$)")
    page.locator(".os-nettrainers").get_by_role("button", name="Remove SGD").click()
    expect(page.locator(".os-netlane")).to_have_count(1)
    assert found(page).startswith("Adam")


def test_training_is_watched_and_can_be_stopped(visit: Open) -> None:
    page = visit(TRAIN)
    found(page)
    said: list[str] = []

    def halfway(route: Route) -> None:
        said.append(route.request.url)
        response = route.fetch()
        told = {**response.json(), "done": 1, "parts": 2, "finding": None}
        route.fulfill(response=response, body=json.dumps(told))

    page.route(re.compile(r"net_train\.json"), halfway)
    page.get_by_role("textbox", name="Seed", exact=True).fill("3")
    page.get_by_role("textbox", name="Seed", exact=True).press("Enter")
    progress = page.locator(".os-netfound .os-batch")
    expect(progress).to_contain_text("50% trained", timeout=LONG)
    expect(page.locator(".os-netcaption:visible")).to_contain_text("50% trained")
    assert page.locator(".os-netruling").inner_text() == ""
    progress.get_by_role("button", name="Cancel").click()
    page.wait_for_timeout(500)
    count = len(said)
    page.wait_for_timeout(1000)
    assert len(said) == count > 1
    page.unroute(re.compile(r"net_train\.json"))
    progress.get_by_role("button").click()
    found(page)
    expect(progress).to_be_hidden()


def test_inside_a_network_activations_and_gradients_are_seen_layer_by_layer(visit: Open) -> None:
    page = visit(TRAIN)
    found(page)
    heard = answers(page, "net_signals.json")
    page.get_by_role("button", name="Starting weights", exact=True).click()
    expect(page.locator(".os-nethistogram")).to_have_count(10, timeout=LONG)
    wait_for_url(page, r"lab=init")
    found(page)
    page.wait_for_timeout(500)  # what is heard is read beside this
    layers = heard[-1]["layers"]
    first, last = (float(f"{layers[at]['std']:.2g}") for at in (0, -1))
    assert f"from {first:g} to {last:g}; theory says" in found(page)
    expect(page.locator(".os-transportrow")).to_be_hidden()  # nothing is learned from numbers without classes
    paths = page.locator(".os-netactivations path:not(.os-netzero)").evaluate_all(
        "(paths) => paths.map((path) => path.getAttribute('d').split('M').length - 1)"
    )
    assert paths == [sum(count > 0 for count in rows(layer["activations"]["counts"])) for layer in layers]
    page.go_back()
    wait_for_url(page, r"^(?!.*lab=)")
    expect(page.locator(".os-nettrain")).to_be_visible()


def test_weights_of_zero_leave_all_units_equal(visit: Open) -> None:
    page = visit("?page=networks&lab=init&inside=normal_inputs:init=zeros")
    assert "All units of a layer are equal" in found(page)


def test_signals_are_looked_at_along_the_training(visit: Open) -> None:
    page = visit("?page=networks&lab=init&inside=moons:depth=2,width=8,steps=40&trainer=sgd:lr=0.5")
    before = found(page)
    expect(page.locator(".os-count")).to_have_text("0 / 40")
    page.evaluate("() => optiscape.at(40)")
    expect(page.locator(".os-netruling")).not_to_have_text(before, timeout=LONG)
    wait_for_url(page, r"step=40")


def test_functions_are_chosen_among_all(visit: Open) -> None:
    page = visit("?page=networks&lab=activations")
    assert found(page).startswith("The slope of tanh is 1 at most")
    button = page.get_by_role("button", name="ReLU", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".os-netruling")).to_contain_text("The slope of ReLU is 1 at most")
    wait_for_url(page, r"activation=relu")
    # The whole line below zero, of as many places as above.
    assert re.search(r"is below 0\.1 on (49|50|51)% of the line", found(page))


def test_examples_that_are_images_are_shown_with_what_they_are_taken_for(visit: Open) -> None:
    page = visit()
    heard = answers(page, "net_boundary.json")
    page.goto("/?page=networks&net=digits:width=16,steps=40&trainer=adam:lr=0.01")
    found(page)
    expect(page.locator(".os-netexamples li")).to_have_count(64, timeout=LONG)
    expect(page.locator(".os-nettrain .os-netplane")).to_be_hidden()
    pictured(page)
    truth = np.frombuffer(b64decode(heard[-1]["truth"]), np.uint8)
    said = np.frombuffer(b64decode(heard[-1]["predicted"]), np.uint8).reshape(-1, len(truth))[-1]
    wrong = page.locator(".os-netexamples li[data-right=false]")
    assert wrong.count() == int((truth != said).sum())
    right = page.locator(".os-netexamples li[data-right=true]").all_inner_texts()
    assert right == [str(each) for each in truth[truth == said]]


@pytest.mark.parametrize("lab", ["train", "init", "activations", "outputs"])
@pytest.mark.parametrize(
    "sizes", [[(1280, 800), (1920, 1080), (1024, 768)], [(390, 844), (360, 740), (320, 568)]]
)
def test_all_is_in_sight(visit: Open, sizes: list[tuple[int, int]], lab: str) -> None:
    """In both languages, at each size: one visit for those that are touched, one for the others."""
    page = visit(width=sizes[0][0], height=sizes[0][1], has_touch=sizes[0][0] < 640)
    for language in LANGUAGES:
        page.goto(f"/{TRAIN}&lab={lab}&lang={language}")
        found(page)
        for width, height in sizes:
            resize(page, width, height)
            at = language, width, height
            places = page.evaluate(PLACES)
            assert page.evaluate(OVERLAPS, places) == [], at
            assert page.evaluate(SCROLLS) == [0, 0], at
            assert page.evaluate(CUT) == [], at
            assert page.evaluate(CROWDED) == [], at
            left, top, right, bottom = places[".os-netlab:not([hidden]) .os-netlarge"]
            assert right - left > 0.4 * min(width, 1280) * (1 if width < 640 else 0.9), at
            assert bottom - top > (110 if height < 600 else 180), at


def test_charts_are_high_enough_to_be_read_on_a_phone(visit: Open) -> None:
    page = visit(TRAIN, width=390, height=844, has_touch=True)
    for lab in ("train", "regularization", "batch", "search", "init"):
        page.goto(f"/{TRAIN}&lab={lab}")
        wait_for_picture(page)
        heights = page.evaluate(HEIGHTS)
        assert heights and min(heights) >= 120, (lab, heights)


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_tabs_have_room_at_every_width(visit: Open, language: str) -> None:
    page = visit(f"?lang={language}")
    for width, height in (
        *((320, 568), (360, 740), (390, 844), (640, 400), (768, 1024)),
        *((900, 700), (1024, 768), (1120, 800), (1280, 800), (1700, 900), (1920, 1080)),
    ):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(100)
        row = page.locator(".os-nav").evaluate("(row) => row.scrollWidth - row.clientWidth")
        assert row <= 0, (width, height)
        assert page.evaluate(SCROLLS)[0] == 0


def test_a_frame_holds_all_of_it(visit: Open) -> None:
    page = visit(f"{TRAIN}&embed=true", width=640, height=360)
    expect(page.locator(".os-netcaption:visible")).to_contain_text("at step 40", timeout=LONG)
    assert page.evaluate(SCROLLS) == [0, 0] and page.evaluate(CUT) == []
    places = page.evaluate(PLACES)
    assert page.evaluate(OVERLAPS, places) == []
    home = page.get_by_role("link", name="Optiscape").bounding_box()
    speed = page.locator(".os-speed").bounding_box()
    assert home and speed and speed["x"] + speed["width"] <= home["x"]


def test_a_room_reads_it_from_the_last_row(visit: Open) -> None:
    page = visit(f"{TRAIN}&present=on", width=1920, height=1080)
    expect(page.locator(".os-netcaption:visible")).to_contain_text("at step 40", timeout=LONG)
    assert page.evaluate(SMALL) == []
    assert page.evaluate(SCROLLS) == [0, 0]


@pytest.mark.parametrize("lab", ["train", "init", "activations", "outputs"])
def test_everybody_can_use_it(visit: Open, lab: str) -> None:
    page = visit(f"{TRAIN}&lab={lab}", color_scheme="light")
    found(page)
    for scheme in ("light", "dark"):
        wear(page, scheme)
        wrong = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        said = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in wrong]
        assert said == [], scheme
