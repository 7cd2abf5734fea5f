"""The lab on the edge of stability: one small network, full batches, several learning rates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from catalog import Knob, Repair, Settings
from networks import Network, Training
from networks.data import about
from networks.training import MOST_STEPS
from optimizers.knobs import RATE
from scenes import network_knobs, syntax
from scenes.net_labs.many import MOST_LAB_COST
from scenes.net_labs.table import LabTable, Seen
from scenes.read_knobs import read_settings
from scenes.repairs import Repairs
from scenes.setting import setting, settings_of

METHODS = "sgd", "momentum", "nesterov", "rmsprop", "adam"
"""Those whose limit on a quadratic is known (studies/edge_of_stability.py)."""
POINTS = 20
MOST_EXAMPLES = 1000
LANCZOS = 300 * 8 * 6
"""Passes through the network, beside those of its steps: 300 times 8 products with the Hessian."""
CHEBYSHEV = "chebyshev"
"""A polynomial at twenty points: the regression; all else are classes in the plane."""
DATA = Knob(
    "data", "", default=CHEBYSHEV, kind="choice", choices=(CHEBYSHEV, "moons", "circles", "spirals", "xor")
)
METHOD = Knob("method", "", default="sgd", kind="choice", choices=METHODS)
LEARNING_RATE = Knob(
    "learning_rate", r"\alpha", default=0.2, low=1e-5, high=10.0, scale="log", step=0.05, short="lr"
)
BETA = Knob("beta", r"\beta", default=0.9, low=0.0, high=0.99, step=0.01)
RATES = Knob("rates", "", default=3, low=1, high=4, step=1, kind="whole")
STEPS = replace(network_knobs.STEPS, default=20_000, low=100, high=MOST_STEPS)

USUAL: Mapping[str, tuple[float, float]] = {
    "sgd": (0.2, 0.9),
    "momentum": (0.2, 0.5),
    "nesterov": (0.05, 0.9),
    "rmsprop": (2e-4, 0.9),
    "adam": (2e-3, 0.9),
}
"""The largest rate and β with which each method comes to its edge within 20,000 steps on the polynomial."""
CLASSES_STEPS = 5000
CLASSES_FACTOR = 5.0
"""Where classes are learned the usual rates are so many times as large."""
NAMES = {"momentum": "momentum", "nesterov": "momentum", "adam": "beta1"}
"""What β is called by methods that have it."""


@dataclass(frozen=True)
class EdgeLab(LabTable):
    """A network of two hidden layers, the second two thirds as wide, trained by one method at several rates.

    `rate` is the largest; each of the others is half of the one before. `beta`: of what is remembered of
    gradients, where the method remembers.
    """

    id: ClassVar[str] = "edge"
    parameter: ClassVar[str] = "edge"

    data: str = setting(DATA)
    width: int = setting(replace(network_knobs.WIDTH, default=30))
    method: str = setting(METHOD)
    rate: float = setting(LEARNING_RATE)
    beta: float = setting(BETA)
    rates: int = setting(RATES)
    steps: int = setting(STEPS)
    seed: int = setting(network_knobs.SEED)

    @classmethod
    def knobs(cls, data: str) -> dict[str, Knob]:
        """Return the knobs by field; fewer steps do where classes are learned, at larger rates."""
        found = {name: each.knob for name, each in settings_of(cls).items()}
        if data != CHEBYSHEV:
            found["steps"] = replace(STEPS, default=CLASSES_STEPS)
            found["rate"] = replace(LEARNING_RATE, default=usual_of(data, "sgd")[0])
        return found

    @classmethod
    def left_out(cls, knobs: Sequence[Knob], settings: syntax.Pairs) -> Settings:
        """Return what a link with these `settings` leaves out; rate and β are those usual for its method."""
        usual = super().left_out(knobs, settings)
        method = str(read_settings(cls.parameter, knobs, usual, settings, [])[METHOD.id])
        factor = float(usual[LEARNING_RATE.id]) / USUAL["sgd"][0]
        rate, beta = USUAL[method]
        return Settings({**usual, LEARNING_RATE.id: rate * factor, BETA.id: beta})

    @property
    def spelled(self) -> frozenset[str]:
        """Return that a link spells rate and β of a method for which others are usual than for descent."""
        return frozenset() if self.method == "sgd" else frozenset({LEARNING_RATE.id, BETA.id})

    @property
    def idle(self) -> tuple[str, ...]:
        """Return which knobs have no say: β, where nothing is remembered of gradients."""
        return () if self.method in NAMES else ("beta",)

    @property
    def length(self) -> int:
        """Return the number of steps."""
        return self.steps

    @property
    def widths(self) -> tuple[int, int]:
        """Return the units of both hidden layers."""
        return self.width, max(1, round(2 * self.width / 3))

    @property
    def network(self) -> Network | None:
        """Return the network that learns classes, None where a polynomial is learned."""
        return None if self.data == CHEBYSHEV else Network(self.data, self.widths, "tanh")

    @property
    def knobs_of_runs(self) -> tuple[dict[str, float], ...]:
        """Return the knobs of the method in each run, the smallest rate first."""
        beta = {NAMES[self.method]: self.beta} if self.method in NAMES else {}
        return tuple({RATE: self.rate / 2**k, **beta} for k in reversed(range(self.rates)))

    def trainings(self) -> tuple[Training, ...]:
        """Return no run of the room of networks: these are the study's own, see api/networks/edge.py."""
        return ()

    @property
    def run_count(self) -> int:
        """Return how many runs there are."""
        return self.rates

    @property
    def parameters(self) -> int:
        """Return how many numbers are learned."""
        first, second = self.widths
        network = self.network
        return 2 * first + (first + 1) * second + second + 1 if network is None else network.plan.parameters

    @property
    def seen(self) -> Seen:
        """Return on how many examples; a regression has no classes, and nothing is validated."""
        if self.data == CHEBYSHEV:
            return Seen(POINTS, 0, 1, 0)
        data = about(self.data)
        return Seen(min(data.train, MOST_EXAMPLES), 0, data.inputs, data.classes)

    @property
    def cost(self) -> float:
        """Return how many multiplications and additions one run takes, with what Lanczos takes."""
        first, second = self.widths
        network = self.network
        one = first + first * second + second if network is None else network.plan.multiplications
        return float(self.seen.train * one * (3 * self.steps + LANCZOS))

    @property
    def whole_cost(self) -> float:
        """Return how many multiplications and additions all runs take."""
        return self.run_count * self.cost

    def affordable(self, repairs: Repairs) -> Self:
        """Return the lab with as many steps as all runs together may take."""
        if self.whole_cost <= MOST_LAB_COST:
            return self
        beside = self.with_values({"steps": 0}).whole_cost
        each = (self.whole_cost - beside) / self.steps
        steps = max(int(STEPS.low), int((MOST_LAB_COST - beside) / each))
        cost = f"{self.whole_cost:.1e}".replace("e+", "e")
        repairs.append(Repair("too_much_training", self.parameter, cost, f"steps={steps}"))
        return self.with_values({"steps": steps})

    def turned(self, change: Mapping[object, object], repairs: Repairs) -> Self:
        """Return the lab with one knob turned; another method comes with the rate and β usual for it."""
        changed = super().turned(change, repairs)
        if (changed.method, changed.data) == (self.method, self.data):
            return changed
        rate, beta = usual_of(changed.data, changed.method)
        return changed.with_values({"rate": rate, "beta": beta})


def usual_of(data: str, method: str) -> tuple[float, float]:
    """Return the usual largest rate and β of a method on these data."""
    rate, beta = USUAL[method]
    return rate * (1.0 if data == CHEBYSHEV else CLASSES_FACTOR), beta
