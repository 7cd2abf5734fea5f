"""A step of a descent as JavaScript: the program that XLA compiles, for a browser that races by itself."""

from descent.javascript.module import step_module
from descent.javascript.refusal import UntranslatableError

__all__ = ["UntranslatableError", "step_module"]
