"""The knobs that several methods share, each written once."""

from collections.abc import Mapping
from typing import Any

from catalog import Knob

RATE = "learning_rate"


def learning_rate(default: float) -> Knob:
    """Return the knob α. Its range ends where most methods break on most surfaces."""
    return Knob(RATE, r"\alpha", default, low=1e-6, high=1e2, scale="log", step=0.05, short="lr")


def without_rate(knobs: Mapping[str, Any]) -> dict[str, Any]:
    """Return `knobs` but for the learning rate: what a method's own functions take."""
    return {name: value for name, value in knobs.items() if name != RATE}


def memory(name: str, symbol: str, default: float, high: float = 0.999) -> Knob:
    """Return the knob of a decay per step: 0 forgets at once, `high` remembers 1/(1-high) steps."""
    return Knob(name, symbol, default, low=0.0, high=high, step=0.001)


def eps(default: float) -> Knob:
    """Return the knob ε, which keeps a quotient finite. Never 0, or 0/0 would be reached."""
    return Knob("eps", r"\varepsilon", default, low=1e-16, high=1.0, scale="log", step=0.5)


def weight_decay(default: float) -> Knob:
    """Return the knob λ, the rate at which parameters shrink towards 0."""
    return Knob("weight_decay", r"\lambda", default, low=0.0, high=1.0, step=0.001)
