"""Losses and steps as JavaScript: the programs that XLA compiles, for a browser that races by itself."""

from descent.javascript.loss import loss_module
from descent.javascript.module import step_module
from descent.javascript.refusal import UntranslatableError

__all__ = ["UntranslatableError", "loss_module", "step_module"]
