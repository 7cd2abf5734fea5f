"""Changes of what every lane gets alike."""

from dataclasses import replace

from catalog import Repair
from scenes.changes.change import Change
from scenes.coerce import coerced, shown
from scenes.repairs import Repairs
from scenes.scene import BUDGET, Scene


def change_setting(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Turn the knob that `change` names to what it says; a step beyond the last one is no longer shown."""
    name, to = change.get("knob"), change.get("to")
    turned = (each for each, setting in BUDGET.items() if setting.knob.id == name)
    field = next((each for each in turned if BUDGET[each].change == "setting"), None)
    if field is None:
        repairs.append(Repair("unknown_knob", shown(name), shown(to), ""))
        return scene
    knob = BUDGET[field].on(scene.ground.surface)
    value = coerced(knob, to, getattr(scene.budget, field), knob.id, repairs)
    budget, step = replace(scene.budget, **{field: value}), scene.view.step
    view = replace(scene.view, step=None if step is not None and step > budget.steps else step)
    return replace(scene, budget=budget, view=view)
