"""How a scene is spelled in a link."""

from collections.abc import Mapping

from landscapes import Landscape
from landscapes.find import formula_of, own_pairs
from landscapes.penalty import L2
from optimizers import OPTIMIZERS
from scenes import query, syntax
from scenes.defaults import RATE, default_racers
from scenes.knobs import lane_knobs
from scenes.network_slice import is_pending
from scenes.points import spell_point
from scenes.scene import BUDGET, PANELS, VIEW, Budget, Ground, Lane, Scene, View
from scenes.setting import Setting
from scenes.write_network import network_pairs

VERSION = "1"


def write(scene: Scene) -> str:
    """Return the one canonical query string of `scene`, without a leading "?".

    What a change of the shelves could move (start, rates, steps) is always spelled; the rest only
    where it is not the frozen default of v=1. Start and rates that a surface has to be known for are left out
    as long as it is not.
    """
    ground, pending = scene.ground, is_pending(scene.ground.landscape)
    pairs = [("v", VERSION), *ground_pairs(ground)]
    if not pending or ground.start != ground.surface.start:
        pairs.append(("at", spell_point(ground.start)))
    if not pending or scene.racers != default_racers(ground.surface):
        pairs += [("lane", spell_lane(lane)) for lane in scene.racers]
    pairs += setting_pairs(BUDGET, scene.budget, ground.surface)
    pairs += network_pairs(scene.network)
    return query.join(pairs + view_pairs(scene.view, ground.surface))


def setting_pairs(
    table: Mapping[str, Setting], values: Budget | View, surface: Landscape
) -> list[tuple[str, str]]:
    """Return the pairs of the settings of `table` that must be spelled."""
    found = ((each, each.on(surface), getattr(values, field)) for field, each in table.items())
    return [
        (knob.id, knob.spell(value))
        for each, knob, value in found
        if each.always_spelled or value != knob.default
    ]


def spell_lane(lane: Lane) -> str:
    """Return the text of a lane: `adam:lr=0.3,schedule=cosine`."""
    knobs = (*OPTIMIZERS[lane.optimizer].knobs, *lane_knobs(str(lane.extras["schedule"])))
    return syntax.spell(lane.optimizer, knobs, {**lane.knobs, **lane.extras}, always=frozenset({RATE}))


def ground_pairs(ground: Ground) -> list[tuple[str, str]]:
    """Return the pairs that say which surface it is: all that its pictures depend on."""
    which, knobs = ground.landscape, ground.surface.knobs
    # The penalty is nobody's own knob: a formula may have it, which has no place for knobs.
    penalty = [(L2.id, L2.spell(ground.knobs[L2.id]))] if ground.knobs[L2.id] != L2.default else []
    if formula_of(which) is not None:
        return [*own_pairs(which), *penalty]
    own = [knob for knob in knobs if knob.id != L2.id]
    pairs = [("f", syntax.spell(ground.surface.id, own, ground.knobs, always=frozenset()))]
    return [*pairs, *own_pairs(which), *penalty]


def spell_ground(ground: Ground) -> str:
    """Return the query string of the surface alone."""
    return query.join(ground_pairs(ground))


def view_pairs(view: View, surface: Landscape) -> list[tuple[str, str]]:
    """Return the pairs of what is shown, where it is not what is shown by default."""
    pairs: list[tuple[str, str]] = []
    if view.step is not None:
        pairs.append(("step", str(view.step)))
    if view.lane != 0:
        pairs.append(("pick", str(view.lane + 1)))  # people count lanes from one
    pairs += setting_pairs(VIEW, view, surface)
    if view.probe is not None:
        pairs.append(("probe", spell_point(view.probe)))
    if view.hide:
        pairs.append(("hide", ",".join(panel for panel in PANELS if panel in view.hide)))
    return pairs
