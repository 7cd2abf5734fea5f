"""What a scene is where a link says nothing. Frozen for v=1: old links rely on it."""

from catalog import Settings
from catalog.knob import defaults
from landscapes.formula import Which, find
from optimizers import OPTIMIZERS
from optimizers.suggestion import suggested_rate
from scenes.scene import Budget, Ground, Lane, Scene

DEFAULT_LANDSCAPE = "bowl"
DEFAULT_RACERS = ("sgd", "momentum", "adagrad", "adam")
RATE = "learning_rate"


def suggestion(landscape: Which, optimizer: str) -> float:
    """Return the learning rate with which this method makes a good picture on this surface."""
    surface = find(landscape)
    return suggested_rate(OPTIMIZERS[optimizer], surface.gradient_rate, surface.length_rate)


def is_suggested(scene: Scene, lane: int) -> bool:
    """Return whether the lane's rate is the one suggested for its method on this surface."""
    racer = scene.racers[lane]
    return racer.knobs[RATE] == suggestion(scene.ground.landscape, racer.optimizer)


def with_rate(lane: Lane, rate: float) -> Lane:
    """Return the lane with another learning rate."""
    return Lane(lane.optimizer, Settings({**lane.knobs, RATE: rate}))


def default_ground(landscape: Which) -> Ground:
    """Return the surface as it is met first: its knobs at their defaults, from its own start."""
    surface = find(landscape)
    return Ground(landscape, Settings(defaults(surface.knobs)), surface.start)


def default_lane(landscape: Which, optimizer: str) -> Lane:
    """Return the method with its defaults, at the rate suggested for this surface."""
    knobs = defaults(OPTIMIZERS[optimizer].knobs)
    return Lane(optimizer, Settings(knobs | {RATE: suggestion(landscape, optimizer)}))


def default_racers(landscape: Which) -> tuple[Lane, ...]:
    """Return the lanes that race where nobody chose any."""
    return tuple(default_lane(landscape, optimizer) for optimizer in DEFAULT_RACERS)


def default_scene(landscape: Which = DEFAULT_LANDSCAPE) -> Scene:
    """Return the scene that is shown where a link says nothing but, perhaps, the surface."""
    budget = Budget(steps=find(landscape).steps)
    return Scene(default_ground(landscape), default_racers(landscape), budget)
