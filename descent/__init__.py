"""Running it: a Run is the question, a Trajectory the answer; a Crowd asks about many runs."""

from descent.crowd import Crowd, CrowdPaths, crowd, quantiles
from descent.crowd_program import compiled_crowds
from descent.measures import distance, steps_to_leave, steps_within
from descent.program import compiled_programs
from descent.race import descend, race
from descent.run import MOST_STEPS, Run
from descent.trajectory import Ending, Trajectory

__all__ = [
    "MOST_STEPS",
    "Crowd",
    "CrowdPaths",
    "Ending",
    "Run",
    "Trajectory",
    "compiled_crowds",
    "compiled_programs",
    "crowd",
    "descend",
    "distance",
    "quantiles",
    "race",
    "steps_to_leave",
    "steps_within",
]
