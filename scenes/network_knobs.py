"""The knobs of a network that is trained; scenes/network.py has their places."""

from catalog import Knob, Settings
from catalog.knob import defaults
from networks import ACTIVATIONS, DATASETS, INITIALIZERS, NORMALIZATIONS
from networks.training import MOST_STEPS
from optimizers import OPTIMIZERS, SCHEDULES

NORMAL_INPUTS = "normal_inputs"
"""No data but standard normal numbers: signals can be looked at with them, and nothing learns."""
TABLE = "table"
"""The reader's own data."""

_LEARNED = tuple(id for id in DATASETS if id != NORMAL_INPUTS)
DATA = Knob("data", "", default="moons", kind="choice", choices=(*_LEARNED, TABLE))
INPUTS = Knob("data", "", default=NORMAL_INPUTS, kind="choice", choices=(NORMAL_INPUTS, *_LEARNED, TABLE))
DEPTH = Knob("depth", "n", default=2, low=1, high=20, step=1, kind="whole")
WIDTH = Knob("width", "m", default=64, low=4, high=128, step=1, kind="whole")
ACTIVATION = Knob("activation", r"\varphi", default="tanh", kind="choice", choices=tuple(ACTIVATIONS))
INIT = Knob("init", "W_0", default="xavier_normal", kind="choice", choices=tuple(INITIALIZERS))
SIGMA = Knob("sigma", r"\sigma", default=0.1, low=1e-4, high=10.0, scale="log", step=0.05)
NORM = Knob("norm", "", default="none", kind="choice", choices=tuple(NORMALIZATIONS))
RESIDUAL = Knob("residual", "", default="off", kind="choice", choices=("off", "on"))
DROPOUT = Knob("dropout", "p", default=0.0, low=0.0, high=0.9, step=0.05)
DECAY = Knob("decay", r"\lambda", default=0.0, low=0.0, high=1.0, step=0.001)
DECOUPLED = Knob("decoupled", "", default="off", kind="choice", choices=("off", "on"))
BATCH = Knob("batch", "B", default=1, low=1, high=5000, scale="log", step=0.05, kind="whole")
STEPS = Knob(
    "netsteps", "T", default=1000, low=1, high=MOST_STEPS, scale="log", step=0.05, kind="whole", short="steps"
)
SEED = Knob("netseed", "r", default=0, low=0, high=2**31 - 1, step=1, kind="whole", short="seed")

LANDSCAPE_LABS = "slice", "residual", "spectrum", "edge", "saddles", "lines"
"""The labs on the loss as a function of all parameters; the others are on how networks train."""
LABS = (
    *("train", "init", "activations", "outputs", "regularization", "batch", "normalization", "search"),
    *LANDSCAPE_LABS,
    "book",
)
LAB = Knob("lab", "", default="train", kind="choice", choices=LABS)

# What a trainer has besides its method and the knobs of that.
SCHEDULE = Knob("schedule", r"\alpha_t", default="constant", kind="choice", choices=tuple(SCHEDULES))
WARMUP = Knob("warmup", "w", default=0, low=0, high=MOST_STEPS, step=1, kind="whole")

TRAINING_METHODS = tuple(id for id, method in OPTIMIZERS.items() if not method.hessian)
"""The methods that train networks: a Hessian has as many rows and columns as there are weights."""


def trainer_knobs(schedule: str) -> tuple[Knob, ...]:
    """Return what a trainer on this schedule has besides its method and the knobs of that."""
    return SCHEDULE, *SCHEDULES[schedule].knobs, WARMUP


PLAIN = Settings(defaults(trainer_knobs("constant")))
"""A trainer at a constant rate."""
