"""The lab on landscapes, as a reader meets it."""

import re

import numpy as np
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from locales import texts
from tests.browser.conftest import Open
from tests.browser.test_layout import CROWDED, CUT, SCROLLS
from tests.browser.test_networks import LONG, answers, rows
from tests.browser.test_race import wait_for_url

TINY = "residual=moons:examples=50,depth=2,width=4,lr=0.2,steps=5"

INKED = """() => [...document.querySelectorAll(".os-netslicemap canvas")].map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return new Set(Array.from({ length: data.length / 4 }, (_, k) => data.slice(4 * k, 4 * k + 3).join())).size;
})"""


def told(page: Page) -> str:
    """Return what the lab has found, once all seeds are at their end."""
    page.locator(".os-netresidual[aria-busy=false]").wait_for(timeout=LONG)
    return page.locator(".os-netruling").inner_text()


def test_both_slices_their_roughness_and_what_all_seeds_say(visit: Open) -> None:
    page = visit()
    heard = answers(page, "net_residual.json")
    page.goto(f"/?page=networks&lab=residual&{TINY}&theme=dark")
    said = told(page)
    last = heard[-1]
    own, plain = (last["finding"]["nonconvex"][arm]["value"] for arm in ("own", "plain"))
    assert f"{100 * own:.1f}%" in said and f"{100 * plain:.1f}%" in said
    expect(page.locator(".os-netslicemap")).to_have_count(2)
    assert all(count > 20 for count in page.evaluate(INKED)), "Both are coloured."
    for canvas, arm in zip(page.locator(".os-netslicemap canvas").all(), last["arms"], strict=True):
        label = canvas.get_attribute("aria-label") or ""
        low = float(re.findall(r"losses from ([\d.]+)", label)[0])
        assert low == float(f"{np.min(rows(arm['slice'])):.3g}")
        assert f"{round(100 * arm['rough']['nonconvex'])}%" in label
    expect(page.locator(".os-netbarticks span")).not_to_have_count(0)
    assert page.locator(".os-netresrow .os-netplot path[d*=L]").count() >= 6
    assert page.evaluate(CUT) == [] and page.evaluate(CROWDED) == [] and page.evaluate(SCROLLS) == [0, 0]
    wrong = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in wrong] == []
    # Another question comes with its own charts, and the link says it.
    page.get_by_role("button", name="Normalisation").last.click()
    wait_for_url(page, r"compare=normalization")
    lab = texts("en")["networks"]["residual"]
    expect(page.locator(".os-netquestion")).to_have_text(lab["normalization_question"])
    expect(page.locator(".os-netresrow .os-netchart")).to_have_count(5)
    expect(page.get_by_role("group", name=lab["smoothness"])).to_be_visible()
