"""The lab on saddles: critical points of small networks."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from catalog import Knob, Repair
from networks import DATASETS, Network, Training
from networks.data import FewExamples
from scenes import network_knobs
from scenes.net_labs.table import LabTable, as_many_as_there_are
from scenes.repairs import Repairs
from scenes.setting import setting

PLANE = "moons", "circles", "spirals", "xor", "line"
"""Data of two inputs: with more a network has too many parameters for whole Hessians."""
SMOOTH = "tanh", "sigmoid", "softplus", "gelu", "silu"
"""Those with second derivatives everywhere (studies/saddle_points.py)."""
DATA = Knob("data", "", default="moons", kind="choice", choices=PLANE)
EXAMPLES = Knob("examples", "n", default=100, low=20, high=200, step=10, kind="whole")
DEPTH = replace(network_knobs.DEPTH, default=1, high=2)
WIDTH = replace(network_knobs.WIDTH, default=24, low=6, high=48)
ACTIVATION = Knob("activation", r"\varphi", default="tanh", kind="choice", choices=SMOOTH)
L2 = Knob("l2", r"\lambda", default=0.003, low=0.0, high=0.1, step=0.001)
SEARCHES = Knob("searches", "", default=25, low=5, high=60, step=5, kind="whole")
WHICH = Knob("which", "", default="highest", kind="choice", choices=("highest", "middle", "lowest"))
MOST_DEEP = 13
"""Two layers that are wider have more parameters than Hessians are worked out of."""


@dataclass(frozen=True)
class Saddles(LabTable):
    """A small network, a penalty, how many searches there are, and which saddle is left.

    There are networks of a third and of two thirds of `width`, too.
    """

    id: ClassVar[str] = "saddles"
    parameter: ClassVar[str] = "saddles"

    data: str = setting(DATA)
    examples: int = setting(EXAMPLES)
    depth: int = setting(DEPTH)
    width: int = setting(WIDTH)
    activation: str = setting(ACTIVATION)
    l2: float = setting(L2)
    searches: int = setting(SEARCHES)
    seed: int = setting(network_knobs.SEED)
    which: str = setting(WHICH)

    @classmethod
    def knobs(cls, data: str) -> dict[str, Knob]:
        """Return the knobs by field; there are no more examples than the data have."""
        return as_many_as_there_are(cls, data)

    @property
    def length(self) -> int:
        """Return 1: no playhead goes through this lab."""
        return 1

    @property
    def widths(self) -> tuple[int, ...]:
        """Return the widths of the networks, the last one that which is set."""
        return tuple(max(1, round(self.width * share / 3)) for share in (1, 2, 3))

    def networks(self) -> tuple[Network, ...]:
        """Return the networks, of rising width."""
        data = FewExamples(DATASETS[self.data], self.examples)
        return tuple(
            Network(data, (width,) * self.depth, self.activation, "xavier_normal") for width in self.widths
        )

    def trainings(self) -> tuple[Training, ...]:
        """Return a run of the largest network, of which the lab says how large it is."""
        return (Training(self.networks()[-1], "adam", steps=600, seed=self.seed),)

    @property
    def whole_cost(self) -> float:
        """Return what a search costs at most, times how many there are: a step takes a Hessian."""
        multiplied = [network.plan for network in self.networks()]
        each = sum(6.0 * plan.parameters * plan.multiplications * self.examples for plan in multiplied)
        return each * 150 * self.searches

    def affordable(self, repairs: Repairs) -> Self:
        """Return the lab with layers that are not too wide for whole Hessians; a repair says so."""
        if self.depth == 1 or self.width <= MOST_DEEP:
            return self
        repairs.append(Repair("clamped", f"{self.parameter}:width", str(self.width), str(MOST_DEEP)))
        return self.with_values({"width": MOST_DEEP})
