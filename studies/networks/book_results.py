"""What the book's experiments said when they were run again, as it is kept: medians, bands, and each seed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studies.networks.book import BAND, DIGITS, EXPERIMENTS, Curves, Experiment

FILE = Path(__file__).with_name("book_results.json")
"""Made by `python -m tools.book`."""


@dataclass(frozen=True)
class Row:
    """A number that the book prints, beside ours.

    `low`, `high`: the ends of our 95 % band; `agree`: whether what is printed lies in it, as far as it is
    known after rounding; `seeds`: ours, one by one.
    """

    lane: str
    curve: str
    x: float
    printed: float
    median: float
    low: float
    high: float
    agree: bool
    seeds: tuple[float, ...]


def banded(values: Any) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return the median of `values` (seeds, …) and both ends of the band: (…,) each.

    The ends are quantiles, between two seeds where they fall between two (Hyndman & Fan, 1996, Sample
    quantiles in statistical packages, The American Statistician 50, definition 7). A run that diverged has
    NaN, which stays.
    """
    half = (100 - BAND) / 2
    low, middle, high = np.percentile(np.asarray(values, float), [half, 50, 100 - half], axis=0)
    return middle, low, high


def summary(experiment: Experiment, runs: Mapping[str, Sequence[Curves]]) -> dict[str, Any]:
    """Return what is kept of an experiment, of the `runs` of each lane, one for each seed."""
    lanes = []
    for lane in experiment.lanes:
        curves = {}
        for curve in experiment.curves:
            each = [run[curve] for run in runs[lane]]
            middle, low, high = (_rounded(values) for values in banded(each))
            curves[curve] = {"median": middle, "low": low, "high": high}
        lanes.append({"id": lane, "curves": curves})
    seeds = [
        {
            "lane": printed.lane,
            "curve": printed.curve,
            "at": printed.at,
            "seeds": [run[printed.curve][printed.at] for run in runs[printed.lane]],
        }
        for printed in experiment.printed
    ]
    return {
        "id": experiment.id,
        "seeds": len(runs[experiment.lanes[0]]),
        "settings": dict(experiment.settings),
        "x": _rounded(experiment.x),
        "lanes": lanes,
        "printed": seeds,
        "extra": experiment.extra(runs),
    }


def merged(text: str, one: Mapping[str, Any]) -> str:
    """Return the JSON `text` with the experiment `one` in it, in the order of the experiments."""
    known = {**json.loads(text), one["id"]: one}
    ordered = {id: known[id] for id in EXPERIMENTS if id in known}
    lines = (f"{json.dumps(id)}: {json.dumps(each)}" for id, each in ordered.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def results() -> dict[str, Any]:
    """Return what is known, by the ids of the experiments; those that were not run are not there."""
    return json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


def rows(experiment: Experiment, found: Mapping[str, Any]) -> list[Row]:
    """Return the numbers that the book prints beside ours, of what is kept of an `experiment`."""
    told = []
    for printed, kept in zip(experiment.printed, found["printed"], strict=True):
        middle, low, high = (float(value) for value in banded(kept["seeds"]))
        agree = low - printed.half <= printed.value <= high + printed.half
        x = experiment.x[printed.at]
        told.append(
            Row(
                printed.lane,
                printed.curve,
                x,
                printed.value,
                middle,
                low,
                high,
                agree,
                tuple(kept["seeds"]),
            )
        )
    return told


def _rounded(values: Any) -> list[float | None]:
    """Return `values` as they are kept; what is no number, of a run that diverged, is None."""
    return [float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None for value in np.asarray(values)]
