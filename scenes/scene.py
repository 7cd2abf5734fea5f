"""Everything the reader has chosen."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from catalog import Settings
from descent.run import Clip, Run
from landscapes import Landscape
from landscapes.find import Which, find
from scenes.knobs import PLAIN

PANELS = (
    *("surface", "losses", "controls", "inspector", "results", "story"),
    *("points", "critical", "probe", "stability"),
    *("data", "variance", "crowd", "minima", "shares", "sweep"),
)
MOST_LANES = 8


@dataclass(frozen=True)
class Ground:
    """What is descended, and from where: a surface of the shelf, by id, or what the reader brought."""

    landscape: Which
    knobs: Settings
    start: tuple[float, float]

    @cached_property
    def surface(self) -> Landscape:
        """Return the surface itself, with the choices that its knobs make."""
        return find(self.landscape, self.knobs)


@dataclass(frozen=True)
class Lane:
    """One racer: a method with a value for each of its knobs, and how its rate and gradients are treated.

    `extras` has a value for each of `scenes.knobs.lane_knobs` of its schedule.
    """

    optimizer: str
    knobs: Settings
    extras: Settings = PLAIN


@dataclass(frozen=True)
class Budget:
    """What every lane gets alike.

    `luck`: whether all lanes share the same noise and batches, or each has its own. `rule`: how the
    rates were chosen, which is what a verdict must name.
    """

    steps: int
    sigma: float = 0.0
    seed: int = 0
    batch: int = 1
    sampling: str = "epochs"
    luck: str = "shared"
    rule: str = "own"


@dataclass(frozen=True)
class View:
    """What is shown.

    `step` None is the last one; `lane` is the lane under the inspector; `page` is what the cards
    below the stage are about; `layer` is what the map is coloured by; `measure` is what is drawn
    under the losses ("auto": the rates, where one of them moves); `probe` is the point that the reader
    asked about, if any; `band` and `cloud` say whether other runs of the lanes are drawn, `ensemble`
    whether those differ by their seeds or by their starts too; `shift` is how far the test loss is from
    the training loss, `radius` how far around a minimum its sharpness is looked at.
    """

    step: int | None = None
    lane: int = 0
    loss_axis: str = "log"
    hide: frozenset[str] = frozenset()
    page: str = "race"
    layer: str = "height"
    measure: str = "auto"
    probe: tuple[float, float] | None = None
    band: str = "off"
    cloud: str = "off"
    ensemble: str = "seeds"
    shift: float = 0.5
    radius: float = 0.25


@dataclass(frozen=True)
class Scene:
    """A whole page, as a value. Language and theme belong to the reader, not to the scene."""

    ground: Ground
    racers: tuple[Lane, ...]
    budget: Budget
    view: View = field(default_factory=View)

    def runs(self) -> tuple[Run, ...]:
        """Return one question per lane, in the order of the lanes."""
        return self._runs

    @cached_property
    def _runs(self) -> tuple[Run, ...]:
        return tuple(self._run(index, lane) for index, lane in enumerate(self.racers))

    def _run(self, index: int, lane: Lane) -> Run:
        ground, budget = self.ground, self.budget
        extras = dict(lane.extras)
        schedule, warmup, clip = str(extras.pop("schedule")), extras.pop("warmup"), extras.pop("clip")
        clip_at, penalty = extras.pop("clip_at"), extras.pop("penalty")
        return Run(
            landscape=ground.landscape,
            landscape_knobs=ground.knobs,
            optimizer=lane.optimizer,
            knobs=lane.knobs,
            start=ground.start,
            steps=budget.steps,
            schedule=schedule,
            schedule_knobs=extras,
            warmup=int(warmup),
            clip=cast(Clip, clip),
            clip_at=float(clip_at),
            decoupled=penalty == "decoupled",
            sigma=budget.sigma,
            batch=budget.batch,
            replacement=budget.sampling == "replacement",
            seed=budget.seed,
            stream=index + 1 if budget.luck == "own" else 0,
        )
