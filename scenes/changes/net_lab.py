"""Changes of labs of networks that have settings of their own."""

from dataclasses import replace
from typing import Any

from catalog import Repair
from scenes.changes.change import Change
from scenes.coerce import shown
from scenes.net_labs import TABLES
from scenes.repairs import Repairs
from scenes.scene import Scene
from scenes.write_network import lab_of


def change_net_lab(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Turn a knob of a lab: `{"lab": "regularization", "knob": "dropout", "to": 0.5}`; or reset it."""
    lab = change.get("lab")
    if not isinstance(lab, str) or lab not in TABLES:
        repairs.append(Repair("unknown_choice", "lab", shown(lab), " | ".join(TABLES)))
        return scene
    changed = lab_of(scene.network, lab).turned(change, repairs) if "knob" in change else TABLES[lab].usual()
    labs: dict[str, Any] = {lab: changed}
    return replace(scene, network=replace(scene.network, **labs))
