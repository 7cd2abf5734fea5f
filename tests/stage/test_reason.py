"""The sentence on why a step went where it went is true: each claim is worked out again from the record."""

import itertools
import json
import re
from collections import Counter
from functools import cache
from typing import Any

import jax
import numpy as np
import pytest

from descent import Run, Trajectory, descend
from landscapes import LANDSCAPES
from landscapes.find import find
from locales import texts
from optimizers import OPTIMIZERS, suggested_rate
from optimizers.knobs import without_rate
from tests.optimizers.settings import gentle_rate
from tests.stage.node import run as in_node
from tests.stage.spelled import number

STARTS = {
    "bowl": (-7.0, 2.0),
    "himmelblau": (0.2, -0.3),
}  # the latter beside a maximum and between two saddles
# What is turned besides the method's rate: noise, clipping, a schedule, a penalty taken from the step.
TREATMENTS: tuple[dict[str, Any], ...] = (
    {},
    {"sigma": 2.0, "seed": 3},
    {"clip": "norm", "clip_at": 0.5},
    {"clip": "value", "clip_at": 0.5},
    {"schedule": "cosine", "warmup": 6},
    {"landscape_knobs": {"l2": 1.0}, "decoupled": True},
)
Said = list[list[tuple[str, dict[str, Any]]]]

STEPS = 40
READS = ("points", "gradients", "estimates", "seen", "M", "G", "updates", "rates")


def direction(name: str) -> str:
    method = OPTIMIZERS[name]
    return "hessian" if method.hessian else "elsewhere" if method.elsewhere else "memory"


@cache
def runs() -> list[Run]:
    """Return a run for each method on each surface, treated in each way, at a gentle and at a rough rate."""
    found = []
    for name, surface, more in itertools.product(OPTIMIZERS, STARTS, TREATMENTS):
        landscape = LANDSCAPES[surface]
        usual = suggested_rate(OPTIMIZERS[name], landscape.gradient_rate, landscape.length_rate)
        for rate in dict.fromkeys((min(gentle_rate(name, surface), usual), usual)):
            found.append(Run(surface, name, STARTS[surface], STEPS, {"learning_rate": rate}, **more))
    # So far away that the gradient there is another.
    knobs = {"learning_rate": gentle_rate("sam", "himmelblau"), "radius": 1.0}
    return [*found, Run("himmelblau", "sam", STARTS["himmelblau"], STEPS, knobs)]


def lane(run: Run) -> dict[str, Any]:
    """Return what the rules read of a lane."""
    method = OPTIMIZERS[run.optimizer]
    knobs = method.settings(run.knobs)
    return {
        "knobs": knobs,
        "epsilon": float(method.epsilon(**without_rate(knobs))),
        "decoupled": method.decoupled is not None or run.decoupled,
    }


