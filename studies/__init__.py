"""Questions over many runs or much terrain: where runs end, which rate suits, how noisy mini-batches are."""

from studies.basins_of_attraction import basins
from studies.intervals import wilson
from studies.rate_sweep import RATES, Best, Sweep, SweepResult, best_rate, sweep
from studies.variance import GradientVariance, Spread, gradient_variance

__all__ = [
    "RATES",
    "Best",
    "GradientVariance",
    "Spread",
    "Sweep",
    "SweepResult",
    "basins",
    "best_rate",
    "gradient_variance",
    "sweep",
    "wilson",
]
