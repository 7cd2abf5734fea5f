"""Critical points of small networks, as far as they are found."""

from dataclasses import asdict
from typing import Any

import numpy as np

from api.encode import packed
from api.parts import in_parts
from networks.geometry.critical_points import BOUND, FLAT, CriticalPoint, semicircle_share
from networks.network import Network
from scenes import read
from scenes.net_labs import Saddles
from studies.saddle_points import (
    ASIDE,
    Left,
    SaddleSearch,
    Searched,
    left_so_far,
    relation,
    saddle_parts,
    searched_so_far,
)

BINS = 41
WAY = 20
"""So many parts the way from a saddle counts, as if these were searches."""


def net_saddles(spelling: str) -> dict[str, Any]:
    """Return the critical points of all networks so far, and in the end what they say.

    As long as not all searches are at their end the answer says so, {"done": …, "parts": …} in searches.
    """
    question = question_of(read(spelling)[0].network.saddles)
    more = in_parts(saddle_parts(question), dict[str, Any])
    known = searched_so_far(question)
    left, points = left_so_far(question), known[-1].points
    relations = [relation(*each) for each in zip(question.networks, known, strict=True)]
    told = {
        "bound": BOUND,
        "tolerance": FLAT,
        "aside": ASIDE,
        "networks": [_network(*each) for each in zip(question.networks, known, strict=True)],
        "left": None if left is None else _left(left, points),
    }
    if "parts" in more:
        every = question.searches * len(question.networks)
        done = sum(each.done for each in known) + (0 if left is None else int((WAY - 1) * left.share))
        return {**told, "finding": None, "done": done, "parts": every + WAY}
    return {**told, "finding": [None if each is None else asdict(each) for each in relations]}


def question_of(lab: Saddles) -> SaddleSearch:
    """Return the question that a scene's lab asks."""
    return SaddleSearch(lab.networks(), lab.l2, lab.searches, lab.seed, lab.which)


def _network(network: Network, known: Searched) -> dict[str, Any]:
    """Return the points of one network: losses, shares of eigenvalues below 0 and of those that are 0."""
    count = network.plan.parameters
    points = known.points
    return {
        "parameters": count,
        "searches": known.done,
        "failed": known.failed,
        "loss": packed(np.array([point.loss for point in points], float)),
        "negative": packed(np.array([point.index / count for point in points], float)),
        "flat": packed(np.array([point.flat / count for point in points], float)),
        "predicted": packed(np.array([semicircle_share(point.eigenvalues) for point in points], float)),
    }


def _left(left: Left, points: tuple[CriticalPoint, ...]) -> dict[str, Any]:
    """Return the saddle that is left: its spectrum, and how the loss falls on both sides."""
    point = points[left.number]
    values = point.eigenvalues
    counts, edges = np.histogram(values, BINS)
    centre, deviation = float(values.mean()), float(values.std())
    return {
        "number": left.number,
        "loss": point.loss,
        "negative": point.index,
        "flat": point.flat,
        "parameters": len(values),
        "smallest": float(values[0]),
        "largest": float(values[-1]),
        "edges": packed(edges),
        "counts": packed(counts.astype(float)),
        "centre": centre,
        "radius": 2 * deviation,
        "line": _rows(left.line),
        "ways": [_rows(np.array(way, float).reshape(-1, 2)) for way in left.ways],
        "ends": [way[-1][1] if way else None for way in left.ways],
    }


def _rows(rows: Any) -> dict[str, str]:
    return {"at": packed(rows[:, 0]), "loss": packed(rows[:, 1])}
