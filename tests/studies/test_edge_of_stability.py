"""Where the largest eigenvalue goes while a network learns, and what each method bears on a quadratic."""

import jax.numpy as jnp
import numpy as np
import pytest

from networks import Network
from networks.geometry import Objective
from networks.geometry.curvature import exact_hessian
from networks.geometry.descending import descend, first_descent
from networks.geometry.regression import Regression
from networks.programs import compiled_programs
from optimizers import OPTIMIZERS
from studies.edge_of_stability import _WALKS, LOOKS, Edge, edge_of, edge_parts, edge_so_far, settled

KNOBS = {"sgd": {}, "momentum": {"momentum": 0.9}, "adam": {"beta1": 0.9, "beta2": 0.999, "eps": 1000.0}}
LIMITS = {"sgd": 2.0, "momentum": 2 * 1.9, "adam": 38.0}


def test_by_default_lambda_settles_within_a_twentieth_of_its_bound_at_every_rate():
    questions = [Edge(Regression(), "sgd", {"learning_rate": rate}) for rate in (0.05, 0.1, 0.2)]
    _WALKS.clear()  # another test may have asked for what is usual
    (part,) = edge_parts(questions)
    seen = []
    while part() is False:
        seen.append([len(edge_so_far(question).steps) for question in questions])
    assert len(seen) > 1 and all(0 < max(row) - min(row) + 1 <= 2 for row in seen), "all go on together"
    for question in questions:
        curves = edge_so_far(question)
        found = settled(question, curves)
        assert curves.whole and len(curves.steps) == len(question.looks) and curves.steps[-1] == 20_000
        assert found.bound == 2 / question.rate
        assert found.median is not None and abs(found.median - 1) < 0.05
        late = curves.sharpness[curves.steps > 10_000] / found.bound
        assert np.abs(late - 1).max() < 0.05
        assert curves.sharpness[0] < 0.9 * found.bound, "it rises to there"
        assert found.rises > 0.2 and found.last is not None and found.last < found.first / 20
    # The very program goes on for other rates, seeds and numbers of steps.
    before = compiled_programs()
    edge_of(Edge(Regression(), "sgd", {"learning_rate": 0.07}, steps=300, seed=3))
    assert compiled_programs() == before


@pytest.mark.parametrize("share", [0.98, 1.02])
@pytest.mark.parametrize("method", list(KNOBS))
def test_the_limits_are_exact_on_a_quadratic(method: str, share: float):
    """With a large ε Adam's preconditioner is as good as fixed, and its bound as exact as the others."""
    knobs = KNOBS[method]
    objective = Objective("quadratic", lambda vector, c: (c * vector**2).sum() / 2)
    data = (jnp.array([1.0, 3.0], jnp.float32),)
    still = {**knobs, "learning_rate": 1e-9}
    at, told = descend(objective, method, data, still, first_descent(method, [5e-9, 1e-8], knobs, 0), 100, 0)
    assert told.sharpness == pytest.approx(3 / (1000 if method == "adam" else 1), rel=1e-3)
    rate = share * LIMITS[method] / told.sharpness
    at, early = descend(objective, method, data, {**knobs, "learning_rate": rate}, at, 30, 0)
    _, late = descend(objective, method, data, {**knobs, "learning_rate": rate}, at, 30, 0)
    assert (late.loss > early.loss) == (share > 1), (early.loss, late.loss)
    question = Edge(Regression(), method, {name: value for name, value in knobs.items() if name != "eps"})
    assert question.limit == pytest.approx(LIMITS[method])


def test_sharpness_is_the_largest_eigenvalue_of_the_preconditioned_hessian():
    task = Regression(widths=(6, 4))
    objective, data = task.objective, task.data
    knobs = OPTIMIZERS["adam"].settings({"learning_rate": 0.002})
    at = first_descent("adam", task.first_weights(0), knobs, 0)
    for step in range(1, 4):
        at, told = descend(objective, "adam", data, knobs, at, 50, step)
    # By hand: P = √v̂ + ε, of the state after 150 steps.
    second = np.asarray(at.state.nu, float) / (1 - 0.999**150)
    scale = 1 / np.sqrt(np.sqrt(second) + 1e-8)
    hessian = exact_hessian(objective, at.vector, data).astype(float)
    exact = np.linalg.eigvalsh(scale[:, None] * hessian * scale)[-1]
    assert told.sharpness == pytest.approx(exact, rel=1e-3)


def test_classes_are_learned_too_and_what_diverges_is_told():
    network = Network("moons", (8, 6))
    question = Edge(network, "sgd", {"learning_rate": 0.5}, steps=60)
    curves = edge_of(question)
    assert curves.whole and curves.diverged == -1 and curves.losses[-1] < curves.first_loss
    gone = Edge(Regression(), "momentum", {"learning_rate": 0.5, "momentum": 0.9}, steps=500)
    curves = edge_of(gone)
    found = settled(gone, curves)
    assert curves.whole and 0 < curves.diverged < 500
    assert (found.median, found.last, found.diverged) == (None, None, curves.diverged)


def test_nothing_is_said_of_a_run_that_is_not_whole():
    question = Edge(Regression(), "sgd", {"learning_rate": 0.011}, steps=5000)
    curves = edge_so_far(question)
    assert not curves.whole and len(curves.steps) == 0 and curves.steps_done == 0
    with pytest.raises(ValueError, match="a run that is at its end"):
        settled(question, curves)


@pytest.mark.parametrize("steps", [1, 2, 299, 300, 301, 20_000])
def test_looks_are_even_and_fit_a_call(steps: int):
    looks = Edge(Regression(), steps=steps).looks
    assert looks[0] == 1 and looks[-1] == steps and len(looks) <= LOOKS + 1
    assert (np.diff(looks) > 0).all() and (np.diff(looks) <= 100).all()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"optimizer": "lion"}, "a method whose limit is known, among sgd.*got 'lion'"),
        ({"steps": 0}, "steps as a whole number from 1 to 30000, got 0"),
        ({"seed": -1}, "seed as a whole number"),
        ({"task": "moons"}, "Expected a Regression or a Network, got str"),
    ],
)
def test_questions_that_cannot_be_are_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        Edge(**{"task": Regression(), **wrong})
