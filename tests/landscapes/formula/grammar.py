"""Random formulas, as readers and as Python spell them."""

import random

from hypothesis import strategies as st

from landscapes.formula.operations import FUNCTIONS

NUMBERS = ("0", "1", "2", "3", "10", "0.5", ".25", "1.5", "2.", "1e-3", "2E2")
LEAVES = ("x", "y", "x", "y", "pi", "e", *NUMBERS)
SIGNS = ("+", "-", "*", "/", "**", " + ", " - ", " * ")


@st.composite
def formulas(draw: st.DrawFn, depth: int = 4) -> str:
    """Return a formula: brackets stand only here and there, so that precedence decides."""
    return write(draw(st.randoms(use_true_random=False)), depth)


def write(rng: random.Random, depth: int) -> str:
    """Return a random formula, at most `depth` operations deep."""
    if depth == 0:
        return rng.choice(LEAVES)
    kind = rng.random()
    if kind < 0.15:
        return rng.choice(LEAVES)
    if kind < 0.55:
        return write(rng, depth - 1) + rng.choice(SIGNS) + write(rng, depth - 1)
    if kind < 0.65:
        return "-" + write(rng, depth - 1)
    if kind < 0.75:
        return f"({write(rng, depth - 1)})"
    if kind < 0.83:
        return f"({write(rng, depth - 1)})**{rng.choice(('2', '3', '4', '-1', '0.5'))}"
    name = rng.choice(list(FUNCTIONS))
    arguments = (write(rng, depth - 1) for _ in range(FUNCTIONS[name].arity))
    return f"{name}({','.join(arguments)})"
