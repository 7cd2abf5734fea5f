"""Thirty thousand broken formulas."""

import random

from landscapes.formula import Formula, FormulaError, read_formula
from tests.landscapes.formula.corpus import ACCEPTED, EITHER, REFUSED
from tests.landscapes.formula.grammar import write

COUNT = 30_000
PIECES = [
    *"xyzeE0123456789.+-*/()^,=|_ []{}'\"\\;:%#@!~&<>?\n\t\0",
    *(
        "**",
        "sin(",
        "exp(",
        "min(",
        "1e",
        "__",
        "pi",
        "−",
        "²",
        "√",
        "π",
        "х",
        "（",
        "·",
        "⁻",
        "xy",
        "\u200b",
        "\u00a0",
        "\ud800",
        "٣",
    ),
]


def mutated(rng: random.Random, text: str) -> str:
    """Return `text` with one to three slices inserted, deleted, replaced, doubled or swapped."""
    for _ in range(rng.randint(1, 3)):
        i, j = sorted(rng.randint(0, len(text)) for _ in range(2))
        j = min(j, i + 8)
        match rng.randrange(5):
            case 0:
                text = text[:i] + rng.choice(PIECES) + text[i:]
            case 1:
                text = text[:i] + text[j:]
            case 2:
                text = text[:i] + rng.choice(PIECES) + text[j:]
            case 3:
                text = text[:j] + text[i:j] * rng.randint(1, 3) + text[j:]
            case _:
                k = rng.randint(j, len(text))
                text = text[:i] + text[j:k] + text[i:j] + text[k:]
    return text


def test_nothing_but_a_formula_or_a_formula_error_comes_out():
    rng = random.Random(20260727)
    seeds = [text for text in ACCEPTED + EITHER + REFUSED if len(text) <= 450]
    seeds += [write(rng, rng.randint(1, 5)) for _ in range(300)]
    outcomes: dict[str, int] = {}
    for number in range(COUNT):
        text = mutated(rng, rng.choice(seeds))
        try:
            formula = read_formula(text)
        except FormulaError as error:
            outcomes[error.why] = outcomes.get(error.why, 0) + 1
            assert -1 <= error.position <= len(text)
            if number % 50 == 0 and error.suggestion:
                assert read_formula(error.suggestion).text == error.suggestion
        else:
            outcomes["accepted"] = outcomes.get("accepted", 0) + 1
            assert type(formula) is Formula and len(formula.text) <= 400
            if number % 10 == 0:
                assert read_formula(formula.text) == formula
    assert sum(outcomes.values()) == COUNT
    assert outcomes["accepted"] > COUNT // 20
    assert len(outcomes) >= 20  # most of what can be wrong was
