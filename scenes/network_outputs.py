"""The knobs of the lab on outputs: four scores, which class is the true one, and which score is raised."""

from catalog import Knob

CLASSES = ("a", "b", "c", "d")

_USUAL = (2.0, 1.0, 0.0, -4.0)
"""So that a sigmoid is saturated where it is wrong."""

SCORES = tuple(
    Knob(f"score{each}", f"z_{each.upper()}", default=usual, low=-10.0, high=10.0, step=0.1)
    for each, usual in zip(CLASSES, _USUAL, strict=True)
)
TRUTH = Knob("truth", "", default="d", kind="choice", choices=CLASSES)
RAISED = Knob("raised", "", default="a", kind="choice", choices=CLASSES)
NET_BAND = Knob("netband", "", default="off", kind="choice", choices=("off", "on"))
"""Whether the lab on training trains with further seeds as well."""
