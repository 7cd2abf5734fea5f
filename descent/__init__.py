"""Running it: a Run is the question, a Trajectory the answer."""

from descent.measures import distance, steps_to_leave, steps_within
from descent.program import compiled_programs
from descent.race import descend, race
from descent.run import MOST_STEPS, Run
from descent.trajectory import Ending, Trajectory

__all__ = [
    "MOST_STEPS",
    "Ending",
    "Run",
    "Trajectory",
    "compiled_programs",
    "descend",
    "distance",
    "race",
    "steps_to_leave",
    "steps_within",
]
