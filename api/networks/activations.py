"""The activation functions and their derivatives, as curves and as formulas."""

from typing import Any

import numpy as np

from api.encode import packed
from api.mathml import mathml
from networks import ACTIVATIONS
from networks.curves import curves

ENDS, POINTS = 5.0, 401
"""The curves go so far on both sides of zero, through so many points."""


def net_activations(_: str) -> dict[str, Any]:
    """Return every activation function with its derivative, at the same 401 points from −5 to 5."""
    x = np.linspace(-ENDS, ENDS, POINTS)
    drawn = curves(x.astype(np.float32))
    return {
        "activations": [
            {
                "id": each.id,
                "x": packed(x),
                "value": packed(drawn[each.id][0].astype(float)),
                "derivative": packed(drawn[each.id][1].astype(float)),
                "math": mathml(each.latex),
                "derivative_math": mathml(each.derivative_latex),
                "source": str(each.source),
            }
            for each in ACTIVATIONS.values()
        ]
    }
