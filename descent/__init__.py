"""Running it: a Run is the question, a Trajectory the answer; a Crowd and a Sweep ask about many runs."""

from descent.basins import basins
from descent.crowd import Crowd, CrowdPaths, crowd, quantiles
from descent.crowd_program import compiled_crowds
from descent.measures import distance, steps_to_leave, steps_within
from descent.program import compiled_programs
from descent.race import descend, race
from descent.run import MOST_STEPS, Run
from descent.sweep import RATES, Best, Sweep, SweepResult, best_rate, sweep
from descent.trajectory import Ending, Trajectory
from descent.variance import GradientVariance, Spread, gradient_variance
from descent.wilson import wilson

__all__ = [
    "MOST_STEPS",
    "RATES",
    "Best",
    "Crowd",
    "CrowdPaths",
    "Ending",
    "GradientVariance",
    "Run",
    "Spread",
    "Sweep",
    "SweepResult",
    "Trajectory",
    "basins",
    "best_rate",
    "compiled_crowds",
    "compiled_programs",
    "crowd",
    "descend",
    "distance",
    "gradient_variance",
    "quantiles",
    "race",
    "steps_to_leave",
    "steps_within",
    "sweep",
    "wilson",
]
