"""Changes of what is shown."""

from dataclasses import replace

from scenes.changes.change import Change
from scenes.changes.lanes import lane_at
from scenes.notes import Notes
from scenes.scene import Scene


def pick_lane(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Put this lane under the inspector."""
    lane = lane_at(scene, change, notes)
    return scene if lane is None else replace(scene, view=replace(scene.view, lane=lane))
