"""The race in JavaScript against the race in JAX: the same steps, the same rows."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import jax
import numpy as np
import pytest

from descent.javascript import UntranslatableError, hessian_module, step_module, surface_module
from descent.javascript.examples import columns_of
from descent.program import ARRIVAL, POINT, RATE, UPDATE, WIDTH, Traced, program
from descent.race import parameters_of, randomness_of, shares_of
from descent.run import Run
from landscapes import LANDSCAPES, Landscape
from landscapes.data import fit, parse_rows
from landscapes.find import Which, find
from landscapes.formula import FormulaError, read_formula
from optimizers import OPTIMIZERS
from optimizers.knobs import without_rate
from scenes.defaults import default_lane
from tests.landscapes.formula.grammar import write
from tests.stage.node import started

STEPS = 60
STEADY = 1e-8
"""A run in which a unit in the last place of the start becomes more than that ends elsewhere soon."""
GROWN = 100
"""How many roundings, of a unit in the last place each, a step may add up."""
SCRIPT = Path(__file__).with_name("engine.mjs")

RUNS: dict[str, dict[str, Any]] = {
    "plain": {},
    "schedule and clip": {"schedule": "cosine", "warmup": 7, "clip": "norm", "clip_at": 0.5},
    "penalty, clip by value": {"landscape_knobs": {"l2": 0.3}, "clip": "value", "clip_at": 0.4},
    "decoupled penalty": {"landscape_knobs": {"l2": 0.3}, "decoupled": True},
    "noise": {"sigma": 0.7, "batch": 3, "seed": 5},
}
BATCHES: dict[str, dict[str, Any]] = {
    "mini-batch": {"batch": 3, "seed": 2},
    "drawn with replacement": {"batch": 4, "replacement": True, "seed": 3, "stream": 1},
}


class Case(NamedTuple):
    """A run, what it is called, and its rows as JAX has them: up to the first that is not finite."""

    name: str
    run: Run
    question: dict[str, Any]
    rows: np.ndarray


def traced(run: Run, landscape: Landscape) -> Traced:
    fixed = parameters_of(run, landscape)
    start = np.array(run.start, np.float64)
    rates = fixed.method["learning_rate"] * shares_of(run)
    more = {"watched": np.int32(run.steps), "rest": np.zeros(2), "near": np.float64(np.inf)}
    return Traced(start, fixed, rates, randomness_of(run, landscape), np.int32(run.steps), **more)


def rows_of(given: Traced, run: Run, landscape: Landscape) -> np.ndarray:
    rows, count = program(landscape, OPTIMIZERS[run.optimizer])(given)
    return np.asarray(rows)[: int(count)]


def question(given: Traced, run: Run, landscape: Landscape, rows: np.ndarray) -> dict[str, Any]:
    """Return `run` as the stage asks it, with the points through which it went."""
    count = 0 if landscape.examples is None else landscape.examples.count
    fixed = given.parameters
    optimizer = OPTIMIZERS[run.optimizer]
    method = {name: float(value) for name, value in without_rate(fixed.method).items()}
    return {
        "modules": {
            "surface": surface_module(landscape),
            "hessian": hessian_module(landscape) if optimizer.hessian else None,
            "steps": step_module(landscape, optimizer),
        },
        "ground": {name: float(value) for name, value in fixed.ground.items() if name != "data"},
        "method": method,
        "treatment": {
            "decoupled": float(fixed.decoupled),
            "clip_value": str(float(fixed.clip_value)).replace("inf", "Infinity"),
            "clip_norm": str(float(fixed.clip_norm)).replace("inf", "Infinity"),
            "noise_scale": float(fixed.noise_scale),
        },
        "start": list(run.start),
        "reach": float(np.abs(landscape.box).max()),
        "steps": run.steps,
        "rates": given.rates[: run.steps + 1].tolist(),
        "noise": given.randomness.noise[: run.steps + 1].ravel().tolist(),
        "weights": given.randomness.weights[: run.steps + 1, :count].ravel().tolist(),
        "data": columns_of(landscape).ravel().tolist(),
        "count": count,
        "points": rows[np.isfinite(rows[:, ARRIVAL]).all(axis=1), POINT].ravel().tolist(),
    }


def cases_of(which: Which, methods: list[str], runs: dict[str, dict[str, Any]]) -> Iterator[Case]:
    landscape = find(which)
    for method in methods:
        knobs = default_lane(landscape, method).knobs
        for name, more in runs.items():
            run = Run(which, method, landscape.start, STEPS, knobs, **more)
            given = traced(run, landscape)
            rows = rows_of(given, run, landscape)
            yield Case(f"{method}, {name}", run, question(given, run, landscape, rows), rows)


def asked(
    questions: list[dict[str, Any]], folder: Path, script: Path = SCRIPT
) -> list[dict[str, np.ndarray]]:
    """Return what `script` makes of each question."""
    given, answers = folder / "given.json", folder / "answers.json"
    given.write_text(json.dumps(questions, allow_nan=False), "utf-8")
    done = started("--no-warnings", str(script), str(given), str(answers))
    assert done.code == 0, done.said
    told = json.loads(answers.read_text("utf-8"))
    return [{name: np.array(numbers, float) for name, numbers in each.items()} for each in told]


def scale(rows: np.ndarray) -> np.ndarray:
    """Return how large the numbers of each column are: those of a point or gradient together."""
    finite = np.where(np.isfinite(rows), np.abs(rows), 0.0).max(axis=0, initial=0.0)
    for first in (0, 2, 5, 7, 9, 12, 14) if len(finite) == WIDTH else (0,):
        finite[first : first + 2] = finite[first : first + 2].max()
    return finite + 1e-300


def off(rows: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return by how much rows differ, in parts of what is usual in their columns."""
    with np.errstate(all="ignore"):
        return np.where(rows == other, 0.0, np.abs(rows - other)) / scale(other)


