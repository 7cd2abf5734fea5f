"""Scenes that are carried away from the page, and pictures that are brought back."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open

DROP = """async ([data, type]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], "dropped.png", { type }));
  const as = { dataTransfer: files, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new DragEvent("drop", as));
}"""


def exported(page: Page, label: str, folder: Path) -> Path:
    """Return the file of the link `label`, fetched as a reader does."""
    with page.expect_download(timeout=90_000) as download:  # the process for long work may be starting
        page.get_by_role("dialog").get_by_role("button", name=label, exact=True).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    expect(page.locator(".os-export .os-said")).to_contain_text(file.name)
    return file


def test_a_scene_is_carried_away_and_brought_back(visit: Open, tmp_path: Path):
    page = visit("?f=saddle&lane=adam:lr=0.1&lane=sgd&steps=30&step=7", color_scheme="dark")
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Size").select_option("640x360")
    dialog.get_by_label("Resolution").select_option("2")
    picture = exported(page, "PNG", tmp_path)
    assert picture.name == "picture-saddle-adam-sgd-7.png"
    with Image.open(picture) as image:
        assert image.size == (1280, 720)
        assert np.asarray(image.convert("L"))[2, 2] < 60  # as dark as the page, which nobody chose
    assert exported(page, "SVG", tmp_path).read_text("utf-8").startswith("<svg")
    paths = page.evaluate("() => optiscape.paths()")
    page.get_by_role("button", name="Close").click()

    other = visit("?f=bowl")
    other.evaluate(DROP, [base64.b64encode(picture.read_bytes()).decode(), "image/png"])
    other.wait_for_function("() => optiscape.query.includes('f=saddle')")
    assert other.evaluate("() => optiscape.paths()") == paths
    expect(other.locator(".os-transport")).to_contain_text("7 / 30")


def test_a_picture_without_a_scene_is_told(visit: Open):
    page = visit("?f=bowl")
    before = page.url
    page.evaluate(DROP, [base64.b64encode(b"\x89PNG\r\n\x1a\n").decode(), "image/png"])
    expect(page.locator(".os-header .os-said")).to_contain_text("no scene in it")
    assert page.url == before


def test_what_cannot_be_made_is_told_in_the_dialog(visit: Open):
    page = visit("?f=bowl&lang=zh", refused=400)
    page.route("**/optiscape/export/**", lambda route: route.fulfill(status=400, body="Expected a size."))
    page.get_by_role("button", name="导出").click()
    page.get_by_role("button", name="GIF").click()
    said = page.locator(".os-export .os-exportfailed")
    expect(said).to_contain_text("无法生成 race-bowl")
    expect(said).to_contain_text("Expected a size.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_fits_a_phone_and_everybody_can_use_it(visit: Open, scheme: str):
    page = visit("?f=bowl", width=390, height=844, color_scheme=scheme, has_touch=True)
    page.get_by_role("button", name="Export").click()
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert box["y"] >= 0 and box["y"] + box["height"] <= 844
    found = Axe().run(page, context=".os-export")
    assert not found.response["violations"], json.dumps(found.response["violations"], indent=1)[:2000]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_link_has_a_card(visit: Open, site: str):
    page = visit()
    head = page.request.get(f"{site}/?f=saddle&lane=adam&lang=zh").text()
    assert '<meta property="og:title" content="鞍' in head
    assert head.count("<title>") == 1
    card = page.request.get(f"{site}/optiscape/export/card.jpg?f=saddle&lane=adam&lang=zh")
    assert card.status == 200 and card.headers["content-type"] == "image/jpeg"
    told = page.request.get(f"{site}/oembed?url={site}/?f=saddle")
    assert told.status == 200 and told.json()["type"] == "rich"
    assert page.request.get(f"{site}/oembed?url=https://example.org/").status == 404
    assert page.request.get(f"{site}/optiscape/export/nothing.exe?f=bowl").status == 404
    wrong = page.request.get(f"{site}/optiscape/export/picture.png?size=1x1")
    assert wrong.status == 400 and "width and height" in wrong.text()


def test_in_a_lab_the_numbers_of_its_networks_are_carried_away(visit: Open, tmp_path: Path):
    page = visit("?page=networks&net=moons:width=6,steps=40&trainer=adam:lr=0.05")
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".os-exportfile:visible")).to_have_text(["PNG", "SVG", "CSV", "JSON", "NPZ"])
    told = json.loads(exported(page, "JSON", tmp_path).read_text("utf-8"))
    assert told["trainers"][0]["widths"] == [6, 6] and told["trainers"][0]["steps"] == 40


def test_of_a_lab_one_chart_can_be_carried_away_and_brought_back(visit: Open, tmp_path: Path):
    page = visit("?page=networks&net=moons:width=6,steps=40&trainer=adam:lr=0.05")
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    what = dialog.get_by_label("What")
    expect(what.get_by_role("option")).to_have_text(
        ["Whole lab", "What the network says", "Losses", "Accuracies"]
    )
    what.select_option("Losses")
    dialog.get_by_label("Size").select_option("640x360")
    picture = exported(page, "PNG", tmp_path)
    with Image.open(picture) as image:
        assert image.size == (640, 360)
    page.get_by_role("button", name="Close").click()

    other = visit("?f=bowl")
    other.evaluate(DROP, [base64.b64encode(picture.read_bytes()).decode(), "image/png"])
    other.wait_for_function("() => optiscape.query.includes('page=networks')")
    other.get_by_role("button", name="Export").click()
    expect(other.locator(".os-exportfile:visible")).to_have_text(["PNG", "SVG", "CSV", "JSON", "NPZ"])
