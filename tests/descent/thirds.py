"""Each method on a third of the surfaces, each surface under a third of the methods.

A program for each of 27 times 21 pairs takes minutes to compile; these are compiled once for all who ask for
the same third. Methods that need a Hessian stand side by side on the shelf: so each surface has one of them.
"""

from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS


def methods_on(surface: str) -> list[str]:
    """Return the ids of the methods of a surface: neighbours on the shelf of surfaces have other ones."""
    return list(OPTIMIZERS)[list(LANDSCAPES).index(surface) % 3 :: 3]
