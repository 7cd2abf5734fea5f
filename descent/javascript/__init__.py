"""Surfaces and steps as JavaScript: the programs that XLA compiles, for a browser that races by itself."""

from descent.javascript.refusal import UntranslatableError
from descent.javascript.step import step_module
from descent.javascript.surface import hessian_module, surface_module

__all__ = ["UntranslatableError", "hessian_module", "step_module", "surface_module"]
