"""The lab on the spectrum of the Hessian: eigenvalues at a step, and how sharp two sizes of batches end."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from charts.palette import Theme
from export.drawing.axes import Axis
from export.drawing.networks.asked import Asked
from export.drawing.networks.chart import Chart, Marked, decades
from export.drawing.networks.inks import inks
from export.drawing.networks.number_text import filled, fixed, percentage, spell
from export.drawing.networks.packed import row
from export.drawing.networks.sheet import Key, Pane, Sheet
from export.drawing.svg import Rect

FLOOR, POINTS = 0.5, 0.75
"""Of an eigenvalue: a bin with fewer has none; and where the largest stand as points."""
ROOM = 0.02
FILL = 0.3
SURE = 1e-3
"""Of an eigenvalue: a smaller error is not told (stage/networks/spectrum_findings.js)."""


def spectrum_sheet(facts: Mapping[str, Any], asked: Asked) -> Sheet:
    """Return what is drawn of `net_spectrum.json`."""
    told, texts, theme = facts["spectrum"], asked.texts("spectrum"), asked.theme
    own, lab = inks(theme), asked.scene.network.spectrum
    return Sheet(
        asked.title(asked.named("datasets")[lab.data]),
        {
            "histogram": Pane(
                texts["histogram"],
                lambda rect: _histogram(told["spectrum"], rect, theme),
                (
                    Key(texts["key_counts"], own.accent, "area"),
                    Key(texts["key_out"], own.warn, "mark", symbol="diamond"),
                ),
            ),
            "pairs": Pane(
                texts["pairs"],
                lambda rect: _pairs(told, rect, theme),
                (
                    Key(texts["key_seed"], own.accent, width=1.2),
                    Key(texts["key_mean"], own.warn, "mark", symbol="diamond"),
                ),
            ),
        },
        "" if told["step"] is None else filled(texts["at_step"], step=told["step"]),
        said=tuple(spectrum_finding(told, texts)),
    )


def _histogram(spectrum: Mapping[str, Any] | None, rect: Rect, theme: Theme) -> str:
    """Return how many eigenvalues there are of each size, and as points the largest."""
    if spectrum is None:
        return Chart.within(rect, Axis(-1.0, 1.0), decades([FLOOR, 10.0]), theme).whole([])
    middles, counts, largest = (row(spectrum[name]) for name in ("middles", "counts", "largest"))
    half = (middles[1] - middles[0]) / 2
    steps = np.stack([middles - half, middles + half], 1).ravel()
    x = np.concatenate([steps[:1], steps, steps[-1:]])
    heights = np.pad(np.repeat(np.maximum(counts, FLOOR), 2), 1, constant_values=FLOOR)
    room = ROOM * (x[-1] - x[0])
    up = decades([FLOOR, POINTS, float(counts.max())])
    chart = Chart.within(rect, Axis(x[0] - room, x[-1] + room), up, theme)
    gap, own = spectrum["outliers"], inks(theme)
    before = gap["count"] if gap else 0
    marked = largest[: 2 * (gap["classes"] if gap else 10)]
    lines = [
        chart.upright(0.0, theme.muted),
        chart.area(x, np.full_like(x, FLOOR), heights, own.accent, FILL),
        chart.line(x, heights, own.accent, 1.5),
    ]
    for values, symbol, colour in (
        (marked[before:], "circle", own.accent),
        (marked[:before], "diamond", own.warn),
    ):
        lines.append(chart.marks(values, np.full_like(values, POINTS), symbol, colour, 9))
    return chart.whole(lines)


def _pairs(told: Mapping[str, Any], rect: Rect, theme: Theme) -> str:
    """Return the largest eigenvalue of every seed at both sizes of batches, and the means with intervals."""
    runs, found, own = told["runs"], told["sharpness"], inks(theme)
    sizes = [run["batch"] for run in runs]
    means = [found["small"], found["large"]] if found else []
    seeds = np.array([run["sharpness"] for run in runs], float)
    lows = [max(mean["low"], mean["value"] / 10) for mean in means]
    highs = [mean["high"] for mean in means]
    across = decades(sizes, 0.15)
    marks = tuple((float(size), spell(size, 4)) for size in dict.fromkeys(sizes))
    x = Marked(across.low, across.high, log=True, marks=marks, often=2)
    chart = Chart.within(rect, x, decades([*seeds.ravel(), *lows, *highs]), theme)
    lines = []
    for values in seeds.T:
        lines += [chart.line(sizes, values, own.accent, 1), chart.marks(sizes, values, "circle", own.accent)]
    for size, low, high in zip(sizes, lows, highs, strict=False):
        lines.append(chart.line([size, size], [low, high], own.warn, 3))
    if means:
        middle = [mean["value"] for mean in means]
        lines.append(chart.line(sizes, middle, own.warn))
        lines.append(chart.marks(sizes, middle, "diamond", own.warn, 11))
    return chart.whole(lines)


def spectrum_finding(told: Mapping[str, Any], texts: Mapping[str, str]) -> list[str]:
    """Return how many eigenvalues stand out, how many are negative, and which batches end sharper."""
    spectrum = told["spectrum"]
    return [*(_eigenvalues(told, spectrum, texts) if spectrum else []), *_sharper(told, texts)]


def _eigenvalues(told: Mapping[str, Any], spectrum: Mapping[str, Any], texts: Mapping[str, str]) -> list[str]:
    largest, errors, smallest = (row(spectrum[name]) for name in ("largest", "errors", "smallest"))
    exact, classes, negative = told["exact"], told["classes"], spectrum["negative"]
    ends = {"largest": spell(float(largest[0]), 3), "least": spell(float(smallest[-1]), 3)}
    all_of_them = texts["found_exact" if exact else "found_some"]
    said = [filled(all_of_them, step=told["step"] or 0, parameters=told["parameters"], **ends)]
    with np.errstate(divide="ignore", invalid="ignore"):
        worst = float((errors / np.abs(largest)).max())
    if worst > SURE:
        said.append(filled(texts["found_error"], error=percentage(worst)))
    gap = spectrum["outliers"]
    if gap:
        told_gap = {"count": gap["count"], "ratio": spell(gap["ratio"], 2)}
        sentence = texts["found_less" if gap["count"] == classes - 1 else "found_gap"]
        said.append(filled(sentence, classes=classes, less=classes - 1, **told_gap))
    if exact:
        return [*said, filled(texts["found_negative"], share=percentage(negative["value"]))]
    low, high = percentage(max(0.0, negative["low"])), percentage(min(1.0, negative["high"]))
    return [*said, filled(texts["found_negative_some"], low=low, high=high)]


def _sharper(told: Mapping[str, Any], texts: Mapping[str, str]) -> list[str]:
    if told["diverged"]:
        return [texts["found_nothing"]]
    found, runs = told["sharpness"], told["runs"]
    if not found:
        return []
    batch, other = (run["batch"] for run in runs)
    ratio, lost = found["ratio"], found["lost"]
    verdict = "found_sharper" if ratio["low"] > 1 else "found_flatter" if ratio["high"] < 1 else "found_alike"
    means = {
        f"{size}{end}": spell(found[size][name], 3)
        for size in ("small", "large")
        for end, name in (("", "value"), ("_low", "low"), ("_high", "high"))
    }
    seeds = len(runs[0]["sharpness"]) - lost
    losses = {size: spell(found[f"{size}_loss"], 2) for size in ("small", "large")}
    return [
        filled(texts["found_means"], seeds=seeds, batch=batch, other=other, **means),
        filled(
            texts[verdict],
            other=other,
            ratio=fixed(ratio["value"], 2),
            low=fixed(ratio["low"], 2),
            high=fixed(ratio["high"], 2),
        ),
        filled(texts["found_losses"], batch=batch, other=other, **losses),
        *([filled(texts["found_lost"], lost=lost)] if lost else []),
    ]
