"""One change of a scene, as the browser component sends it: `{"do": "start", "to": [1, 2]}`."""

from collections.abc import Mapping
from typing import cast

from catalog import Repair
from scenes.changes import CHANGES, Change
from scenes.coerce import shown
from scenes.repairs import Repairs, capped
from scenes.scene import Scene


def edit(scene: Scene, change: object) -> tuple[Scene, tuple[Repair, ...]]:
    """Return `scene` after `change`, and what had to be repaired; never raises.

    `change` is a mapping whose "do" is one of CHANGES. It comes over a socket, so anything at all
    may come: what cannot be done leaves the scene as it is, and a Repair says so.
    """
    asked: Change = cast(Change, change) if isinstance(change, Mapping) else {}
    do = asked.get("do")
    if not isinstance(do, str) or do not in CHANGES:
        return scene, (Repair("unknown_change", "do", shown(do), ""),)
    repairs: Repairs = []
    return CHANGES[do](scene, asked, repairs), capped(repairs)
