"""Turning a number knob compiles nothing: JAX is asked, not our own bookkeeping alone."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import jax
import numpy as np
import pytest

from catalog import Settings
from curvature import critical_points
from descent import MOST_STEPS, Run, compiled_programs, descend
from descent.ensembles import Ensemble, ensemble
from landscapes import LANDSCAPES, Landscape
from landscapes.data import Fit, fit
from landscapes.find import find
from landscapes.known import least_loss
from landscapes.terrain import sample
from optimizers import OPTIMIZERS, SCHEDULES
from studies.basins_of_attraction import basins
from studies.variance import gradient_variance

UNUSED = 987_654  # a seed that no other test has: what it draws is kept nowhere, and so its program runs

COMPILED = "/jax/core/compile/backend_compile_duration"


@contextmanager
def compilations() -> Iterator[list[str]]:
    """Collect the compilations that happen inside."""
    seen: list[str] = []

    def listen(event: str, duration_secs: float, **_: object) -> None:
        if event == COMPILED:
            # The failing test shows who asked for the program.
            ours = [call for call in traceback.extract_stack() if "site-packages" not in call.filename]
            seen.append("".join(traceback.format_list(ours)))

    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        yield seen
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)


def test_a_compilation_is_seen() -> None:
    with compilations() as seen:
        jax.jit(lambda x: 3 * x + 1)(np.ones(3))
    assert len(seen) == 1


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_number_knobs_compile_nothing(optimizer: str) -> None:
    surface = LANDSCAPES["canyon"]
    method = OPTIMIZERS[optimizer]
    # Numbers of steps that no other test has: JAX may have forgotten the operations of a schedule since.
    steps = 900 + list(OPTIMIZERS).index(optimizer)
    descend(Run("canyon", optimizer, surface.start, steps))
    descend(Run("canyon", optimizer, surface.start, steps, sigma=1.0, seed=UNUSED))
    programs = compiled_programs()
    turned = 0
    with compilations() as seen:
        for which, knobs in (("knobs", method.knobs), ("landscape_knobs", surface.knobs)):
            for knob in knobs:
                assert knob.kind == "number"
                for value in np.linspace(knob.low, knob.high, 50):
                    given: Any = {which: {knob.id: float(value)}}
                    descend(Run("canyon", optimizer, surface.start, 20, **given))
                    turned += 1
        for k in range(50):
            descend(Run("canyon", optimizer, (k / 10, 1 - k), 1 + k, sigma=k / 7, seed=k))
        descend(Run("canyon", optimizer, surface.start, MOST_STEPS))
    assert turned == 50 * (len(method.knobs) + len(surface.knobs))
    assert not seen, "".join(seen)
    assert compiled_programs() == programs


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_schedules_are_traced_too(schedule: str) -> None:
    descend(Run("bowl", "sgd", (-7, 2), 958, schedule=schedule, warmup=1))
    with compilations() as seen:
        for k in range(1, 20):
            descend(
                Run("bowl", "sgd", (-7, 2), k, {"learning_rate": k / 100}, schedule=schedule, warmup=k % 5)
            )
        for knob in SCHEDULES[schedule].knobs:
            for value in np.linspace(knob.low, knob.high, 7):
                turned = {knob.id: round(value) if knob.kind == "whole" else float(value)}
                descend(Run("bowl", "sgd", (-7, 2), 50, schedule=schedule, schedule_knobs=turned))
    assert not seen, "".join(seen)


@pytest.mark.parametrize("surface", ["bowl", *(entry.id for entry in LANDSCAPES.values() if entry.examples)])
def test_clipping_penalty_and_batches_are_traced_too(surface: str) -> None:
    start = LANDSCAPES[surface].start
    # What draws noise and batches is compiled once, for a number of examples: noise that nobody drew before.
    fresh = UNUSED + list(LANDSCAPES).index(surface)
    steps = 930 + list(LANDSCAPES).index(surface)
    descend(Run(surface, "adam", start, steps, sigma=1.0, batch=2, seed=fresh))
    programs = compiled_programs()
    with compilations() as seen:
        for k in range(1, 30):
            more: Any = {
                "clip": ("none", "value", "norm")[k % 3],
                "clip_at": k / 3,
                "decoupled": k % 2 == 1,
                "sigma": k / 10,
                "batch": k,
                "replacement": k % 4 == 0,
                "seed": k,
                "stream": k,
            }
            descend(Run(surface, "adam", start, 3 + k, {}, {"l2": k / 7}, **more))
    assert not seen, "".join(seen)
    assert compiled_programs() == programs


def test_equal_runs_share_one_answer() -> None:
    run = Run("bowl", "sgd", (-7, 2), 11, {"learning_rate": 0.123})
    same = Run("bowl", "sgd", (-7.0, 2.0), 11, {"learning_rate": 0.123})
    assert descend(run) is descend(same)


def own_tables() -> Iterator[Fit]:
    """Yield eight tables that no other test has, of 101 to 150 rows, which go into one with 200 places."""
    chance = np.random.default_rng(2026)
    for count in range(101, 151, 7):
        x = chance.normal(size=count)
        yield fit(
            "line_fit", tuple(zip(x.tolist(), (1.5 * x + chance.normal(size=count)).tolist(), strict=True))
        )


def test_tables_of_other_readers_compile_nothing() -> None:
    """After the first: a run on all data, on mini-batches, many runs, critical points, map and variance."""
    first, *others = own_tables()

    def ask_everything(which: Fit) -> None:
        surface = find(which)
        run = Run(which, "adam", surface.start, 20, batch=5)
        descend(run)
        descend(replace(run, replacement=True, batch=count_of(surface)))
        for replacement in (False, True):
            ensemble(Ensemble(replace(run, replacement=replacement), 3))
        gradient_variance(run, surface.start, [1, 7], 20)
        critical_points(surface)
        sample(surface, {})
        basins(surface, {}, [surface.start], surface.minima() or ())
        least_loss(surface, Settings(surface.settings()))

    ask_everything(first)
    with compilations() as seen:
        for which in others:
            ask_everything(which)
    assert not seen, "".join(seen)


def count_of(surface: Landscape) -> int:
    assert surface.examples is not None
    return surface.examples.count
