"""Computing things before somebody asks for them."""

import gc
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from app_pages.answer import answer
from landscapes import LANDSCAPES
from scenes import default_scene, write

BREATH = 0.5  # seconds between two surfaces, for visitors who came meanwhile


def first(fetch: Callable[[str], object]) -> None:
    """Compute the first picture; `fetch(query)` makes the figures of the ground that a link spells."""
    scene = default_scene()
    answer(scene, ())
    fetch(write(scene))
    settle()


def rest(fetch: Callable[[str], object]) -> None:
    """Compute what choosing any other surface will ask for: its default race and its figures."""
    with suppress(OSError, AttributeError):  # where threads have priorities of their own: Linux
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)
    for landscape in LANDSCAPES:
        scene = default_scene(landscape)
        answer(scene, ())
        fetch(write(scene))
        time.sleep(BREATH)
    settle()


def settle() -> None:
    """Take what lives as long as the process out of the garbage collector's sight.

    Streamlit collects garbage after every run, which took 34 to 48 ms with JAX loaded.
    """
    gc.collect()
    gc.freeze()
