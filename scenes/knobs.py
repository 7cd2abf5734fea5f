"""The knobs that belong to a scene rather than to a surface or a method; scenes/scene.py has their places."""

from dataclasses import replace

from catalog import Knob, Settings
from catalog.knob import defaults
from descent.run import MOST_STEPS
from landscapes import Landscape
from optimizers import SCHEDULES
from scenes.questions import QUESTIONS

STEPS = Knob("steps", "T", default=100, low=1, high=MOST_STEPS, scale="log", step=0.05, kind="whole")
NOISE = Knob("noise", r"\sigma", default=0.0, low=0.0, high=10.0, step=0.05)
SEED = Knob("seed", "r", default=0, low=0, high=2**31 - 1, step=1, kind="whole")
BATCH = Knob("batch", "B", default=1, low=1, high=MOST_STEPS, scale="log", step=0.05, kind="whole")
SAMPLING = Knob("sampling", "", default="epochs", kind="choice", choices=("epochs", "replacement"))
RANDOMNESS = Knob("luck", "", default="shared", kind="choice", choices=("shared", "own"))
FAIRNESS = Knob("rule", "", default="own", kind="choice", choices=("own", "same", "best", "defaults"))

# What a lane has besides its method and the knobs of that.
SCHEDULE = Knob("schedule", r"\alpha_t", default="constant", kind="choice", choices=tuple(SCHEDULES))
WARMUP = Knob("warmup", "w", default=0, low=0, high=MOST_STEPS, step=1, kind="whole")
CLIP = Knob("clip", "", default="none", kind="choice", choices=("none", "value", "norm"))
CLIP_AT = Knob("clip_at", "c", default=1.0, low=1e-3, high=1e3, scale="log", step=0.05)
PENALTY = Knob("penalty", "D_t", default="coupled", kind="choice", choices=("coupled", "decoupled"))

LOSS_AXIS = Knob("loss", "L", default="log", kind="choice", choices=("linear", "log"))
PAGE = Knob(
    "page",
    "P",
    default="race",
    kind="choice",
    choices=("race", "step", "curvature", "noise", "fair", "networks"),
)
HERO = Knob("hero", "", default="map", kind="choice", choices=("map", "surface", "both", "losses"))
LAYERS = ("lambda_min", "lambda_max", "condition", "gradient")
LAYER = Knob("layer", "L", default="height", kind="choice", choices=("height", *LAYERS))
TINTS = ("terrain", "paper", "print")
TINT = Knob("tint", "", default="terrain", kind="choice", choices=TINTS)
MEASURES = ("gradient", "lambda_max", "lambda_min", "condition", "stability")
MEASURE = Knob(
    "measure", "M", default="auto", kind="choice", choices=("auto", "none", "rate", "seen", *MEASURES)
)
BAND = Knob("band", "", default="off", kind="choice", choices=("off", "on"))
CLOUD = Knob("cloud", "", default="off", kind="choice", choices=("off", "on"))
ENSEMBLE = Knob("crowd", "", default="seeds", kind="choice", choices=("seeds", "starts"))
SHIFT = Knob("shift", "s", default=0.5, low=0.0, high=3.0, step=0.01)
RADIUS = Knob("radius", r"\rho", default=0.25, low=0.01, high=2.0, step=0.01)
PRESENT = Knob("present", "", default="off", kind="choice", choices=("off", "on"))
QUESTION = Knob(
    "question", "", default="none", kind="choice", choices=("none", *(each.id for each in QUESTIONS))
)


def steps_knob(surface: Landscape) -> Knob:
    """Return the knob of the number of steps, by default as many as make a good picture on `surface`."""
    return replace(STEPS, default=surface.steps)


def batch_knob(surface: Landscape) -> Knob:
    """Return the knob of the mini-batch size: up to all the data of `surface`, where it has some."""
    most = surface.examples.count if surface.examples else MOST_STEPS
    return replace(BATCH, default=min(surface.batch, most), high=most)


def lane_knobs(schedule: str) -> tuple[Knob, ...]:
    """Return what a lane on this schedule has besides its method and the knobs of that."""
    return SCHEDULE, *SCHEDULES[schedule].knobs, WARMUP, CLIP, CLIP_AT, PENALTY


PLAIN = Settings(defaults(lane_knobs("constant")))
"""A lane at a constant rate, with nothing clipped."""


def step_knob(steps: int) -> Knob:
    """Return the knob of the step that is shown: 0 is the start, `steps` the last one."""
    return Knob("step", "t", default=steps, low=0, high=steps, step=1, kind="whole")


def lane_knob(lanes: int, *, first: int) -> Knob:
    """Return the knob that picks one of `lanes` lanes, counted from `first`."""
    return Knob("pick", "i", default=first, low=first, high=first + lanes - 1, step=1, kind="whole")
