"""What a scene is where a link says nothing. Frozen for v=1: old links rely on it."""

from dataclasses import replace

from catalog import Settings
from catalog.knob import defaults
from landscapes import Landscape
from landscapes.formula import Which, find
from optimizers import OPTIMIZERS
from optimizers.suggestion import suggested_rate
from scenes.knobs import batch_knob
from scenes.scene import Budget, Ground, Lane, Scene

DEFAULT_LANDSCAPE = "bowl"
DEFAULT_RACERS = ("sgd", "momentum", "adagrad", "adam")
RATE = "learning_rate"


def suggestion(surface: Landscape, optimizer: str) -> float:
    """Return the learning rate with which this method makes a good picture on this surface."""
    return suggested_rate(OPTIMIZERS[optimizer], surface.gradient_rate, surface.length_rate)


def is_suggested(scene: Scene, lane: int) -> bool:
    """Return whether the lane's rate is the one suggested for its method on this surface."""
    racer = scene.racers[lane]
    return racer.knobs[RATE] == suggestion(scene.ground.surface, racer.optimizer)


def with_rate(lane: Lane, rate: float) -> Lane:
    """Return the lane with another learning rate."""
    return replace(lane, knobs=Settings({**lane.knobs, RATE: rate}))


def default_ground(landscape: Which) -> Ground:
    """Return the surface as it is met first: its knobs at their defaults, from its own start."""
    surface = find(landscape)
    return Ground(landscape, Settings(defaults(surface.knobs)), surface.start)


def default_lane(surface: Landscape, optimizer: str) -> Lane:
    """Return the method with its defaults, at the rate suggested for this surface."""
    knobs = defaults(OPTIMIZERS[optimizer].knobs)
    return Lane(optimizer, Settings(knobs | {RATE: suggestion(surface, optimizer)}))


def default_racers(surface: Landscape) -> tuple[Lane, ...]:
    """Return the lanes that race where nobody chose any."""
    return tuple(default_lane(surface, optimizer) for optimizer in DEFAULT_RACERS)


def default_budget(surface: Landscape) -> Budget:
    """Return steps and mini-batches that make a good picture on this surface, without noise."""
    return Budget(surface.steps, batch=int(batch_knob(surface).default))


def default_scene(landscape: Which = DEFAULT_LANDSCAPE) -> Scene:
    """Return the scene that is shown where a link says nothing but, perhaps, the surface."""
    ground = default_ground(landscape)
    surface = ground.surface
    return Scene(ground, default_racers(surface), default_budget(surface))
