"""A formula that was read, as a function of the plane."""

from dataclasses import dataclass, field
from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import Array
from numpy.typing import NDArray

from catalog.cache import MB, SingleFlightCache
from landscapes.formula.check import read_steps
from landscapes.formula.operations import OPERATIONS
from landscapes.formula.steps import Step, fold
from landscapes.formula.typeset import Piece, number

LETTERS = {"pi": r"\pi"}


@dataclass(frozen=True)
class Expression:
    """A loss L(x, y), equal to every other one of the same `text`.

    So that programs compiled for it are found again, whichever box it is drawn over.
    """

    text: str
    steps: tuple[Step, ...] = field(compare=False, repr=False)

    def __call__(self, p: Array) -> Array:
        """Return the loss at `p` of shape (2,), by JAX: a scalar of shape ()."""
        x, y = p
        values = {"x": x, "y": y}

        def make(step: Step, given: list[Any]) -> Any:
            if not step.arity:
                return values.get(step.name, step.value)
            operation = OPERATIONS[step.name]
            # Constants stay floats: an exponent must be known to be whole, and XLA is spared the work.
            if all(isinstance(value, float) for value in given):
                return float(operation.numpy(*given))
            return operation.jax(*given)

        with np.errstate(all="ignore"):
            return jnp.asarray(fold(self.steps, make), dtype=float)

    def on(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the losses at (x, y), arrays of one shape, by NumPy; nan and infinities where undefined."""
        values = {"x": x, "y": y}

        def make(step: Step, given: list[Any]) -> Any:
            if not step.arity:
                return values.get(step.name, step.value)
            result = OPERATIONS[step.name].numpy(*given)
            return result if isinstance(result, np.ndarray) else float(result)

        with np.errstate(all="ignore"):
            return np.broadcast_to(fold(self.steps, make), np.shape(x))

    @property
    def latex(self) -> str:
        """Return the formula as LaTeX."""

        def make(step: Step, given: list[Piece]) -> Piece:
            if step.arity:
                return OPERATIONS[step.name].typeset(*given)
            return number(step.value) if step.name == "number" else Piece(LETTERS.get(step.name, step.name))

        return str(fold(self.steps, make))

    @property
    def smooth(self) -> bool:
        """Return whether it is made without kinks; where it is undefined is another question."""
        kinked = (OPERATIONS[step.name].kinked for step in self.steps if step.arity)
        return not any(kinked)


_EXPRESSIONS: SingleFlightCache[Expression] = SingleFlightCache(4 * MB)


def express(text: str) -> Expression:
    """Return the function that the canonical `text` spells; FormulaError if it spells none."""
    return _EXPRESSIONS.get(text, lambda: Expression(text, read_steps(text)))
