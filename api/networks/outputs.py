"""What the lab on outputs says and offers; what it draws the stage works out by itself."""

from collections.abc import Mapping
from typing import Any

from api.knob_json import control
from api.mathml import mathml
from scenes.network_outputs import CLASSES, SCORES, TRUTH

LOSSES = {
    "cross": r"L = -\ln p_y",
    "binary": r"L = -\ln \sigma_y - \sum_{k \neq y} \ln(1 - \sigma_k)",
    "squared": r"L = \frac{1}{2} \sum_k (\sigma_k - y_k)^2",
}
GRADIENTS = {
    "cross": r"\partial_{z_k} L = p_k - y_k",
    "binary": r"\partial_{z_k} L = \sigma_k - y_k",
    "squared": r"\partial_{z_k} L = (\sigma_k - y_k)\,\sigma_k (1 - \sigma_k)",
}
"""Of each loss the derivative in score k, where y is 1 for the true class and 0 for others.

Source: C. M. Bishop, Pattern Recognition and Machine Learning, 2006, sections 4.3.2, 4.3.4 and 5.2.
"""


def output_words(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the controls of the lab, and its losses and their gradients as formulas."""
    letters: dict[str, str] = {each: each.upper() for each in CLASSES}
    options = {TRUTH.id: letters}
    return {
        "scores": [control(knob, said["output_knobs"]) for knob in SCORES],
        "truth": control(TRUTH, said["output_knobs"], options),
        "losses": {id: mathml(latex, "inline") for id, latex in LOSSES.items()},
        "gradients": {id: mathml(latex, "inline") for id, latex in GRADIENTS.items()},
        "texts": dict(said["outputs"]),
    }
