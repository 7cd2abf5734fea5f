"""The questions of the course: one walks through them without a reload, in both languages."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from locales import texts
from scenes.network_knobs import LABS
from scenes.questions import QUESTIONS
from tests.browser.conftest import Open
from tests.browser.looks import CHINESE, wear
from tools.browser import wait_for_picture

FIRST, SECOND, THIRD = QUESTIONS[:3]


def wait_for_question(page: Page, id: str) -> None:
    """Wait until the scene of a question is answered: the server has spelled it."""
    page.wait_for_function(f"location.search.startsWith('?v=1') && location.search.includes('question={id}')")


def test_a_walk_through_all(visit: Open) -> None:
    language = CHINESE
    page = visit(f"?{FIRST.query}&lang={language}")
    page.evaluate("() => (window.same = true)")
    said = texts(language)["questions"]
    caption = page.locator("p.os-caption")
    for number, question in enumerate(QUESTIONS, 1):
        expect(caption).to_contain_text(said[question.id]["notice"])
        wait_for_question(page, question.id)
        expect(page.locator(".os-lane")).to_have_count(question.link.count("&lane="))
        expect(page.locator(".os-notes li")).to_have_count(0)
        expect(page.locator(".os-questiontitle")).to_have_text(f"{number}. {said[question.id]['title']}")
        assert caption.is_visible() and page.locator(".os-root[data-ready]").count() == 1
        if question is not QUESTIONS[-1]:
            caption.locator("a").last.click()
    assert page.evaluate("() => window.same") is True, "nothing was loaded again"
    assert f"lang={language}" in page.url


def test_the_list_leads_there_and_back(visit: Open) -> None:
    page = visit("?f=saddle")
    box = page.locator(".os-questions")
    box.locator("summary.os-head").click()
    box.locator("ol a").nth(1).click()
    wait_for_question(page, SECOND.id)
    expect(page.locator(".os-caption")).to_contain_text("2 / 17")
    answer = box.locator(".os-answer")
    expect(answer.locator("p")).to_be_hidden()
    answer.locator("summary").click()
    expect(answer.locator("p")).to_be_visible()
    page.go_back()
    page.wait_for_function("location.search.includes('f=saddle')")
    expect(page.locator(".os-caption")).to_be_hidden()
    page.go_forward()
    wait_for_question(page, SECOND.id)
    expect(page.locator(".os-caption")).to_contain_text("2 / 17")


def test_a_question_stays_while_the_scene_is_turned_and_can_be_left(visit: Open) -> None:
    page = visit(f"?{FIRST.query}")
    rate = page.locator(".os-lane .os-number").first
    rate.fill("0.45")
    rate.press("Enter")
    page.wait_for_function("location.search.includes('lr=0.45')")
    assert f"question={FIRST.id}" in page.url
    expect(page.locator(".os-caption")).to_be_visible()
    page.get_by_role("button", name="Leave the question").click()
    page.wait_for_function("!location.search.includes('question')")
    expect(page.locator(".os-caption")).to_be_hidden()
    assert "lr=0.45" in page.url


def test_a_question_that_is_none_is_said_to_be_none(visit: Open) -> None:
    page = visit("?f=bowl&question=why")
    expect(page.locator(".os-notes li")).to_contain_text("why")
    expect(page.locator(".os-caption")).to_be_hidden()


def test_keys_lead_from_question_to_question_and_a_presentation_goes_on(visit: Open) -> None:
    page = visit("?f=bowl")
    page.keyboard.press("p")  # there is none before
    page.keyboard.press("n")
    wait_for_question(page, FIRST.id)
    page.keyboard.press("f")
    page.wait_for_function("location.search.includes('present=on')")
    page.keyboard.press("n")
    wait_for_question(page, SECOND.id)
    expect(page.locator(".os-root")).to_have_attribute("data-present", "on")
    assert "present=on" in page.url
    page.keyboard.press("p")
    wait_for_question(page, FIRST.id)
    page.keyboard.press("n")  # at once: no answer is waited for
    page.keyboard.press("n")
    wait_for_question(page, THIRD.id)


def test_keys_lead_from_the_question_of_a_lab_to_that_of_the_next(visit: Open) -> None:
    page = visit("?page=networks&lab=activations")
    question = page.locator(".os-netquestion")
    labs = texts("en")["networks"]["labs"]
    order = [LABS.index("activations") + by for by in (1, 2, 1, 0)]
    for key, place in zip("nnpp", order, strict=True):
        page.keyboard.press(key)
        expect(question).to_have_text(labs[LABS[place]]["question"])
        expect(page.get_by_role("button", name=labs[LABS[place]]["title"], exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
    assert "question=" not in page.url
    page = visit(f"?page=networks&lab={LABS[-1]}")
    for key, place in (("n", -1), ("p", -2)):  # there is none after the last
        page.keyboard.press(key)
        expect(page.locator(".os-netquestion")).to_have_text(labs[LABS[place]]["question"])


def test_an_embedded_scene_tells_what_to_notice(visit: Open) -> None:
    page = visit(f"?{SECOND.query}&embed=true", width=640, height=360)
    expect(page.locator(".os-caption")).to_be_visible()
    assert page.evaluate("() => document.scrollingElement.scrollHeight") <= 360
    page.locator(".os-caption a").first.click()
    wait_for_question(page, FIRST.id)
    expect(page.locator(".os-caption")).to_contain_text("1 / 17")
    assert "embed=true" in page.url and page.locator(".os-header").is_hidden()


def test_the_first_visit_plays_once_and_shows_the_list(visit: Open) -> None:
    page = visit(first=True)
    page.goto("/")
    wait_for_picture(page)
    count = page.locator(".os-count")
    page.wait_for_function("!/^(\\d+) \\/ \\1$/.test(document.querySelector('.os-count').textContent)")
    expect(page.locator(".os-questions li").first).to_be_visible()
    page.locator("h1").click()
    expect(count).to_have_text(re.compile(r"^(\d+) / \1$"), timeout=1000)
    page.goto("/")
    wait_for_picture(page)
    page.wait_for_timeout(700)
    expect(count).to_have_text(re.compile(r"^(\d+) / \1$"))


def test_axe_finds_nothing(visit: Open) -> None:
    page = visit(f"?{SECOND.query}", color_scheme="light")
    page.locator(".os-answer summary").click()
    for scheme in ("light", "dark"):
        wear(page, scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"


def test_a_phone_need_not_scroll_sideways(visit: Open) -> None:
    page = visit(f"?{SECOND.query}", width=390, height=844)
    page.wait_for_timeout(500)
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 390
