"""How the rate moves: the shelf of schedules, in the order in which a learner should meet them."""

from catalog import Shelf
from optimizers.schedules.constant import CONSTANT
from optimizers.schedules.schedule import Schedule

SCHEDULES = Shelf([CONSTANT])

__all__ = ["SCHEDULES", "Schedule"]
