"""What many runs are said to show, computed from their numbers. The scripts run in Playwright's own Node."""

import json
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest

from app_pages.words import words
from tests.stage.scripts import STAGE

NODE = Path(playwright.__file__).parent / "driver" / "node"
pytestmark = pytest.mark.skipif(not NODE.exists(), reason="this Playwright brings no Node")


def ran(call: str, **given: Any) -> Any:
    """Return what the expression `call`, on `given`, gives in JavaScript."""
    names = ", ".join(given)
    program = (
        f'import * as findings from "{(STAGE / "cards" / "findings.js").as_uri()}";'
        f"const {{ {names} }} = {json.dumps(given)};"
        f"console.log(JSON.stringify({call}));"
    )
    command = [str(NODE), "--no-warnings", "--input-type=module", "-e", program]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def rows(*shares: float) -> list[dict[str, float]]:
    """Return shares with intervals of five per cent to either side."""
    return [{"share": s, "low": max(0.0, s - 0.05), "high": min(1.0, s + 0.05)} for s in shares]


RATES = [0.1, 0.3, 1.0, 3.0]


def dependence(*curves: tuple[int, list[dict[str, float]]]) -> list[str]:
    given = [{"size": size, "rates": RATES, "rows": each} for size, each in curves]
    return ran("findings.dependence(ui, curves)", ui=words("en")["ui"], curves=given)


def test_a_share_that_rises_and_falls():
    same = rows(0.2, 0.5, 0.9, 0.1)
    assert dependence((1, same), (64, same)) == [
        "With B = 1, the share rises from 20% at α = 0.1 to 90% at α = 1.",
        "Beyond that it falls again, to 10% at α = 3.",
    ]


def test_a_share_that_falls_with_the_batch():
    (sentence,) = dependence((1, rows(0.5, 0.5, 0.5, 0.5)), (64, rows(0.5, 0.2, 0.5, 0.5)))
    assert sentence.startswith("At α = 0.3, it is 50% with B = 1 and 20% with B = 64: the smaller batch")


def test_both_directions_are_told():
    said = dependence((1, rows(0.5, 0.5, 0.5, 0.1)), (64, rows(0.5, 0.2, 0.5, 0.5)))
    assert [sentence.split(":")[1].split()[1] for sentence in said[-2:]] == ["smaller", "larger"]


def test_what_intervals_cannot_tell_apart_is_no_difference():
    (sentence,) = dependence((1, rows(0.5, 0.55, 0.58, 0.5)), (64, rows(0.45, 0.5, 0.5, 0.5)))
    assert sentence.startswith("No difference beyond the intervals")


def lane(median: float | None, low: float | None, high: float | None, share: float | None) -> dict[str, Any]:
    reach = {"known": False} if share is None else {"known": True, "count": 2000 * share, **rows(share)[0]}
    now = {"median": median, "low": low, "high": high}
    return {"count": 37, "members": 64, "starts": "box", "gradients": 100, "now": now, "reach": reach}


def verdict(rule: str, *lanes: dict[str, Any], language: str = "en") -> list[str]:
    names = ["SGD", "Momentum", "Adam"][: len(lanes)]
    return ran(
        "findings.verdict(words, rule, lanes, names)",
        words={"ui": words(language)["ui"], "tag": language},
        rule=rule,
        lanes=list(lanes),
        names=names,
    )


def test_the_verdict_names_rule_budget_and_winners():
    lanes = lane(1.0, 0.9, 1.1, 0.2), lane(0.1, 0.05, 0.2, 0.4), lane(0.5, 0.4, 0.6, 0.73)
    assert verdict("best", *lanes) == [
        "Each at its best of 37 rates (64 starts, 100 gradients each):",
        "Lowest median loss: Momentum.",
        "Most starts reach the global minimum: Adam (68–78%).",
    ]
    seeds = [{**each, "starts": "same", "members": 13} for each in lanes]
    assert verdict("same", *seeds)[0] == "All at the same rate (13 seeds, 100 gradients each):"
    assert verdict("defaults", *lanes)[0].startswith("All at their usual defaults (")
    assert verdict("own", *lanes)[0].startswith("Rates as set (")


