"""Computing things before somebody asks for them."""

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from api.answer import answer
from catalog.memory import return_free_memory, use_few_arenas
from descent import race
from landscapes import LANDSCAPES
from optimizers import SCHEDULES
from scenes import default_scene, write

BREATH = 1.5  # seconds between two surfaces, for visitors who came meanwhile


def first(fetch: Callable[[str], object]) -> None:
    """Compute the first picture; `fetch(query)` makes the figures of the ground that a link spells."""
    use_few_arenas()
    # Streamlit imports pandas in the first visitor's run, and plotly looks at whatever part of pandas is
    # there: a figure made at the same moment fails. So it is imported before there are visitors.
    import_module("pandas")
    scene = default_scene()
    answer(scene, ())
    fetch(write(scene))
    settle()


def rest(fetch: Callable[[str], object]) -> None:
    """Compute what choosing any other surface or schedule will ask for: default races, figures, rates."""
    for schedule in SCHEDULES:
        race(replace(run, schedule=schedule, warmup=1) for run in default_scene().runs()[:1])
    for landscape in LANDSCAPES:
        scene = default_scene(landscape)
        answer(scene, ())
        fetch(write(scene))
        settle()
        time.sleep(BREATH)


def settle() -> None:
    """Take what lives as long as the process out of the garbage collector's sight.

    So a full collection (`serving/idle_collection.py`) looks only at what came later; with JAX and all
    programs in sight it takes 34 to 100 ms.
    """
    gc.collect()
    gc.freeze()
    return_free_memory()
