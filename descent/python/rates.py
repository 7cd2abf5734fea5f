"""The schedule of a run as Python: the share of the peak rate at each step."""

import jax
import numpy as np

from descent.javascript.arguments import flat, named
from descent.python.language import Library, language
from descent.python.write import function, statements
from descent.run import Run
from descent.translation import DATA, Graph, interpret
from optimizers import SCHEDULES
from optimizers.schedules.shares import plain_settings, whole


def moves(run: Run) -> bool:
    """Return whether the rate of `run` is not the same at every step."""
    return run.schedule != "constant" or run.warmup > 0


def schedule_lines(run: Run, name: str, lib: Library) -> list[str]:
    """Return the function `name(t)`: from steps t, an array of them, to the share of the peak rate at each.

    Raises UntranslatableError for an operation that has no translation.
    """
    schedule = SCHEDULES[run.schedule]
    build = whole(schedule, run.steps, run.warmup, run.schedule_knobs)
    if not run.warmup:
        build = schedule.build(run.steps, **plain_settings(schedule, run.schedule_knobs))
    graph = Graph(language(lib))
    traced = jax.make_jaxpr(build)(jax.ShapeDtypeStruct((DATA,), np.int64))
    steps = named((DATA,), lambda _: graph.input("t", varies=True))
    (share,) = flat(interpret(graph, traced, [steps]))
    *lines, last = statements({"share": share}, lib=lib)
    return function(f"def {name}(t)", [*lines, f"return {last.removeprefix('share = ')}"])
