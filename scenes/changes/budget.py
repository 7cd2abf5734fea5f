"""Changes of what every lane gets alike."""

from dataclasses import replace

from catalog import Repair
from scenes.changes.change import Change
from scenes.notes import Notes
from scenes.scene import BUDGET, Scene
from scenes.take import shown, take


def change_setting(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Turn the knob that `change` names to what it says; a step beyond the last one is no longer shown."""
    name, to = change.get("knob"), change.get("to")
    turned = (each for each, setting in BUDGET.items() if setting.knob.id == name)
    field = next((each for each in turned if BUDGET[each].change == "setting"), None)
    if field is None:
        notes.append(Repair("unknown_knob", shown(name), shown(to), ""))
        return scene
    knob = BUDGET[field].on(scene.ground.surface)
    value = take(knob, to, getattr(scene.budget, field), knob.id, notes)
    budget, step = replace(scene.budget, **{field: value}), scene.view.step
    view = replace(scene.view, step=None if step is not None and step > budget.steps else step)
    return replace(scene, budget=budget, view=view)
