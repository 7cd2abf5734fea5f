"""Changes of what every lane gets alike."""

from dataclasses import replace

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


def change_noise(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Add more or less noise to the gradients."""
    sigma = float(take(NOISE, change.get("to"), scene.budget.sigma, NOISE.id, notes))
    return replace(scene, budget=replace(scene.budget, sigma=sigma))


def change_seed(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Draw other noise."""
    seed = int(take(SEED, change.get("to"), scene.budget.seed, SEED.id, notes))
    return replace(scene, budget=replace(scene.budget, seed=seed))


def change_batch(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Estimate gradients from more or fewer examples."""
    knob = batch_knob(scene.ground.surface)
    batch = int(take(knob, change.get("to"), scene.budget.batch, knob.id, notes))
    return replace(scene, budget=replace(scene.budget, batch=batch))


def change_sampling(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Draw mini-batches from a shuffled epoch, or each example from all of them."""
    sampling = str(take(SAMPLING, change.get("to"), scene.budget.sampling, SAMPLING.id, notes))
    return replace(scene, budget=replace(scene.budget, sampling=sampling))


def change_luck(scene: Scene, change: Change, notes: Notes) -> Scene:
    """Let all lanes see the same noise and batches, or give each its own."""
    luck = str(take(LUCK, change.get("to"), scene.budget.luck, LUCK.id, notes))
    return replace(scene, budget=replace(scene.budget, luck=luck))
