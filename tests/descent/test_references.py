"""Paths equal a NumPy version of each rule, and torch.optim's (stored; see data/make_torch_paths.py)."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from catalog import Settings
from descent import Run, descend
from optimizers import OPTIMIZERS
from tests.descent.references import RULES, SURFACES
from tests.optimizers.settings import STARTS, gentle_rate, turned

STORED = json.loads(Path(__file__).parents[1].joinpath("data", "torch_paths.json").read_text("utf-8"))[
    "paths"
]
# Not in torch.optim: newer methods, and those that ask more of the surface than one gradient.
NOT_IN_TORCH = {"adabelief", "yogi", "adan", "lion", "sam"} | {
    name for name, method in OPTIMIZERS.items() if method.hessian
}
STEPS = 50
TOLERANCE = 1e-8
TORCH_TOLERANCE = 1e-6  # its Nadam multiplies β₁ in single precision: 5e-8

cases = pytest.mark.parametrize("case", STORED, ids=lambda case: f"{case['optimizer']}-{case['landscape']}")


def ours(case: dict[str, Any]) -> Any:
    points = case["points"]
    return descend(
        Run(case["landscape"], case["optimizer"], tuple(points[0]), len(points) - 1, case["knobs"])
    ).points


def reference(name: str, surface: str, start: Any, steps: int, knobs: Any) -> Any:
    """Return the points (steps + 1, 2) of the rule in NumPy."""
    return np.array(list(islice(RULES[name](SURFACES[surface], np.array(start), **knobs), steps + 1)))


@cases
def test_path_equals_torch(case: dict[str, Any]) -> None:
    np.testing.assert_allclose(ours(case), case["points"], rtol=0, atol=TORCH_TOLERANCE)


@cases
def test_path_equals_numpy_where_it_equals_torch(case: dict[str, Any]) -> None:
    start, steps = case["points"][0], len(case["points"]) - 1
    expected = reference(case["optimizer"], case["landscape"], start, steps, case["knobs"])
    np.testing.assert_allclose(ours(case), expected, rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("surface", SURFACES)
def test_path_equals_numpy(name: str, surface: str) -> None:
    """At the knobs' defaults and at others, from a start that is not the surface's own."""
    for knobs in (Settings(), turned(name)):
        given = OPTIMIZERS[name].settings({**knobs, "learning_rate": gentle_rate(name, surface)})
        path = descend(Run(surface, name, STARTS[surface], STEPS, given))
        expected = reference(name, surface, STARTS[surface], STEPS, given)
        np.testing.assert_allclose(path.points, expected, rtol=0, atol=TOLERANCE)
        assert np.ptp(expected, axis=0).max() > 0.1  # a path that stands still would equal anything


@pytest.mark.parametrize("surface", SURFACES)
def test_adan_is_not_quite_the_published_one(surface: str) -> None:
    """Which is why `differs` says so: the paper counts a change of the gradient much more than optax does."""
    knobs = OPTIMIZERS["adan"].settings({"learning_rate": gentle_rate("adan", surface)})
    ours = reference("adan", surface, STARTS[surface], STEPS, knobs)
    published = reference("adan", surface, STARTS[surface], STEPS, {**knobs, "published": True})
    assert np.abs(ours - published).max() > 0.01
    assert OPTIMIZERS["adan"].differs


def test_references_cover_what_they_should() -> None:
    assert set(RULES) == set(OPTIMIZERS)
    assert {(case["landscape"], case["optimizer"]) for case in STORED} == {
        (surface, method) for surface in SURFACES for method in set(OPTIMIZERS) - NOT_IN_TORCH
    }
    assert all(len(case["points"]) == 51 for case in STORED)
    moved = [np.ptp(case["points"], axis=0).max() for case in STORED]
    assert min(moved) > 0.1
