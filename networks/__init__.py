"""Small networks that really train: what they learn, and what happens inside.

from networks import Network, Training, train

history = train(Training(Network(data="moons"), optimizer="adam", knobs={"learning_rate": 0.01}))
print(history.validation_accuracy[-1])
"""

from networks.activations import ACTIVATIONS
from networks.course import so_far, train, training_parts
from networks.data import DATASETS, FewExamples, TableData
from networks.history import Ending, History
from networks.initializers import INITIALIZERS
from networks.inside import Signals, signals
from networks.network import Network, parameters_of
from networks.normalizations import NORMALIZATIONS
from networks.training import MOST_COST, Training, cost_of, nearest_allowed
from networks.views import boundary, predictions

__all__ = [
    "ACTIVATIONS",
    "DATASETS",
    "INITIALIZERS",
    "MOST_COST",
    "NORMALIZATIONS",
    "Ending",
    "FewExamples",
    "History",
    "Network",
    "Signals",
    "TableData",
    "Training",
    "boundary",
    "cost_of",
    "nearest_allowed",
    "parameters_of",
    "predictions",
    "signals",
    "so_far",
    "train",
    "training_parts",
]
