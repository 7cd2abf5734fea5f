"""A rate that stays as it is."""

from optimizers.schedules.schedule import Schedule

CONSTANT = Schedule(id="constant", rate=lambda t, steps, peak: peak, latex=r"\alpha_t = \alpha")
