"""Changes of who races. Lanes are counted from 0."""

from dataclasses import replace

from catalog import Repair, Settings
from optimizers import OPTIMIZERS
from scenes.changes.change import Change, turned
from scenes.changes.fairness import after_turning, joining
from scenes.coerce import coerced, shown
from scenes.defaults import RATE, default_lane, suggestion, with_rate
from scenes.knobs import lane_knob, lane_knobs
from scenes.repairs import Repairs
from scenes.scene import MOST_LANES, Lane, Scene


def change_lane_method(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Give the lane another method, with its defaults at the suggested rate."""
    lane = lane_at(scene, change, repairs)
    to = change.get("to")
    if lane is None:
        return scene
    if not isinstance(to, str) or to not in OPTIMIZERS:
        repairs.append(Repair("unknown_method", "lane", shown(to), scene.racers[lane].optimizer))
        return scene
    racer = replace(default_lane(scene.ground.surface, to), extras=scene.racers[lane].extras)
    return with_lane(scene, lane, joining(scene, racer))


def change_lane_knob(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Turn a knob of the lane's method, or one of those that every lane has."""
    lane = lane_at(scene, change, repairs)
    if lane is None:
        return scene
    racer = scene.racers[lane]
    name, own = change.get("knob"), OPTIMIZERS[racer.optimizer].knobs
    extras = lane_knobs(str(racer.extras["schedule"]))
    if any(knob.id == name for knob in extras):
        values = turned(racer.optimizer, extras, racer.extras, change, repairs)
        kept = lane_knobs(str(values["schedule"]))
        racer = replace(racer, extras=Settings({knob.id: values.get(knob.id, knob.default) for knob in kept}))
    else:
        racer = replace(racer, knobs=turned(racer.optimizer, own, racer.knobs, change, repairs))
    return after_turning(with_lane(scene, lane, racer), lane, name)


def add_lane(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Add a lane at the end: the method that is named, or the first one that does not race yet."""
    to = change.get("to")
    if to is None:
        racing = {lane.optimizer for lane in scene.racers}
        to = next((method for method in OPTIMIZERS if method not in racing), next(iter(OPTIMIZERS)))
    if not isinstance(to, str) or to not in OPTIMIZERS:
        repairs.append(Repair("unknown_lane", "lane", shown(to), ""))
        return scene
    return with_another(scene, joining(scene, default_lane(scene.ground.surface, to)), repairs)


def copy_lane(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Add a lane like this one at the end, so that no other lane changes its place and colour."""
    lane = lane_at(scene, change, repairs)
    return scene if lane is None else with_another(scene, scene.racers[lane], repairs)


def remove_lane(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Take the lane out, unless it is the last; the inspector stays with its lane where it can."""
    lane = lane_at(scene, change, repairs)
    if lane is None:
        return scene
    if len(scene.racers) == 1:
        repairs.append(Repair("last_lane", "lane", scene.racers[0].optimizer, ""))
        return scene
    racers = scene.racers[:lane] + scene.racers[lane + 1 :]
    inspected = scene.view.lane - 1 if scene.view.lane > lane else scene.view.lane
    view = replace(scene.view, lane=min(inspected, len(racers) - 1))
    return replace(scene, racers=racers, view=view)


def suggest_rate(scene: Scene, change: Change, repairs: Repairs) -> Scene:
    """Bring the lane back to the rate suggested for its method on this surface."""
    lane = lane_at(scene, change, repairs)
    if lane is None:
        return scene
    racer = scene.racers[lane]
    racer = with_rate(racer, suggestion(scene.ground.surface, racer.optimizer, racer.knobs))
    return after_turning(with_lane(scene, lane, racer), lane, RATE)


def lane_at(scene: Scene, change: Change, repairs: Repairs) -> int | None:
    """Return the index of the lane that `change` names, None if there is no such lane."""
    raw = change.get("lane")
    problems: Repairs = []
    lane = int(coerced(lane_knob(len(scene.racers), first=0), raw, 0, "lane", problems))
    if not problems:
        return lane
    repairs.append(Repair("no_such_lane", "lane", shown(raw), ""))
    return None


def with_lane(scene: Scene, index: int, lane: Lane) -> Scene:
    """Return the scene with `lane` in place of the one at `index`."""
    return replace(scene, racers=(*scene.racers[:index], lane, *scene.racers[index + 1 :]))


def with_another(scene: Scene, lane: Lane, repairs: Repairs) -> Scene:
    """Return the scene with `lane` at the end, if there is room."""
    if len(scene.racers) >= MOST_LANES:
        repairs.append(Repair("no_more_lanes", "lane", lane.optimizer, str(MOST_LANES)))
        return scene
    return replace(scene, racers=(*scene.racers, lane))
