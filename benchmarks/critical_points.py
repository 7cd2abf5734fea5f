"""Finding critical points, as a ratio to a loop over scipy.optimize.root in the same run."""

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import sympy
from scipy.optimize import root

from curvature.critical_points import CELLS, find_critical_points
from curvature.field import Field
from curvature.newton import grid
from landscapes import LANDSCAPES

SIDE = 16
REPEATS = 9

X, Y = sympy.symbols("x y")
FORMULAS: dict[str, Any] = {
    "himmelblau": (X**2 + Y - 11) ** 2 + (X + Y**2 - 7) ** 2,
    "rastrigin": 20 + X**2 + Y**2 - 10 * sympy.cos(2 * sympy.pi * X) - 10 * sympy.cos(2 * sympy.pi * Y),
    "peaks": 3 * (1 - X) ** 2 * sympy.exp(-(X**2) - (Y + 1) ** 2)
    - 10 * (X / 5 - X**3 - Y**5) * sympy.exp(-(X**2) - Y**2)
    - sympy.exp(-((X + 1) ** 2) - Y**2) / 3,
}


def peer(formula: Any, starts: np.ndarray) -> Callable[[], int]:
    """Return the loop over `starts` (n, 2): it tells how many searches ended well.

    The fastest that scipy can be given here: gradient and Hessian in one function of plain Python
    floats, derived by sympy and freed of common subexpressions.
    """
    gradient = [sympy.diff(formula, v) for v in (X, Y)]
    hessian = [[sympy.diff(g, v) for v in (X, Y)] for g in gradient]
    both = sympy.lambdify((X, Y), (gradient, hessian), modules="math", cse=True)
    pairs = starts.tolist()

    def ask(point: np.ndarray) -> Any:
        return both(*point.tolist())

    return lambda: sum(root(ask, start, jac=True).success for start in pairs)


def main() -> None:
    """Print the medians of both per start, their ratio, and our whole answers, cold and warm."""
    print(
        f"Critical points: ours from the whole grid with everything told; scipy from {SIDE} × {SIDE} starts"
    )
    for name, formula in FORMULAS.items():
        field = Field.of(LANDSCAPES[name], {})
        begin = time.perf_counter()
        found = find_critical_points(field)
        cold = 1000 * (time.perf_counter() - begin)
        assert found.complete
        low, high = np.transpose(field.landscape.box)
        units = (np.arange(SIDE) + 0.5) / SIDE
        starts = low + (high - low) * np.stack(np.meshgrid(units, units), axis=-1).reshape(-1, 2)
        theirs = peer(formula, starts)
        times: dict[str, list[float]] = {"ours": [], "scipy": []}
        for _ in range(REPEATS):
            for who, job in (("ours", lambda: find_critical_points(field)), ("scipy", theirs)):
                begin = time.perf_counter()
                job()
                times[who].append(time.perf_counter() - begin)
        ours, scipy = (statistics.median(values) for values in times.values())
        per_start = 1e6 * ours / len(grid(field, CELLS)), 1e6 * scipy / len(starts)
        print(
            f"  {name:11} {len(found.points):4} points   ours {per_start[0]:7.1f} µs a start,"
            f" scipy {per_start[1]:7.1f} µs a start, ratio {per_start[1] / per_start[0]:6.1f};"
            f"   whole answer {1000 * ours:6.1f} ms warm, best {1000 * min(times['ours']):6.1f}, cold {cold:6.0f}"
        )
