"""Every change that a reader can make to a scene, by the name under which the browser asks for it."""

from collections.abc import Callable

from scenes.changes.budget import change_setting
from scenes.changes.change import Change
from scenes.changes.fairness import change_rule
from scenes.changes.ground import (
    change_data,
    change_formula,
    change_slice,
    change_start,
    change_surface,
    change_surface_knob,
)
from scenes.changes.lanes import (
    add_lane,
    change_lane_knob,
    change_lane_method,
    copy_lane,
    remove_lane,
    suggest_rate,
)
from scenes.changes.net_lab import change_net_lab
from scenes.changes.network import (
    add_trainer,
    change_net,
    change_table,
    change_trainer_knob,
    change_trainer_method,
    copy_trainer,
    look_inside,
    remove_trainer,
    reset_networks,
    suggest_trainer_rate,
)
from scenes.changes.scene import reset
from scenes.changes.view import pick_lane
from scenes.repairs import Repairs
from scenes.scene import Scene

__all__ = ["CHANGES", "Change"]

CHANGES: dict[str, Callable[[Scene, Change, Repairs], Scene]] = {
    "surface": change_surface,
    "formula": change_formula,
    "data": change_data,
    "slice": change_slice,
    "surface_knob": change_surface_knob,
    "start": change_start,
    "lane_method": change_lane_method,
    "lane_knob": change_lane_knob,
    "lane_add": add_lane,
    "lane_copy": copy_lane,
    "lane_remove": remove_lane,
    "lane_suggest": suggest_rate,
    "setting": change_setting,
    "rule": change_rule,
    "pick": pick_lane,
    "reset": reset,
    "net": change_net,
    "net_table": change_table,
    "net_inside": look_inside,
    "net_reset": reset_networks,
    "net_lab": change_net_lab,
    "trainer_method": change_trainer_method,
    "trainer_knob": change_trainer_knob,
    "trainer_add": add_trainer,
    "trainer_copy": copy_trainer,
    "trainer_remove": remove_trainer,
    "trainer_suggest": suggest_trainer_rate,
}
