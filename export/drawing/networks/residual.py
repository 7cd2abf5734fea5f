"""The lab on residual connections and normalisation: a network with and without, and what is said of both."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import DASH
from export.drawing.networks.number_text import filled, fixed, percentage, spell
from export.drawing.networks.packed import row
from export.drawing.networks.residual_charts import (
    SYMBOLS,
    arm_colours,
    gradients,
    losses,
    roughness,
    smoothness,
    spans,
    titled,
)
from export.drawing.networks.sheet import Key, Pane, Sheet
from export.drawing.networks.slice_maps import Slice, slice_maps, slice_scale

LARGEST = 1e30
"""What is larger, or not finite, is not drawn."""


def residual_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_residual.json`."""
    told, texts, theme = facts["residual"], asked.texts("residual"), asked.theme
    lab, arms = asked.scene.network.residual, told["arms"]
    at, name = asked.step(lab.length), _compared(told, asked)
    heads = [filled(texts[which], name=name) for which in ("with", "without")]
    scale = slice_scale(told["ends"]) if told["ends"] else None
    slices = [_slice(arm, head, texts) for arm, head in zip(arms, heads, strict=True)]
    colours = arm_colours(theme)
    return Sheet(
        asked.title(asked.named("datasets")[lab.data]),
        {
            "slices": Pane("", lambda rect: slice_maps(slices, scale, texts["bar"], rect, theme)),
            **(_trained if told["compare"] == "residual" else _along)(arms, at, asked),
            "roughness": Pane("", lambda rect: roughness(told, rect, asked)),
        },
        f"{asked.ui['step_axis']} {at}",
        tuple(
            Key(head, colour, "mark", symbol=symbol)
            for head, colour, symbol in zip(heads, colours, SYMBOLS, strict=True)
        ),
        tuple(residual_finding(told, name, texts)),
    )


def _compared(told: Mapping[str, Any], asked: Asked) -> str:
    """Return what is compared, in words."""
    texts, norm = asked.texts("residual"), told["norm"]
    if told["compare"] == "residual":
        return texts["residual"]
    return filled(texts["norm"], norm=asked.named("normalizations").get(norm, norm))


def _trained(arms: list[Any], at: int, asked: Asked) -> dict[str, Pane]:
    """Return how training went, and how gradients come back through the layers."""
    texts, ink = asked.texts("residual"), asked.theme.ink
    return {
        "losses": Pane(
            texts["losses"],
            lambda rect: losses(arms, at, rect, asked.theme),
            (Key(texts["key_training"], ink), Key(texts["key_validation"], ink, dashes=DASH)),
        ),
        "gradients": Pane(
            texts["gradients"],
            lambda rect: gradients(arms, rect, asked.theme),
            (Key(texts["key_after"], ink), Key(texts["key_before"], ink, dashes=DASH)),
        ),
    }


def _along(arms: list[Any], at: int, asked: Asked) -> dict[str, Pane]:
    """Return what steps against the gradient meet: losses, and how much the gradient changes."""
    texts, theme = asked.texts("residual"), asked.theme
    changes = [
        (texts["change"], lambda rect: spans(arms, ("change_low", "change_high"), at, rect, theme)),
        (texts["smoothness"], lambda rect: smoothness(arms, at, rect, theme)),
    ]
    return {
        "losses": Pane(texts["range"], lambda rect: spans(arms, ("low", "high"), at, rect, theme)),
        "gradients": Pane("", lambda rect: titled(changes, rect, theme)),
    }


def _slice(arm: Mapping[str, Any], head: str, texts: Mapping[str, str]) -> Slice:
    """Return a slice with what is said below it."""
    side, known = row(arm["side"]), row(arm["slice"])
    known = np.where(np.abs(known) < LARGEST, known, np.nan)
    if arm["ending"]["kind"] == "diverged":
        said = texts["slice_none"]
    elif not np.isfinite(known).any():
        said = "…"
    else:
        rough: Mapping[str, float | None] = arm["rough"] or {}
        shares = {
            "nonconvex": "…" if (share := rough.get("nonconvex")) is None else percentage(share),
            "variation": "…" if (value := rough.get("variation")) is None else spell(value, 3),
        }
        said = filled(texts["measured"], **shares)
    if not np.isfinite(known).any():
        side = side[:0]
    return Slice(head, said, side, known.reshape(len(side), -1) if len(side) else known)


