"""Changes of the whole scene."""

from dataclasses import replace

from catalog import Repair
from scenes.changes.change import Change
from scenes.defaults import default_scene
from scenes.notes import Notes
from scenes.read import read
from scenes.scene import Scene
from scenes.take import shown


def reset(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Race the default lanes from the default start, on the same surface; panels stay as they are."""
    view = replace(scene.view, step=None, lane=0, probe=None)
    return replace(default_scene(scene.ground.landscape), view=view)


def load(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Show what a query string spells."""
    to = change.get("to")
    if not isinstance(to, str):
        notes.append(Repair("unknown_change", "scene", shown(to), ""))
        return scene
    loaded, repairs = read(to)
    notes.extend(repairs)
    return loaded
