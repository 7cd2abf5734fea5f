"""Finding critical points, as a ratio to a loop over scipy.optimize.root in the same run."""

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import sympy
from scipy.optimize import root

from curvature.critical_points import CELLS, find_critical_points, reach
from curvature.field import Field
from curvature.newton import grid, search
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
    """Print the time per start of both, their ratio, and that of whole answers, cold and warm."""
    print(f"Critical points; scipy searches from {SIDE} × {SIDE} starts, and does no more than that")
    for name, formula in FORMULAS.items():
        field = Field.of(LANDSCAPES[name], {})
        begin = time.perf_counter()
        found = find_critical_points(field)
        cold = 1000 * (time.perf_counter() - begin)
        assert found.complete
        low, high = np.transpose(field.landscape.box)
        units = (np.arange(SIDE) + 0.5) / SIDE
        starts = low + (high - low) * np.stack(np.meshgrid(units, units), axis=-1).reshape(-1, 2)
        ours = grid(field, CELLS)
        jobs: dict[str, tuple[Callable[[], object], int]] = {
            "search": (partial(quietly, search, field, ours, reach(field, CELLS)), len(ours)),
            "answer": (partial(find_critical_points, field), len(ours)),
            "scipy": (peer(formula, starts), len(starts)),
        }
        times: dict[str, list[float]] = {who: [] for who in jobs}
        for _ in range(REPEATS):
            for who, (job, count) in jobs.items():
                begin = time.perf_counter()
                job()
                times[who].append(1e6 * (time.perf_counter() - begin) / count)
        each = {who: statistics.median(values) for who, values in times.items()}
        warm = [value * len(ours) / 1000 for value in times["answer"]]
        print(f"  {name}, {len(found.points)} points")
        print(f"    scipy.optimize.root        {each['scipy']:8.1f} µs a start")
        for who, what in (("search", "our searches"), ("answer", "ours, whole answers")):
            print(f"    {what:26} {each[who]:8.1f} µs a start   ratio {each['scipy'] / each[who]:6.1f}")
        print(
            f"    a whole answer             {statistics.median(warm):8.1f} ms warm, {min(warm):.1f} at best,"
            f" {cold:.0f} cold"
        )


def quietly(job: Callable[..., object], *given: object) -> object:
    """Return what `job` returns, without NumPy's warnings, as `find_critical_points` runs it."""
    with np.errstate(all="ignore"):
        return job(*given)