def assert_agree(cases: list[Case], folder: Path) -> None:
    """Assert that single steps agree to 1e-12 and whole runs to 1e-9.

    More is allowed only where a unit in the last place of a point becomes more: by as much as is measured.
    """
    for case, answer in zip(cases, asked([case.question for case in cases], folder), strict=True):
        name = case.run.landscape, case.name
        run_grows, step_grows = answer["growth"]
        good = np.isfinite(case.rows).all(axis=1)
        followed = answer["followed"].reshape(-1, WIDTH)[: good.sum()]
        made = [column for column in range(WIDTH) if column not in (0, 1, 2, 3, RATE)]
        assert off(followed, case.rows[good])[:, made].max(initial=0) <= max(1e-12, GROWN * step_grows), name
        rates, updates = case.rows[good, RATE][:-1, None], case.rows[good, UPDATE][1:]
        directions = answer["directions"].reshape(-1, 2)[: len(updates)]
        assert off(-rates * directions, updates).max(initial=0) <= max(1e-12, GROWN * step_grows), name
        rows = answer["rows"].reshape(-1, WIDTH)
        if run_grows <= STEADY:
            assert len(rows) == len(case.rows), name
            assert off(rows[good], case.rows[good]).max(initial=0) <= max(1e-9, GROWN * run_grows), name


@pytest.mark.parametrize("surface", LANDSCAPES)
def test_every_method_makes_the_steps_that_jax_makes(surface: str, tmp_path: Path):
    runs = RUNS if LANDSCAPES[surface].examples is None else RUNS | BATCHES
    assert_agree(list(cases_of(surface, list(OPTIMIZERS), runs)), tmp_path)


OWN = fit("two_weight_network", parse_rows("0,1;0.5,2;1,1.5;2,0.5;3,-1;4,0.25;5,1"))


FORMULAS = 50


def generated() -> list[Which]:
    """Return random formulas, of all that a reader may type."""
    rng, found = random.Random(20261127), []
    while len(found) < FORMULAS:
        try:
            found.append(read_formula(write(rng, rng.randint(2, 5))))
        except FormulaError:
            continue
    return found


