"""What the browser needs to race by itself: modules that make steps, and tables of what no hand moves.

An answer says the addresses; whatever is at one of them stays the same for good.
"""

from dataclasses import replace
from typing import Any

from api.encode import packed_doubles
from api.question import whole
from catalog import Knob, Settings
from catalog.knob import defaults
from descent import Run
from descent.javascript import hessian_module, step_module, surface_module
from descent.javascript.examples import columns_of
from descent.race import randomness_of, shares_of
from descent.randomness import draws_batches, standard_noise
from landscapes.find import find
from landscapes.terrain import grid
from optimizers import OPTIMIZERS, SCHEDULES, Optimizer
from scenes import MOST_LANES, Budget, Ground, Lane, Scene, query, read
from scenes.knobs import PLAIN, SCHEDULE, SEED, STEPS, WARMUP
from scenes.network_slice import SliceTable
from scenes.scene import BUDGET
from scenes.write import ground_pairs, setting_pairs, spell_lane

PLAINEST = "sgd"
"""The method of a lane of which nothing is asked but its schedule."""

STREAM = Knob("stream", "", default=0, low=0, high=MOST_LANES, step=1, kind="whole")


def addresses(scene: Scene) -> dict[str, Any]:
    """Return where the module and the tables of each lane are, None for tables of which there is no need.

    `columns`: the data, as `columns_of` has them. `surface`: the module of the surface, and `grid` on how
    many columns and rows its pictures sample it. Of each lane `step`: the module of its method; `hessian`:
    that of the surface's Hessians, for methods that read them; `shares`: the share of its peak rate at each
    step, where that is not always one; `noise`, standard normal numbers, where there is noise; `weights`
    of the examples, where mini-batches are drawn.
    """
    surface = scene.ground.surface
    examples = surface.examples
    usual = ground_pairs(_usual(scene.ground))
    # Numbers are arguments of a module, and so are data and samples.
    model = query.join([(name, value) for name, value in usual if name not in ("data", SliceTable.parameter)])
    lanes = zip(scene.racers, scene.runs(), strict=True)
    return {
        "columns": None if surface.data is None else f"columns.json?{query.join(usual)}",
        "count": examples.count if examples else 0,
        "surface": f"surface.js?{model}",
        "grid": grid(surface),
        "lanes": [
            {**_steps(OPTIMIZERS[lane.optimizer], model), **_tables(scene, lane, run, usual)}
            for lane, run in lanes
        ],
    }


def _steps(method: Optimizer, model: str) -> dict[str, str | None]:
    """Return where the modules of a method are on the surface that `model` spells."""
    surface = f"{model}&" if method.elsewhere else ""
    return {
        "step": f"step.js?{surface}lane={method.id}",
        "hessian": f"hessian.js?{model}" if method.hessian else None,
    }


def _tables(scene: Scene, lane: Lane, run: Run, usual: list[tuple[str, str]]) -> dict[str, str | None]:
    """Return where the tables of a lane are; `usual` spells the ground with its numbers at their defaults."""
    budget, surface = scene.budget, scene.ground.surface
    shares = noise = weights = None
    if run.schedule != "constant" or run.warmup:
        moving = [("lane", spell_lane(_schedule(lane))), (STEPS.id, STEPS.spell(budget.steps))]
        shares = f"rates.json?{query.join(moving)}"
    if run.sigma:
        noise = f"noise.json?seed={run.seed}&stream={run.stream}&steps={run.steps}"
    if draws_batches(run, surface):
        drawn = Budget(budget.steps, seed=budget.seed, batch=budget.batch, sampling=budget.sampling)
        pairs = [*usual, *setting_pairs(BUDGET, drawn, surface)]
        weights = f"weights.json?{query.join(pairs)}&stream={run.stream}"
    return {"shares": shares, "noise": noise, "weights": weights}


def _usual(ground: Ground) -> Ground:
    """Return `ground` with its numbers at their defaults."""
    knobs = ground.surface.knobs
    choices = {knob.id: ground.knobs[knob.id] for knob in knobs if knob.kind == "choice"}
    return replace(ground, knobs=Settings({**defaults(knobs), **choices}))


def _schedule(lane: Lane) -> Lane:
    """Return a lane with the schedule of this one, and nothing else of it."""
    knobs = SCHEDULES[str(lane.extras[SCHEDULE.id])].knobs
    kept = (SCHEDULE.id, WARMUP.id, *(knob.id for knob in knobs))
    return Lane(
        PLAINEST,
        Settings(defaults(OPTIMIZERS[PLAINEST].knobs)),
        Settings({**PLAIN, **{name: lane.extras[name] for name in kept}}),
    )


def step(spelling: str) -> str:
    """Return the module of the method of a scene's first lane, as text."""
    scene, _ = read(spelling)
    return step_module(scene.ground.surface, OPTIMIZERS[scene.racers[0].optimizer])


def surface(spelling: str) -> str:
    """Return the module of a scene's surface, as text."""
    return surface_module(read(spelling)[0].ground.surface)


def hessian(spelling: str) -> str:
    """Return the module of the Hessians of a scene's surface, as text."""
    return hessian_module(read(spelling)[0].ground.surface)


def columns(spelling: str) -> dict[str, Any]:
    """Return the data of a landscape, column by column as its module takes them; none for a formula."""
    return {"values": packed_doubles(columns_of(read(spelling)[0].ground.surface))}


def rates(spelling: str) -> dict[str, Any]:
    """Return the share of the peak rate at each step of the first lane, and one more (steps + 1,)."""
    run = read(spelling)[0].runs()[0]
    return {"values": packed_doubles(shares_of(run)[: run.steps + 1])}


def noise(spelling: str) -> dict[str, Any]:
    """Return the standard normal numbers that `seed` and `stream` draw: (steps + 1, 2)."""
    seed, steps = whole(spelling, SEED), whole(spelling, STEPS)
    return {"values": packed_doubles(standard_noise(seed, whole(spelling, STREAM))[: steps + 1])}


def weights(spelling: str) -> dict[str, Any]:
    """Return how much each example weighs in each step's mini-batch: (steps + 1, N); none for a formula."""
    run = replace(read(spelling)[0].runs()[0], stream=whole(spelling, STREAM))
    surface = find(run.landscape, run.landscape_knobs)
    count = surface.examples.count if surface.examples else 0
    return {"values": packed_doubles(randomness_of(run, surface).weights[: run.steps + 1, :count])}
