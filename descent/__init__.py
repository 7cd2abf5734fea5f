"""Running it: a Run is the question, a Trajectory the answer; a Ensemble asks about many runs."""

from descent.ensemble_program import compiled_ensembles
from descent.ensembles import Ensemble, EnsemblePaths, ensemble, quantiles
from descent.measures import distance, steps_to_leave, steps_within
from descent.program import compiled_programs
from descent.race import descend, race
from descent.run import MOST_STEPS, Run
from descent.trajectory import Ending, Trajectory

__all__ = [
    "MOST_STEPS",
    "Ending",
    "Ensemble",
    "EnsemblePaths",
    "Run",
    "Trajectory",
    "compiled_ensembles",
    "compiled_programs",
    "descend",
    "distance",
    "ensemble",
    "quantiles",
    "race",
    "steps_to_leave",
    "steps_within",
]
