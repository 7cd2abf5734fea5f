"""The lab on outputs: what becomes of four scores, row by row, and what losses say to each of them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from charts.palette import Theme
from export.drawing.letters import length, wrapped
from export.drawing.networks.asked import Asked
from export.drawing.networks.inks import inks
from export.drawing.networks.numbers import filled, fixed, spell
from export.drawing.networks.sheet import Key, Pane, Sheet
from export.drawing.svg import Rect, element, text
from landscapes.arrays import Floats
from scenes.network_outputs import CLASSES

RAISE = 1
"""By which a score rises, to see what else moves."""
PROBABILITIES, LOSSES = ("softmax", "sigmoids"), ("cross", "binary", "squared")
SIZE = 12.0
TOP = 22.0  # px, for the letters of the classes
LEAST = 0.012
"""Of the height of a bar that is not quite nothing."""


def outputs_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of the scores in a view; no fact is asked for."""
    words, view, theme = asked.words["network"]["outputs"], asked.scene.view, asked.theme
    texts = words["texts"]
    scores = np.array([getattr(view, f"score_{each}") for each in CLASSES], float)
    truth, raised = CLASSES.index(view.truth), CLASSES.index(view.raised)
    letters = [each.upper() for each in CLASSES]
    keys = (
        Key(texts["probability"], inks(theme).accent, width=8),
        Key(filled(texts["ghost"], letter=letters[raised], by=RAISE), theme.ink, dashes="4 3"),
        Key(texts["gradient"], inks(theme).warn, width=8),
    )
    return Sheet(
        asked.title(),
        {"bars": Pane("", lambda rect: _rows(scores, truth, raised, letters, texts, rect, theme), keys)},
        said=tuple(output_finding(scores, truth, raised, letters, asked)),
    )


def softmax(scores: Floats) -> Floats:
    """Return the probabilities exp z / Σ exp z (4,): of exactly one class."""
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def sigmoids(scores: Floats) -> Floats:
    """Return the probabilities 1 / (1 + exp −z) (4,): of each class by itself."""
    return 1 / (1 + np.exp(-scores))


def losses(scores: Floats, truth: int) -> dict[str, float]:
    """Return −ln p of softmax, and of sigmoids the binary cross entropies and half the squared error."""
    is_true = np.arange(len(scores)) == truth
    return {
        "cross": float(np.logaddexp.reduce(scores) - scores[truth]),
        "binary": float(np.logaddexp(0, np.where(is_true, -scores, scores)).sum()),
        "squared": float(0.5 * ((sigmoids(scores) - is_true) ** 2).sum()),
    }


def gradients(scores: Floats, truth: int) -> dict[str, Floats]:
    """Return the derivatives of these losses in each score: p − y, σ − y, and (σ − y) σ (1 − σ)."""
    is_true = np.arange(len(scores)) == truth
    shares = sigmoids(scores)
    binary = shares - is_true
    return {
        "cross": softmax(scores) - is_true,
        "binary": binary,
        "squared": binary * shares * (1 - shares),
    }


def changes(scores: Floats, raised: int) -> dict[str, Floats]:
    """Return by how much both kinds of probabilities change if one score rises by `RAISE`."""
    after = scores + RAISE * (np.arange(len(scores)) == raised)
    return {
        "softmax": softmax(after) - softmax(scores),
        "sigmoids": sigmoids(after) - sigmoids(scores),
    }


def _rows(
    scores: Floats,
    truth: int,
    raised: int,
    letters: list[str],
    texts: dict[str, str],
    rect: Rect,
    theme: Theme,
) -> str:
    """Return a row for each kind of probability and each loss, with a column for each class."""
    shares = {"softmax": softmax(scores), "sigmoids": sigmoids(scores)}
    moved, lost, slopes = changes(scores, raised), losses(scores, truth), gradients(scores, truth)
    left = min(240.0, 0.38 * rect.width if rect.width > 400 else 0.34 * rect.width)
    wide = (rect.width - left) / len(letters)
    high = (rect.height - TOP) / (len(PROBABILITIES) + len(LOSSES))
    parts = [_column(truth, wide, left, rect, theme)]
    for k, letter in enumerate(letters):
        said = f"{letter} · {texts['true']}" if k == truth else letter
        middle = {"text-anchor": "middle", "font-weight": 600 if k == truth else None}
        at = rect.x + left + (k + 0.5) * wide
        if wide > 130:
            said += f"  z = {fixed(scores[k], 1)}"
        size = min(13.0, wide / (1.1 * length(said)))
        parts.append(text(at, rect.y + 15, said, size=size, fill=theme.ink, **middle))
    for nth, name in enumerate((*PROBABILITIES, *LOSSES)):
        line = Rect(rect.x, rect.y + TOP + nth * high, left - 8, high)
        whole = (
            filled(texts["sum"], sum=fixed(float(shares[name].sum()), 2))
            if name in shares
            else filled(texts["loss"], loss=spell(lost[name], 3))
        )
        parts.append(_named(texts[name], whole, line, theme))
        for k in range(len(letters)):
            cell = Rect(rect.x + left + k * wide, line.y, wide, high)
            if name in shares:
                ghost = shares[name][k] + moved[name][k] if moved[name][k] else None
                said = _probability(float(shares[name][k]))
                parts.append(
                    _bar((0.0, float(shares[name][k])), ghost, said, cell, inks(theme).accent, theme)
                )
            else:
                slope = float(slopes[name][k])
                ends = 0.5, 0.5 * (1 + slope)
                parts.append(_bar(ends, None, signed(slope), cell, inks(theme).warn, theme))
    return "".join(parts)


