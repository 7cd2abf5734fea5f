"""Every cache is bounded by memory, and all together by what a container has, found in the source."""

import ast
import gc
import importlib
import re
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import server
from api.answer import answer
from api.by_address import LONG
from catalog.cache import MB, SingleFlightCache
from catalog.sizes import size_of
from curvature import critical_points
from descent import Ensemble, Run, descend, ensemble
from landscapes import LANDSCAPES
from landscapes.data.fit import Fit, _surface
from landscapes.formula import read_formula
from landscapes.formula.check import read_steps
from landscapes.formula.expression import Expression
from landscapes.programs import TYPED
from scenes import default_scene
from studies import Sweep, sweep

ROOT = Path(__file__).parent.parent
APP = sorted(
    path.relative_to(ROOT).as_posix()
    for path in ROOT.rglob("*.py")
    if path.relative_to(ROOT).parts[0] not in ("tests", "benchmarks", "tools", "docs")
    and not path.relative_to(ROOT).parts[0].startswith(".")
)

# Caches without a budget, and why they cannot grow.
FEW = {
    "api/gallery.py: cache": "two pictures of all surfaces, once",
    "charts/method_colours.py: cache": "the shades of each method's colour",
    "api/messages.py: cache": "one entry a language",
    "landscapes/landscape.py: cached_property": "one number, which lives as long as the surface does",
    "scenes/scene.py: cached_property": "the surface and the runs of a scene, as long as that lives",
    "locales/__init__.py: cache": "one entry a language",
    "server.py: cache": "the assets, once",
    "stage/markup.py: cache": "Streamlit's page, once",
    "serving/streamlit_files.py: cache": "the names of Streamlit's files, once",
    "stage/__init__.py: cache": "the component, once",
    "stage/assets.py: cache": "the scripts and styles, once",
    "landscapes/data/surface.py: cache": "one value, which lives as long as the surface does",
    "descent/ensemble_program.py: lru_cache": "the noise of runs without noise, one for each number of them",
    "descent/python/method.py: jit": "a name in a trace: it is never compiled",
    "descent/randomness.py: jit": "one program, for there is one shape",
    "landscapes/programs.py: jit": "a program that is handed over at once to a cache with a budget",
}
UNBOUNDED = {"cache", "lru_cache", "jit", "cached_property", "pmap"}
MOST = 1200 * MB


def unbounded(path: str, source: str) -> Iterator[str]:
    """Yield path and name of everything that keeps values, or compiled programs, without a budget."""
    for node in ast.walk(ast.parse(source)):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in UNBOUNDED:
            yield f"{path}: {name}"


def budgets() -> dict[str, tuple[int, int]]:
    """Return the budgets of every cache in the modules of the app, by module and name.

    In the process that answers readers, 0 for what only long work fills, and in the one for long work.
    """
    found: dict[int, tuple[str, tuple[int, int]]] = {}
    for path in APP:
        if path != "app.py":  # the door, which makes nothing
            name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            for attribute, value in vars(importlib.import_module(name)).items():
                if isinstance(value, SingleFlightCache):
                    both = 0 if value.only_long_work else value.budget, value.long_work
                    found.setdefault(id(value), (f"{name}.{attribute}", both))
    return dict(found.values())


def test_no_cache_is_without_a_budget() -> None:
    found = {cache for path in APP for cache in unbounded(path, (ROOT / path).read_text())}
    assert found == set(FEW)


@pytest.mark.parametrize(
    "source",
    [
        "import functools\n@functools.lru_cache(maxsize=9)\ndef f(): ...",
        "@cache\ndef f(): ...",
        "g = jax.jit(f)",
        "from functools import partial\n@partial(jax.jit, static_argnums=2)\ndef f(): ...",
    ],
)
def test_a_cache_without_a_budget_is_found(source: str) -> None:
    assert len(list(unbounded("x.py", source))) == 1


def test_every_cache_is_one_that_this_test_sees() -> None:
    """A cache is made where its module is loaded: none comes into being later, with a budget of its own."""
    made = [
        path
        for path in APP
        if re.search(r"^\w+(: [^=]+)? = SingleFlightCache\(", (ROOT / path).read_text(), re.M)
    ]
    calls = sum(
        isinstance(node, ast.Call) and ast.unparse(node.func).split("[")[0] == "SingleFlightCache"
        for path in APP
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
    )
    assert len(budgets()) == calls
    assert len({cache.rsplit(".", 1)[0] for cache in budgets()}) == len(made)


def test_all_caches_together_leave_room_for_two_processes() -> None:
    (limit,) = re.findall(r"mem_limit: (\d)g", (ROOT / "compose.yaml").read_text())
    both = [*budgets().values()]
    assert min(long_work for _, long_work in both) >= MB  # bytes, and not a number of values
    assert sum(map(sum, both)) <= MOST <= int(limit) * 1024 * MB * 0.6


