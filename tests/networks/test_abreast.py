"""Runs abreast are the runs that they are one by one."""

from dataclasses import replace

import numpy as np
import pytest

from networks import DATASETS, Network, Training, train
from networks.abreast import (
    MOST_HELD,
    MOST_LANES,
    TRAIN_ACCURACY,
    TRAIN_LOSS,
    VALIDATION_ACCURACY,
    VALIDATION_LOSS,
    Abreast,
    abreast_parts,
    curves_so_far,
)
from networks.data import FewExamples
from networks.programs import compiled_programs
from scenes.net_labs import many

FEW = FewExamples(DATASETS["moons"], 110)
RUN = Training(
    Network(FEW, (8, 8), "tanh", "normal", 0.5), "sgd", {"learning_rate": 0.1}, batch=20, steps=12, seed=3
)
LOOKS = (0, 3, 6, 9, 12)


def variations(run: Training, sigmas: tuple[float, ...], rates: tuple[float, ...]) -> tuple[Training, ...]:
    return tuple(
        replace(run, network=replace(run.network, sigma=sigma), knobs={**run.knobs, "learning_rate": rate})
        for sigma, rate in zip(sigmas, rates, strict=True)
    )


def whole(*questions: Abreast) -> None:
    for part in abreast_parts(questions):
        while part() is False:
            pass


# Adam divides by its gradients, and before a batch normalisation those of offsets are but rounding.
@pytest.mark.parametrize(
    ("normalization", "optimizer", "batch"),
    [("none", "sgd", None), ("batch", "sgd", 20), ("layer", "adam", 20)],
)
def test_each_run_is_that_of_a_course_of_its_own(normalization: str, optimizer: str, batch: int | None):
    run = replace(RUN, network=replace(RUN.network, normalization=normalization), batch=batch)
    run = replace(run, optimizer=optimizer, knobs={"learning_rate": 0.01}, weight_decay=0.01)
    runs = variations(run, (1.0, 0.1, 0.3), (0.1, 0.02, 0.05))
    question = Abreast(runs, LOOKS)
    whole(question)
    found = curves_so_far(question)
    assert len(FEW.load().validation_labels) <= MOST_HELD  # so that both measure all of them
    assert found.whole and list(found.measured) == list(LOOKS) and list(found.diverged) == [-1] * 3
    for lane, each in enumerate(runs):
        alone = train(each)
        rows = [list(alone.measured).index(step) for step in LOOKS]
        told = found.values[:, lane]
        np.testing.assert_allclose(told[:, TRAIN_LOSS], alone.train_loss[rows], rtol=1e-4)
        np.testing.assert_allclose(told[:, TRAIN_ACCURACY], alone.train_accuracy[rows], atol=1e-6)
        np.testing.assert_allclose(told[:, VALIDATION_LOSS], alone.validation_loss[rows], rtol=1e-4)
        np.testing.assert_allclose(told[:, VALIDATION_ACCURACY], alone.validation_accuracy[rows], atol=1e-6)


def test_validation_is_on_the_first_two_hundred():
    """Against the network itself: of few training examples many are left for validation."""
    run = replace(RUN, network=replace(RUN.network, data=FewExamples(DATASETS["moons"], 30)), batch=None)
    question = Abreast((run,), LOOKS)
    whole(question)
    labels = run.network.data.load().validation_labels  # type: ignore[union-attr]
    assert len(labels) > MOST_HELD
    share = float(curves_so_far(question).values[-1, 0, VALIDATION_ACCURACY])
    assert share * MOST_HELD == pytest.approx(round(share * MOST_HELD), abs=1e-3)


def test_who_diverges_is_alone_in_it():
    runs = variations(
        replace(RUN, network=replace(RUN.network, activation="relu")), (10.0, 0.5), (100.0, 0.05)
    )
    question = Abreast(runs, LOOKS)
    whole(question)
    found = curves_so_far(question)
    ending = train(runs[0]).ending
    assert ending.kind == "diverged" and list(found.diverged) == [ending.step, -1]
    gone = next(row for row, step in enumerate(LOOKS) if step > ending.step)
    assert np.isnan(found.values[gone:, 0]).all() and np.isfinite(found.values[:, 1]).all()


def test_what_is_known_meanwhile_grows():
    run = replace(RUN, steps=400, seed=17)
    question = Abreast(
        variations(run, (0.1,) * 20, tuple(0.001 * k for k in range(1, 21))), tuple(range(0, 401, 20))
    )
    assert MOST_LANES == 16
    assert [len(group.runs) for group in question.groups] == [10, 10]
    assert len(curves_so_far(question).measured) == curves_so_far(question).steps_done == 0
    parts, seen = abreast_parts([question]), [0]
    for part in parts:
        while part() is False:
            seen.append(curves_so_far(question).steps_done)
    assert seen == sorted(seen)
    last = curves_so_far(question)
    assert last.whole and last.steps_done == 20 * 400 and np.isfinite(last.values).all()
    with pytest.raises(ValueError):
        last.values[0] = 0


def test_a_number_compiles_nothing():
    whole(Abreast(variations(RUN, (0.5, 0.2), (0.1, 0.2)), LOOKS))
    count = compiled_programs()
    other = replace(RUN, weight_decay=0.5, seed=99)
    whole(Abreast(variations(other, (0.01, 3.0), (1.0, 0.001)), LOOKS))
    assert compiled_programs() == count


@pytest.mark.parametrize(
    ("runs", "looks", "why"),
    [
        ((), LOOKS, "one run at least"),
        ((RUN, replace(RUN, batch=30)), LOOKS, "runs of one shape"),
        ((RUN, replace(RUN, optimizer="adam")), LOOKS, "runs of one shape"),
        ((RUN, replace(RUN, network=replace(RUN.network, widths=(8,)))), LOOKS, "runs of one shape"),
        ((RUN,), (3, 0, 12), "rise from 0"),
        ((RUN,), (0, 9), "last look at step 12"),
    ],
)
def test_what_cannot_go_abreast_is_refused(runs: tuple[Training, ...], looks: tuple[int, ...], why: str):
    with pytest.raises(ValueError, match=why):
        Abreast(runs, looks)


def test_the_cost_that_is_said_counts_what_is_measured():
    assert many.MOST_HELD == MOST_HELD
