"""How a scene is spelled in a link."""

from catalog.knob import spell_number
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from scenes import phrase, query
from scenes.defaults import RATE
from scenes.knobs import LOSS_AXIS, NOISE, SEED, STEPS
from scenes.scene import PANELS, Scene, View

VERSION = "1"


def write(scene: Scene) -> str:
    """Return the one canonical query string of `scene`, without a leading "?".

    What a change of the shelves could move (start, rates, steps) is always spelled; the rest only
    where it is not the frozen default of v=1.
    """
    ground, budget = scene.ground, scene.budget
    surface = LANDSCAPES[ground.landscape]
    pairs = [
        ("v", VERSION),
        ("f", phrase.spell(surface.id, surface.knobs, ground.knobs, always=frozenset())),
        ("at", spell_point(ground.start)),
    ]
    for lane in scene.racers:
        method = OPTIMIZERS[lane.optimizer]
        pairs.append(("lane", phrase.spell(method.id, method.knobs, lane.knobs, always=frozenset({RATE}))))
    pairs.append((STEPS.id, STEPS.spell(budget.steps)))
    for knob, value in ((NOISE, budget.sigma), (SEED, budget.seed)):
        if value != knob.default:
            pairs.append((knob.id, knob.spell(value)))
    return query.join(pairs + view_pairs(scene.view))


def spell_point(point: tuple[float, float]) -> str:
    """Return `x,y`."""
    return ",".join(spell_number(coordinate) for coordinate in point)


def view_pairs(view: View) -> list[tuple[str, str]]:
    """Return the pairs of what is shown, where it is not what is shown by default."""
    pairs: list[tuple[str, str]] = []
    if view.step is not None:
        pairs.append(("step", str(view.step)))
    if view.lane != 0:
        pairs.append(("pick", str(view.lane + 1)))  # people count lanes from one
    if view.loss_axis != LOSS_AXIS.default:
        pairs.append((LOSS_AXIS.id, view.loss_axis))
    if view.hide:
        pairs.append(("hide", ",".join(panel for panel in PANELS if panel in view.hide)))
    return pairs
