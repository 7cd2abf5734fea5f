"""Slices through the loss of a network that the reader trains, with the paths of all trainers on them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from api.encode import finite, packed
from api.knob_json import control
from api.networks.train import train_share
from api.parts import in_parts
from api.question import one_of, whole
from networks import Training, so_far, training_parts
from networks.geometry import (
    PlaneRace,
    ShownPath,
    Slice,
    SliceLosses,
    affordable_points,
    end_of,
    path_on,
    path_so_far,
    plane_part,
    race_part,
    race_so_far,
    slice_parts,
    slice_so_far,
)
from networks.training import MOST_SEED
from scenes import read
from scenes.network_training import trainings
from scenes.scene import View
from scenes.slice_knobs import RACE, SLICE
from studies.parts import Part
from studies.slice_warnings import relative, warnings

PARTS = 1000
TRAINED, PLACED, SLICED = 500, 550, 850
"""Where the bar stands when training is over, when paths are known, and when the picture is."""


@dataclass(frozen=True)
class Asked:
    """What is asked for: the runs of all trainers, and the slice, None where no plane is spanned."""

    runs: tuple[Training, ...]
    lane: int
    view: View
    points: int

    @property
    def others(self) -> tuple[Training, ...]:
        """Return the runs whose ends span the plane with that of the trainer."""
        own = self.runs[self.lane]
        if self.view.slice_kind == "seeds":
            return tuple(replace(own, seed=(own.seed + k) % (MOST_SEED + 1)) for k in (1, 2))
        if self.view.slice_kind == "trainers":
            rest = [run for run in dict.fromkeys(self.runs) if run != own]
            return tuple(rest)
        return ()

    def question(self) -> Slice | None:
        """Return the slice, once all runs are at their end; None where too few of them have one."""
        own, view = self.runs[self.lane], self.view
        ends = [each for each in self.others if so_far(each).ending.kind != "diverged"][:2]
        among = view.slice_kind in ("trainers", "seeds")
        if among and not ends:
            return None
        kind: Any = "solutions" if among else view.slice_kind
        norm = view.slice_norm if view.slice_kind in ("random", "hessian") else "filter"
        return Slice(own, kind, norm, view.slice_extent, self.points, view.slice_seed, tuple(ends))


def asked_by(spelling: str) -> Asked:
    """Return what a query string asks for."""
    scene = read(spelling)[0]
    runs = trainings(scene.network)
    lane = whole(spelling, one_of("of", len(runs)))
    points = int(scene.view.slice_points)
    points = affordable_points(runs[lane].network, max(3, points - 1 + points % 2))
    return Asked(runs, lane, scene.view, points)


def net_slice(spelling: str) -> dict[str, Any]:
    """Return what is known of the slice that the query asks for, and of all paths on it.

    As long as it is not whole the answer says so, {"done": …, "parts": …}. Training comes first, then the
    paths, then the picture row by row, and last, where it is asked for, training within the plane.
    """
    asked = asked_by(spelling)
    told = _nothing(asked)
    try:
        runs = (*asked.runs, *asked.others)
        more = in_parts(training_parts(sorted(runs, key=train_share)), lambda: None)
    except FileNotFoundError:
        return {**told, "missing": True}
    if more is not None:
        share = sum(map(train_share, runs)) / len(runs)
        return {**told, "done": int(TRAINED * share), "parts": PARTS}
    ending = so_far(asked.runs[asked.lane]).ending
    if ending.kind == "diverged":
        return {**told, "diverged": ending.step}
    question = asked.question()
    if question is None:
        return {**told, "flat": True}
    try:
        more = in_parts(_parts(asked, question), lambda: None)
    except ValueError:  # a path whose points lie on a line, solutions that are one
        return {**told, "flat": True}
    found = slice_so_far(question)
    paths = [path_so_far(question, run) for run in asked.runs]
    told |= _slice(asked, question, found, paths)
    if more is not None:
        return {**told, "done": _done(asked, question, found, paths), "parts": PARTS}
    return {**told, "finding": _finding(asked, question, found, paths)}


def _parts(asked: Asked, question: Slice) -> list[Part]:
    """Return all parts after training."""
    parts: list[Part] = [plane_part(question)]
    parts += [_placed(question, run) for run in dict.fromkeys(asked.runs)]
    parts += slice_parts(question)
    if asked.view.slice_race == "on":
        parts += [race_part(question, run) for run in dict.fromkeys(asked.runs)]
    return parts


def _placed(question: Slice, run: Training) -> Callable[[], object]:
    return lambda: path_on(question, run)


def _done(asked: Asked, question: Slice, found: SliceLosses, paths: Sequence[ShownPath | None]) -> int:
    """Return how far it is, in `PARTS`."""
    if not found.known:
        return TRAINED + (PLACED - TRAINED) * sum(each is not None for each in paths) // len(paths)
    if not found.whole:
        return PLACED + (SLICED - PLACED) * found.known // found.losses.size
    raced = [race_so_far(question, run) for run in asked.runs]
    steps = sum(each.done / run.steps for each, run in zip(raced, asked.runs, strict=True) if each)
    return SLICED + int((PARTS - 1 - SLICED) * steps / len(raced))


def _nothing(asked: Asked) -> dict[str, Any]:
    """Return the answer before anything is known."""
    return {
        "lane": asked.lane,
        "kind": asked.view.slice_kind,
        "points": asked.points,
        "asked": int(asked.view.slice_points),
        "a": "",
        "b": "",
        "losses": "",
        "centre": None,
        "shares": None,
        "paths": [],
        "race": [],
        "ends": [],
        "finding": None,
        "diverged": None,
        "flat": False,
        "missing": False,
    }


def _slice(
    asked: Asked, question: Slice, found: SliceLosses, paths: Sequence[ShownPath | None]
) -> dict[str, Any]:
    raced = [race_so_far(question, run) for run in asked.runs] if asked.view.slice_race == "on" else []
    return {
        "a": packed(found.a),
        "b": packed(found.b),
        "losses": packed(found.losses.ravel().astype(float)),
        "centre": finite(found.centre_loss),
        "shares": None if np.isnan(found.shares).any() else [float(each) for each in found.shares],
        "paths": [_path(lane, each) for lane, each in enumerate(paths) if each is not None],
        "race": [_race(lane, each) for lane, each in enumerate(raced) if each is not None],
        "ends": _ends(asked, question, found),
    }


def _path(lane: int, path: ShownPath) -> dict[str, Any]:
    a, b = path.coordinates.T
    return {
        "lane": lane,
        "steps": packed(np.array(path.steps, float)),
        "a": packed(a),
        "b": packed(b),
        "relative": packed(path.relative),
        "shown": packed(path.shown.astype(float)),
        "true": packed(path.true.astype(float)),
    }


def _race(lane: int, race: PlaneRace) -> dict[str, Any]:
    count = len(race.losses)
    a, b = race.coordinates[:count].T
    return {
        "lane": lane,
        "steps": packed(np.array(race.steps[:count], float)),
        "a": packed(a),
        "b": packed(b),
        "losses": packed(race.losses.astype(float)),
        "diverged": -1 if race.diverged is None else race.diverged,
    }


def _ends(asked: Asked, question: Slice, found: SliceLosses) -> list[dict[str, Any]]:
    """Return where the other solutions are that span the plane: by construction in it."""
    plane = found.plane
    if plane is None or not question.others:
        return []
    places, _ = plane.project([end_of(each) for each in question.others])
    seeds = [each.seed if asked.view.slice_kind == "seeds" else None for each in question.others]
    return [{"a": float(a), "b": float(b), "seed": seed} for (a, b), seed in zip(places, seeds, strict=True)]


def _finding(
    asked: Asked, question: Slice, found: SliceLosses, paths: Sequence[ShownPath | None]
) -> dict[str, Any]:
    others = [each for lane, each in enumerate(paths) if lane != asked.lane]
    return {
        "own": relative([paths[asked.lane]]),
        "others": relative(others),
        "warnings": [asdict(each) for each in warnings(question, found, paths)],
    }


def slice_lab_words(said: Mapping[str, Any], switch: Mapping[str, str]) -> dict[str, Any]:
    """Return the controls and sentences of the lab, from the texts of locales/*/slice_lab.toml."""
    options = {**said["options"], RACE.id: switch}
    return {
        "knobs": [control(knob, said["knobs"], options) for knob in SLICE if knob is not RACE],
        "race": control(RACE, said["knobs"], options),
        "texts": dict(said["texts"]),
    }
