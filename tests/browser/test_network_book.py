"""The lab on the book: a figure with printed numbers on top, and the table beside it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from locales import texts
from studies.networks.book_results import results
from tests.browser.looks import CHINESE

Open = Callable[..., Page]
LONG = 60_000  # ms, on a busy machine


def test_a_figure_of_the_book_stands_beside_ours(visit: Open) -> None:
    language = CHINESE
    said = texts(language)["networks"]["book"]
    locale = {"en": "en-GB", "zh": "zh-CN"}[language]
    page = visit(f"?page=networks&lab=book&figure=dropout&lang={language}", locale=locale)
    rows = page.locator(".os-netbooktable tbody tr")
    expect(rows).to_have_count(len(results()["dropout"]["printed"]), timeout=LONG)
    agreed = page.locator(".os-netbooktable tr[data-agree='true']")
    lanes = [text.split("：")[0].split(":")[0] for text in agreed.locator("th").all_inner_texts()]
    assert set(lanes) == {said["lanes"]["undivided"]}
    expect(page.locator(".os-netbook .os-netchart:visible")).to_have_count(2)
    expect(page.locator(".os-netfound .os-netruling p")).to_have_count(2)
    expect(page.locator(".os-netbookkey")).to_contain_text(said["key_printed"])
    question = page.locator(".os-netbookquestion").first
    expect(question.locator("p")).to_be_hidden()
    question.locator("summary").click()
    expect(question.locator("p")).to_contain_text("0.8")


def test_another_figure_is_chosen_and_stands_in_the_link(visit: Open) -> None:
    page = visit("?page=networks&lab=book&figure=dropout")
    name = texts("en")["networks"]["book"]["figures"]["weight_decay"]
    page.locator(".os-netbookcontrols").get_by_role("button", name=name).click()
    page.wait_for_function("() => location.search.includes('figure=weight_decay')")
    rows = page.locator(".os-netbooktable tbody tr")
    expect(rows).to_have_count(len(results()["weight_decay"]["printed"]), timeout=LONG)
