"""Where a picture of a network's loss would mislead: what of that can be told from its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from networks.geometry import (
    Plane,
    ShownPath,
    Slice,
    SliceLosses,
    as_long_as,
    objective_of,
    plane_losses,
    random_direction,
    same_function,
    seen_by,
)

FAR = 0.5
"""A plane is far from a path whose median point is further from it than this part of its way to θ*."""
UNEQUAL = 1.5
"""So many times as long as the other an axis is for the same length of the picture."""
LARGE = 0.25
"""A step that is longer than this part of the shorter side leaves the slice in four."""
SEEN = 0.5
"""A path of which less than this share is within the picture is hardly shown."""
FACTOR = 4.0
"""By which the first layer is multiplied to write the same function with other weights."""
CHANGED = 1.1
"""And the picture is another one where a loss at its edge changes by this factor."""


@dataclass(frozen=True)
class Misleading:
    """One way in which a picture misleads, by its `id`, with the numbers by which that is known.

    - "symmetry": directions as long as all weights together: the same function, its first layer times
      `factor`, has the loss `there` at a corner or an edge where this picture has `here`.
    - "far": the median of ‖θ − Pθ‖/‖θ − θ*‖ over the path of `lane` is `share`, the largest of all.
    - "axes": one axis is `ratio` times as long as the other, drawn over the same length.
    - "steps": a step of `lane` is on average `ratio` times as long as the slice's shorter side, or longer.
    - "outside": `share` of the path of `lane` is beyond the picture's edge.
    - "clipped": at `share` of the places the loss is too large to be drawn.
    """

    id: str
    lane: int = -1
    share: float = 0.0
    ratio: float = 0.0
    factor: float = 0.0
    here: float = 0.0
    there: float = 0.0


def warnings(
    question: Slice, found: SliceLosses, paths: Sequence[ShownPath | None]
) -> tuple[Misleading, ...]:
    """Return what is misleading in a slice that is whole, the worst first.

    `paths` has one for each trainer, None where there is none.
    """
    plane = found.plane
    if plane is None:
        return ()
    told = [
        _symmetry(question, found),
        _far(paths),
        *_seen(found, paths),
        _clipped(found),
        _axes(found, plane),
    ]
    return tuple(each for each in told if each is not None)


def relative(paths: Sequence[ShownPath | None]) -> float | None:
    """Return the median of ‖θ − Pθ‖/‖θ − θ*‖ over all points of `paths` but θ* itself, None without any."""
    known = np.concatenate([np.zeros(0), *(each.relative for each in paths if each is not None)])
    known = known[np.isfinite(known)]
    return float(np.median(known)) if len(known) else None


def _far(paths: Sequence[ShownPath | None]) -> Misleading | None:
    shares = [relative([each]) or 0.0 for each in paths]
    lane = int(np.argmax(shares))
    return Misleading("far", lane, share=shares[lane]) if shares[lane] > FAR else None


def _sides(found: SliceLosses, plane: Plane) -> tuple[float, float]:
    """Return how long the slice is along u and along v, in the space of the parameters."""
    (u, v), a, b = plane.lengths, found.a, found.b
    return u * float(a[-1] - a[0]), v * float(b[-1] - b[0])


def _axes(found: SliceLosses, plane: Plane) -> Misleading | None:
    low, high = sorted(_sides(found, plane))
    return None if high <= UNEQUAL * low else Misleading("axes", ratio=high / low)


def _seen(found: SliceLosses, paths: Sequence[ShownPath | None]) -> list[Misleading | None]:
    """Return whose steps are too long for the slice, and whose path is hardly in it: the worst of each."""
    plane = found.plane
    assert plane is not None
    side = min(_sides(found, plane))
    known = [(lane, each) for lane, each in enumerate(paths) if each is not None]
    if not known:
        return []
    lane, longest = max(known, key=lambda of: of[1].stride)
    beyond = {lane: 1 - _within(found, each) for lane, each in known}
    furthest = max(beyond, key=lambda lane: beyond[lane])
    return [
        Misleading("steps", lane, ratio=longest.stride / side) if longest.stride > LARGE * side else None,
        Misleading("outside", furthest, share=beyond[furthest]) if beyond[furthest] > 1 - SEEN else None,
    ]


def _within(found: SliceLosses, path: ShownPath) -> float:
    """Return the share of a path's points that the picture holds."""
    low, high = (np.array([side[end] for side in (found.a, found.b)]) for end in (0, -1))
    return float(((path.coordinates >= low) & (path.coordinates <= high)).all(axis=1).mean())


def _clipped(found: SliceLosses) -> Misleading | None:
    share = float(np.isinf(found.losses).mean())
    return Misleading("clipped", share=share) if share > 0 else None


def _symmetry(question: Slice, found: SliceLosses) -> Misleading | None:
    """Return how much the picture depends on how its function is written, where it has random directions."""
    plane = found.plane
    if question.kind != "random" or question.norm != "length" or plane is None:
        return None
    network = question.training.network
    other = same_function(network.plan, plane.centre, FACTOR)
    if other is None:
        return None
    u, v = (as_long_as(random_direction(network.plan, question.seed, k), other) for k in range(2))
    low, high = float(found.a[0]), float(found.a[-1])
    edge = np.array([(x, y) for x in (low, 0.0, high) for y in (low, 0.0, high) if (x, y) != (0.0, 0.0)])
    objective, data = objective_of(network), seen_by(network)
    here, there = (plane_losses(objective, each, edge, data) for each in (plane, Plane(other, u, v)))
    both = np.isfinite(here) & np.isfinite(there) & (here > 0) & (there > 0)
    if not both.any():
        return None
    apart = np.abs(np.log(there[both] / here[both]))
    worst = int(apart.argmax())
    if apart[worst] < np.log(CHANGED):
        return None
    return Misleading(
        "symmetry", factor=FACTOR, here=float(here[both][worst]), there=float(there[both][worst])
    )
