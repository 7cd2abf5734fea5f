"""Changes of what every lane gets alike."""

from collections.abc import Callable
from dataclasses import replace

from catalog import Knob
from scenes.changes.change import Change
from scenes.knobs import LUCK, NOISE, SAMPLING, SEED, STEPS, batch_knob
from scenes.notes import Notes
from scenes.scene import Scene
from scenes.take import take


def change_steps(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Run for more or fewer steps; a step beyond the last one is no longer shown."""
    steps = int(take(STEPS, change.get("to"), scene.budget.steps, STEPS.id, notes))
    shown_step = scene.view.step
    step = None if shown_step is not None and shown_step > steps else shown_step
    return replace(scene, budget=replace(scene.budget, steps=steps), view=replace(scene.view, step=step))


def turns(field: str, knob_of: Callable[[Scene], Knob]) -> Callable[[Scene, Change, Notes], Scene]:
    """Return the change that turns the knob of this field of the budget, and nothing else."""

    def change_it(scene: Scene, change: Change, notes: Notes) -> Scene:
        knob = knob_of(scene)
        value = take(knob, change.get("to"), getattr(scene.budget, field), knob.id, notes)
        return replace(scene, budget=replace(scene.budget, **{field: value}))

    return change_it


change_noise = turns("sigma", lambda _: NOISE)
change_seed = turns("seed", lambda _: SEED)
change_batch = turns("batch", lambda scene: batch_knob(scene.ground.surface))
change_sampling = turns("sampling", lambda _: SAMPLING)
change_luck = turns("luck", lambda _: LUCK)
