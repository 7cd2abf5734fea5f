"""The linear scaling rule: with k times the batch, k times the rate (Goyal et al. 2017, section 2.1)."""

from dataclasses import replace

from catalog import Settings
from descent import MOST_STEPS, Run
from optimizers import OPTIMIZERS
from optimizers.knobs import RATE


def scaled(run: Run, times: int) -> Run:
    """Return `run` with batch and rate `times` as large, for as many steps as see equally many examples.

    The rate stays within the range of the method's knob, the steps between 1 and MOST_STEPS.
    """
    rate = min(float(run.knobs[RATE]) * times, OPTIMIZERS[run.optimizer].knobs[0].high)
    steps = min(max(1, round(run.steps / times)), MOST_STEPS)
    return replace(run, knobs=Settings({**run.knobs, RATE: rate}), batch=run.batch * times, steps=steps)
