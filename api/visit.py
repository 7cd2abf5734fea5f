"""What a reader does: opens a link, and turns things. A session can do so, and so can an address."""

import json
from collections.abc import Iterable
from typing import Any

from api.answer import answer, draft
from api.startable import ensure_startable
from catalog import Repair
from catalog.cache import MB, SingleFlightCache
from catalog.patience import NotYet, waiting_at_most
from scenes import Scene, edit, query, read, write
from scenes.network_slice import is_pending
from serving.background import Background

PATIENCE = 0.1  # s for which a turn of a knob waits for the minima of a surface that has many
BLINK = 0.02  # s for which it waits for what somebody else is making
MOST_CHANGES = 64
CHANGE = "change"
"""The parameter of an address that has a change as JSON; there may be several, in their order."""

COMPILING: Background[dict[str, Any]] = Background(64)
"""Drafts whose programs are being compiled; these wait for each other in catalog/turns.py."""

_SCENES: SingleFlightCache[Scene] = SingleFlightCache(4 * MB, size=lambda _: SCENE)
SCENE = 4096
"""About how many bytes a scene takes; its surface is kept elsewhere."""


def opened(link: str) -> tuple[Scene, tuple[Repair, ...]]:
    """Return the scene of a link, with a start where a race can begin, and what had to be repaired."""
    asked, repairs = read(link)
    scene, more = ensure_startable(asked)
    return scene, repairs + more


def changed(scene: Scene, changes: Iterable[object]) -> tuple[Scene, tuple[Repair, ...]]:
    """Return the scene after `changes`, any JSON values whatever, and what had to be repaired.

    It has a start where a race can begin.
    """
    now, repairs = edited(scene, changes)
    now, more = ensure_startable(now, scene)
    return now, repairs + more


def edited(scene: Scene, changes: Iterable[object]) -> tuple[Scene, tuple[Repair, ...]]:
    """Return the scene after `changes`, wherever it starts, and what had to be repaired."""
    now, repairs = scene, list[Repair]()
    for change in changes:
        now, more = edit(now, change)
        repairs += more
    return now, tuple(repairs)


def scene_of(spelling: str) -> Scene:
    """Return the scene that `spelling` (of `write`) spells; it is kept for a while.

    But not on a slice that is not sampled yet: that will be another one.
    """
    scene = _SCENES.get(spelling, lambda: read(spelling)[0])
    if not is_pending(scene.ground.landscape):
        return scene
    _SCENES.forget(spelling)
    return read(spelling)[0]


def spelling_of(scene: Scene) -> str:
    """Return how `scene` is spelled, and keep it for whoever asks for the scene of this spelling."""
    spelling = write(scene)
    _SCENES.get(spelling, lambda: scene)
    return spelling


def visited(address: str) -> dict[str, Any]:
    """Return the answer to the scene of a link after the changes that follow it in `address`.

    A change that is no JSON changes nothing, as one that comes over the socket. Where programs have to be
    compiled that is begun, and the answer is a draft until they are there.
    """
    known = COMPILING.meanwhile(address)
    if known is not None:
        return known
    try:
        with waiting_at_most(BLINK):
            return _confirmed(address)
    except NotYet:
        made = draft(*_asked(address))
        COMPILING.begin(address, lambda: _confirmed(address), made)
        return made


def _confirmed(address: str) -> dict[str, Any]:
    """Return the answer, however long it takes."""
    link, changes = _parts(address)
    scene, repairs = opened(link)
    if changes:
        scene, repairs = changed(scene, changes)
    return answer(scene, repairs, PATIENCE)


def _asked(address: str) -> tuple[Scene, tuple[Repair, ...]]:
    """Return the scene as it is asked for, wherever it starts, and what had to be repaired."""
    link, changes = _parts(address)
    scene, repairs = read(link)
    return edited(scene, changes) if changes else (scene, repairs)


def _parts(address: str) -> tuple[str, list[object]]:
    """Return the link in `address`, and the changes that follow it."""
    pairs = query.split(address)
    said = [_value(value) for name, value in pairs if name == CHANGE][:MOST_CHANGES]
    return query.join(pair for pair in pairs if pair[0] != CHANGE), said


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
