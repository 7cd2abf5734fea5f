"""Paths equal torch.optim's (stored; see data/make_torch_paths.py) and a NumPy version of each rule."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from descent import Run, descend

STORED = json.loads(Path(__file__).parents[1].joinpath("data", "torch_paths.json").read_text("utf-8"))[
    "paths"
]
TOLERANCE = 1e-6


def bowl(p: Any) -> Any:
    return np.array([p[0] / 10, 2 * p[1]])


def rosenbrock(p: Any) -> Any:
    x, y = p
    return np.array([2 * (x - 1) - 400 * x * (y - x**2), 200 * (y - x**2)])


def himmelblau(p: Any) -> Any:
    x, y = p
    a, b = x**2 + y - 11, x + y**2 - 7
    return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])


GRADIENTS = {"bowl": bowl, "rosenbrock": rosenbrock, "himmelblau": himmelblau}


def sgd(grad: Any, p: Any, steps: int, learning_rate: float) -> Any:
    for _ in range(steps):
        p = p - learning_rate * grad(p)
    return p


def momentum(grad: Any, p: Any, steps: int, learning_rate: float, momentum: float) -> Any:
    v = 0.0
    for _ in range(steps):
        v = momentum * v - learning_rate * grad(p)
        p = p + v
    return p


def nesterov(grad: Any, p: Any, steps: int, learning_rate: float, momentum: float) -> Any:
    """Sutskever's own form, with the gradient taken ahead; what is returned is the point ahead."""
    behind, v = p, 0.0
    for _ in range(steps):
        v = momentum * v - learning_rate * grad(behind + momentum * v)
        behind = behind + v
    return behind + momentum * v


def adagrad(grad: Any, p: Any, steps: int, learning_rate: float, eps: float) -> Any:
    s = 0.0
    for _ in range(steps):
        g = grad(p)
        s = s + g**2
        p = p - learning_rate * g / np.sqrt(s + eps)
    return p


def adadelta(grad: Any, p: Any, steps: int, learning_rate: float, rho: float, eps: float) -> Any:
    squares, moves = 0.0, 0.0
    for _ in range(steps):
        g = grad(p)
        squares = rho * squares + (1 - rho) * g**2
        move = np.sqrt((moves + eps) / (squares + eps)) * g
        moves = rho * moves + (1 - rho) * move**2
        p = p - learning_rate * move
    return p


def rmsprop(grad: Any, p: Any, steps: int, learning_rate: float, decay: float, eps: float) -> Any:
    s = 0.0
    for _ in range(steps):
        g = grad(p)
        s = decay * s + (1 - decay) * g**2
        p = p - learning_rate * g / (np.sqrt(s) + eps)
    return p


def adam(
    grad: Any,
    p: Any,
    steps: int,
    learning_rate: float,
    beta1: float,
    beta2: float,
    eps: float,
    pull: float = 0.0,
) -> Any:
    m, v = 0.0, 0.0
    for t in range(1, steps + 1):
        g = grad(p)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        step = (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
        p = p - learning_rate * (step + pull * p)
    return p


def adamw(grad: Any, p: Any, steps: int, weight_decay: float, **knobs: float) -> Any:
    return adam(grad, p, steps, pull=weight_decay, **knobs)


RULES: dict[str, Callable[..., Any]] = {
    rule.__name__: rule for rule in (sgd, momentum, nesterov, adagrad, adadelta, rmsprop, adam, adamw)
}

cases = pytest.mark.parametrize("case", STORED, ids=lambda case: f"{case['optimizer']}-{case['landscape']}")


def ours(case: dict[str, Any]) -> Any:
    points = case["points"]
    return descend(
        Run(case["landscape"], case["optimizer"], tuple(points[0]), len(points) - 1, case["knobs"])
    ).points


@cases
def test_path_equals_torch(case: dict[str, Any]) -> None:
    np.testing.assert_allclose(ours(case), case["points"], rtol=0, atol=TOLERANCE)


@cases
def test_path_equals_numpy(case: dict[str, Any]) -> None:
    points = ours(case)
    rule, gradient = RULES[case["optimizer"]], GRADIENTS[case["landscape"]]
    start = np.array(case["points"][0])
    expected = [rule(gradient, start, steps, **case["knobs"]) for steps in range(len(points))]
    np.testing.assert_allclose(points, expected, rtol=0, atol=TOLERANCE)


def test_references_cover_what_they_should() -> None:
    assert {(case["landscape"], case["optimizer"]) for case in STORED} == {
        (surface, method) for surface in GRADIENTS for method in RULES
    }
    assert all(len(case["points"]) == 51 for case in STORED)
    moved = [np.ptp(case["points"], axis=0).max() for case in STORED]
    assert min(moved) > 0.1  # a path that stands still would equal anything
