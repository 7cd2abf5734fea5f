"""Pairs of solutions and what lies between them."""

from dataclasses import replace

import numpy as np
import pytest

from networks import DATASETS, Network, Training, train
from networks.data import FewExamples
from networks.geometry.lines import barrier, path_losses
from networks.geometry.matching import matched, permuted
from networks.geometry.objective import seen_by
from networks.geometry.slices import end_of
from networks.programs import compiled_programs
from studies.mode_connectivity import (
    PATHS,
    Connectivity,
    Walked,
    connectivity_parts,
    crossed,
    pairs_so_far,
)
from studies.seed_band import mean_of

RUN = Training(
    Network(FewExamples(DATASETS["digits"], 50), (10,), "relu", "he_normal"),
    "adam",
    {"learning_rate": 0.02},
    batch=25,
    steps=60,
    seed=4,
)
QUESTION = Connectivity(RUN, pairs=2, cuts=10, steps=70)


def worked_out(question: Connectivity) -> list[Walked]:
    for part in connectivity_parts(question):
        while part() is False:
            pass
    return pairs_so_far(question)


def test_paths_lead_from_one_solution_to_the_other_before_and_after_matching():
    assert [pair.stage for pair in pairs_so_far(QUESTION)] == ["", ""]
    pairs, t = worked_out(QUESTION), QUESTION.places
    within = (t >= 0) & (t <= 1)
    for number, pair in enumerate(pairs):
        assert (pair.stage, pair.share, pair.ends) == ("done", 1.0, None)
        runs = [replace(RUN, seed=4 + 2 * number + k) for k in range(2)]
        assert QUESTION.runs(number) == tuple(runs)
        for run in runs:
            train(run)
        one, other = map(end_of, runs)
        plan, data = RUN.network.plan, seen_by(RUN.network)
        straight, right = path_losses(plan, (one, other), None, t, data)
        assert np.allclose(pair.losses["straight"], straight) and np.allclose(
            pair.accuracies["straight"], right
        )
        twin = permuted(plan, other, matched(plan, one, other))
        assert np.allclose(pair.losses["matched"], path_losses(plan, (one, twin), None, t, data)[0])
        for name in PATHS:
            ends = pair.losses[name][(t == 0) | (t == 1)]
            assert np.allclose(ends, straight[(t == 0) | (t == 1)], atol=1e-5), name
        assert np.isnan(pair.losses["bent"][~within]).all()
        assert barrier(t, pair.losses["bent"]) <= barrier(t, straight)
    known = crossed(QUESTION, pairs)
    assert known is not None and (known.pairs, known.gone) == (2, 0)
    barriers = {name: np.array([barrier(t, pair.losses[name]) for pair in pairs]) for name in PATHS}
    assert known.barriers == {name: mean_of(values) for name, values in barriers.items()}
    assert known.removed == mean_of(barriers["straight"] - barriers["matched"])
    assert known.lower == (barriers["straight"] > barriers["matched"]).sum()
    assert known.each == {name: list(values) for name, values in barriers.items()}
    assert known.accuracy["straight"] == np.mean([p.accuracies["straight"][within].min() for p in pairs])


def test_a_permuted_twin_is_parted_by_the_order_of_its_units_alone():
    before = compiled_programs()
    question = replace(QUESTION, second="permuted", steps=3, cuts=20)
    pairs, t = worked_out(question), question.places
    assert compiled_programs() == before, "Nothing but numbers was turned."
    for pair in pairs:
        assert barrier(t, pair.losses["straight"]) > 0.01
        assert barrier(t, pair.losses["matched"]) == pytest.approx(0, abs=1e-6)
    assert [len(question.runs(k)) for k in range(2)] == [1, 1]


def test_pairs_without_an_answer_are_left_out():
    t = QUESTION.places
    rising = {name: np.where(t < 0.5, 1.0, 2.0) for name in ("start", *PATHS)}
    good = Walked(rising, rising, "done", ends=None)
    lost = Walked(rising, rising, "", diverged=True)
    beyond = replace(good, losses={**rising, "straight": np.full(len(t), np.inf)})
    assert crossed(QUESTION, [lost, beyond]) is None
    known = crossed(QUESTION, [good, lost])
    assert known is not None and (known.pairs, known.gone, known.barriers, known.falling) == (1, 1, None, 0)
    assert known.each["bent"][1] is None and known.each["bent"][0] == pytest.approx(0.5)
    assert (known.end_loss, known.end_accuracy) == (1.5, 1.5)


def test_runs_that_diverge_are_said_to():
    question = Connectivity(replace(RUN, optimizer="sgd", knobs={"learning_rate": 50.0}), pairs=2, cuts=10)
    pairs = worked_out(question)
    assert all(pair.diverged or pair.stage == "done" for pair in pairs)
    assert any(pair.diverged for pair in pairs)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"pairs": 1}, "Expected pairs as a whole number from 2 to 8, got 1"),
        ({"cuts": 0.5}, "Expected cuts"),
        ({"steps": 0}, "Expected steps"),
        ({"second": "twin"}, "Expected second among seed, permuted; got 'twin'"),
        ({"run": replace(RUN, network=replace(RUN.network, residual=True))}, "without residual connections"),
    ],
)
def test_what_cannot_be_asked_is_refused(more: dict, why: str):
    with pytest.raises(ValueError, match=why):
        replace(QUESTION, **more)
