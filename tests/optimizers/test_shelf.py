"""What holds for every method on the shelf."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from optimizers import OPTIMIZERS, Optimizer

every_method = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


def test_the_shelf_is_not_empty() -> None:
    assert len(OPTIMIZERS) >= 14
    assert list(OPTIMIZERS)[:3] == ["sgd", "momentum", "nesterov"]
    assert {"adagrad", "rmsprop", "adam", "adamw", "lion"} <= set(OPTIMIZERS)
    assert OPTIMIZERS["adam"].settings() == {
        "learning_rate": 0.001,
        "beta1": 0.9,
        "beta2": 0.999,
        "eps": 1e-8,
    }


@every_method
def test_knobs_begin_with_the_learning_rate_and_differ(optimizer: Optimizer) -> None:
    ids = [knob.id for knob in optimizer.knobs]
    assert ids[0] == "learning_rate"
    assert len(set(ids)) == len(ids) == len({knob.short for knob in optimizer.knobs})


@every_method
def test_every_knob_is_in_the_published_rule(optimizer: Optimizer) -> None:
    rule = "\n".join(optimizer.latex)
    assert r"\theta_{t+1} = \theta_t -" in rule
    assert "g_t" in rule
    for knob in optimizer.knobs:
        assert knob.symbol in rule
    for line in optimizer.latex:
        assert line.count("{") == line.count("}")


def first_step(optimizer: Optimizer, knobs: dict[str, float]) -> tuple[jax.Array, ...]:
    """Return direction, M, G and the rebuilt direction of the first step from (1, -2) along (3, 0.5)."""
    theta, gradient = jnp.array([1.0, -2.0]), jnp.array([3.0, 0.5])
    method = optimizer.build(**knobs)
    before = method.init(theta)
    more: Any = {"hessian": jnp.array([[2.0, 0.5], [0.5, -1.0]])} if optimizer.hessian else {}
    if optimizer.elsewhere:
        more["grad_fn"] = lambda params, i: gradient + jnp.sin(params)
    direction, after = method.update(gradient, before, theta, **more)
    m, g = optimizer.moments(before, after, gradient, **knobs)
    rebuilt = m / (jnp.sqrt(g) + optimizer.epsilon(**knobs))
    if optimizer.decoupled:
        rebuilt = rebuilt + optimizer.decoupled(theta, **knobs)
    return jnp.asarray(direction), m, g, rebuilt


@every_method
@pytest.mark.parametrize("end", ["default", "low", "high"])
def test_the_rule_is_safe_and_unified_at_both_ends_of_every_knob(optimizer: Optimizer, end: str) -> None:
    knobs = {knob.id: jnp.float64(getattr(knob, end)) for knob in optimizer.knobs[1:]}
    direction, m, g, rebuilt = jax.jit(lambda knobs: first_step(optimizer, knobs))(knobs)
    assert direction.dtype == jnp.float64
    assert m.shape == g.shape == (2,)
    assert np.isfinite([direction, m, g]).all()
    assert (g >= 0).all()
    np.testing.assert_allclose(rebuilt, direction, rtol=1e-12)


# optax's own method by our id, where its name or its switches differ.
ALIASES = {
    "momentum": lambda learning_rate: optax.sgd(learning_rate, momentum=0.9),
    "nesterov": lambda learning_rate: optax.sgd(learning_rate, momentum=0.9, nesterov=True),
}


def directions(method: optax.GradientTransformation, scale: float) -> np.ndarray:
    """Return what `method` makes of 40 gradients whose sizes and signs change, over `scale`; (40, 2)."""

    def step(carry: tuple, gradient: jax.Array) -> tuple:
        theta, state = carry
        update, state = method.update(gradient, state, theta)
        return (theta + 0.01 * gradient, state), update

    t = jnp.arange(1.0, 41.0)
    gradients = jnp.stack([jnp.sin(t) + 0.3, 20 * jnp.cos(t / 3) / t], axis=1)
    theta = jnp.array([1.0, -2.0])
    return np.asarray(jax.lax.scan(step, (theta, method.init(theta)), gradients)[1]) / scale


def equals_optax(optimizer: Optimizer) -> bool | None:
    """Return whether our defaults give optax's defaults; None where optax has no such method."""
    alias = ALIASES.get(optimizer.id) or getattr(optax, optimizer.id, None)
    if alias is None:
        return None
    knobs = optimizer.settings()
    rate = knobs.pop("learning_rate")
    ours = directions(optimizer.build(**knobs), 1.0)
    return np.allclose(ours, directions(alias(learning_rate=rate), -rate), rtol=1e-9, atol=1e-12)


@every_method
def test_defaults_are_those_of_optax_or_it_is_said_why(optimizer: Optimizer) -> None:
    assert equals_optax(optimizer) is not False or optimizer.differs


def test_optax_is_really_compared() -> None:
    verdicts = {name: equals_optax(optimizer) for name, optimizer in OPTIMIZERS.items()}
    equal = (
        "sgd",
        "momentum",
        "nesterov",
        "adam",
        "amsgrad",
        "nadam",
        "adamax",
        "radam",
        "adabelief",
        "lion",
    )
    assert [name for name in equal if not verdicts[name]] == []
    assert verdicts["adagrad"] is False
    # It has none that reads a Hessian, and none by itself that asks elsewhere.
    assert [name for name, verdict in verdicts.items() if verdict is None] == [
        name for name, optimizer in OPTIMIZERS.items() if optimizer.hessian or optimizer.elsewhere
    ]


@every_method
def test_who_reads_the_hessian_says_so(optimizer: Optimizer) -> None:
    method = optimizer.build(**{knob.id: knob.default for knob in optimizer.knobs[1:]})
    theta = jnp.array([1.0, -2.0])
    if optimizer.hessian:
        assert isinstance(method, optax.GradientTransformationExtraArgs)
        with pytest.raises(TypeError, match="hessian"):
            method.update(theta, method.init(theta), theta)
    elif not optimizer.elsewhere:
        method.update(theta, method.init(theta), theta)
