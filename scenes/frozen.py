"""The defaults that links with `v=1` rely on, where today's are others. Lines are added, never changed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from landscapes import Landscape
from optimizers import OPTIMIZERS, Optimizer
from scenes.scene import Ground

SURFACES: Mapping[str, Mapping[str, Any]] = {
    "round_bowl": {"steps": 50},
    "bowl": {"steps": 50, "tuned": ()},
    "canyon": {"steps": 100, "tuned": ()},
    "saddle_between_valleys": {"steps": 150},
    "double_well": {"steps": 100},
    "flat_vs_sharp": {"steps": 60},
    "washboard": {"steps": 100},
    "cliff": {"steps": 100, "length_rate": 0.2},
    "easom": {"steps": 100},
    "line_fit": {"steps": 100, "tuned": ()},
    "logistic": {"steps": 100, "tuned": ()},
    "rosenbrock": {"steps": 200, "tuned": ()},
    "beale": {"steps": 150, "length_rate": 0.1},
    "himmelblau": {"steps": 60},
    "three_hump_camel": {"steps": 100},
    "six_hump_camel": {"steps": 100, "length_rate": 0.07},
    "styblinski_tang": {"steps": 100},
    "branin": {"steps": 100},
    "goldstein_price": {"steps": 100, "tuned": ()},
    "peaks": {"steps": 100},
    "rastrigin": {"steps": 100},
    "levy_13": {"steps": 100, "tuned": ()},
    "ackley": {"steps": 100, "length_rate": 0.2},
}
"""What fields of a surface of the shelf were, by its id."""

METHODS: Mapping[str, Mapping[str, Any]] = {"radam": {"undivided": False}}
"""What fields of a method were, by its id."""

FROZEN_OPTIMIZERS: Mapping[str, Optimizer] = {
    **OPTIMIZERS,
    **{name: replace(OPTIMIZERS[name], **fields) for name, fields in METHODS.items()},
}
"""The methods as they were, for what is suggested for them."""


def frozen_surface(ground: Ground) -> Landscape:
    """Return the surface of `ground` with the numbers that it had, for what is suggested on it."""
    which = ground.landscape
    fields: Mapping[str, Any] = SURFACES.get(which, {}) if isinstance(which, str) else {}
    return replace(ground.surface, **fields)
