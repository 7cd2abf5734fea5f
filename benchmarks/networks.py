"""How long networks train, as a ratio to a careful loop in PyTorch on the same cores in the same run.

PyTorch is no dependency: OPTISCAPE_TORCH names a Python that has it; without, our own times are printed
alone.
"""

import itertools
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from networks import DATASETS, Network, Training, signals, so_far, train, training_parts
from networks.abreast import abreast_parts
from networks.data import FewExamples, examples_of
from studies.starting_scales import scale_questions

REPEATS = 3
TORCH = "OPTISCAPE_TORCH"

MOONS = Training(Network(widths=(64, 64)), knobs={"learning_rate": 0.01}, steps=1000)
MNIST = Training(
    Network(data="mnist", widths=(100,) * 4, activation="relu", initializer="he_normal"),
    optimizer="sgd",
    knobs={"learning_rate": 0.01},
    batch=128,
    steps=2000,
)
SEEDS = itertools.count(1)  # what was trained before is kept; another seed is another run
WIDTHS = itertools.count(41)


def trained() -> dict[str, float]:
    """Return our least times, in seconds, everything compiled: with all measurements."""
    inputs = np.random.default_rng(0).normal(size=(1000, 100))
    deep = Network(data="normal_inputs", widths=(100,) * 5, activation="sigmoid", initializer="normal_1")

    def histograms() -> None:
        seen = signals(deep, inputs, next(SEEDS))
        for layer in (*seen.activations, *seen.gradients):
            np.histogram(layer, 30)

    return {
        "moons": best(lambda: train(replace(MOONS, seed=next(SEEDS)))),
        "mnist": best(lambda: train(replace(MNIST, seed=next(SEEDS)))),
        "scales": best(lambda: finish(scales())),
        "scales in the lab": best(finish_in_lab),
        "histograms": best(histograms),
    }


def scales() -> list[Training]:
    """Return trainings from sixteen scales of starting weights, with and without batch normalisation."""
    seed = next(SEEDS)
    return [
        Training(
            Network("mnist", (100,) * 5, "relu", "normal", float(scale), normalization),
            optimizer="sgd",
            knobs={"learning_rate": 0.01},
            batch=100,
            steps=200,
            seed=seed,
        )
        for normalization in ("none", "batch")
        for scale in np.logspace(0, -4, 16)
    ]


def finish(trainings: list[Training]) -> None:
    """Train all of them to their end."""
    for part in training_parts(trainings):
        while part() is False:
            pass


def finish_in_lab() -> None:
    """Do the same as `scales`, as the lab on normalisation does: one run after the other in one program."""
    network = Network(FewExamples(DATASETS["mnist"], 1000), (100,) * 5, "relu", normalization="batch")
    run = Training(network, "sgd", {"learning_rate": 0.01}, batch=100, steps=200, seed=next(SEEDS))
    for part in abreast_parts(scale_questions(run, epochs=20)):
        while part() is False:
            pass


def first_curve(trainings: list[Training]) -> float:
    """Return after how many seconds one of them has something to show."""
    begin = time.perf_counter()
    parts = training_parts(trainings)
    while not any(len(so_far(training).losses) for training in trainings):
        parts[0]()
    return time.perf_counter() - begin


def best(run: Callable[[], Any]) -> float:
    """Return the least of some times in seconds, after one that compiles."""
    run()
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return min(times)


def in_torch(python: str) -> dict[str, Any]:
    """Return the times of PyTorch, in seconds, and its version."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.npz"
        arrays = {}
        for name in ("moons", "mnist"):
            data = examples_of(name)
            arrays |= {name: data.train_inputs, f"{name}_labels": data.train_labels}
        np.savez(path, **arrays)
        script = Path(__file__).with_name("networks_in_torch.py")
        done = subprocess.run([python, str(script), str(path)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"Expected {TORCH} to name a Python with PyTorch; it says:\n{done.stderr}")
    return json.loads(done.stdout)


def main() -> None:
    """Print the least times, and their ratios where there is a PyTorch."""
    new = replace(MOONS, network=Network(widths=(next(WIDTHS),) * 3))
    train(replace(MOONS, steps=1))  # JAX's own start is not what a new shape costs
    print(f"a new shape, until its first losses: {first_curve([new]):.2f} s")
    lanes = [replace(MOONS, seed=next(SEEDS)) for _ in range(8)]
    finish(lanes)
    print(f"sixteen scales, both ways, cold, until the first losses: {first_curve(scales()):.2f} s")
    ours = trained()
    eight = best(lambda: finish([replace(MOONS, seed=next(SEEDS)) for _ in range(8)]))
    print(f"eight seeds of the moons side by side: {eight:.2f} s")
    python = os.environ.get(TORCH)
    theirs = in_torch(python) if python else {}
    for name, seconds in ours.items():
        peer = theirs.get(name.removesuffix(" in the lab"))
        ratio = f", PyTorch {peer:.3f} s: {peer / seconds:.1f} times" if peer else ""
        print(f"{name}: {seconds:.3f} s{ratio}")
    if theirs:
        print(f"PyTorch {theirs['version']}, the better of one thread and of all")