@pytest.fixture(scope="module")
def sentences(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """Return key and fields of the sentence on each step of each run."""
    largest = float(np.finfo(np.float32).max)
    lanes = []
    for run in runs():
        path = descend(run)
        rows = {name: np.clip(getattr(path, name), -largest, largest).ravel().tolist() for name in READS}
        lanes.append([rows, lane(run), direction(run.optimizer), len(path.rates)])
    file = tmp_path_factory.mktemp("reason") / "lanes.json"  # too much for an argument of Node
    file.write_text(json.dumps(lanes), "utf-8")
    expression = """JSON.parse(process.getBuiltinModule("fs").readFileSync(file, "utf-8")).map(
      ([rows, lane, direction, count]) => {
        const detail = Object.fromEntries(
          Object.entries(rows).map(([name, values]) => [name, Float32Array.from(values)]));
        return Array.from({ length: count }, (_, row) => script.reason(detail, lane, direction, row));
      })"""
    found = in_node(expression, "cards/reason.js", file=str(file))
    return [[(key, fields) for key, fields in steps] for steps in found]


def degrees(a: Any, b: Any) -> float:
    """Return the angle between two vectors."""
    a, b = a / np.hypot(*a), b / np.hypot(*b)  # their product may be too small for a number
    return float(np.degrees(np.arccos(np.clip(np.dot(a, b), -1, 1))))


def about(text: str, value: float, digits: int) -> bool:
    """Return whether `text` spells `value` with so many digits, or one less where it has a power of ten."""
    size = digits - 1 if "10" in text and not re.fullmatch(r"−?[\d.]+", text) else digits
    return number(text) == pytest.approx(value, rel=0.51 * 10.0 ** (1 - size))


@cache
def hessian(surface: str, penalty: float) -> Any:
    """Return the program of the Hessian of a surface."""
    knobs = {"l2": penalty} if penalty else {}
    landscape = find(surface, knobs)
    given = landscape.arguments(knobs)
    return jax.jit(jax.hessian(lambda p: landscape.loss(p, **given)))


def curvature(run: Run, point: Any) -> float:
    """Return the least curvature at a point."""
    assert set(run.landscape_knobs) <= {"l2"}
    found = hessian(run.landscape, run.landscape_knobs.get("l2", 0.0))(np.asarray(point))
    return float(np.linalg.eigvalsh(np.asarray(found))[0])


def holds(run: Run, path: Trajectory, row: int, key: str, f: dict[str, Any]) -> bool:
    """Return whether what a sentence says of step `row` is so, in the record itself."""
    slope, after = path.gradients[row], path.gradients[row + 1]
    estimate, seen, m, g = path.estimates[row], path.seen[row], path.M[row], path.G[row]
    move = path.updates[row]
    rate, peak = path.rates[row], run.knobs["learning_rate"]
    scale = np.sqrt(g) + lane(run)["epsilon"]
    a = f.get("axis", 0)
    match key:
        case "no_step":
            return bool((np.abs(move) < np.finfo(np.float32).tiny).all())
        case "clipped_norm":
            parallel = degrees(estimate, seen) < 0.1001
            lengths = about(f["before"], np.hypot(*estimate), 3) and about(f["after"], np.hypot(*seen), 3)
            return parallel and lengths and np.hypot(*seen) < np.hypot(*estimate)
        case "clipped_value":
            turned = about(f["angle"], degrees(estimate, seen), 2)
            return turned and about(f["before"], estimate[a], 3) and about(f["after"], seen[a], 3)
        case "misled":
            up = slope @ move > 0 and seen @ move < 0
            return up and abs(number(f["angle"]) - degrees(slope, seen)) <= 0.51
        case "decay":
            return np.sign(move[a]) == -np.sign(path.points[row][a]) and abs(
                move[a] / rate + m[a] / scale[a]
            ) > abs(m[a] / scale[a])
        case "climbs":
            return move @ seen > 0 and m @ seen < 0 and curvature(run, path.points[row]) < 0
        case "memory_wins":
            way = np.sign(move[a]) == f["way"] and np.sign(-slope[a]) == np.sign(-seen[a]) == -f["way"]
            return way and m[a] * seen[a] < 0 and about(f["M"], m[a], 3) and about(f["g"], seen[a], 3)
        case "too_far":
            changed = slope[a] * after[a] < 0 and move[a] * slope[a] < 0
            return changed and about(f["before"], slope[a], 3) and about(f["after"], after[a], 3)
        case "low_rate":
            return (run.schedule != "constant" or run.warmup > 0) and about(f["share"], 100 * rate / peak, 2)
        case "signs":
            decay = OPTIMIZERS[run.optimizer].decoupled
            rest = rate * decay(path.points[row], **without_rate(lane(run)["knobs"])) if decay else 0
            rest = rest + rate * (run.landscape_knobs.get("l2", 0) if run.decoupled else 0) * path.points[row]
            return bool(np.allclose(np.abs(move + rest), rate, rtol=1e-6))
        case "scaled":
            return scale[a] == scale.max() and about(f["ratio"], scale.max() / scale.min(), 2)
        case "evened":
            return abs(number(f["angle"]) - degrees(m / scale, m)) <= 0.51
        case "no_slope":
            return not seen.any() and bool(move.any())
        case "adds_up":
            return degrees(m, seen) < 21 and about(f["ratio"], np.hypot(*m) / np.hypot(*seen), 2)
        case "turned_memory" | "turned_hessian" | "turned_elsewhere":
            kind = key == f"turned_{direction(run.optimizer)}"
            return kind and abs(number(f["angle"]) - degrees(m, seen)) <= 0.51
        case "plain":
            return bool(np.allclose(move, -rate * slope, rtol=1e-3, atol=1e-12))
        case "plain_estimate":
            return bool(np.allclose(move, -rate * seen, rtol=1e-3, atol=1e-12)) and not np.allclose(
                seen, slope
            )
        case "off_slope":
            return abs(number(f["angle"]) - degrees(-move, seen)) <= 0.51
    raise KeyError(key)


def test_every_claim_is_true(sentences: Said) -> None:
    wrong = []
    for run, steps in zip(runs(), sentences, strict=True):
        path = descend(run)
        for row, (key, fields) in enumerate(steps):
            if not holds(run, path, row, key, fields):
                wrong.append((run, row, key, fields))
    assert not wrong, f"{len(wrong)} claims are wrong, {wrong[:5]} among them."


def test_every_sentence_is_said_and_none_crowds_out_the_others(sentences: Said) -> None:
    keys = Counter(key for steps in sentences for key, _ in steps)
    ways, seldom = {"way_larger", "way_smaller"}, {"no_slope"}
    assert set(keys) | seldom == set(texts("en")["interface"]["reasons"]) - ways
    assert max(keys.values()) < 0.5 * keys.total(), keys


def test_a_gradient_that_vanishes_leaves_the_step_to_memory() -> None:
    rows = {name: [0.0, 0.0] for name in READS} | {"gradients": [0.0] * 4, "M": [2.0, 2.0], "G": [1.0, 1.0]}
    rows |= {"updates": [-0.1, -0.1], "rates": [0.1]}
    plain = {"knobs": {"learning_rate": 0.1}, "epsilon": 0, "decoupled": False}
    detail = (
        f"Object.fromEntries(Object.entries({json.dumps(rows)}).map(([n, v]) => [n, Float32Array.from(v)]))"
    )
    key, _ = in_node(f"script.reason({detail}, plain, 'memory', 0)", "cards/reason.js", plain=plain)
    assert key == "no_slope"


@pytest.mark.parametrize(
    ("key", "other"),
    [("too_far", "plain"), ("plain", "too_far"), ("scaled", "signs"), ("memory_wins", "adds_up")],
)
def test_a_wrong_claim_is_noticed(key: str, other: str, sentences: Said) -> None:
    """Or else this could be a check that passes whatever is said."""
    for run, steps in zip(runs(), sentences, strict=True):
        path = descend(run)
        for row, (found, _) in enumerate(steps):
            if found == key:
                fields = {"axis": 0, "before": "1", "after": "1", "way": 1, "M": "1", "g": "1", "ratio": "7"}
                if not holds(run, path, row, other, fields):
                    return
    pytest.fail(f"Expected a step of {key} for which {other} is wrong.")
