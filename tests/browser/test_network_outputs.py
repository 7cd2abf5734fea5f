"""The lab on outputs: a reader moves one score and sees which other numbers move."""

import numpy as np
from playwright.sync_api import Page, expect

from locales import texts
from tests.browser.conftest import Open
from tests.browser.looks import CHINESE
from tests.browser.test_layout import CUT, SCROLLS, SMALL
from tests.browser.test_race import parameters, wait_for_url
from tests.stage.spelled import number

LAB = "?page=networks&lab=outputs"


def numbers(page: Page) -> list[list[float]]:
    """Return what is told in each row, class by class."""
    told = page.locator(".os-outnumber").all_inner_texts()
    values = [number(each.removeprefix("+")) for each in told]
    return np.reshape(values, (5, 4)).tolist()


def worked_out(scores: list[float], truth: int) -> list[list[float]]:
    """Return what must be told, from the formulas."""
    z = np.array(scores)
    p, s, y = np.exp(z) / np.exp(z).sum(), 1 / (1 + np.exp(-z)), np.eye(4)[truth]
    return [row.tolist() for row in (p, s, p - y, s - y, (s - y) * s * (1 - s))]


def test_one_score_is_moved(visit: Open) -> None:
    language = CHINESE
    said = texts(language)["networks"]
    page = visit(f"{LAB}&lang={language}")
    before = numbers(page)
    np.testing.assert_allclose(before, worked_out([2, 1, 0, -4], 3), atol=0.0051)
    knob = page.get_by_role("textbox", name=said["output_knobs"]["scoreb"], exact=True)
    knob.fill("3")
    knob.press("Enter")
    wait_for_url(page, r"scoreb=3")
    after = numbers(page)
    np.testing.assert_allclose(after, worked_out([2, 3, 0, -4], 3), atol=0.0051)
    assert [a != b for a, b in zip(before[1], after[1], strict=True)] == [False, True, False, False]
    assert all(a != b for a, b in zip(before[0][:3], after[0][:3], strict=True))
    assert parameters(page)["raised"] == ["b"]
    # The sentence is about the score that was moved.
    z = np.array([2.0, 3.0, 0.0, -4.0])
    after_that = z + np.eye(4)[1]
    moved = np.exp(after_that) / np.exp(after_that).sum() - np.exp(z) / np.exp(z).sum()
    ruling = page.locator(".os-netruling")
    expect(ruling).to_contain_text(f"+{moved[1]:.2f}")
    expect(ruling).to_contain_text(f"−{-moved[0]:.2f}")
    expect(ruling).to_contain_text(said["outputs"]["found_wrong"])
    page.locator(".os-outclass").nth(0).click()
    wait_for_url(page, r"truth=a")
    np.testing.assert_allclose(numbers(page), worked_out([2, 3, 0, -4], 0), atol=0.0051)
    expect(ruling).not_to_contain_text(said["outputs"]["found_wrong"])
    expect(page.locator(".os-transportrow")).to_be_hidden()


def test_a_link_brings_the_scores_along(visit: Open) -> None:
    page = visit(f"{LAB}&scorea=-3.5&scored=8&truth=c&raised=d")
    np.testing.assert_allclose(numbers(page), worked_out([-3.5, 1, 0, 8], 2), atol=0.0051)
    expect(page.get_by_role("textbox", name="Score of D", exact=True)).to_have_value("8")
    expect(page.locator(".os-outclass[aria-pressed=true]")).to_contain_text("C")
    expect(page.locator(".os-note")).to_have_count(0)


def test_a_frame_and_a_room_read_it(visit: Open) -> None:
    page = visit(f"{LAB}&embed=true", width=640, height=360)
    expect(page.locator(".os-outnumber").first).to_be_visible()
    assert page.evaluate(SCROLLS) == [0, 0] and page.evaluate(CUT) == []
    page = visit(f"{LAB}&present=on", width=1920, height=1080)
    assert page.evaluate(SMALL) == [] and page.evaluate(SCROLLS) == [0, 0]
