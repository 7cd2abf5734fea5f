"""What a lane has besides its method: schedule, warm-up, clipping, and how it takes the penalty."""

import pytest

from optimizers import SCHEDULES
from scenes import Scene, default_scene, edit, read, write
from scenes.knobs import PLAIN, lane_knobs


def lane(spelled: str) -> Scene:
    """Return the scene with this one lane; nothing in it may need a repair."""
    scene, repairs = read(f"lane={spelled}")
    assert repairs == ()
    return scene


def test_a_lane_says_all_of_it():
    scene = lane("sgd:schedule=step,every=10,factor=0.25,warmup=5,clip=norm,clip_at=2,penalty=decoupled")
    extras = scene.racers[0].extras
    assert extras == {
        **{"schedule": "step", "every": 10, "factor": 0.25, "warmup": 5},
        **{"clip": "norm", "clip_at": 2.0, "penalty": "decoupled"},
    }
    run = scene.runs()[0]
    assert (run.schedule, dict(run.schedule_knobs), run.warmup) == ("step", {"every": 10, "factor": 0.25}, 5)
    assert (run.clip, run.clip_at, run.decoupled) == ("norm", 2.0, True)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_knobs_of_a_schedule_may_stand_before_it(schedule: str):
    knobs = SCHEDULES[schedule].knobs
    before = "".join(f",{knob.id}={knob.spell(knob.high)}" for knob in knobs)
    scene = lane(f"adam:lr=0.3{before},schedule={schedule}")
    assert {knob.id: knob.high for knob in knobs}.items() <= scene.racers[0].extras.items()
    assert read(write(scene)) == (scene, ())


def test_what_is_plain_is_not_spelled():
    assert lane("sgd").racers[0].extras == PLAIN
    assert write(lane("sgd:lr=0.5,schedule=constant,warmup=0,clip=none,clip_at=1,penalty=coupled")).count(
        "lr=0.5&"
    )


@pytest.mark.parametrize(
    ("spelled", "why"),
    [
        ("sgd:schedule=sudden", "unknown_choice"),
        ("sgd:every=10", "unknown_knob"),  # not of a constant rate
        ("sgd:clip=both", "unknown_choice"),
        ("sgd:clip_at=0", "out_of_range"),
        ("sgd:warmup=1.5", "not_a_number"),
        ("sgd:schedule=step,schedule=cosine", "repeated_parameter"),
    ],
)
def test_what_cannot_be_used_is_said(spelled: str, why: str):
    scene, repairs = read(f"lane={spelled}")
    assert [repair.why for repair in repairs] == [why]
    assert scene.racers[0].optimizer == "sgd"


def test_another_schedule_brings_its_own_knobs():
    scene = lane("sgd:schedule=step,every=10,warmup=5,clip=value")
    scene, repairs = edit(scene, {"do": "lane_knob", "lane": 0, "knob": "schedule", "to": "cosine"})
    assert repairs == ()
    extras = scene.racers[0].extras
    assert set(extras) == {knob.id for knob in lane_knobs("cosine")}
    assert (extras["schedule"], extras["warmup"], extras["clip"]) == ("cosine", 5, "value")


def test_another_method_keeps_them():
    scene = lane("sgd:schedule=cosine,clip=norm")
    changed, _ = edit(scene, {"do": "lane_method", "lane": 0, "to": "adam"})
    assert changed.racers[0].optimizer == "adam"
    assert changed.racers[0].extras == scene.racers[0].extras


def test_own_luck_gives_every_lane_a_stream_of_its_own():
    assert [run.stream for run in default_scene().runs()] == [0, 0, 0, 0]
    scene, _ = read("luck=own&noise=1")
    assert [run.stream for run in scene.runs()] == [1, 2, 3, 4]


@pytest.mark.parametrize("surface", ["f=rosenbrock", "formula=x**2+y**2"])
def test_the_penalty_is_spelled_for_any_surface(surface: str):
    scene, repairs = read(f"{surface}&l2=0.5")
    assert repairs == ()
    assert scene.ground.knobs["l2"] == 0.5
    assert "&l2=0.5&" in write(scene)
    turned, _ = edit(scene, {"do": "surface_knob", "knob": "l2", "to": 0.25})
    assert turned.ground.knobs["l2"] == 0.25 and turned.ground.start == scene.ground.start
