"""Changes of the whole scene."""

from dataclasses import replace

from scenes.changes.change import Change
from scenes.defaults import default_scene
from scenes.repairs import Repairs
from scenes.scene import Scene


def reset(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Race the default lanes from the default start, on the same surface; panels and networks stay."""
    view = replace(scene.view, step=None, lane=0, probe=None)
    return replace(default_scene(scene.ground.landscape), view=view, network=scene.network)
