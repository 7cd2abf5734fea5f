"""Changes of what is shown."""

from dataclasses import replace

from scenes.changes.change import Change
from scenes.changes.lanes import lane_at
from scenes.repairs import Repairs
from scenes.scene import Scene


def pick_lane(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Put this lane under the inspector."""
    lane = lane_at(scene, change, repairs)
    return scene if lane is None else replace(scene, view=replace(scene.view, lane=lane))
