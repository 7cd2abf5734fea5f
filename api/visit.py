"""What a reader does: opens a link, and turns things. A session can do so, and so can an address."""

import json
from collections.abc import Iterable
from typing import Any

from api.answer import answer
from api.startable import ensure_startable
from catalog import Repair
from catalog.cache import MB, SingleFlightCache
from scenes import Scene, edit, query, read, write

PATIENCE = 0.1  # s for which a turn of a knob waits for the minima of a surface that has many
MOST_CHANGES = 64
CHANGE = "change"
"""The parameter of an address that has a change as JSON; there may be several, in their order."""

_SCENES: SingleFlightCache[Scene] = SingleFlightCache(4 * MB, size=lambda _: SCENE)
SCENE = 4096
"""About how many bytes a scene takes; its surface is kept elsewhere."""


def opened(link: str) -> tuple[Scene, tuple[Repair, ...]]:
    """Return the scene of a link, with a start where a race can begin, and what had to be repaired."""
    asked, repairs = read(link)
    scene, more = ensure_startable(asked)
    return scene, repairs + more


def changed(scene: Scene, changes: Iterable[object]) -> tuple[Scene, tuple[Repair, ...]]:
    """Return the scene after `changes`, any JSON values whatever, and what had to be repaired."""
    now, repairs = scene, list[Repair]()
    for change in changes:
        now, more = edit(now, change)
        repairs += more
    now, more = ensure_startable(now, scene)
    return now, (*repairs, *more)


def scene_of(spelling: str) -> Scene:
    """Return the scene that `spelling` (of `write`) spells; it is kept for a while."""
    return _SCENES.get(spelling, lambda: read(spelling)[0])


def spelling_of(scene: Scene) -> str:
    """Return how `scene` is spelled, and keep it for whoever asks for the scene of this spelling."""
    spelling = write(scene)
    _SCENES.get(spelling, lambda: scene)
    return spelling


def visited(address: str) -> dict[str, Any]:
    """Return the answer to the scene of a link after the changes that follow it in `address`.

    A change that is no JSON changes nothing, as one that comes over the socket.
    """
    pairs = query.split(address)
    said = [value for name, value in pairs if name == CHANGE][:MOST_CHANGES]
    scene, repairs = opened(query.join(pair for pair in pairs if pair[0] != CHANGE))
    if said:
        scene, repairs = changed(scene, map(_value, said))
    return answer(scene, repairs, PATIENCE)


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
