"""Everything the reader has chosen, as a value, and how a link spells it."""

from scenes.defaults import default_scene, is_suggested, suggestion
from scenes.edit import edit
from scenes.read import read
from scenes.scene import MOST_LANES, PANELS, Budget, Ground, Lane, Scene, View
from scenes.write import write

__all__ = [
    "MOST_LANES",
    "PANELS",
    "Budget",
    "Ground",
    "Lane",
    "Scene",
    "View",
    "default_scene",
    "edit",
    "is_suggested",
    "read",
    "suggestion",
    "write",
]