def _column(truth: int, wide: float, left: float, rect: Rect, theme: Theme) -> str:
    """Return what sets the column of the true class apart."""
    box = {"x": rect.x + left + truth * wide, "y": rect.y, "width": wide, "height": rect.height, "rx": 6}
    return element("rect", {**box, "fill": theme.muted, "fill-opacity": 0.1})


def _named(name: str, whole: str, line: Rect, theme: Theme) -> str:
    lines = wrapped(name, line.width, SIZE)[: max(1, int(line.height / 15) - 1)]
    top = line.y + line.height / 2 - 7.5 * (len(lines) + 1)
    parts = [
        text(line.x, top + 12 + 15 * nth, said, size=SIZE, fill=theme.ink) for nth, said in enumerate(lines)
    ]
    return "".join([*parts, text(line.x, top + 12 + 15 * len(lines), whole, size=SIZE, fill=theme.muted)])


def _bar(
    ends: tuple[float, float], ghost: float | None, said: str, cell: Rect, colour: str, theme: Theme
) -> str:
    """Return a bar between two shares of the height of its cell, where it would end, and its number."""
    beside = cell.width > 84
    wide = 0.34 * cell.width if beside else 0.6 * cell.width
    room = cell.height - 10 - (0 if beside else 14)
    x = cell.x + (0.1 if beside else 0.2) * cell.width
    bottom = cell.y + 5 + room
    begin, end = ends
    size = max(abs(end - begin), LEAST)
    top = begin if end < begin else begin + size
    box = {"x": x, "y": bottom - room * top, "width": wide, "height": room * size, "fill": colour}
    zero = bottom - room * begin
    parts = [
        element("rect", box),
        element("line", {"x1": x, "x2": x + wide, "y1": zero, "y2": zero, "stroke": theme.muted}),
    ]
    if ghost is not None:
        at = bottom - room * ghost
        pen = {"stroke": theme.ink, "stroke-width": 2, "stroke-dasharray": "4 3"}
        parts.append(element("line", {"x1": x, "x2": x + wide, "y1": at, "y2": at, **pen}))
    if beside:
        parts.append(text(x + wide + 8, cell.y + cell.height / 2 + 4, said, size=SIZE, fill=theme.ink))
    else:
        middle = {"text-anchor": "middle"}
        size = min(SIZE, (cell.width - 2) / max(1.0, length(said)))
        base = cell.y + cell.height - 3
        parts.append(text(cell.x + cell.width / 2, base, said, size=size, fill=theme.ink, **middle))
    return "".join(parts)


def _probability(share: float) -> str:
    """Return a probability, which is never told as 0 or 1."""
    if 0.005 <= share <= 0.995:
        return fixed(share, 2)
    return spell(share, 1 if share < 0.005 else 4)


def signed(value: float) -> str:
    """Return a change with its sign; one that would be told as none keeps its size."""
    if value == 0:
        return "0"
    said = spell(value, 1) if abs(value) < 0.005 else fixed(value, 2)
    return f"+{said}" if value > 0 else said


def output_finding(
    scores: Floats, truth: int, raised: int, letters: Sequence[str], asked: Asked
) -> list[str]:
    """Return what a raised score does to other probabilities, and what saturation does to a gradient."""
    texts = asked.words["network"]["outputs"]["texts"]
    moved = changes(scores, raised)
    others = [k for k in range(len(letters)) if k != raised]
    named = {"letter": letters[raised], "by": RAISE, "others": asked.list([letters[k] for k in others])}
    none = list(dict.fromkeys(signed(float(moved["sigmoids"][k])) for k in others))
    by = asked.list([signed(float(moved["softmax"][k])) for k in others])
    found = [
        filled(texts["found_softmax"], **named, own=signed(float(moved["softmax"][raised])), changes=by),
        filled(
            texts["found_sigmoids"],
            **named,
            own=signed(float(moved["sigmoids"][raised])),
            none=asked.list(none),
        ),
    ]
    if not scores.any():  # no sigmoid is saturated then
        return found
    k = int(np.abs(scores).argmax())
    share = float(sigmoids(scores)[k])
    ratio = {"sigmoid": spell(share, 3), "ratio": spell(share * (1 - share), 2)}
    found.append(filled(texts["found_squared"], letter=letters[k], **ratio))
    return [*found, texts["found_wrong"]] if (k == truth) == (share < 0.5) else found
