"""What a scene is where a link says nothing. Links that say v=1 have the defaults of `scenes.frozen`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from catalog import Settings, Value
from catalog.knob import defaults
from landscapes import Landscape
from landscapes.find import Which, find
from optimizers import OPTIMIZERS, Optimizer
from optimizers.knobs import RATE, without_rate
from optimizers.suggestion import suggested_rate
from scenes.scene import BUDGET, Budget, Ground, Lane, Scene

DEFAULT_LANDSCAPE = "bowl"
DEFAULT_RACERS = ("sgd", "momentum", "adagrad", "adam")


def suggestion(surface: Landscape, optimizer: str, knobs: Mapping[str, Value] | None = None) -> float:
    """Return the learning rate with which this method makes a good picture on this surface.

    `knobs`: those of the method, the default ones where none are given.
    """
    tuned = dict(surface.tuned).get(optimizer, Settings())
    others = without_rate(tuned)
    if tuned and (knobs is None or all(knobs[name] == value for name, value in others.items())):
        return float(tuned[RATE])
    return suggested_rate(OPTIMIZERS[optimizer], surface.gradient_rate, surface.length_rate)


def is_suggested(scene: Scene, lane: int) -> bool:
    """Return whether the lane's rate is the one suggested for its method on this surface."""
    racer = scene.racers[lane]
    return racer.knobs[RATE] == suggestion(scene.ground.surface, racer.optimizer, racer.knobs)


def with_rate(lane: Lane, rate: float) -> Lane:
    """Return the lane with another learning rate."""
    return replace(lane, knobs=Settings({**lane.knobs, RATE: rate}))


def default_ground(landscape: Which) -> Ground:
    """Return the surface as it is met first: its knobs at their defaults, from its own start."""
    surface = find(landscape)
    return Ground(landscape, Settings(defaults(surface.knobs)), surface.start)


def usual_lane(surface: Landscape, optimizer: str, optimizers: Mapping[str, Optimizer] = OPTIMIZERS) -> Lane:
    """Return the method with its usual knobs, at the rate suggested for them on this surface."""
    method = optimizers[optimizer]
    rate = suggested_rate(method, surface.gradient_rate, surface.length_rate)
    return Lane(optimizer, Settings(defaults(method.knobs) | {RATE: rate}))


def default_lane(
    surface: Landscape, optimizer: str, optimizers: Mapping[str, Optimizer] = OPTIMIZERS
) -> Lane:
    """Return the method as it is tuned for this surface, with its usual knobs where it is not."""
    lane = usual_lane(surface, optimizer, optimizers)
    return replace(lane, knobs=Settings({**lane.knobs, **dict(surface.tuned).get(optimizer, {})}))


def default_racers(surface: Landscape, optimizers: Mapping[str, Optimizer] = OPTIMIZERS) -> tuple[Lane, ...]:
    """Return the lanes that race where nobody chose any."""
    return tuple(default_lane(surface, optimizer, optimizers) for optimizer in DEFAULT_RACERS)


def default_budget(surface: Landscape) -> Budget:
    """Return steps and mini-batches that make a good picture on this surface, without noise."""
    values: dict[str, Any] = {field: setting.on(surface).default for field, setting in BUDGET.items()}
    return Budget(**values)


def default_scene(landscape: Which = DEFAULT_LANDSCAPE) -> Scene:
    """Return the scene that is shown where a link says nothing but, perhaps, the surface."""
    ground = default_ground(landscape)
    surface = ground.surface
    return Scene(ground, default_racers(surface), default_budget(surface))
