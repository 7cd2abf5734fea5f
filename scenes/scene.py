"""Everything the reader has chosen."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

from catalog import Knob, Settings
from descent.run import Clip, Run
from landscapes import Landscape
from landscapes.find import Which, find
from scenes.knobs import (
    BAND,
    BATCH,
    CLOUD,
    ENSEMBLE,
    FAIRNESS,
    HERO,
    LAYER,
    LOSS_AXIS,
    MEASURE,
    NOISE,
    PAGE,
    PLAIN,
    PRESENT,
    QUESTION,
    RADIUS,
    RANDOMNESS,
    SAMPLING,
    SEED,
    SHIFT,
    STEPS,
    TINT,
    batch_knob,
    steps_knob,
)
from scenes.network import MOST_TRAINERS, NetworkScene
from scenes.network_book import FIGURE
from scenes.network_knobs import LAB
from scenes.network_outputs import NET_BAND, RAISED, SCORES, TRUTH
from scenes.setting import SWITCH, setting, settings_of
from scenes.slice_knobs import EXTENT, KIND, NORM, POINTS, RACE, SLICE_SEED

PANELS = (
    *("surface", "losses", "controls", "inspector", "results", "story"),
    *("points", "critical", "probe", "stability"),
    *("data", "variance", "crowd", "minima", "shares", "sweep", "networks"),
)
MOST_LANES = 8
NET_LANE = Knob("netlane", "i", default=1, low=1, high=MOST_TRAINERS, step=1, kind="whole")


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
    """What every lane gets alike: a table of settings, in the order in which links spell them.

    `noise`: the standard deviation σ of what is added to each coordinate of a gradient. `randomness`: whether
    all lanes share the same noise and batches, or each has its own. `rule`: how the rates were chosen,
    which is what a verdict must name.
    """

    steps: int = setting(STEPS, on_surface=steps_knob, always_spelled=True)
    noise: float = setting(NOISE, group="randomness")
    seed: int = setting(SEED, group="randomness")
    batch: int = setting(BATCH, on_surface=batch_knob, group="randomness", shown="by_chance")
    sampling: str = setting(SAMPLING, group="randomness", shown="with_examples")
    randomness: str = setting(RANDOMNESS, group="randomness", shown="by_chance")
    rule: str = setting(FAIRNESS, change="rule")


BUDGET = settings_of(Budget)


@dataclass(frozen=True)
class View:
    """What is shown; most of it is a table of settings, in the order in which links spell them.

    `step` None is the last one; `lane` is the lane under the inspector; `page` is what the cards
    beside the pictures are about; `layer` is what the map is coloured by, `tint` what the terrain looks
    like; `measure` is what is drawn
    under the losses ("auto": the rates, where one of them moves); `probe` is the point that the reader
    asked about, if any; `hero` is the picture that is large, and `present` whether a room full of people
    looks at it; `band` and `cloud` say whether other runs of the lanes are drawn, `ensemble` whether those
    differ by their seeds or by their starts too; `shift` is how far the test loss is from the training
    loss, `radius` how far around a minimum its sharpness is looked at; `question` is the one of
    scenes/questions.py that is open, "none" where none is; `lab` is what is shown of networks, `net_lane` the
    trainer, counted from 1, whose network is seen, `figure` the book's experiment that is seen, `net_band`
    whether further seeds are drawn; the lab on outputs has
    four scores, the class that is true, and the one whose score is raised. The rest is of the lab on slices:
    see `scenes/slice_knobs.py`.
    """

    step: int | None = None
    lane: int = 0
    hide: frozenset[str] = frozenset()
    probe: tuple[float, float] | None = None
    loss_axis: str = setting(LOSS_AXIS)
    page: str = setting(PAGE)
    hero: str = setting(HERO)
    layer: str = setting(LAYER)
    tint: str = setting(TINT)
    measure: str = setting(MEASURE)
    band: str = setting(BAND)
    cloud: str = setting(CLOUD)
    ensemble: str = setting(ENSEMBLE)
    shift: float = setting(SHIFT)
    radius: float = setting(RADIUS)
    present: str = setting(PRESENT, also=SWITCH)
    question: str = setting(QUESTION)
    lab: str = setting(LAB)
    net_lane: int = setting(NET_LANE)
    figure: str = setting(FIGURE)
    net_band: str = setting(NET_BAND, also=SWITCH)
    score_a: float = setting(SCORES[0])
    score_b: float = setting(SCORES[1])
    score_c: float = setting(SCORES[2])
    score_d: float = setting(SCORES[3])
    truth: str = setting(TRUTH)
    raised: str = setting(RAISED)
    slice_kind: str = setting(KIND)
    slice_norm: str = setting(NORM)
    slice_extent: float = setting(EXTENT)
    slice_points: int = setting(POINTS)
    slice_seed: int = setting(SLICE_SEED)
    slice_race: str = setting(RACE, also=SWITCH)


VIEW = settings_of(View)


@dataclass(frozen=True)
class Scene:
    """A whole page, as a value. Language and theme belong to the reader, not to the scene."""

    ground: Ground
    racers: tuple[Lane, ...]
    budget: Budget
    view: View = field(default_factory=View)
    network: NetworkScene = field(default_factory=NetworkScene)

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
            sigma=budget.noise,
            batch=budget.batch,
            replacement=budget.sampling == "replacement",
            seed=budget.seed,
            stream=index + 1 if budget.randomness == "own" else 0,
        )
