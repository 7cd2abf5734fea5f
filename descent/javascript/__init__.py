"""Surfaces and steps as JavaScript: the programs that XLA compiles, for a browser that races by itself."""

from descent.javascript.step import step_module
from descent.javascript.surface import hessian_module, surface_module
from descent.translation import UntranslatableError

__all__ = ["UntranslatableError", "hessian_module", "step_module", "surface_module"]