TYPED = generated()


def losses_asked(which: Which, knobs: dict[str, Any], points: np.ndarray) -> dict[str, Any]:
    landscape = find(which, knobs)
    return {
        "module": surface_module(landscape),
        "knobs": landscape.settings(knobs),
        "points": points.tolist(),
        "data": columns_of(landscape).ravel().tolist(),
        "count": 0 if landscape.examples is None else landscape.examples.count,
        "reach": float(np.abs(landscape.box).max()),
    }


def assert_same_losses(given: list[tuple[Which, dict[str, Any]]], folder: Path) -> None:
    """Assert that losses all over the box agree to 1e-12, but for as much as roundings make of themselves."""
    cases = []
    for which, knobs in given:
        landscape = find(which, knobs)
        low, high = np.transpose(landscape.box)
        points = np.random.default_rng(7).uniform(low, high, (300, 2))
        arguments = landscape.arguments(knobs)
        expected = jax.vmap(lambda p, f=landscape.loss, a=arguments: f(p, **a))(points)
        cases.append((which, losses_asked(which, knobs, points), np.asarray(expected)))
    answers = asked([question for _, question, _ in cases], folder, SCRIPT.with_name("losses.mjs"))
    for (which, question, expected), answer in zip(cases, answers, strict=True):
        said = f"{which} {question['knobs']}"
        np.testing.assert_array_equal(np.isfinite(answer["losses"]), np.isfinite(expected), said)
        good = np.isfinite(expected)
        far = np.abs(answer["losses"] - expected)[good]
        allowed = np.fmax(1e-12 * np.abs(expected), GROWN * answer["growth"])[good]
        assert (far <= allowed).all(), said


def turned(which: Which) -> list[tuple[Which, dict[str, Any]]]:
    """Return `which` as it usually is, and with its numbers at both ends."""
    numbers = find(which).numbers
    return [(which, {}), *((which, {k.id: getattr(k, end) for k in numbers}) for end in ("low", "high"))]


def test_every_surface_has_its_losses(tmp_path: Path):
    assert_same_losses([case for which in (*LANDSCAPES, OWN) for case in turned(which)], tmp_path)


def test_every_formula_has_its_losses(tmp_path: Path):
    assert_same_losses([case for which in TYPED for case in turned(which)], tmp_path)


@pytest.mark.parametrize("part", range(5))
def test_formulas_race_as_in_jax(part: int, tmp_path: Path):
    """Each under one of the methods, by turns."""
    methods, runs = list(OPTIMIZERS), {name: RUNS[name] for name in ("plain", "penalty, clip by value")}
    for number in range(part, FORMULAS, 5):
        cases = list(cases_of(TYPED[number], [methods[number % len(methods)]], runs))
        assert_agree(cases, tmp_path)


def test_own_data_race_as_those_of_the_shelf(tmp_path: Path):
    assert_agree(list(cases_of(OWN, ["sgd", "adam", "sam", "newton"], RUNS | BATCHES)), tmp_path)


def test_a_module_serves_all_data_of_a_model():
    shelf, own, other = (
        find(which)
        for which in ("two_weight_network", OWN, fit("two_weight_network", parse_rows("0,1;1,3;2,2")))
    )
    for module in (surface_module, hessian_module, partial(step_module, optimizer=OPTIMIZERS["sam"])):
        assert module(own) == module(other) == module(shelf)


@pytest.mark.parametrize("method", OPTIMIZERS)
def test_a_method_needs_no_module_for_another_surface_unless_it_looks_elsewhere(method: str):
    optimizer = OPTIMIZERS[method]
    plain, data = (step_module(find(which), optimizer) for which in ("bowl", "two_weight_network"))
    assert (plain == data) != optimizer.elsewhere


def test_what_has_no_translation_is_refused_by_name():
    landscape = replace(find("bowl"), id="sorted", loss=lambda p, **_: jax.numpy.sort(p)[0])
    with pytest.raises(UntranslatableError, match="sort"):
        surface_module(landscape)
