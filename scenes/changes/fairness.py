"""By what rule the rates are chosen. What the rule says is done at once, so that a link holds the rates.

- `own`: as the reader sets them;
- `same`: all lanes have the rate of the first;
- `defaults`: all knobs have their usual defaults (the paper's or a library's), the rate too;
- `best`: each has the rate that did best in a sweep; whoever asks for it says which those are.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from catalog import Repair, Settings
from catalog.knob import defaults
from optimizers import OPTIMIZERS
from scenes.changes.change import Change
from scenes.coerce import coerced, nearest, shown
from scenes.defaults import RATE, with_rate
from scenes.knobs import FAIRNESS
from scenes.repairs import Repairs
from scenes.scene import Lane, Scene


def change_rule(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Choose the rates by another rule: `{"to": "best", "rates": [0.1, 0.03]}`, or without rates."""
    rule = str(coerced(FAIRNESS, change.get("to"), scene.budget.rule, FAIRNESS.id, repairs))
    racers = scene.racers
    if rule == "same":
        racers = tuple(with_rate(lane, float(racers[0].knobs[RATE])) for lane in racers)
    elif rule == "defaults":
        racers = tuple(at_defaults(lane) for lane in racers)
    elif rule == "best":
        best = as_rates(scene, change.get("rates"), repairs)
        if best is None:
            return scene
        racers = tuple(with_rate(lane, rate) for lane, rate in zip(racers, best, strict=True))
    return replace(scene, racers=racers, budget=replace(scene.budget, rule=rule))


def at_defaults(lane: Lane) -> Lane:
    """Return the lane with every knob of its method at its usual default."""
    return replace(lane, knobs=Settings(defaults(OPTIMIZERS[lane.optimizer].knobs)))


def as_rates(scene: Scene, raw: object, repairs: Repairs) -> list[float] | None:
    """Return one rate for each lane, None with a repair where `raw` is no such list."""
    values = [*cast(Sequence[object], raw)] if isinstance(raw, list | tuple) else []
    rates: list[float] = []
    if len(values) == len(scene.racers):
        for lane, value in zip(scene.racers, values, strict=True):
            rate = nearest(OPTIMIZERS[lane.optimizer].knobs[0], value, f"{lane.optimizer}:lr", repairs)
            rates += [float(rate)] if rate is not None else []
    if len(rates) == len(scene.racers):
        return rates
    repairs.append(
        Repair("not_rates", FAIRNESS.id, shown(values if values else None), str(len(scene.racers)))
    )
    return None


def after_turning(scene: Scene, lane: int, knob: object) -> Scene:
    """Return the scene after a knob of `lane` was turned by hand: does the rule hold on?

    Under one rate for all, turning the rate of one lane turns them all.
    """
    if scene.budget.rule == "same" and knob == RATE:
        rate = float(scene.racers[lane].knobs[RATE])
        return replace(scene, racers=tuple(with_rate(racer, rate) for racer in scene.racers))
    if scene.budget.rule == "same" or scene.budget.rule == "own":
        return scene
    return replace(scene, budget=replace(scene.budget, rule="own"))


def joining(scene: Scene, lane: Lane) -> Lane:
    """Return `lane` with the rate that the rule gives it among the lanes of `scene`."""
    if scene.budget.rule == "same":
        return with_rate(lane, float(scene.racers[0].knobs[RATE]))
    return at_defaults(lane) if scene.budget.rule == "defaults" else lane
