"""A scene as Python code that makes the same race without us."""

from export.code.race_numpy import race_numpy
from export.code.race_optax import race_optax
from export.code.race_torch import race_torch

__all__ = ["race_numpy", "race_optax", "race_torch"]
