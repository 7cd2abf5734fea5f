"""Questions that cannot be asked are refused with a sentence."""

import math

import pytest

from descent import MOST_STEPS, Run, descend, race

GOOD = {"landscape": "bowl", "optimizer": "sgd", "start": (-7, 2), "steps": 5}


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": 0},
        {"steps": MOST_STEPS + 1},
        {"start": (math.nan, 0)},
        {"start": (0, math.inf)},
        {"sigma": -1.0},
        {"sigma": math.nan},
        {"sigma": math.inf},
        {"seed": -1},
        {"seed": 2**32},
        {"stream": -1},
        {"stream": 2**15},
        {"batch": 0},
        {"warmup": -1},
        {"warmup": MOST_STEPS + 1},
        {"clip": "both"},
        {"clip_at": 0.0},
        {"clip_at": math.nan},
        {"clip_at": math.inf},
    ],
)
def test_a_run_refuses_numbers_without_a_meaning(wrong) -> None:
    with pytest.raises(ValueError, match=r"^Expected .* got .*\.$"):
        Run(**{**GOOD, **wrong})


@pytest.mark.parametrize("wrong", [{"landscape": "bowling"}, {"optimizer": "sdg"}, {"schedule": "never"}])
def test_an_unknown_id_is_refused(wrong) -> None:
    with pytest.raises(KeyError, match=r"Expected one of .*; got"):
        descend(Run(**{**GOOD, **wrong}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"knobs": {"beta1": 0.9}},
        {"knobs": {"learning_rate": -1.0}},
        {"knobs": {"learning_rate": "fast"}},
        {"landscape_knobs": {"stretch": math.nan}},
        {"schedule_knobs": {"warmup": 3}},
        {"landscape_knobs": {"l2": -0.1}},
    ],
)
def test_an_unusable_knob_is_refused(wrong) -> None:
    for _ in range(2):  # what failed is not kept
        with pytest.raises(ValueError, match=r"^Expected .* got .*\.$"):
            descend(Run(**{**GOOD, **wrong}))


def test_a_start_without_a_loss_is_refused() -> None:
    with pytest.raises(ValueError, match="start somewhere else"):
        descend(Run(**{**GOOD, "start": (1e200, 1e200)}))


def test_runs_are_keys() -> None:
    one, two = Run(**GOOD, knobs={"learning_rate": 1}), Run(**GOOD, knobs={"learning_rate": 1.0})
    assert one == two
    assert hash(one) == hash(two)
    assert len({one, two, Run(**GOOD)}) == 2


def test_a_race_keeps_the_order() -> None:
    runs = [Run(**{**GOOD, "steps": steps}) for steps in (3, 1, 2)]
    assert [len(path.updates) for path in race(runs)] == [3, 1, 2]
