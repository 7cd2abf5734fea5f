"""Eigenvalues of Hessians beside PyHessian, all those of a small network, and the edge of stability.

PyTorch and PyHessian are no dependencies: OPTISCAPE_TORCH names a Python that has them; without, our own
times are printed alone.
"""

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.networks import TORCH, best
from networks import Network, Training, train
from networks.first_weights import first_weights
from networks.geometry import exact_spectrum, hessian_product, leading, objective_of, seen_by
from networks.geometry.regression import Regression
from networks.geometry.slices import end_of
from studies.edge_of_stability import Edge, edge_parts, edge_so_far, settled

NETWORKS = {"moons": Network("moons", (64, 64)), "digits": Network("digits", (64,))}
RUNS = {
    name: Training(network, "adam", {"learning_rate": 0.01}, steps=300) for name, network in NETWORKS.items()
}
SMALL = Network("digits", (15,), "relu", "he_normal")
RATES = 0.05, 0.1, 0.2


def weights_of(name: str) -> Any:
    """Return the parameters of a network at the end of its training."""
    train(RUNS[name])
    return end_of(RUNS[name])


def in_torch(python: str) -> dict[str, Any]:
    """Return times and eigenvalues of PyHessian, and the version of PyTorch."""
    arrays: dict[str, Any] = {}
    for name, network in NETWORKS.items():
        vector, (x, labels) = weights_of(name), seen_by(network)
        places = network.plan.places
        arrays |= {f"{name}_{k}": vector[p.start : p.stop].reshape(p.shape) for k, p in enumerate(places)}
        arrays |= {f"{name}_count": len(places), f"{name}_x": x, f"{name}_y": labels}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "networks.npz"
        np.savez(path, **arrays)
        script = Path(__file__).with_name("curvature_in_torch.py")
        done = subprocess.run([python, str(script), str(path)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"Expected {TORCH} to name a Python with PyTorch and PyHessian:\n{done.stderr}")
    return json.loads(done.stdout)


def error(name: str, values: Any) -> float:
    """Return how wrong the five largest are, as the largest part, beside 200 steps of Lanczos in double."""
    network, vector = NETWORKS[name], weights_of(name)
    objective, data = objective_of(network), seen_by(network)
    basis, alpha, beta = [np.random.default_rng(9).normal(size=len(vector))], [], []
    basis[0] /= np.linalg.norm(basis[0])
    for _ in range(200):
        ahead = hessian_product(objective, vector, basis[-1], data).astype(float)
        alpha.append(ahead @ basis[-1])
        for _ in range(2):
            ahead -= np.array(basis).T @ (np.array(basis) @ ahead)
        beta.append(np.linalg.norm(ahead))
        basis.append(ahead / beta[-1])
    matrix = np.diag(alpha) + np.diag(beta[:-1], 1) + np.diag(beta[:-1], -1)
    exact = np.linalg.eigvalsh(matrix)[::-1][:5]
    return float(np.abs(np.asarray(values) / exact - 1).max())


def edge(seed: int) -> tuple[float, float, list[float | None]]:
    """Return until when there are first points, until when all, in seconds, and the median ratios."""
    questions = [Edge(Regression(), "sgd", {"learning_rate": rate}, seed=seed) for rate in RATES]
    (part,) = edge_parts(questions)
    begin, first = time.perf_counter(), 0.0
    while part() is False:
        if not first and all(len(edge_so_far(question).steps) for question in questions):
            first = time.perf_counter() - begin
    whole = time.perf_counter() - begin
    return first, whole, [settled(question, edge_so_far(question)).median for question in questions]


def main() -> None:
    """Print the least times, their ratios where there is a PyHessian, and how exact both are."""
    first, whole, _ = edge(0)
    print(f"edge of stability, three rates, nothing compiled: {first:.2f} s to first points, {whole:.2f} s")
    runs = [edge(seed) for seed in (1, 2, 3)]
    first, whole = (min(run[k] for run in runs) for k in (0, 1))
    medians = [run[2] for run in runs]
    print(f"compiled: {first:.2f} s to first points, {whole:.2f} s; medians of λα/2: {medians}")
    vector, data = first_weights(SMALL, 0), seen_by(SMALL)
    seconds = best(lambda: exact_spectrum(objective_of(SMALL), vector, data))
    print(f"all {len(vector)} eigenvalues: {seconds:.3f} s")
    python = os.environ.get(TORCH)
    theirs = in_torch(python) if python else {}
    for name, network in NETWORKS.items():
        objective, vector, data = objective_of(network), weights_of(name), seen_by(network)
        seconds = best(lambda o=objective, v=vector, d=data: leading(o, v, d, 5))
        said = f"{name}, {len(vector)} parameters, five largest: {1e3 * seconds:.1f} ms"
        said += f", wrong by {error(name, leading(objective, vector, data, 5).values):.0e}"
        if peer := theirs.get(name):
            times, wrong = peer["seconds"] / seconds, error(name, peer["values"])
            said += f"; PyHessian {1e3 * peer['seconds']:.1f} ms, wrong by {wrong:.0e}: {times:.1f} times"
        print(said)
    if theirs:
        print(f"PyTorch {theirs['version']}, the better of one thread and of all")
