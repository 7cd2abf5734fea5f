"""Methods compared at equal cost: a step of one asks for one gradient, a step of another for several."""

from dataclasses import replace

from descent import Run
from optimizers import OPTIMIZERS


def within_budget(run: Run) -> Run:
    """Return `run` with as many steps, at least one, as its own number of steps buys in gradients."""
    return replace(run, steps=max(1, run.steps // OPTIMIZERS[run.optimizer].cost))


def evaluations_of(run: Run) -> int:
    """Return how many gradients `run` may ask for: as many as steps, and enough for one step."""
    return max(run.steps, OPTIMIZERS[run.optimizer].cost)
