"""The same networks as loops over examples and units in double precision, written from the papers."""

import math
from typing import Any

import numpy as np

from networks.network import Plan

PHI = lambda z: 0.5 * (1 + math.erf(z / math.sqrt(2)))  # noqa: E731

FUNCTIONS: dict[str, Any] = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "softsign": lambda z: z / (1 + abs(z)),
    "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "gelu": lambda z: z * PHI(z),
    "silu": lambda z: z / (1 + math.exp(-z)),
    "mish": lambda z: z * math.tanh(math.log1p(math.exp(z))),
    "softplus": lambda z: math.log1p(math.exp(z)),
}
EPSILON = 1e-5


def unflatten(plan: Plan, vector: Any) -> list[dict[str, Any]]:
    """Return the arrays of each layer by name, in the order in which they stand in `vector`."""
    layers: list[dict[str, Any]] = []
    rest = list(vector)

    def take(*shape: int) -> Any:
        count = math.prod(shape)
        values, rest[:count] = np.array(rest[:count]), []
        return values.reshape(shape)

    ends = [plan.inputs, *plan.widths, plan.classes]
    for layer in range(len(ends) - 1):
        n, m = ends[layer], ends[layer + 1]
        at = {"W": take(n, m), "b": take(m)}
        if layer < len(plan.widths):
            if plan.normalization in ("batch", "layer", "group", "rms"):
                at["gamma"] = take(m)
            if plan.normalization in ("batch", "layer", "group"):
                at["beta"] = take(m)
            if plan.normalization == "weight":
                at["g"] = take(m)
            if plan.activation == "prelu":
                at["slope"] = take()
        layers.append(at)
    assert rest == []
    return layers


def scores(plan: Plan, vector: Any, x: Any, kept: Any = None, shifts: Any = None, running: Any = None) -> Any:
    """Return (N, classes) in double precision; `running`: means and variances instead of the batch's."""
    layers = unflatten(plan, vector)
    rows = [[float(value) for value in row] for row in x]
    for layer, at in enumerate(layers[:-1]):
        w = at["W"]
        if plan.normalization == "weight":
            w = np.array(
                [
                    [g * v / math.sqrt(sum(u * u for u in column)) for v in column]
                    for g, column in zip(at["g"], w.T, strict=True)
                ]
            ).T
        sums = [list(np.dot(row, w) + at["b"]) for row in rows]
        if shifts is not None:
            sums = [
                [s + t for s, t in zip(*pair, strict=True)] for pair in zip(sums, shifts[layer], strict=True)
            ]
        given = None if running is None else running[layer]
        sums = normalised(plan.normalization, sums, at, given)
        made = [[function(plan, at, z) for z in row] for row in sums]
        if plan.normalization == "local_response":
            made = [responses(row) for row in made]
        if kept is not None:
            made = [
                [a * k for a, k in zip(*pair, strict=True)] for pair in zip(made, kept[layer], strict=True)
            ]
        if plan.residual and len(rows[0]) == len(made[0]):
            made = [[a + h for a, h in zip(*pair, strict=True)] for pair in zip(made, rows, strict=True)]
        rows = made
    return np.dot(rows, layers[-1]["W"]) + layers[-1]["b"]


def function(plan: Plan, at: dict[str, Any], z: float) -> float:
    if plan.activation == "prelu":
        return z if z > 0 else float(at["slope"]) * z
    return FUNCTIONS[plan.activation](z)


def normalised(kind: str, rows: Any, at: dict[str, Any], running: Any) -> Any:
    """Return the numbers normalised, group by group, as each paper defines its groups."""
    width = len(rows[0])
    made = [list(row) for row in rows]
    if kind == "batch":
        for j in range(width):
            column = [row[j] for row in rows]
            mean, variance = moments(column) if running is None else (running[0][j], running[1][j])
            for i, value in enumerate(column):
                made[i][j] = (value - mean) / math.sqrt(variance + EPSILON)
    elif kind in ("layer", "instance", "group"):
        size = {"layer": width, "instance": 2, "group": width // 4}[kind]  # for widths of 8 and places of …
        if kind == "instance":
            size = 8 if width % 8 == 0 else width
        for i, row in enumerate(rows):
            for first in range(0, width, size):
                part = row[first : first + size]
                mean, variance = moments(part)
                made[i][first : first + size] = [(v - mean) / math.sqrt(variance + EPSILON) for v in part]
    elif kind == "rms":
        for i, row in enumerate(rows):
            root = math.sqrt(sum(v * v for v in row) / width + EPSILON)
            made[i] = [v / root for v in row]
    gamma, beta = at.get("gamma", np.ones(width)), at.get("beta", np.zeros(width))
    return [[v * c + d for v, c, d in zip(row, gamma, beta, strict=True)] for row in made]


def moments(values: list[float]) -> tuple[float, float]:
    mean = sum(values) / len(values)
    return mean, sum((value - mean) ** 2 for value in values) / len(values)


def responses(row: list[float]) -> list[float]:
    """Krizhevsky et al. (2012), section 3.3: n = 5, k = 2, α = 1e-4, β = 0.75."""
    last = len(row) - 1
    return [
        a / (2 + 1e-4 * sum(row[k] ** 2 for k in range(max(0, j - 2), min(last, j + 2) + 1))) ** 0.75
        for j, a in enumerate(row)
    ]


def loss(plan: Plan, vector: Any, x: Any, labels: Any, **more: Any) -> float:
    """Return the mean of −ln of the probability of the right class."""
    total = 0.0
    for row, label in zip(scores(plan, vector, x, **more), labels, strict=True):
        largest = max(row)
        total += largest + math.log(sum(math.exp(s - largest) for s in row)) - row[label]
    return total / len(labels)


def gradient(f: Any, at: Any, h: float = 1e-5) -> Any:
    """Return the gradient of `f` at a vector, by central differences."""
    found = []
    for k in range(len(at)):
        step = np.zeros(len(at))
        step[k] = h
        found.append((f(at + step) - f(at - step)) / (2 * h))
    return np.array(found)
