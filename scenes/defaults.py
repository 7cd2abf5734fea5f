"""What a scene is where a link says nothing. Frozen for v=1: old links rely on it."""

from catalog import Settings
from catalog.knob import defaults
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from optimizers.suggestion import suggested_rate
from scenes.scene import Budget, Ground, Lane, Scene

DEFAULT_LANDSCAPE = "bowl"
DEFAULT_RACERS = ("sgd", "momentum", "adagrad", "adam")
RATE = "learning_rate"


def suggestion(landscape: str, optimizer: str) -> float:
    """Return the learning rate with which this method makes a good picture on this surface."""
    surface = LANDSCAPES[landscape]
    return suggested_rate(OPTIMIZERS[optimizer], surface.gradient_rate, surface.length_rate)


def is_suggested(scene: Scene, lane: int) -> bool:
    """Return whether the lane's rate is the one suggested for its method on this surface."""
    racer = scene.racers[lane]
    return racer.knobs[RATE] == suggestion(scene.ground.landscape, racer.optimizer)


def with_rate(lane: Lane, rate: float) -> Lane:
    """Return the lane with another learning rate."""
    return Lane(lane.optimizer, Settings({**lane.knobs, RATE: rate}))


def default_ground(landscape: str) -> Ground:
    """Return the surface as it is met first: its knobs at their defaults, from its own start."""
    surface = LANDSCAPES[landscape]
    return Ground(landscape, Settings(defaults(surface.knobs)), surface.start)


def default_lane(landscape: str, optimizer: str) -> Lane:
    """Return the method with its defaults, at the rate suggested for this surface."""
    knobs = defaults(OPTIMIZERS[optimizer].knobs)
    return Lane(optimizer, Settings(knobs | {RATE: suggestion(landscape, optimizer)}))


def default_racers(landscape: str) -> tuple[Lane, ...]:
    """Return the lanes that race where nobody chose any."""
    return tuple(default_lane(landscape, optimizer) for optimizer in DEFAULT_RACERS)


def default_scene(landscape: str = DEFAULT_LANDSCAPE) -> Scene:
    """Return the scene that is shown where a link says nothing but, perhaps, the surface."""
    budget = Budget(steps=LANDSCAPES[landscape].steps)
    return Scene(default_ground(landscape), default_racers(landscape), budget)