def residual_finding(told: Mapping[str, Any], name: str, texts: Mapping[str, str]) -> list[str]:
    """Return what both reach, what becomes of gradients, how rough slices are, and how sure all that is."""
    found, seeds = told["finding"], told["seeds"]
    if not found:
        return []
    smooth, nonconvex = found["smoothness"], found["nonconvex"]
    if told["compare"] == "normalization":
        along = [
            _times(texts, f"found_{what}", found[what], name) for what in ("range", "change", "smoothness")
        ]
    else:
        along = [_faded(found["fading"], name, texts)]
    two = smooth and smooth["high"] < 1 and nonconvex["apart"] and nonconvex["apart"]["low"] > 0
    gone = [
        filled(texts["found_diverged"], which=filled(texts[which], name=name), count=count, seeds=seeds)
        for which, count in zip(("with", "without"), found["diverged"], strict=True)
        if count
    ]
    said = [
        _learned(found, name, seeds, texts),
        *along,
        _rough(texts, "found_nonconvex", nonconvex, name, _percent, _points),
        _rough(texts, "found_variation", found["variation"], name, _short, _short),
        texts["found_two"] if two else "",
        *gone,
    ]
    return [sentence for sentence in said if sentence]


def _learned(found: Mapping[str, Any], name: str, seeds: int, texts: Mapping[str, str]) -> str:
    loss, accuracy = found["loss"], found["accuracy"]
    if not all((loss["own"], loss["plain"], accuracy["own"], accuracy["plain"], accuracy["apart"])):
        return ""
    numbers = {"own": _short(loss["own"]["value"]), "plain": _short(loss["plain"]["value"])}
    right = {
        "right": percentage(accuracy["own"]["value"]),
        "right_plain": percentage(accuracy["plain"]["value"]),
    }
    apart = _told(accuracy["apart"], _points)
    counts = {"seeds": seeds, "validated": found["validated"]}
    return filled(texts["found_learned"], name=name, **numbers, **right, **apart, **counts)


def _faded(fading: list[float | None], name: str, texts: Mapping[str, str]) -> str:
    own, plain = fading
    if own is None or plain is None:
        return ""
    return filled(texts["found_fading"], name=name, own=spell(own, 2), plain=spell(plain, 2))


def _rough(
    texts: Mapping[str, str],
    sentence: str,
    found: Mapping[str, Any],
    name: str,
    written: Callable[[float], str],
    between: Callable[[float], str],
) -> str:
    """Return how rough the slices are, and whether chance could have made the difference."""
    own, plain, apart = found["own"], found["plain"], found["apart"]
    if not own or not plain or not apart:
        return ""
    which = "rougher" if apart["low"] > 0 else "smoother" if apart["high"] < 0 else "alike"
    verdict = filled(texts[f"found_{which}"], name=name)
    both = {arm: filled(texts["interval"], **_told(found[arm], written)) for arm in ("own", "plain")}
    return filled(texts[sentence], name=name, **both, **_told(apart, between), verdict=verdict)


def _times(texts: Mapping[str, str], sentence: str, found: Mapping[str, float] | None, name: str) -> str:
    """Return how many times as large something is."""
    if not found:
        return ""
    which = "more" if found["low"] > 1 else "less" if found["high"] < 1 else "alike"
    return filled(texts[sentence], name=name, **_told(found, _short), verdict=texts[f"found_{which}"])


def _told(found: Mapping[str, float], written: Callable[[float], str]) -> dict[str, str]:
    return {name: written(found[name]) for name in ("value", "low", "high")}


def _points(share: float) -> str:
    return fixed(100 * share, 1)


def _percent(share: float) -> str:
    return f"{_points(share)}%"


def _short(value: float) -> str:
    return spell(value, 3)
