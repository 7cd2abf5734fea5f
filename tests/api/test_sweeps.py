"""Rates and losses, held against a bowl on which the best rate is known."""

import numpy as np
import pytest

from api.sweeps import SEEDS, STARTS
from studies import rate_curve
from studies.rate_sweep import RATES, Sweep, sweep
from tests.api.responses import response

BOWL = "f=round_bowl&steps=40&lane=sgd:lr=0.02&lane=newton:lr=1"


def test_every_rate_has_its_losses():
    answer = response("sweep", BOWL)
    assert answer["rates"] == list(RATES)
    assert (answer["count"], answer["members"], answer["starts"]) == (len(RATES), STARTS, "box")
    for low, median, high in zip(answer["low"], answer["median"], answer["high"], strict=True):
        if high is not None:
            assert answer["axis"][0] <= low <= median <= high
    assert not answer["linear"]
    assert answer["median"][0] is not None and answer["median"][-1] is None  # a rate of 100 diverges


def test_the_best_rate_is_the_best_of_the_curve():
    answer = response("sweep", BOWL)
    medians = [np.inf if value is None else value for value in answer["median"]]
    best = answer["best"]
    assert best["median"] == min(medians) == medians[answer["rates"].index(best["rate"])]
    assert best["low"] <= best["rate"] <= best["high"]
    assert best["decades"] == pytest.approx(np.log10(best["high"] / best["low"]))


def test_the_present_rate_is_judged_and_asks_for_nothing_else():
    slow, best = response("sweep", BOWL), response("sweep", BOWL.replace("sgd:lr=0.02", "sgd:lr=0.1"))
    assert slow["now"]["rate"] == 0.02 and best["now"]["rate"] == 0.1
    assert slow["median"] == best["median"]
    assert best["now"]["median"] == best["median"][best["rates"].index(0.1)] < slow["now"]["median"]
    assert slow["now"]["low"] <= slow["now"]["median"] <= slow["now"]["high"]


def test_turning_the_rate_asks_for_no_other_sweep(monkeypatch: pytest.MonkeyPatch):
    questions = []

    def counted(question: Sweep):
        questions.append(question)
        return sweep(question)

    monkeypatch.setattr(rate_curve, "sweep", counted)
    for rate in (0.1, 1):
        response("sweep", f"f=round_bowl&steps=40&lane=sgd:lr={rate}")
    assert len(questions) == 2 and questions[0] == questions[1]


def test_all_methods_have_equally_many_gradients():
    sgd, newton = (response("sweep", f"{BOWL}&of={lane}") for lane in (0, 1))
    assert (sgd["steps"], sgd["used"], newton["steps"], newton["used"]) == (40, 40, 13, 39)
    assert sgd["gradients"] == newton["gradients"] == 40
    assert response("sweep", "f=bowl&steps=1&lane=newton")["steps"] == 1


def test_with_noise_the_runs_differ_by_their_seeds():
    noisy = f"{BOWL}&noise=0.1"
    seeds, starts = response("sweep", noisy), response("sweep", f"{noisy}&crowd=starts")
    assert (seeds["starts"], seeds["members"]) == ("same", SEEDS)
    assert (starts["starts"], starts["members"]) == ("box", STARTS)


def test_where_no_least_loss_is_known_losses_are_as_they_are():
    answer = response("sweep", "f=saddle&lane=sgd&steps=20")
    assert answer["linear"] and answer["best"] is not None
    assert answer["axis"][0] < 0 < answer["axis"][1]


def test_every_best_rate_can_be_taken():
    """Or the stage would ask for it again and again."""
    for lane in range(2):
        best = response("sweep", f"{BOWL}&of={lane}")["best"]["rate"]
        again = response("sweep", f"f=round_bowl&steps=40&lane=sgd:lr={best}")
        assert again["now"]["rate"] == best
