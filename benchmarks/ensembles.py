"""An ensemble of runs, as a ratio to the same ensemble in vectorised NumPy in the same run."""

import itertools
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from descent import Ensemble, Run, compiled_ensembles, ensemble
from descent.ensembles import seeds_of, starts_of
from landscapes import LANDSCAPES
from studies import Sweep, basins, sweep

COUNT, STEPS, RATE = 2000, 500, 0.1
REPEATS = 15
AMPLITUDE = 10.0


def adam_in_numpy(starts: np.ndarray) -> np.ndarray:
    """Return where Adam ends from `starts` (2, n) on Rastrigin: all at once, gradient by hand, no more."""
    theta, m, v = starts.copy(), np.zeros_like(starts), np.zeros_like(starts)
    for t in range(1, STEPS + 1):
        g = 2 * theta + 2 * np.pi * AMPLITUDE * np.sin(2 * np.pi * theta)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        theta = theta - RATE * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return theta


def main() -> None:
    """Print the best time of each, and their ratio; then those of other questions about many runs."""
    landscape = LANDSCAPES["rastrigin"]
    # Equal ensembles share one answer; another seed is another ensemble.
    seeds = itertools.count()

    def run(optimizer: str = "adam", **more: Any) -> Run:
        seed = 10_000 * next(seeds)
        return Run("rastrigin", optimizer, landscape.start, STEPS, {"learning_rate": RATE}, seed=seed, **more)

    first = run()
    places = starts_of(first, seeds_of(first, COUNT), "box").T.copy()
    ours = ensemble(Ensemble(first, COUNT, "box")).points[-1].T
    assert np.mean(np.abs(ours - adam_in_numpy(places)).max(axis=0) < 1e-6) > 0.999
    ensemble(Ensemble(run(sigma=1.0), COUNT, "box"))
    sweep(Sweep(run()))
    pits = [(float(x), float(y)) for x in range(-5, 6) for y in range(-5, 6)]
    basins(landscape, {}, ours.T, pits)
    compiled = compiled_ensembles()
    jobs: dict[str, Callable[[], object]] = {
        "ours": lambda: ensemble(Ensemble(run(), COUNT, "box")),
        "NumPy": lambda: adam_in_numpy(places),
        "ours with noise": lambda: ensemble(Ensemble(run(sigma=1.0), COUNT, "box")),
        "200 runs, every step": lambda: ensemble(Ensemble(run(), 200, "box", frames=STEPS + 1)),
        "sweep, 37 rates × 5 seeds": lambda: sweep(Sweep(run())),
        "basins of the starts": lambda: basins(landscape, {}, places.T, pits),
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(REPEATS):
        for name, job in jobs.items():
            begin = time.perf_counter()
            job()
            times[name].append(1000 * (time.perf_counter() - begin))
    assert compiled_ensembles() == compiled
    print(f"{COUNT} runs of Adam, Rastrigin, {STEPS} steps, float64; NumPy the last points alone")
    for name, values in times.items():
        print(f"  {name:26} {min(values):8.1f} ms at best, {np.median(values):8.1f} usually")
    print(f"  ratio  {min(times['NumPy']) / min(times['ours']):8.2f}")