def test_what_only_long_work_fills_is_not_filled_here() -> None:
    """So it need not be counted twice."""
    only = {name for name, (here, _) in budgets().items() if not here}
    assert len(only) >= 8
    caches = {
        name: vars(importlib.import_module(name.rsplit(".", 1)[0]))[name.rsplit(".", 1)[1]] for name in only
    }
    before = {name: cache.keys() for name, cache in caches.items()}
    asked = "f=line_fit&batch=8&steps=20&seed=4321&lane=sgd:lr=0.01&lane=adam&of=0"
    little = "examples=50,depth=1,width=4,epochs=2"
    asked += f"&scales=moons:{little}&search=moons:{little},side=2,repeats=1"
    asked += "&batches=moons:examples=50,depth=1,width=4,epochs=3"
    network = "moons:depth=1,width=4,steps=9"
    asked += f"&net={network}&trainer=sgd&inside={network}&regularization={network},examples=50"
    for name in sorted(LONG):
        server._answer(name, asked)
    assert {name: cache.keys() for name, cache in caches.items()} == before


def test_the_table_of_budgets_is_that_of_the_code() -> None:
    text = (ROOT / "docs" / "performance.md").read_text()
    rows = re.findall(r"^\| .* \| `([\w.]+)` \| (\d+) \| (\d+) \|", text, re.M)
    assert {name: (int(here) * MB, int(there) * MB) for name, here, there in rows} == budgets()
    (total,) = re.findall(r"has budgets in bytes, (\d+) MB in all", text)
    assert int(total) * MB == sum(map(sum, budgets().values()))


def measured(make: Callable[[], object]) -> tuple[int, object]:
    """Return how much memory Python and NumPy allocated for what `make` returns, and that."""
    # What is there already is not looked through, of all tests that takes a second; but the places of what is
    # gone are given up, in which new objects would lie that nobody allocated.
    gc.freeze()
    gc.collect()
    tracemalloc.start()
    try:
        value = make()
        gc.collect()
        return tracemalloc.get_traced_memory()[0], value
    finally:
        tracemalloc.stop()


ROWS = tuple((k / 7.0, float(k * k % 13)) for k in range(200))
TEXT = "+".join(f"sin({k}.5*x)*y" for k in range(24))


@pytest.mark.parametrize(
    "make",
    [
        lambda: np.zeros((1001, 16)),
        lambda: "x" * 100_000,
        lambda: {str(k): [float(k), k] for k in range(1000)},
        lambda: tuple((float(k), k + 0.5) for k in range(1000)),
        lambda: Fit("line_fit", ROWS),
        lambda: _surface(Fit("line_fit", ROWS), "standard"),
        lambda: Expression(TEXT, read_steps(TEXT)),
        lambda: [default_scene(name).runs() for name in LANDSCAPES],
    ],
    ids=["array", "text", "mapping", "rows", "fit", "surface", "formula", "runs"],
)
def test_sizes_are_those_that_were_allocated(make: Callable[[], Any]) -> None:
    make()  # what is made once for all is there
    allocated, value = measured(make)
    assert 0.5 * allocated <= size_of(value) <= 2 * allocated


def test_sizes_of_what_was_computed() -> None:
    """Arrays are nearly all that these hold."""
    run = Run("bowl", "adam", (-7, 2), 100)
    path = descend(run)
    assert 16 * 8 * 100 <= size_of(path) <= 16 * 8 * 100 + 5000
    paths = ensemble(Ensemble(run, 100, frames=11))
    assert 11 * 100 * 3 * 8 <= size_of(paths) <= 11 * 100 * 3 * 8 + 6000
    result = sweep(Sweep(run, seeds=3))
    assert result.final.nbytes + result.points.nbytes <= size_of(result) <= 6000
    points = critical_points(LANDSCAPES["himmelblau"])
    assert size_of(points.points) / 2 <= size_of(points) <= 2 * size_of(points.points)


def test_each_object_is_counted_once_and_classes_not_at_all() -> None:
    shared = "x" * 10_000
    assert size_of([shared] * 10) < 11_000
    assert size_of((int, SingleFlightCache, None, True)) < 200
    ring: list[object] = [shared]
    ring.append(ring)
    assert size_of(ring) < 11_000


def test_fifty_formulas_with_four_lanes_each_fit_with_room_to_spare() -> None:
    before = TYPED.nbytes
    answer(default_scene(read_formula("sin(1.31*x)*cos(2*y)+(x**2+y**2)/10")), ())
    each = TYPED.nbytes - before
    # Four lanes, the Hessian at their ends, derivatives for the minima, the map.
    assert each > 7 * 200_000
    assert 50 * each <= 0.9 * TYPED.budget
