"""Write torch_paths.json: what torch.optim does, as a reference that we did not compute ourselves.

Torch is no dependency of the project; install it elsewhere and run this file with that Python:

    python -m venv somewhere && somewhere/bin/pip install torch==2.13.0 numpy
    somewhere/bin/python tests/data/make_torch_paths.py
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch  # pyright: ignore[reportMissingImports]

STEPS = 50

# Loss, start, and the rate of plain gradient descent; momentum methods take a fifth of it.
SURFACES: dict[str, tuple[Callable[[Any, Any], Any], tuple[float, float], float]] = {
    "bowl": (lambda x, y: x**2 / 20 + y**2, (-7.0, 2.0), 0.9),
    "rosenbrock": (lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2, (-1.5, 2.0), 0.001),
    "himmelblau": (lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2, (0.5, -1.0), 0.01),
}

# Our id: torch's class, our knobs, and the same in torch's words. Rates are such that no run diverges. Each ε
# is large enough to show where it stands, but AdaGrad's, which torch adds outside the root and we inside, and
# RAdam's.
METHODS: dict[str, tuple[str, dict[str, float], Callable[..., dict[str, Any]]]] = {
    "sgd": ("SGD", {"learning_rate": 1.0}, lambda learning_rate: {"lr": learning_rate}),
    "momentum": (
        "SGD",
        {"learning_rate": 0.2, "momentum": 0.85},
        lambda learning_rate, momentum: {"lr": learning_rate, "momentum": momentum},
    ),
    "nesterov": (
        "SGD",
        {"learning_rate": 0.2, "momentum": 0.85},
        lambda learning_rate, momentum: {"lr": learning_rate, "momentum": momentum, "nesterov": True},
    ),
    "adagrad": (
        "Adagrad",
        {"learning_rate": 0.4, "eps": 1e-10},
        lambda learning_rate, eps: {"lr": learning_rate, "eps": eps, "initial_accumulator_value": 0},
    ),
    "adadelta": (
        "Adadelta",
        {"learning_rate": 1.5, "rho": 0.93, "eps": 1e-4},
        lambda learning_rate, rho, eps: {"lr": learning_rate, "rho": rho, "eps": eps},
    ),
    "rmsprop": (
        "RMSprop",
        {"learning_rate": 0.02, "decay": 0.95, "eps": 1e-3},
        lambda learning_rate, decay, eps: {"lr": learning_rate, "alpha": decay, "eps": eps},
    ),
    "adam": (
        "Adam",
        {"learning_rate": 0.1, "beta1": 0.8, "beta2": 0.99, "eps": 1e-3},
        lambda learning_rate, beta1, beta2, eps: {"lr": learning_rate, "betas": (beta1, beta2), "eps": eps},
    ),
    "adamw": (
        "AdamW",
        {"learning_rate": 0.1, "beta1": 0.8, "beta2": 0.99, "eps": 1e-3, "weight_decay": 0.05},
        lambda learning_rate, beta1, beta2, eps, weight_decay: {
            "lr": learning_rate,
            "betas": (beta1, beta2),
            "eps": eps,
            "weight_decay": weight_decay,
        },
    ),
    # Torch takes the maximum before it corrects the second moment, we after: with β₂ = 0 there is nothing to
    # correct.
    "amsgrad": (
        "Adam",
        {"learning_rate": 0.1, "beta1": 0.8, "beta2": 0.0, "eps": 1e-3},
        lambda learning_rate, beta1, beta2, eps: {
            "lr": learning_rate,
            "betas": (beta1, beta2),
            "eps": eps,
            "amsgrad": True,
        },
    ),
    # Torch lets the momentum grow from β₁/2 to β₁, as in the paper; at this decay it is β₁ from the start.
    "nadam": (
        "NAdam",
        {"learning_rate": 0.1, "beta1": 0.8, "beta2": 0.99, "eps": 1e-3},
        lambda learning_rate, beta1, beta2, eps: {
            "lr": learning_rate,
            "betas": (beta1, beta2),
            "eps": eps,
            "momentum_decay": 1e4,
        },
    ),
    "adamax": (
        "Adamax",
        {"learning_rate": 0.1, "beta1": 0.8, "beta2": 0.95, "eps": 1e-3},
        lambda learning_rate, beta1, beta2, eps: {"lr": learning_rate, "betas": (beta1, beta2), "eps": eps},
    ),
    # Torch adds ε before it corrects the second moment, we after: so small an ε is lost in rounding.
    "radam": (
        "RAdam",
        {"learning_rate": 1.0, "beta1": 0.8, "beta2": 0.95, "eps": 1e-16},
        lambda learning_rate, beta1, beta2, eps: {"lr": learning_rate, "betas": (beta1, beta2), "eps": eps},
    ),
}
# Methods whose rate multiplies a gradient that nothing divides: RAdam's does so during its first steps.
UNDIVIDED = ("SGD", "RAdam")


def knobs_on(surface: str, method: str) -> dict[str, float]:
    """Return the method's knobs, with a rate that suits the surface where it multiplies a gradient."""
    name, knobs, _ = METHODS[method]
    scale = SURFACES[surface][2] if name in UNDIVIDED else 1.0
    return {**knobs, "learning_rate": scale * knobs["learning_rate"]}


def path(surface: str, method: str) -> list[list[float]]:
    """Return the points, STEPS + 1 of them, that torch visits."""
    loss, start, _ = SURFACES[surface]
    name, _, translated = METHODS[method]
    point = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, name)([point], **translated(**knobs_on(surface, method)))
    points = [point.tolist()]
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss(*point).backward()
        optimizer.step()
        points.append(point.tolist())
    return points


def main() -> None:
    """Write the file beside this one, one path per line."""
    paths = [
        {
            "landscape": surface,
            "optimizer": method,
            "knobs": knobs_on(surface, method),
            "points": path(surface, method),
        }
        for surface in SURFACES
        for method in METHODS
    ]
    lines = ",\n".join(json.dumps(each) for each in paths)
    text = f'{{"torch": "{torch.__version__}", "paths": [\n{lines}\n]}}\n'
    Path(__file__).with_name("torch_paths.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
