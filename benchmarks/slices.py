"""How long slices through the losses of networks take, beside a careful loop in PyTorch on the same cores.

PyTorch is no dependency: OPTISCAPE_TORCH names a Python that has it; without, our own times are printed
alone. Both have the same weights, directions, examples and 51² places; the losses are compared.
"""

import itertools
import json
import os
import subprocess
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np

from networks import Network
from networks.data import examples_of
from networks.first_weights import first_weights
from networks.geometry import (
    Objective,
    Plane,
    filter_normalized,
    grid_losses,
    objective_of,
    random_direction,
)
from networks.geometry.plane import grid

POINTS, REPEATS = 51, 9
TORCH = "OPTISCAPE_TORCH"
NETWORKS = {
    "moons": Network(data="moons", widths=(64, 64), activation="tanh"),
    "digits": Network(data="digits", widths=(64, 64), activation="tanh"),
}


class Question(NamedTuple):
    """What is sliced, and where."""

    objective: Objective
    plane: Plane
    side: Any
    data: Any


def question(name: str) -> Question:
    """Return the slice around the first weights: what training makes of them takes no other time."""
    network = NETWORKS[name]
    data = examples_of(network.data)
    theta = np.asarray(first_weights(network, 0), float)
    u, v = (filter_normalized(network.plan, random_direction(network.plan, 0, k), theta) for k in range(2))
    # 1,000 moons, each of the 200 that are trained on five times, and of the digits 1,797 in both parts.
    parts = [(data.train_inputs, data.train_labels)] * (5 if name == "moons" else 1)
    if name == "digits":
        parts.append((data.validation_inputs, data.validation_labels))
    x, labels = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Question(
        objective_of(network), Plane(theta, u, v), grid(POINTS, 1.0), (jnp.asarray(x), jnp.asarray(labels))
    )


def best(asked: Question) -> tuple[float, Any]:
    """Return the least of some times in seconds, after one that compiles, and the losses (n, n)."""
    ask = partial(grid_losses, asked.objective, asked.plane, asked.side, asked.side, asked.data)
    losses, times = ask(), []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        losses = ask()
        times.append(time.perf_counter() - begin)
    return min(times), losses


def in_torch(python: str, asked: dict[str, Question]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return PyTorch's times in seconds with its version, and its losses."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "slices.npz"
        arrays: dict[str, Any] = {}
        for name, (objective, plane, side, (x, labels)) in asked.items():
            assert objective.plan is not None
            widths = [objective.plan.inputs, *objective.plan.widths, objective.plan.classes]
            given = {"centre": plane.centre, "u": plane.u, "v": plane.v, "side": side, "x": x}
            arrays |= {f"{name}_{key}": np.asarray(value, np.float32) for key, value in given.items()}
            arrays[f"{name}_labels"] = np.asarray(labels)
            arrays[f"{name}_shapes"] = np.array(list(itertools.pairwise(widths)))
        np.savez(path, **arrays)
        script = Path(__file__).with_name("slices_in_torch.py")
        done = subprocess.run([python, str(script), str(path)], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"Expected {TORCH} to name a Python with PyTorch; it says:\n{done.stderr}")
        return json.loads(done.stdout), {name: np.load(f"{path}.{name}.npy") for name in asked}


def main() -> None:
    """Print the least times, and their ratios where there is a PyTorch."""
    asked = {name: question(name) for name in NETWORKS}
    python = os.environ.get(TORCH)
    theirs, told = in_torch(python, asked) if python else ({}, {})
    for name, each in asked.items():
        seconds, losses = best(each)
        peer = theirs.get(name)
        said = f"slice of {name}, {POINTS}² places: {1000 * seconds:.1f} ms"
        if peer:
            apart = np.max(np.abs(losses - told[name]) / told[name])
            said += f", PyTorch {1000 * peer:.0f} ms: {peer / seconds:.1f} times; losses within {apart:.1e}"
        print(said)
    if theirs:
        print(f"PyTorch {theirs['version']}, the better of one thread and of all")


if __name__ == "__main__":
    main()
