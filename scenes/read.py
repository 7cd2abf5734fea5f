"""How a link is read. Every string gives a scene, and a repair for each value that could not be used."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from catalog import Repair, Settings
from catalog.knob import defaults
from landscapes import Landscape
from optimizers import OPTIMIZERS, Optimizer
from scenes import query, syntax
from scenes.defaults import default_lane, default_racers, usual_lane
from scenes.frozen import FROZEN_OPTIMIZERS, frozen_surface
from scenes.knobs import PLAIN, SCHEDULE, lane_knob, lane_knobs, step_knob
from scenes.network_slice import SliceTable
from scenes.read_ground import read_ground, read_probe
from scenes.read_knobs import read_knob, read_settings
from scenes.read_network import NETWORK_PARAMETERS, read_network
from scenes.repairs import Repairs, capped
from scenes.scene import BUDGET, MOST_LANES, PANELS, VIEW, Budget, Lane, Scene, View
from scenes.setting import Setting
from scenes.write import VERSION
from scenes.write_network import steps_of

READER = ("lang", "theme", "embed", "embed_options", "autoplay", "background")
SINGLE = (
    *("v", "f", "formula", "box", "data", SliceTable.parameter, "l2", "at", "step", "pick", "probe", "hide"),
    *(setting.knob.id for setting in (*BUDGET.values(), *VIEW.values())),
    *NETWORK_PARAMETERS,
)
LONGEST_QUERY = 16_000
MOST_PARAMETERS = 100


def read(query_string: str) -> tuple[Scene, tuple[Repair, ...]]:
    """Return the scene that `query_string` spells, and what had to be repaired; never raises.

    What is absent has its default: that of v=1 if the link names a version, and today's if it does not.
    What cannot be used has its default too, and a Repair says so.
    The reader's own parameters (language, theme, embedding) are none of ours and pass in silence.
    """
    repairs: Repairs = []
    single, several = gather(query_string, repairs)
    if single.get("v", VERSION) != VERSION:
        repairs.append(Repair("unknown_version", "v", single["v"], VERSION))
    ground = read_ground(single, repairs)
    usual, optimizers = ground.surface, OPTIMIZERS
    if "v" in single:
        usual, optimizers = frozen_surface(ground), FROZEN_OPTIMIZERS
    racers = read_racers(several["lane"], usual, optimizers, repairs)
    budget = Budget(**read_table(BUDGET, single, usual, repairs))
    network = read_network(single, several["trainer"], repairs)
    steps = budget.steps
    if single.get("page") == "networks":
        steps = steps_of(network, single.get("lab", ""))
    view = read_view(single, steps, len(racers), ground.surface, repairs)
    return Scene(ground, racers, budget, view, network), capped(repairs)


def gather(query_string: str, repairs: Repairs) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the first value of each single parameter, and all values of those that may stand several times.

    Work is bounded: only so many characters and parameters are looked at.
    """
    if len(query_string) > LONGEST_QUERY:
        repairs.append(Repair("too_long", "", str(len(query_string)), str(LONGEST_QUERY)))
        # Up to the last "&", so that no value is cut in two and read as a shorter one.
        query_string = query_string[:LONGEST_QUERY].rpartition("&")[0]
    pairs = query.split(query_string)
    if len(pairs) > MOST_PARAMETERS:
        repairs.append(Repair("too_many_parameters", "", str(len(pairs)), str(MOST_PARAMETERS)))
    single: dict[str, str] = {}
    several: dict[str, list[str]] = {"lane": [], "trainer": []}
    for name, value in pairs[:MOST_PARAMETERS]:
        if name in several:
            several[name].append(value)
        elif name in single:
            repairs.append(Repair("repeated_parameter", name, value, single[name]))
        elif name in SINGLE:
            single[name] = value
        elif name not in READER:
            repairs.append(Repair("unknown_parameter", name, value, ""))
    return single, several


def read_racers(
    lanes: Sequence[str], surface: Landscape, optimizers: Mapping[str, Optimizer], repairs: Repairs
) -> tuple[Lane, ...]:
    """Return the lanes that can be used, at most eight; the default ones if there are none."""
    if len(lanes) > MOST_LANES:
        repairs.append(Repair("too_many_lanes", "lane", str(len(lanes)), str(MOST_LANES)))
    asked = (read_lane(text, surface, optimizers, repairs) for text in lanes[:MOST_LANES])
    racers = tuple(lane for lane in asked if lane is not None)
    if racers:
        return racers
    racers = default_racers(surface, optimizers)
    if lanes:
        repairs.append(
            Repair("no_lane_left", "lane", str(len(lanes)), ", ".join(r.optimizer for r in racers))
        )
    return racers


def read_lane(
    text: str, surface: Landscape, optimizers: Mapping[str, Optimizer], repairs: Repairs
) -> Lane | None:
    """Return the lane that `text` spells; None where it names no method that we know.

    Where it names a knob of the method, those that it does not name have their usual values, not those
    that are tuned for the surface: they belong together.
    """
    method, settings = syntax.parse(text)
    if method not in OPTIMIZERS:
        repairs.append(Repair("unknown_lane", "lane", method, ""))
        return None
    named = {name for name, _ in settings}
    own = any(named & {knob.id, knob.short} for knob in OPTIMIZERS[method].knobs)
    lane = (usual_lane if own else default_lane)(surface, method, optimizers)
    # Which knobs there are depends on the schedule, so that comes first, wherever it stands.
    texts = [text for name, text in settings if name == SCHEDULE.id]
    schedule = SCHEDULE.read(texts[0])[0] if texts else SCHEDULE.default
    knobs, extras = OPTIMIZERS[method].knobs, lane_knobs(str(schedule))
    usual = Settings({**lane.knobs, **PLAIN, **defaults(extras[1:])})
    values = read_settings(method, (*knobs, *extras), usual, settings, repairs)
    return Lane(
        method,
        Settings({knob.id: values[knob.id] for knob in knobs}),
        Settings({knob.id: values[knob.id] for knob in extras}),
    )


def read_table(
    table: Mapping[str, Setting], single: Mapping[str, str], surface: Landscape, repairs: Repairs
) -> dict[str, Any]:
    """Return a value for every setting of `table`, by field."""
    values: dict[str, Any] = {}
    for field, setting in table.items():
        knob = setting.on(surface)
        text = single.get(knob.id)
        if text is not None:
            text = setting.also.get(text, text)
        values[field] = read_knob(knob, text, knob.default, knob.id, repairs)
    return values


def read_view(single: dict[str, str], steps: int, lanes: int, surface: Landscape, repairs: Repairs) -> View:
    """Return what is shown of a race of so many steps and lanes on this surface."""
    shown = read_table(VIEW, single, surface, repairs)
    return View(
        step=read_step(single.get("step"), steps, repairs),
        lane=int(read_knob(lane_knob(lanes, first=1), single.get("pick"), 1, "pick", repairs)) - 1,
        hide=frozenset(read_panels(single.get("hide", ""), repairs)),
        probe=read_probe(single.get("probe"), surface, repairs),
        **shown,
    )


def read_step(text: str | None, steps: int, repairs: Repairs) -> int | None:
    """Return the step that is shown; None, the last one whatever their number, if none is named."""
    if text is None:
        return None
    value, repair = step_knob(steps).read(text)
    if repair is not None:
        repairs.append(repair)
        return None
    return int(value)


def read_panels(text: str, repairs: Repairs) -> Iterable[str]:
    """Yield the panels in a comma list."""
    for panel in text.split(",") if text else ():
        if panel in PANELS:
            yield panel
        else:
            repairs.append(Repair("unknown_panel", "hide", panel, ""))
