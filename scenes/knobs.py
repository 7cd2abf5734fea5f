"""The knobs that belong to a scene rather than to a surface or a method.

Widgets, links and edits all take their ranges from here.
"""

from catalog import Knob
from descent.run import MOST_STEPS

STEPS = Knob("steps", "T", default=100, low=1, high=MOST_STEPS, scale="log", step=0.05, kind="whole")
NOISE = Knob("noise", r"\sigma", default=0.0, low=0.0, high=10.0, step=0.05)
SEED = Knob("seed", "r", default=0, low=0, high=2**31 - 1, step=1, kind="whole")
LOSS_AXIS = Knob("loss", "L", default="log", kind="choice", choices=("linear", "log"))
PAGE = Knob("page", "P", default="race", kind="choice", choices=("race", "curvature"))
LAYERS = ("lambda_min", "lambda_max", "condition", "gradient")
LAYER = Knob("layer", "L", default="height", kind="choice", choices=("height", *LAYERS))
MEASURES = ("gradient", "lambda_max", "lambda_min", "condition", "stability")
MEASURE = Knob("measure", "M", default="none", kind="choice", choices=("none", *MEASURES))


def step_knob(steps: int) -> Knob:
    """Return the knob of the step that is shown: 0 is the start, `steps` the last one."""
    return Knob("step", "t", default=steps, low=0, high=steps, step=1, kind="whole")


def lane_knob(lanes: int, *, first: int) -> Knob:
    """Return the knob that picks one of `lanes` lanes, counted from `first`."""
    return Knob("pick", "i", default=first, low=first, high=first + lanes - 1, step=1, kind="whole")
