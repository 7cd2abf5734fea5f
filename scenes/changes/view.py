"""Changes of what is shown."""

from dataclasses import replace

from catalog import Repair
from scenes.changes.change import Change
from scenes.changes.lanes import lane_at
from scenes.knobs import LOSS_AXIS, step_knob
from scenes.notes import Notes
from scenes.scene import PANELS, Scene
from scenes.take import nearest, shown, take


def pick_lane(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Put this lane under the inspector."""
    lane = lane_at(scene, change, notes)
    return scene if lane is None else replace(scene, view=replace(scene.view, lane=lane))


def show_step(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Show this step; None shows the last one."""
    to, steps, old = change.get("to"), scene.budget.steps, scene.view.step
    if to is None:
        return replace(scene, view=replace(scene.view, step=None))
    step = nearest(step_knob(steps), to, "step", notes)
    if step is None:
        notes.append(Repair("not_a_number", "step", shown(to), str(steps if old is None else old)))
        return scene
    return replace(scene, view=replace(scene.view, step=int(step)))


def change_loss_axis(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Show losses on another scale."""
    axis = str(take(LOSS_AXIS, change.get("to"), scene.view.loss_axis, LOSS_AXIS.id, notes))
    return replace(scene, view=replace(scene.view, loss_axis=axis))


def hide_panel(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Hide a panel, or show it again."""
    panel, to, hide = change.get("panel"), change.get("to"), scene.view.hide
    if not isinstance(panel, str) or panel not in PANELS:
        notes.append(Repair("unknown_panel", "hide", shown(panel), ""))
        return scene
    if not isinstance(to, bool):
        notes.append(Repair("unknown_choice", f"hide:{panel}", shown(to), shown(panel in hide)))
        return scene
    return replace(scene, view=replace(scene.view, hide=hide | {panel} if to else hide - {panel}))
