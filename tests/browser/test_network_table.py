"""A table of one's own for networks: pasted, seen through, trained on; and what is none, told."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from locales import texts
from scenes.network_data import read_table, spell_table
from tests.browser.looks import CHINESE, wear
from tests.browser.test_data import file
from tests.browser.test_networks import found, pictured
from tests.browser.test_race import parameters, wait_for_url
from tests.browser.test_readers import PHONE, widest

Open = Callable[..., Page]

BRIEF = "?page=networks&net=moons:depth=1,width=8,steps=40&trainer=adam"
KINDS = ("cat", "dog")
TYPED = "length\twidth\tkind\n" + "".join(
    f"{(7 * k) % 24}\t{(5 * k) % 24}\t{KINDS[(7 * k) % 24 > 11]}\n" for k in range(24)
)
FILE = ".os-owntable input[type=file]"
TOO_SMALL = """() => [...document.querySelectorAll(".os-owntable :is(button, label, textarea)")]
  .filter((node) => node.checkVisibility())
  .map((node) => [node.textContent, node.getBoundingClientRect()])
  .filter(([, { width, height }]) => Math.min(width, height) < 44)
  .map(([text]) => text)"""


def test_a_table_is_pasted_and_trained_on(visit: Open) -> None:
    language = CHINESE
    ui, network = texts(language)["interface"], texts(language)["networks"]
    page = visit(f"{BRIEF}&lang={language}")
    box, text = page.locator(".os-owntable"), page.locator(".os-owntable textarea")
    data = page.get_by_role("combobox", name=network["knobs"]["data"], exact=True)
    # To choose a table is to bring one, as long as there is none.
    data.focus()
    data.select_option("table")
    expect(box).to_be_visible()
    expect(data).to_have_value("moons")
    expect(text).to_be_focused()
    page.keyboard.insert_text(TYPED)
    said = ui["net_table_read"].format(rows=24, inputs=2, classes=2, train=18, validation=6)
    expect(page.locator("#os-nettable-said")).to_have_text(said)
    assert "nettable" not in page.url, "nothing is changed before it is applied"
    page.keyboard.press("Tab")
    expect(page.locator(FILE)).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=ui["net_table_apply"], exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_be_hidden()
    wait_for_url(page, "nettable=")
    assert parameters(page)["nettable"] == [spell_table(read_table(TYPED))]
    assert parameters(page)["net"][0].startswith("table:")
    expect(data).to_have_value("table")
    expect(data).to_be_focused()
    assert "Adam" in found(page)
    pictured(page)
    expect(page.locator(".os-networks .os-source")).to_contain_text("18")
    # Whoever opens the link has the table, and finds it in the box.
    fresh = visit(page.url[page.url.index("?") :])
    fresh.get_by_role("button", name=f"{ui['net_table']} …", exact=True).click()
    expect(fresh.locator(".os-owntable textarea")).to_have_value(
        spell_table(read_table(TYPED)).replace(";", "\n")
    )


def test_what_is_no_table_is_told_and_stays_as_it_was_typed(visit: Open) -> None:
    sentences = texts("en")["tables"]
    page = visit(BRIEF)
    url = page.url
    button = page.get_by_role("button", name="Your own table …", exact=True)
    button.click()
    box, text, said = (page.locator(f".os-owntable{part}") for part in ("", " textarea", " [role=status]"))
    rows = TYPED.splitlines(keepends=True)
    for typed, why, line, value in (
        ("".join([*rows[:4], "1\tmany\tcat\n", *rows[4:]]), "not_a_number", 5, "many"),
        ("".join([*rows[:4], "1\tnan\tcat\n", *rows[4:]]), "not_finite", 5, "nan"),
        ("".join([*rows[:4], "1\tcat\n", *rows[4:]]), "uneven_columns", 5, 2),
        (TYPED.replace("cat", "dog"), "one_class", 0, "dog"),
        ("".join(f"{k},7,{k % 2}\n" for k in range(9)), "constant_column", 2, 7),
    ):
        text.fill(typed)
        expect(said).to_have_text(sentences[why].format(line=line, value=value))
        expect(text).to_have_attribute("aria-invalid", "")
        page.get_by_role("button", name="Apply", exact=True).click()
        expect(said).to_have_text(sentences[why].format(line=line, value=value))
        expect(box).to_be_visible()
        assert text.input_value() == typed
    text.fill("1,2,0\n")
    # A field with a million lines would stand still: what is too long does not get into it.
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("() => navigator.clipboard.writeText('1,2,0\\n'.repeat(1e6))")
    page.keyboard.press("ControlOrMeta+v")
    expect(said).to_contain_text(sentences["too_long"])
    expect(text).to_have_value("1,2,0\n")
    page.locator(FILE).set_input_files(file(b"1,2,0\n" * 1_000_000))
    expect(said).to_contain_text(sentences["too_long"])
    page.locator(FILE).set_input_files(file(b"\x89PNG\r\n\x1a\n\x00"))
    expect(said).to_contain_text(sentences["binary"])
    expect(text).to_have_value("1,2,0\n")
    page.locator(FILE).set_input_files(file(TYPED.encode("utf-16")))
    expect(text).to_have_value(TYPED)
    expect(said).to_contain_text("24 rows read")
    page.get_by_role("button", name="What stood here before").click()
    expect(text).to_have_value("1,2,0\n")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(button).to_be_focused()
    assert page.url == url, "who cancels has changed nothing"
    button.click()
    expect(text).to_have_value("1,2,0\n")


def test_the_box_on_a_phone(visit: Open) -> None:
    page = visit(BRIEF, **PHONE, color_scheme="light")
    page.get_by_role("button", name="Your own table …", exact=True).tap()
    page.get_by_role("button", name="An example", exact=True).tap()
    expect(page.locator("#os-nettable-said")).to_contain_text("48 rows read, with 2 inputs and 3 classes")
    page.locator(".os-owntable textarea").fill("1")
    page.locator(".os-owntable").get_by_role("button", name="An example", exact=True).tap()
    assert page.evaluate(TOO_SMALL) == []
    assert widest(page) <= 390
    edges = page.locator(".os-owntable").bounding_box()
    assert edges is not None and edges["y"] >= 0 and edges["y"] + edges["height"] <= PHONE["height"]
    for scheme in ("light", "dark"):
        wear(page, scheme)
        report = Axe().run(page)
        assert report.violations_count == 0, f"{scheme}: {report.generate_report()}"
    page.get_by_role("button", name="Apply", exact=True).tap()
    wait_for_url(page, "nettable=1.4,0.2,0;")
    found(page)
