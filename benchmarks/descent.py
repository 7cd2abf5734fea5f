"""Computing a race, as a ratio to plain NumPy in the same run."""

import itertools
import statistics
import time
from collections.abc import Callable

import numpy as np

from catalog import Settings
from descent import Run, compiled_programs, descend
from landscapes import LANDSCAPES

STEPS = 500
REPEATS = 15


def adam_in_numpy(start: tuple[float, float], rate: float, steps: int) -> np.ndarray:
    """Return Adam's path on Rosenbrock as a careful textbook loop computes it, gradient by hand."""
    theta, m, v = np.array(start), np.zeros(2), np.zeros(2)
    path = [theta]
    for t in range(1, steps + 1):
        x, y = theta
        g = np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        theta = theta - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        path.append(theta)
    return np.array(path)


def main() -> None:
    """Print the median of each, and their ratio."""
    start, rate = LANDSCAPES["rosenbrock"].start, 0.05
    # Equal runs share one answer; a start that differs in the thirteenth digit is another run.
    starts = ((start[0] + k * 1e-13, start[1]) for k in itertools.count())

    def ours() -> np.ndarray:
        return descend(Run("rosenbrock", "adam", next(starts), STEPS, Settings(learning_rate=rate))).points

    theirs: Callable[[], np.ndarray] = lambda: adam_in_numpy(start, rate, STEPS)  # noqa: E731
    assert np.allclose(ours(), theirs(), atol=1e-6)
    compiled = compiled_programs()
    times: dict[str, list[float]] = {"ours": [], "NumPy": []}
    for _ in range(REPEATS):
        for name, job in (("ours", ours), ("NumPy", theirs)):
            begin = time.perf_counter()
            job()
            times[name].append(1000 * (time.perf_counter() - begin))
    assert compiled_programs() == compiled
    medians = {name: statistics.median(values) for name, values in times.items()}
    print(f"Adam, Rosenbrock, {STEPS} steps, everything recorded (gradients, M, G, …); NumPy the path alone")
    for name, median in medians.items():
        print(f"  {name:6} {median:8.3f} ms")
    print(f"  ratio  {medians['NumPy'] / medians['ours']:8.1f}")
