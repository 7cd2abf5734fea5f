"""The knobs that several schedules share, each written once."""

from catalog import Knob

LONGEST = 1000
"""The largest number of steps that a knob takes."""


def final(symbol: str = "s_T") -> Knob:
    """Return the knob of the share of the peak rate that a decay ends on."""
    return Knob("final", symbol, 0.0, low=0.0, high=1.0, step=0.01)


def factor(default: float) -> Knob:
    """Return the knob of what the rate is multiplied by whenever it drops; 1 leaves it as it is."""
    return Knob("factor", r"\beta", default, low=0.01, high=1.0, step=0.005)


def decay_rate(default: float) -> Knob:
    """Return the knob of how fast the rate decays, per step; 0 leaves it as it is."""
    return Knob("decay_rate", r"\beta", default, low=0.0, high=1.0, step=0.005)


def number_of_steps(name: str, symbol: str, default: int) -> Knob:
    """Return a knob that takes a whole number of steps, at least one."""
    return Knob(name, symbol, default, low=1, high=LONGEST, scale="log", step=0.05, kind="whole")


def low() -> Knob:
    """Return the knob of the share of the peak rate that a wave starts from and comes back to."""
    return Knob("low", r"s_{\min}", 0.1, low=0.0, high=1.0, step=0.01)
