"""What every scene must be, wherever it came from."""

import math

from catalog import Knob, Settings
from networks import MOST_COST, cost_of
from optimizers import OPTIMIZERS
from scenes import MOST_LANES, PANELS, Scene
from scenes.knobs import lane_knobs
from scenes.network import MOST_TRAINERS, Net, NetworkScene, Which, net_knobs
from scenes.network_knobs import trainer_knobs
from scenes.network_training import trainings
from scenes.scene import BUDGET, VIEW


def faults(scene: Scene) -> list[str]:
    """Return a word for everything in `scene` that could not be drawn or run."""
    ground, budget, view = scene.ground, scene.budget, scene.view
    surface = ground.surface
    found = settings_faults(surface.knobs, ground.knobs)
    if not all(type(x) is float and math.isfinite(x) for x in ground.start) or not surface.contains(
        ground.start
    ):
        found.append("start")
    if not 1 <= len(scene.racers) <= MOST_LANES:
        found.append("number of lanes")
    for lane in scene.racers:
        found += settings_faults(OPTIMIZERS[lane.optimizer].knobs, lane.knobs)
        found += settings_faults(lane_knobs(str(lane.extras["schedule"])), lane.extras)
    for table, values in ((BUDGET, budget), (VIEW, view)):
        for field, setting in table.items():
            found += value_faults(setting.on(surface), getattr(values, field))
    if view.step is not None and not (type(view.step) is int and 0 <= view.step <= budget.steps):
        found.append("step")
    if type(view.lane) is not int or not 0 <= view.lane < len(scene.racers):
        found.append("picked lane")
    if not view.hide <= set(PANELS):
        found.append("view")
    if view.probe is not None and not surface.contains(view.probe):
        found.append("probe")
    if len(scene.runs()) != len(scene.racers):
        found.append("runs")
    return found + network_faults(scene.network)


def network_faults(network: NetworkScene) -> list[str]:
    """Return a word for everything that could not be trained."""
    found: list[str] = []
    both: tuple[tuple[Which, Net], ...] = ("net", network.net), ("inside", network.inside)
    for which, net in both:
        for field, knob in net_knobs(which, net.data, network.table).items():
            found += value_faults(knob, getattr(net, field))
    on_table = "table" in (network.net.data, network.inside.data)
    if on_table != (network.table is not None):
        found.append("table")
    if not 1 <= len(network.trainers) <= MOST_TRAINERS:
        found.append("number of trainers")
    for trainer in network.trainers:
        found += settings_faults(OPTIMIZERS[trainer.optimizer].knobs, trainer.knobs)
        found += settings_faults(trainer_knobs(str(trainer.extras["schedule"])), trainer.extras)
    if not found:
        found += ["cost" for each in trainings(network) if cost_of(each) > MOST_COST]
    return found


def settings_faults(knobs: tuple[Knob, ...], settings: Settings) -> list[str]:
    """Return the knobs without a value that they accept, and the values without a knob."""
    if set(settings) != {knob.id for knob in knobs}:
        return ["settings"]
    return [fault for knob in knobs for fault in value_faults(knob, settings[knob.id])]


def value_faults(knob: Knob, value: object) -> list[str]:
    """Return the knob's id unless `value` is of its kind and in its range."""
    kinds = {"number": (float, int), "whole": (int,), "choice": (str,)}[knob.kind]
    if type(value) not in kinds or not isinstance(value, float | int | str) or not knob.accepts(value):
        return [knob.id]
    finite = isinstance(value, str) or math.isfinite(value)  # asked here too, lest a knob forgets to
    return [] if finite else [knob.id]
