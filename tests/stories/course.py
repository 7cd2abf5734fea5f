"""The scenes of the questions of the course, as opened and after changes, and what is measured there.

A change is as the controls of the stage send it, so that what is to do can be done in that scene.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from curvature.hessian import curvature_at
from descent import Trajectory, race
from landscapes.arrays import Floats
from scenes import Scene, edit, read
from scenes.questions import QUESTIONS
from tests.stories.sentences import SENTENCES, Claim, Sentence, claim

BY_ID = {question.id: question for question in QUESTIONS}
PARTS = ("title", "notice", "do", "answer")


def words(id: str) -> tuple[str, ...]:
    """Return the keys of all that is said of a question."""
    return tuple(f"questions.{id}.{part}" for part in PARTS)


def said_of(id: str) -> Sentence:
    """Return all that is said of a question, in each language as one text."""
    said = [SENTENCES[key] for key in words(id)]
    return Sentence(*("\n".join(texts) for texts in zip(*said, strict=True)))


def question(id: str) -> Callable[[Claim], Claim]:
    """Register a function that asserts that all that is said of a question is true; it is asked once."""

    def register(check: Claim) -> Claim:
        once = cache(lambda: check(said_of(id)))
        claim(*words(id))(lambda _: once())
        return check

    return register


def scene_of(id: str, *changes: dict[str, Any]) -> Scene:
    """Return the scene of a question after `changes`; each can be made there."""
    scene, repairs = read(BY_ID[id].query)
    assert not repairs
    for change in changes:
        after, repairs = edit(scene, change)
        assert not repairs and after != scene, change
        scene = after
    return scene


def runs(id: str, *changes: dict[str, Any]) -> tuple[Trajectory, ...]:
    """Return the runs of the lanes of a question after `changes`."""
    return tuple(race(scene_of(id, *changes).runs()))


def turn(lane: int, knob: str, to: Any) -> dict[str, Any]:
    """Return the change that turns a knob of a lane, counted from 0."""
    return {"do": "lane_knob", "lane": lane, "knob": knob, "to": to}


def surface(knob: str, to: Any) -> dict[str, Any]:
    """Return the change that turns a knob of the surface."""
    return {"do": "surface_knob", "knob": knob, "to": to}


def setting(knob: str, to: Any) -> dict[str, Any]:
    """Return the change that turns a knob of all lanes."""
    return {"do": "setting", "knob": knob, "to": to}


def curvatures(scene: Scene, x: float, y: float) -> Floats:
    """Return the eigenvalues (2,) of the Hessian at a point, the least one first."""
    return curvature_at(scene.ground.surface, scene.ground.knobs, np.array([[x, y]])).eigenvalues[0]


def crossings(run: Trajectory) -> int:
    """Return how many steps change the sign of y."""
    return int((run.points[1:, 1] * run.points[:-1, 1] < 0).sum())


def to_a_thousandth(run: Trajectory) -> int | None:
    """Return the step from which the loss stays below a thousandth of the first one."""
    above = np.flatnonzero(run.losses >= run.losses[0] / 1000)
    return None if above[-1] == len(run.losses) - 1 else int(above[-1]) + 1
