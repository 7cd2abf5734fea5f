"""An ensemble is many runs: member by member the very same ones."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from descent import MOST_STEPS, Ensemble, EnsemblePaths, Run, compiled_ensembles, descend, ensemble, quantiles
from descent.ensemble_program import SPAN
from descent.ensembles import ensemble_part, parts_of_ensemble, run_batch, seeds_of, starts_of
from descent.work import MANY, side_by_side
from landscapes import LANDSCAPES
from landscapes.data import fit
from landscapes.find import find
from landscapes.formula import read_formula
from optimizers import OPTIMIZERS, suggested_rate
from tests.descent.test_compiles import compilations

COUNT = 5
DATA = [entry.id for entry in LANDSCAPES.values() if entry.examples]


def assert_same(question: Ensemble, rtol: float = 1e-12) -> EnsemblePaths:
    """Compare every member, at every look, with the run that it is."""
    paths, run = ensemble(question), question.run
    seeds = seeds_of(run, question.count)
    starts = starts_of(run, seeds, question.starts)
    assert paths.points.shape == (len(paths.steps), question.count, 2)
    for r in range(question.count):
        alone = descend(replace(run, seed=int(seeds[r]), start=tuple(starts[r])))
        # A run that diverged stays at its last finite point.
        steps = np.minimum(paths.steps, len(alone.points) - 1)
        for ours, theirs in ((paths.points[:, r], alone.points), (paths.losses[:, r], alone.losses)):
            np.testing.assert_allclose(ours, theirs[steps], rtol=rtol, atol=1e-12)
        assert paths.diverged[r] == (alone.ending.kind == "diverged")
        last = alone.points[-1]
        assert paths.outside[r] == (paths.diverged[r] or not find(run.landscape).contains(tuple(last)))
    return paths


def run_of(optimizer: str, surface: str = "himmelblau", **more: Any) -> Run:
    landscape, method = LANDSCAPES[surface], OPTIMIZERS[optimizer]
    # So low that no method jumps to and fro, which would blow up the last digit, in which runs may differ.
    rate = 0.2 * suggested_rate(method, landscape.gradient_rate, landscape.length_rate)
    return Run(surface, optimizer, landscape.start, **{"steps": 70, "knobs": {"learning_rate": rate}, **more})


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_members_are_runs(optimizer: str) -> None:
    assert_same(Ensemble(run_of(optimizer), COUNT, "box", frames=71))
    noisy = run_of(
        optimizer,
        sigma=0.5,
        batch=4,
        clip="norm",
        clip_at=2.0,
        schedule="cosine",
        warmup=3,
        landscape_knobs={"l2": 0.1},
        decoupled=True,
        seed=2**32 - 2,
        stream=3,
    )
    assert_same(Ensemble(noisy, COUNT, frames=9))


def test_members_see_noise_of_their_own() -> None:
    paths = ensemble(Ensemble(run_of("adam", sigma=0.5), 300))
    assert len(np.unique(paths.points[-1], axis=0)) == 300


@pytest.mark.parametrize("replacement", [False, True])
@pytest.mark.parametrize("surface", DATA)
def test_members_see_their_mini_batches(surface: str, replacement: bool) -> None:
    paths = assert_same(Ensemble(run_of("adam", surface, batch=7, replacement=replacement, seed=3), COUNT))
    assert len(np.unique(paths.points[-1], axis=0)) == COUNT


@pytest.mark.parametrize("surface", DATA)
def test_a_batch_of_all_is_the_same_for_all(surface: str) -> None:
    paths = assert_same(Ensemble(run_of("adam", surface, batch=10**6, steps=20), COUNT))
    assert len(np.unique(paths.points[-1], axis=0)) == 1


@pytest.mark.parametrize("sigma", [0.0, 1.0])
def test_some_diverge_and_stay_where_they_were_finite(sigma: float) -> None:
    run = Run("rosenbrock", "sgd", (-1.5, 1.5), 60, {"learning_rate": 0.0035}, sigma=sigma)
    # A loss of the fourth degree makes every step three times as wrong in the last digit as the one before.
    paths = assert_same(Ensemble(run, 40, "box", frames=61), rtol=1e-9)
    assert 0 < paths.diverged.sum() < 40
    assert (paths.until[~paths.diverged] == 60).all()
    gone = paths.until[paths.diverged]
    assert (gone < 60).all()
    assert (paths.outside >= paths.diverged).all()
    assert np.isfinite(paths.losses).all()


def test_what_a_method_cannot_hold_stops_it() -> None:
    """The squares of such gradients are infinite; the point, which Adam would not move any more, is not."""
    paths = assert_same(Ensemble(Run("bowl", "adam", (-7, 2), 20, sigma=1e200), 3))
    assert (paths.until == 0).all()
    assert paths.diverged.all()


def test_far_away_is_diverged_and_back_again_is_not() -> None:
    # One step of 1e6 away from the minimum, and as far back.
    away = Run("round_bowl", "sgd", (1.0, 1.0), 1, {"learning_rate": 10.0}, {})
    for steps in range(1, 9):
        assert_same(Ensemble(replace(away, steps=steps), 2))


def test_a_formula_with_holes_has_members_that_cannot_start() -> None:
    hole = read_formula("sqrt(x) + x**2 + y**2", ((-1.0, 1.0), (-1.0, 1.0)))
    paths = ensemble(Ensemble(Run(hole, "sgd", (0.5, 0.5), 10, {"learning_rate": 0.01}), 60, "box"))
    lost = paths.until < 0
    assert 10 < lost.sum() < 50
    assert (lost == (paths.points[0, :, 0] < 0)).all()
    assert paths.diverged[lost].all()
    assert np.isinf(paths.losses[:, lost]).all()
    assert np.isfinite(paths.points).all()
    with pytest.raises(ValueError, match="start somewhere else"):
        ensemble(Ensemble(Run(hole, "sgd", (-0.5, 0.5), 10), 3))


@pytest.mark.parametrize("count", [1, MANY[0], MANY[0] + 1])
def test_chunks_do_not_show(count: int) -> None:
    run = run_of("adam", sigma=0.3, steps=2 * SPAN + 1, seed=7)
    assert side_by_side(find(run.landscape), OPTIMIZERS[run.optimizer]) == MANY[0]
    paths = ensemble(Ensemble(run, count, "box"))
    assert paths.points.shape[1] == len(paths.diverged) == len(paths.until) == count
    last = ensemble(Ensemble(replace(run, seed=7 + count - 1), 1, "box"))
    np.testing.assert_array_equal(paths.points[:, -1], last.points[:, 0])


def test_parts_are_all_members_once_and_hold_the_whole() -> None:
    rows = tuple((k / 10, (k * k % 7) + k / 50) for k in range(200))
    which = fit("two_weight_network", rows)
    run = Run(which, "sgd", find(which).start, MOST_STEPS, {"learning_rate": 0.01}, batch=100, seed=4)
    question = Ensemble(run, 70, frames=5)
    parts = parts_of_ensemble(question)
    assert len(parts) > 1
    assert [member for part in parts for member in part] == list(range(70))
    paths = ensemble(question)
    for part in parts[1:]:
        alone = ensemble_part(question, part)
        np.testing.assert_array_equal(alone.points, paths.points[:, part.start : part.stop])
    last = descend(replace(run, seed=4 + 69))
    np.testing.assert_allclose(paths.points[:, -1], last.points[paths.steps], rtol=1e-12, atol=1e-12)


def test_looks_are_whole_steps_with_both_ends() -> None:
    for steps, frames, expected in (
        (500, 41, 41),
        (10, 41, 11),
        (1, 2, 2),
        (MOST_STEPS, MOST_STEPS + 1, 1001),
    ):
        looks = ensemble(Ensemble(Run("bowl", "sgd", (-7, 2), steps), 1, frames=frames)).steps
        assert (looks[0], looks[-1], len(looks)) == (0, steps, expected)
        gaps = np.diff(looks)
        assert gaps.min() >= 1
        assert gaps.max() - gaps.min() <= 1


def test_box_starts_are_uniform_and_the_same_for_all_streams() -> None:
    run = Run("rastrigin", "sgd", (0, 0), 1, stream=5)
    starts = starts_of(run, seeds_of(run, 2000), "box")
    units = (starts + 5.12) / 10.24
    assert ((units >= 0) & (units < 1)).all()
    # Four standard errors of a mean and of a share.
    assert (abs(units.mean(axis=0) - 1 / 2) < 4 / np.sqrt(12 * 2000)).all()
    assert abs(((units < 1 / 2).all(axis=1)).mean() - 1 / 4) < 4 * np.sqrt(3 / 16 / 2000)
    np.testing.assert_array_equal(starts, starts_of(replace(run, stream=0), seeds_of(run, 2000), "box"))


def test_each_member_may_have_its_own_rate() -> None:
    run = run_of("momentum", sigma=0.1)
    rates = np.array([1e-4, 1e-3, 2e-3])
    seeds = np.full(3, 9, np.uint32)
    done = run_batch(run, seeds, np.tile(run.start, (3, 1)), rates, np.array([0, run.steps]))
    for k, rate in enumerate(rates):
        alone = descend(replace(run, seed=9, knobs={"learning_rate": float(rate)}))
        np.testing.assert_allclose(done.points[-1, k], alone.points[-1], rtol=1e-12, atol=1e-12)


def test_equal_questions_share_one_answer_that_nobody_can_write_to() -> None:
    question = Ensemble(run_of("sgd"), 3)
    paths = ensemble(question)
    assert ensemble(Ensemble(run_of("sgd"), 3)) is paths
    for array in vars(paths).values():
        assert not array.flags.writeable


def test_number_knobs_compile_nothing() -> None:
    def ask(k: int, count: int, starts: Any = "same") -> None:
        knobs = {"learning_rate": 0.01 + 0.01 * k, "beta1": 0.5 + k / 100}
        run = Run(
            "canyon",
            "adam",
            (k / 9, 1.0),
            3 + 9 * k,
            knobs,
            {"l2": k / 30},
            "cosine" if k % 2 else "constant",
            warmup=k,
            clip=("none", "value", "norm")[k % 3],
            clip_at=1.0 + k,
            decoupled=k % 2 == 0,
            sigma=k % 3,
            batch=1 + k,
            seed=k,
            stream=k % 4,
        )
        ensemble(Ensemble(run, count, starts, frames=2 + k))

    for k in range(6):
        ask(k, 3, "box")
    programs = compiled_ensembles()
    with compilations() as seen:
        for k in range(6, 30):
            ask(k, 1 + 40 * k, "same" if k % 2 else "box")
    assert not seen
    assert compiled_ensembles() == programs


def test_quantiles_are_those_of_the_losses() -> None:
    paths = ensemble(Ensemble(run_of("adam", sigma=1.0), 23))
    np.testing.assert_allclose(
        quantiles(paths), np.quantile(paths.losses, (0.05, 0.25, 0.5, 0.75, 0.95), axis=1).T, rtol=1e-12
    )


def test_who_diverged_counts_as_infinitely_high_from_then_on() -> None:
    paths = EnsemblePaths(
        steps=np.array([0, 10, 20]),
        points=np.zeros((3, 5, 2)),
        losses=np.array([[5.0, 4, 3, 2, 1], [4, 3, 2, 1, 0], [3, 2, 1, 0, 0]]),
        diverged=np.array([False, False, True, False, True]),
        outside=np.array([False, False, True, False, True]),
        until=np.array([20, 20, 10, 20, 9]),
    )
    levels = (0.0, 0.5, 0.75, 0.8, 1.0)
    expected = [[1, 3, 4, 4.2, 5], [1, 3, 4, np.inf, np.inf], [0, 3, np.inf, np.inf, np.inf]]
    np.testing.assert_allclose(quantiles(paths, levels), expected)


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": 0},
        {"count": 5001},
        {"starts": "anywhere"},
        {"frames": 1},
        {"frames": MOST_STEPS + 2},
        {"count": 5000, "frames": 400},
    ],
)
def test_an_ensemble_refuses_what_it_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^Expected .* got .*\.$"):
        Ensemble(**{"run": Run("bowl", "sgd", (-7, 2), 500), "count": 10, **wrong})


def test_it_raises_what_a_run_raises() -> None:
    with pytest.raises(KeyError, match="Expected one of"):
        ensemble(Ensemble(Run("bowling", "sgd", (0, 0), 5), 2))
    with pytest.raises(ValueError, match="Expected knobs among"):
        ensemble(Ensemble(Run("bowl", "sgd", (0, 0), 5, {"beta1": 0.5}), 2))
