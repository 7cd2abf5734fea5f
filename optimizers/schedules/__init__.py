"""How the rate moves: the shelf of schedules, in the order in which a learner should meet them.

To add one: write its file, put one line here, and its words into `locales/*/schedules.toml`.
"""

from catalog import Shelf
from optimizers.schedules.constant import CONSTANT
from optimizers.schedules.cosine import COSINE
from optimizers.schedules.exponential import EXPONENTIAL
from optimizers.schedules.inverse_time import INVERSE_TIME
from optimizers.schedules.linear import LINEAR
from optimizers.schedules.natural_exponential import NATURAL_EXPONENTIAL
from optimizers.schedules.one_cycle import ONE_CYCLE
from optimizers.schedules.polynomial import POLYNOMIAL
from optimizers.schedules.schedule import Schedule
from optimizers.schedules.shares import shares
from optimizers.schedules.step import STEP
from optimizers.schedules.triangular import TRIANGULAR
from optimizers.schedules.triangular2 import TRIANGULAR2
from optimizers.schedules.warm_restarts import WARM_RESTARTS

SCHEDULES = Shelf(
    [
        CONSTANT,
        STEP,
        LINEAR,
        INVERSE_TIME,
        EXPONENTIAL,
        NATURAL_EXPONENTIAL,
        COSINE,
        POLYNOMIAL,
        TRIANGULAR,
        TRIANGULAR2,
        WARM_RESTARTS,
        ONE_CYCLE,
    ]
)

__all__ = ["SCHEDULES", "Schedule", "shares"]
