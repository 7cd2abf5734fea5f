"""Everything the reader has chosen."""

from dataclasses import dataclass, field

from catalog import Settings
from descent.run import Run
from landscapes import Landscape
from landscapes.formula import Which, find

PANELS = (
    *("surface", "losses", "controls", "inspector", "results", "story"),
    *("points", "critical", "probe", "stability"),
)
MOST_LANES = 8


@dataclass(frozen=True)
class Ground:
    """What is descended, and from where: a surface of the shelf, by id, or the reader's own formula."""

    landscape: Which
    knobs: Settings
    start: tuple[float, float]

    @property
    def surface(self) -> Landscape:
        """Return the surface itself."""
        return find(self.landscape)


@dataclass(frozen=True)
class Lane:
    """One racer: a method with a value for each of its knobs."""

    optimizer: str
    knobs: Settings


@dataclass(frozen=True)
class Budget:
    """What every lane gets alike."""

    steps: int
    sigma: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class View:
    """What is shown.

    `step` None is the last one; `lane` is the lane under the inspector; `page` is what the cards
    below the stage are about; `layer` is what the map is coloured by; `measure` is what is drawn
    under the losses; `probe` is the point that the reader asked about, if any.
    """

    step: int | None = None
    lane: int = 0
    loss_axis: str = "log"
    hide: frozenset[str] = frozenset()
    page: str = "race"
    layer: str = "height"
    measure: str = "none"
    probe: tuple[float, float] | None = None


@dataclass(frozen=True)
class Scene:
    """A whole page, as a value. Language and theme belong to the reader, not to the scene."""

    ground: Ground
    racers: tuple[Lane, ...]
    budget: Budget
    view: View = field(default_factory=View)

    def runs(self) -> tuple[Run, ...]:
        """Return one question per lane, in the order of the lanes."""
        return tuple(
            Run(
                landscape=self.ground.landscape,
                landscape_knobs=self.ground.knobs,
                optimizer=lane.optimizer,
                knobs=lane.knobs,
                start=self.ground.start,
                steps=self.budget.steps,
                sigma=self.budget.sigma,
                seed=self.budget.seed,
            )
            for lane in self.racers
        )