def test_overlapping_intervals_have_no_clear_winner():
    lanes = lane(1.0, 0.9, 1.1, 0.5), lane(0.95, 0.9, 1.05, 0.45), lane(5.0, 4.0, 6.0, 0.1)
    assert verdict("own", *lanes)[1:] == [
        "Lowest median loss: SGD and Momentum. No clear winner among them:"
        " their 95% intervals overlap with that of the lowest.",
        "Most starts reach the global minimum: SGD and Momentum (40–55%); no clear winner among them.",
    ]
    alike = [lane(1.0, 0.9, 1.1, 0.5)] * 3
    assert verdict("own", *alike)[1].startswith("Median loss: no clear winner")
    assert verdict("own", *alike)[2].startswith("Starts that reach the global minimum: 45–55% in every lane")


def test_what_nobody_did_is_said():
    gone = [lane(None, None, None, 0.0)] * 2
    assert verdict("own", *gone)[1:] == [
        "No lane has a finite median loss.",
        "No start reaches the global minimum.",
    ]
    unknown = [lane(1.0, 0.9, 1.1, None), lane(3.0, 2.9, 3.1, None)]
    assert len(verdict("own", *unknown)) == 2


def test_chinese_is_joined_as_chinese():
    lanes = lane(1.0, 0.9, 1.1, 0.5), lane(0.95, 0.9, 1.05, 0.45), lane(5.0, 4.0, 6.0, 0.1)
    assert "SGD和Momentum" in verdict("own", *lanes, language="zh")[1].replace(" ", "")


def shift_effect(flat: tuple[float, float | None], sharp: tuple[float, float | None], **more: Any) -> str:
    """Return the sentence for a flattest and a sharpest minimum of (training loss, test loss)."""
    minima = [
        {"loss": loss, "test": test, "flattest": flattest, "sharpest": not flattest}
        for (loss, test), flattest in ((flat, True), (sharp, False))
    ]
    answer = {"minima": minima, "differ": True, "count": 2, **more}
    return ran("findings.shiftEffect(ui, 0.5, answer)", ui=words("en")["ui"], answer=answer)


def test_what_a_shift_does_to_both_minima():
    assert (
        shift_effect((0.0, 0.25), (1.0, 3.0))
        == "Shifting by 0.5 changes the loss by +0.25 at the flattest minimum and by +2 at the sharpest."
    )
    assert "by −0.25 at the flattest" in shift_effect((1.0, 0.75), (1.0, 3.0))
    assert "by 0 at the flattest minimum and by 0 at" in shift_effect((1.0, 1.0), (2.0, 2.0))
    assert shift_effect((0.0, None), (1.0, 3.0)) == ""


@pytest.mark.parametrize(
    ("flat", "sharp", "said"), [(2.0, 1.0, True), (1.0, 2.0, False), (1.0, 1.0, False), (-1.0, -2.0, False)]
)
def test_it_is_said_where_the_flattest_pays_more(flat: float, sharp: float, said: bool):
    assert ("Here the flattest pays more" in shift_effect((0.0, flat), (0.0, sharp))) == said


def test_equally_sharp_minima_are_not_said_to_pay_alike():
    (sentence,) = {shift_effect((0.0, 1.56), (0.0, 0.56), differ=False)}
    assert sentence == "These minima are equally sharp (λ is the same)."
    assert "There is one minimum only" in shift_effect((0.0, 1.0), (0.0, 1.0), differ=False, count=1)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (0.0005, "0.1%"),
        (0.004, "0.4%"),
        (0.714, "71%"),
        (0.996, "99.6%"),
        (0.9999, "99.9%"),
        (1, "100%"),
    ],
)
def test_shares_are_told_more_closely_near_their_ends(share: float, text: str):
    assert ran("findings.percent(share)", share=share) == text
