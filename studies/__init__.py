"""Questions over many runs or much terrain: where runs end, which rate suits, how noisy mini-batches are."""

from studies.basins_of_attraction import basins
from studies.endings import EndingCounts, Endings, count_endings, ensemble_endings
from studies.escape import EscapeStarts, escape_starts, steps_to_escape
from studies.flat_and_sharp import FlatAndSharp, LossSlice, compare_minima, loss_slice
from studies.global_minimum import GlobalMinima, global_minima
from studies.intervals import wilson
from studies.minima import Minimum, minima_of
from studies.rate_sweep import RATES, Best, Sweep, SweepResult, best_rate, sweep
from studies.variance import GradientVariance, Spread, gradient_variance

__all__ = [
    "RATES",
    "Best",
    "EndingCounts",
    "Endings",
    "EscapeStarts",
    "FlatAndSharp",
    "GlobalMinima",
    "GradientVariance",
    "LossSlice",
    "Minimum",
    "Spread",
    "Sweep",
    "SweepResult",
    "basins",
    "best_rate",
    "compare_minima",
    "count_endings",
    "ensemble_endings",
    "escape_starts",
    "global_minima",
    "gradient_variance",
    "loss_slice",
    "minima_of",
    "steps_to_escape",
    "sweep",
    "wilson",
]
