"""Runs of training: what a step does, how runs end, and what is the same however they are computed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from networks import (
    MOST_COST,
    Network,
    Training,
    cost_of,
    nearest_allowed,
    parameters_of,
    programs,
    so_far,
    train,
)
from networks import course as courses
from networks.course import training_parts
from networks.data import examples_of
from networks.first_weights import first_weights
from networks.layers import forward, losses
from networks.network import Plan
from networks.programs import compiled_programs, first_lane
from networks.training import step_cost
from optimizers import OPTIMIZERS
from optimizers.knobs import without_rate
from tests.descent.test_compiles import compilations

SMALL = Network(widths=(6, 5))
BY_HAND = Training(SMALL, optimizer="sgd", knobs={"learning_rate": 0.3}, steps=7, seed=3)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    courses._COURSES.clear()
    yield


def mean_loss(plan: Plan, vector: Any, x: Any, labels: Any) -> Any:
    scores = forward(plan, vector, (), jnp.asarray(x, float), train=True).scores
    return losses(scores, labels).mean()


def decays(plan: Plan) -> Any:
    """Return where weight decay acts: (P,), 1 for the weights W and 0 for the rest."""
    acts = np.zeros(plan.parameters)
    for place in plan.places:
        if place.name == "W":
            acts[place.start : place.stop] = 1.0
    return acts


def by_hand(training: Training, rates: Any) -> list[float]:
    """Return the losses of gradient descent in double precision, step by step."""
    data = examples_of(training.network.data)
    plan = training.network.plan
    vector = jnp.asarray(first_weights(training.network, training.seed), float)
    acts = decays(plan) * training.weight_decay
    x, labels = data.train_inputs, data.train_labels
    slope = jax.jit(jax.value_and_grad(lambda v, x, labels: mean_loss(plan, v, x, labels)))
    told = []
    for t in range(training.steps + 1):
        seen = slice(None)
        if training.batch:
            each = len(labels) // training.batch
            order = np.random.default_rng((training.seed, t // each)).permutation(len(labels))
            seen = order[t % each * training.batch :][: training.batch]
        value, gradient = slope(vector, x[seen], labels[seen])
        told.append(float(value))
        if t < training.steps:
            vector = vector - rates[t] * (gradient + acts * vector)
    return told


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"batch": 32, "steps": 15},
        {"weight_decay": 0.1},
        {"weight_decay": 0.1, "decoupled": True},
        {"warmup": 3},
        {"schedule": "linear"},
    ],
    ids=["plain", "batches", "penalty", "decoupled", "warmup", "schedule"],
)
def test_gradient_descent_is_what_one_writes_by_hand(more: dict[str, Any]) -> None:
    training = replace(BY_HAND, **more)
    rates = np.full(training.steps, 0.3)
    if training.warmup:
        rates[:3] *= np.array([1, 2, 3]) / 4
    if training.schedule == "linear":
        end = float(training.schedule_knobs["final"])  # type: ignore[arg-type]
        rates *= 1 + (end - 1) * np.arange(training.steps) / training.steps
    history = train(training)
    assert history.losses.shape == (training.steps + 1,)
    np.testing.assert_allclose(history.losses, by_hand(training, rates), rtol=2e-5)


@pytest.mark.parametrize("name", [name for name, method in OPTIMIZERS.items() if not method.hessian])
def test_every_method_gets_lower(name: str) -> None:
    rate = {"sgd": 0.3, "momentum": 0.05, "nesterov": 0.05, "sam": 0.3, "adadelta": 1.0, "lion": 0.003}
    knobs = {"learning_rate": rate.get(name, 0.02)}
    history = train(Training(SMALL, optimizer=name, knobs=knobs, steps=150))
    assert history.ending.kind == "done"
    assert history.losses[-1] < 0.85 * history.losses[0]
    assert history.losses.dtype == np.float32


@pytest.mark.parametrize("name", [name for name, method in OPTIMIZERS.items() if not method.hessian])
def test_every_method_begins_with_the_same_for_each_parameter(name: str) -> None:
    method = OPTIMIZERS[name]
    knobs = {knob: np.float32(value) for knob, value in method.settings().items()}
    vector = first_weights(SMALL, 0)
    expected = method.build(**without_rate(knobs)).init(jnp.asarray(vector))
    lane = first_lane(SMALL.plan, method, vector, knobs)
    for mine, theirs in zip(jax.tree.leaves(lane.state), jax.tree.leaves(expected), strict=True):
        assert mine.shape == theirs.shape and mine.dtype == theirs.dtype
        np.testing.assert_array_equal(mine, theirs)


def test_a_history_says_what_was_measured() -> None:
    training = Training(SMALL, steps=100, batch=50)
    history = train(training)
    assert history.measured[0] == 0 and history.measured[-1] == 100 and len(history.measured) == 41
    for name in (
        "train_loss",
        "validation_loss",
        "train_accuracy",
        "validation_accuracy",
        "norms",
        "dead",
        "saturated",
    ):
        values = getattr(history, name)
        assert values.shape == (41,) and values.dtype == np.float32 and not values.flags.writeable
    assert not history.losses.flags.writeable
    assert history.parameters == parameters_of(SMALL) == 2 * 6 + 6 + 6 * 5 + 5 + 5 * 2 + 2
    assert history.steps_done == 100
    # At the start all of it can be worked out from the first weights.
    data, plan = examples_of("moons"), SMALL.plan
    vector = first_weights(SMALL, 0)
    seen = forward(plan, jnp.asarray(vector), (), jnp.asarray(data.validation_inputs), train=False)
    right = np.argmax(seen.scores, axis=1) == data.validation_labels
    assert history.validation_accuracy[0] == pytest.approx(right.mean())
    assert history.validation_loss[0] == pytest.approx(
        float(mean_loss(plan, vector, data.validation_inputs, data.validation_labels)), rel=1e-5
    )
    assert history.norms[0] == pytest.approx(np.linalg.norm(vector[decays(plan) == 1]), rel=1e-5)


@pytest.mark.parametrize("steps", [1, 2, 40, 41, 63, 64, 65, 130])
def test_as_many_losses_as_steps_and_one_more(steps: int) -> None:
    history = train(replace(BY_HAND, steps=steps))
    assert history.losses.shape == (steps + 1,)
    assert history.measured[-1] == steps and history.ending.kind == "done"
    longer = train(replace(BY_HAND, steps=steps + 3))
    np.testing.assert_array_equal(longer.losses[: steps + 1], history.losses)


def test_parts_tell_of_runs_while_they_go_on() -> None:
    trainings = [
        Training(SMALL, optimizer=name, knobs={"learning_rate": 0.01}, steps=6000) for name in ("sgd", "adam")
    ]
    assert so_far(trainings[0]).ending.kind == "running" and so_far(trainings[0]).losses.shape == (0,)
    parts = training_parts(trainings)
    assert len(parts) == 2
    seen = []
    while parts[0]() is False:
        lanes = [so_far(training) for training in trainings]
        seen.append([lane.steps_done for lane in lanes])
        for lane in lanes:
            assert lane.ending.kind in ("running", "done")
            assert len(lane.losses) >= lane.steps_done and len(lane.measured) == len(lane.train_loss)
    # Both go on by turns: neither waits until the other is done.
    assert any(min(steps) > 0 and max(steps) < 6000 for steps in seen)
    while parts[1]() is False:
        pass
    assert [so_far(training).ending.kind for training in trainings] == ["done", "done"]
    assert parts[0]() is True and parts[1]() is True


def test_runs_side_by_side_are_the_same_as_alone() -> None:
    network = Network(widths=(8,) * 6, activation="relu", normalization="batch", dropout=0.2, residual=True)
    runs = [
        Training(network, knobs={"learning_rate": rate}, steps=30, batch=64, seed=seed)
        for seed, rate in enumerate((0.01, 0.003, 0.1))
    ]
    for part in training_parts(runs):
        while part() is False:
            pass
    together = [so_far(run) for run in runs]
    courses._COURSES.clear()
    for run, history in zip(runs, together, strict=True):
        alone = train(run)
        np.testing.assert_allclose(history.losses[:10], alone.losses[:10], rtol=1e-4)
        assert history.ending == alone.ending


def test_a_number_that_is_turned_compiles_nothing() -> None:
    base = Training(
        Network(widths=(7, 7), activation="gelu", sigma=0.1, initializer="normal"), batch=16, steps=20
    )
    train(base)
    before = compiled_programs()
    turned = [
        replace(base, steps=33),
        replace(base, seed=9),
        replace(base, weight_decay=0.3),
        replace(base, weight_decay=0.3, decoupled=True),
        replace(base, warmup=5),
        replace(base, knobs={"learning_rate": 0.5, "beta1": 0.3, "eps": 1e-4}),
        replace(base, network=replace(base.network, sigma=0.5)),
        replace(base, network=replace(base.network, dropout=0.4)),
        replace(base, network=replace(base.network, initializer="he_normal")),
        replace(base, network=replace(base.network, initializer="orthogonal")),
        replace(base, network=replace(base.network, data="circles")),
    ]
    with compilations() as seen:
        for training in turned:
            assert train(training).ending.kind == "done"
    assert compiled_programs() == before
    assert seen == []


HOSTILE = [
    Training(SMALL, optimizer="sgd", knobs={"learning_rate": 100.0}, steps=60),
    Training(
        Network(widths=(6, 5), activation="relu"), optimizer="sgd", knobs={"learning_rate": 100.0}, steps=60
    ),
    Training(
        Network(widths=(8,) * 20, activation="elu", initializer="normal", sigma=10.0),
        optimizer="momentum",
        knobs={"learning_rate": 100.0},
        steps=60,
    ),
    Training(Network(widths=(1,) * 20, activation="prelu", initializer="normal", sigma=1e-6), steps=60),
    Training(
        Network(widths=(4,), activation="softplus", normalization="instance"),
        knobs={"learning_rate": 1e-6},
        steps=1,
    ),
    Training(
        Network(widths=(4, 4), normalization="batch", dropout=0.95), batch=1, steps=60, weight_decay=10.0
    ),
    Training(
        Network(widths=(4, 4), initializer="constant", sigma=10.0),
        batch=1,
        steps=60,
        decoupled=True,
        weight_decay=10.0,
        knobs={"learning_rate": 100.0},
    ),
    Training(
        SMALL,
        optimizer="adam",
        knobs={"learning_rate": 100.0, "eps": 1e-16, "beta1": 0.0, "beta2": 0.0},
        steps=60,
    ),
    Training(SMALL, optimizer="radam", knobs={"learning_rate": 100.0}, steps=60, warmup=20_000),
]


@pytest.mark.parametrize("training", HOSTILE, ids=range(len(HOSTILE)))
def test_extremes_have_an_honest_ending(training: Training) -> None:
    history = train(training)
    assert history.ending.kind in ("done", "diverged", "dead")
    assert np.isfinite(history.losses[:-1]).all() and (history.losses[:-1] <= 1e6).all()
    if history.ending.kind == "diverged":
        assert not history.losses[-1] <= 1e6
        assert history.ending.step == history.steps_done == len(history.losses) - 1
    else:
        assert history.losses[-1] <= 1e6 and len(history.losses) == training.steps + 1
    assert all(
        np.isfinite(getattr(history, name)).all() for name in ("train_loss", "validation_loss", "norms")
    )


def test_a_run_that_diverges_says_at_which_step() -> None:
    network = Network(widths=(20, 20), activation="relu", initializer="normal_1")
    history = train(Training(network, optimizer="sgd", knobs={"learning_rate": 100.0}, steps=200))
    assert history.ending.kind == "diverged" and 0 < history.ending.step < 20
    assert history.measured[-1] <= history.ending.step


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_weights_that_are_0_are_dead_from_the_start(activation: str) -> None:
    history = train(Training(Network(widths=(6, 5), activation=activation, initializer="zeros"), steps=50))
    assert (history.ending.kind, history.ending.step) == ("dead", 0)
    assert (history.dead == 1).all()
    # What is left to learn is how many examples there are of each class: half and half.
    assert history.train_loss[-1] == pytest.approx(np.log(2), abs=1e-3)


def test_equal_weights_stay_equal() -> None:
    """Zeros are not the only trouble: units that begin alike get the same gradient for ever."""
    network = Network(widths=(6,), initializer="constant", sigma=0.1)
    training = Training(network, optimizer="sgd", knobs={"learning_rate": 0.3}, steps=40)
    assert train(training).ending.kind == "done"
    vector = courses.course_of(training).weights[-1][1]  # type: ignore[union-attr]
    w = vector[:12].reshape(2, 6)
    np.testing.assert_allclose(w, w[:, :1] * np.ones((1, 6)), rtol=1e-4)
    assert abs(w[0, 0] - 0.1) > 0.01


def test_what_costs_too_much_is_refused_and_the_nearest_offered() -> None:
    large = Training(Network(data="mnist", widths=(128,) * 20), steps=20_000)
    assert cost_of(large) > MOST_COST
    with pytest.raises(ValueError, match="nearest_allowed"):
        train(large)
    near = nearest_allowed(large)
    assert cost_of(near) <= MOST_COST and near.steps == 100
    wider = replace(near, network=replace(near.network, widths=tuple(w + 1 for w in near.network.widths)))
    assert cost_of(wider) > MOST_COST
    long = Training(Network(data="mnist", widths=(100,) * 4), batch=128, steps=20_000)
    near = nearest_allowed(long)
    assert near.network == long.network and near.steps < long.steps
    assert cost_of(near) <= MOST_COST < cost_of(replace(near, steps=near.steps + 2))
    assert nearest_allowed(BY_HAND) is BY_HAND


def test_the_cost_is_counted_in_multiplications() -> None:
    training = Training(Network(data="digits", widths=(10,)), batch=20, steps=50)
    assert step_cost(training) == 3 * 20 * (64 * 10 + 10 * 10)
    assert step_cost(replace(training, optimizer="sam", knobs={})) == 2 * step_cost(training)
    looks = 41 * (1000 + 360) * (64 * 10 + 10 * 10)
    assert cost_of(training) == 50 * step_cost(training) + looks


REFUSED = [
    (lambda: Network(data="mars"), "data among moons"),
    (lambda: Network(widths=()), "1 to 56 hidden layers"),
    (lambda: Network(widths=(4,) * 57), "got 57 of them"),
    (lambda: Network(widths=(4, 0)), "got 0"),
    (lambda: Network(widths=(129,)), "got 129"),
    (lambda: Network(widths=(2.5,)), "got 2.5"),  # type: ignore[arg-type]
    (lambda: Network(widths=5), "got 5"),  # type: ignore[arg-type]
    (lambda: Network(activation="swish"), "activation among sigmoid"),
    (lambda: Network(initializer="he"), "initializer among zeros"),
    (lambda: Network(normalization="bn"), "normalization among none"),
    (lambda: Network(sigma=0.0), "sigma in"),
    (lambda: Network(sigma=float("nan")), "sigma in"),
    (lambda: Network(dropout=1.0), "dropout in"),
    (lambda: Network(residual=1), "residual to be True or False"),  # type: ignore[arg-type]
    (lambda: Training("moons"), "a Network"),  # type: ignore[arg-type]
    (lambda: Training(SMALL, optimizer="newton"), "method among sgd"),
    (lambda: Training(SMALL, knobs={"momentum": 0.9}), "knobs among learning_rate"),
    (lambda: Training(SMALL, knobs={"learning_rate": -1.0}), "learning_rate to be"),
    (lambda: Training(SMALL, schedule="never"), "schedule among constant"),
    (lambda: Training(SMALL, schedule_knobs={"x": 1}), "knobs among"),
    (lambda: Training(SMALL, steps=0), "steps to be a whole number"),
    (lambda: Training(SMALL, steps=1.5), "steps to be a whole number"),  # type: ignore[arg-type]
    (lambda: Training(SMALL, batch=0), "batch to be a whole number"),
    (lambda: Training(SMALL, warmup=-1), "warmup to be a whole number"),
    (lambda: Training(SMALL, seed=2**32), "seed to be a whole number"),
    (lambda: Training(SMALL, weight_decay=-0.1), "weight_decay in"),
    (lambda: Training(SMALL, decoupled=2), "decoupled to be True or False"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("make", "says"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_is_refused_with_a_sentence(make: Any, says: str) -> None:
    with pytest.raises(ValueError, match=f"Expected.*{says}"):
        make()


def test_questions_are_values() -> None:
    one = Training(Network(widths=[6, 5]), knobs={"learning_rate": 0.01}, batch=999)  # type: ignore[arg-type]
    other = Training(SMALL, knobs={"learning_rate": 0.01, "beta1": 0.9})
    assert one == other and hash(one) == hash(other)
    assert one.batch is None
    with pytest.raises(AttributeError):
        one.seed = 4  # type: ignore[misc]


def test_shapes_that_are_not_trained_any_more_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """JAX remembers every function that it traced: a day of new shapes would fill any memory."""
    cleared: list[int] = []
    monkeypatch.setattr(programs, "compiled", lambda run, *given, options: run)
    monkeypatch.setattr(jax, "clear_caches", lambda: cleared.append(1))
    for number in range(4 * programs.TRACED):
        programs.program_of(("nothing", number), int, ())
    assert len(cleared) == 4


def test_what_is_compiled_is_kept_when_jax_forgets() -> None:
    program = programs.program_of("one more", lambda x: x + 1, (np.float32(0),))
    jax.clear_caches()
    with compilations() as seen:
        assert float(program(np.float32(1))) == 2
    assert seen == []
