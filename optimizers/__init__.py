"""How we descend: methods, one per file, in the order in which a learner should meet them.

To add one: write its file, put one line here, and its words into `locales/*/methods.toml`.
"""

import jax

from catalog import Shelf
from optimizers.adabelief import ADABELIEF
from optimizers.adadelta import ADADELTA
from optimizers.adagrad import ADAGRAD
from optimizers.adam import ADAM
from optimizers.adamax import ADAMAX
from optimizers.adamw import ADAMW
from optimizers.adan import ADAN
from optimizers.amsgrad import AMSGRAD
from optimizers.damped_newton import DAMPED_NEWTON
from optimizers.lion import LION
from optimizers.momentum import MOMENTUM
from optimizers.nadam import NADAM
from optimizers.negative_curvature import NEGATIVE_CURVATURE
from optimizers.nesterov import NESTEROV
from optimizers.newton import NEWTON
from optimizers.optimizer import Optimizer
from optimizers.radam import RADAM
from optimizers.rmsprop import RMSPROP
from optimizers.saddle_free_newton import SADDLE_FREE_NEWTON
from optimizers.sam import SAM
from optimizers.schedules import SCHEDULES
from optimizers.sgd import SGD
from optimizers.suggestion import suggested_rate
from optimizers.yogi import YOGI

jax.config.update("jax_enable_x64", True)  # before any array is made: every path is float64

OPTIMIZERS = Shelf(
    [
        SGD,
        MOMENTUM,
        NESTEROV,
        ADAGRAD,
        ADADELTA,
        RMSPROP,
        ADAM,
        ADAMW,
        AMSGRAD,
        NADAM,
        ADAMAX,
        RADAM,
        ADABELIEF,
        YOGI,
        ADAN,
        LION,
        SAM,
        NEWTON,
        DAMPED_NEWTON,
        SADDLE_FREE_NEWTON,
        NEGATIVE_CURVATURE,
    ]
)

__all__ = ["OPTIMIZERS", "SCHEDULES", "Optimizer", "suggested_rate"]
