"""How a scene is spelled in a link."""

from catalog.knob import spell_number
from landscapes import Box
from landscapes.formula import DEFAULT_BOX, Formula
from optimizers import OPTIMIZERS
from scenes import phrase, query
from scenes.defaults import RATE
from scenes.knobs import LAYER, LOSS_AXIS, MEASURE, NOISE, PAGE, SEED, STEPS
from scenes.scene import PANELS, Ground, Scene, View

VERSION = "1"


def write(scene: Scene) -> str:
    """Return the one canonical query string of `scene`, without a leading "?".

    What a change of the shelves could move (start, rates, steps) is always spelled; the rest only
    where it is not the frozen default of v=1.
    """
    ground, budget = scene.ground, scene.budget
    pairs = [("v", VERSION), *ground_pairs(ground), ("at", spell_point(ground.start))]
    for lane in scene.racers:
        method = OPTIMIZERS[lane.optimizer]
        pairs.append(("lane", phrase.spell(method.id, method.knobs, lane.knobs, always=frozenset({RATE}))))
    pairs.append((STEPS.id, STEPS.spell(budget.steps)))
    for knob, value in ((NOISE, budget.sigma), (SEED, budget.seed)):
        if value != knob.default:
            pairs.append((knob.id, knob.spell(value)))
    return query.join(pairs + view_pairs(scene.view))


def ground_pairs(ground: Ground) -> list[tuple[str, str]]:
    """Return the pairs that say which surface it is: all that its pictures depend on."""
    if isinstance(ground.landscape, Formula):
        text, box = ground.landscape.text, ground.landscape.box
        return [("formula", text)] + ([("box", spell_box(box))] if box != DEFAULT_BOX else [])
    knobs = ground.surface.knobs
    return [("f", phrase.spell(ground.landscape, knobs, ground.knobs, always=frozenset()))]


def spell_ground(ground: Ground) -> str:
    """Return the query string of the surface alone."""
    return query.join(ground_pairs(ground))


def spell_point(point: tuple[float, float]) -> str:
    """Return `x,y`."""
    return ",".join(spell_number(coordinate) for coordinate in point)


def spell_box(box: Box) -> str:
    """Return `x0,x1,y0,y1`."""
    return ",".join(spell_point(side) for side in box)


def view_pairs(view: View) -> list[tuple[str, str]]:
    """Return the pairs of what is shown, where it is not what is shown by default."""
    pairs: list[tuple[str, str]] = []
    if view.step is not None:
        pairs.append(("step", str(view.step)))
    if view.lane != 0:
        pairs.append(("pick", str(view.lane + 1)))  # people count lanes from one
    choices = (LOSS_AXIS, view.loss_axis), (PAGE, view.page), (LAYER, view.layer), (MEASURE, view.measure)
    pairs += [(knob.id, chosen) for knob, chosen in choices if chosen != knob.default]
    if view.probe is not None:
        pairs.append(("probe", spell_point(view.probe)))
    if view.hide:
        pairs.append(("hide", ",".join(panel for panel in PANELS if panel in view.hide)))
    return pairs
