"""Settings at which every part of every rule shows: what tests of rules have in common."""

from catalog import Settings
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS

# None of them a default, no two of one kind alike, and each so large that it shows where it stands.
TURNED = {
    "beta1": 0.8,
    "beta2": 0.95,
    "beta3": 0.9,
    "curvature_step": 0.7,
    "damping": 2.0,
    "decay": 0.85,
    "eps": 0.03,
    "floor": 5.0,
    "momentum": 0.7,
    "radius": 0.3,
    "rho": 0.9,
    "weight_decay": 0.1,
}
# A start for each surface from which paths come by negative curvature, where there is any.
STARTS = {"bowl": (-7.0, 2.0), "rosenbrock": (0.5, 1.5), "himmelblau": (-0.5, -1.0)}


def turned(name: str) -> Settings:
    """Return the turned knobs of a method, all but its rate."""
    missing = [knob.id for knob in OPTIMIZERS[name].knobs[1:] if knob.id not in TURNED]
    assert not missing, f"Expected a value of {missing} in TURNED (tests/optimizers/settings.py), got none."
    return Settings({knob.id: TURNED[knob.id] for knob in OPTIMIZERS[name].knobs[1:]})


def gentle_rate(name: str, surface: str) -> float:
    """Return a rate at which no method diverges on a surface."""
    landscape, method = LANDSCAPES[surface], OPTIMIZERS[name]
    if name == "radam":  # its first steps multiply a gradient that nothing divides
        return landscape.gradient_rate / 4
    return {"gradient": landscape.gradient_rate / 10, "length": landscape.length_rate / 5, "factor": 0.5}[
        method.unit
    ]
