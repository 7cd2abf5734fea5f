"""The book's experiments on networks: what it prints, what we got, and what follows from both."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np

from api.encode import finite, packed
from api.knob_json import control
from scenes.network_book import FIGURE
from studies.intervals import Z, wilson
from studies.networks.book import BAND, EXPERIMENTS, SEARCH, Experiment
from studies.networks.book_results import Row, banded, results, rows

RANKED = (("none", 71), ("l2", 77), ("decay", 75), ("dropout", 76))
RANKED_OF = 100
"""So many of so many test points are right, as the course of Qiu prints it (nndl 7.6, two moons)."""


def net_book(_: str) -> dict[str, Any]:
    """Return every experiment that has been run, in the order of the book: curves, numbers, answers."""
    found = results()
    told = [_told(EXPERIMENTS[id], found[id]) for id in FIGURE.choices if id in found]
    return {"experiments": told, "ranking": ranking()}


def book_words(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the lab says and the control that chooses a figure: of those that have been run."""
    choices = [id for id in FIGURE.choices if id in results()]
    names = said["book"]["figures"]
    knob = {
        **control(FIGURE, said["book_knobs"], {FIGURE.id: names}),
        "choices": choices,
        "options": [names[id] for id in choices],
    }
    groups = ("figures", "about", "lanes", "curves", "axes", "why", "outcomes", "at")
    texts = {key: text for key, text in said["book"].items() if isinstance(text, str)}
    return {"figure": knob, "texts": texts, **{group: dict(said["book"][group]) for group in groups}}


def _told(experiment: Experiment, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return one experiment as the stage draws and tells it."""
    seeds = int(found["seeds"])
    printed = rows(experiment, found)
    lanes = [] if experiment.id == "search" else found["lanes"]
    return {
        "id": experiment.id,
        "section": experiment.section,
        "axis": experiment.axis,
        "x": packed(np.array(found["x"], float)),
        "seeds": seeds,
        "settings": found["settings"],
        # Between the least and the largest of n runs one more lies with this chance, whatever they are like.
        "within": (seeds - 1) / (seeds + 1),
        "band": BAND,
        "lanes": [
            {
                "id": lane["id"],
                "curves": [
                    {"id": id, **{name: packed(_floats(values)) for name, values in curve.items()}}
                    for id, curve in lane["curves"].items()
                ],
            }
            for lane in lanes
        ],
        "rows": [_row(experiment, row) for row in printed],
        "trials": _trials(found) if experiment.id == "search" else None,
        "answer": _answer(experiment, found),
    }


def _row(experiment: Experiment, row: Row) -> dict[str, Any]:
    of_search = experiment.id == "search"
    return {
        "lane": row.lane,
        "curve": row.curve,
        "outcome": SEARCH[int(row.x)] if of_search else None,
        "x": row.x,
        "printed": row.printed,
        "median": finite(row.median),
        "low": finite(row.low),
        "high": finite(row.high),
        "agree": row.agree,
        "why": reason(experiment, row),
        "seen": passes(experiment, row.x),
    }


def reason(experiment: Experiment, row: Row) -> str | None:
    """Return why a printed number is not what we got, by the id of a sentence; None where it is."""
    if row.agree:
        return None
    if row.lane == "divided":
        return "divided"
    if experiment.id == "batch_norm" and row.lane == "batch" and row.x == experiment.x[-1]:
        return "epsilon"
    seen = passes(experiment, row.x)
    if seen is not None and seen["ours"] > 1 and row.median < row.printed:
        return "fewer"
    return "open"


def passes(experiment: Experiment, step: float) -> dict[str, float] | None:
    """Return how often an image has been seen at a step, of ours and the book's; None where it is alike."""
    settings = experiment.settings
    if settings["examples"] == settings["of_book"] or experiment.axis != "step":
        return None
    seen = step * settings["batch"]
    return {"ours": seen / settings["examples"], "book": seen / settings["of_book"]}


def _answer(experiment: Experiment, found: Mapping[str, Any]) -> dict[str, float] | None:
    """Return the numbers of what is answered beside a figure, by name."""
    extra = found["extra"]
    if experiment.id == "dropout" and extra.get("loss_stays"):
        ratio = float(found["settings"]["dropout"])
        return {
            "ratio": ratio,
            "stays": 1 - ratio,
            **_spread("stays", extra["loss_stays"]),
            **_spread("ratio", extra["loss_ratio"]),
        }
    if experiment.id == "batch_norm":
        middle, low, high = (float(each) for each in banded(extra["lost"]))
        return {
            "scales": len(experiment.x),
            "lost": middle,
            "low": low,
            "high": high,
            "printed": 2.0,
            **_spread("epsilon", extra["book_epsilon"]),
        }
    return None


def _spread(name: str, seeds: Sequence[float]) -> dict[str, float]:
    middle, low, high = (float(each) for each in banded(seeds))
    return {f"median_{name}": middle, f"low_{name}": low, f"high_{name}": high}


def _trials(found: Mapping[str, Any]) -> dict[str, str]:
    """Return the trials of the first seed, packed: λ, rate and the share that is right."""
    return {name: packed(np.array(found["extra"][name], float)) for name in ("decays", "rates", "found")}


def ranking() -> dict[str, Any]:
    """Return whether 100 test points rank four ways to hold a network back.

    `error`: the largest standard error √(p(1 − p)/n) of a share that is printed, in its own units;
    `difference`: between the best and the worst, `z`: over its standard error; `needed`: so many test points
    of each would make that difference 1.96 standard errors large.
    """
    shares = {id: right / RANKED_OF for id, right in RANKED}
    variances = {id: share * (1 - share) for id, share in shares.items()}
    best, worst = max(shares, key=lambda id: shares[id]), min(shares, key=lambda id: shares[id])
    difference = shares[best] - shares[worst]
    both = variances[best] + variances[worst]
    plain = variances["decay"]  # the one in the middle, as the course's number is
    return {
        "count": RANKED_OF,
        "error": sqrt(plain / RANKED_OF),
        "best": best,
        "worst": worst,
        "difference": difference,
        "z": difference / sqrt(both / RANKED_OF),
        "needed": int(np.ceil(Z**2 * both / difference**2)),
        "lanes": [
            {"id": id, "share": right / RANKED_OF, "low": ends[0], "high": ends[1]}
            for id, right in RANKED
            for ends in [wilson(right, RANKED_OF)]
        ],
    }


def _floats(values: Any) -> Any:
    """Return `values` with the largest number in place of what is not known, as `packed` has it."""
    return np.array([np.inf if value is None else value for value in values], float)
