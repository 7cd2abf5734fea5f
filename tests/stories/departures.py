"""Where methods are said to depart from papers and libraries, recomputed."""

import inspect
from typing import Any

import jax.numpy as jnp
import numpy as np
import optax

from optimizers import OPTIMIZERS
from optimizers.radam import TRACTABLE
from tests.stories.paths import path, quadratic
from tests.stories.sentences import Sentence, claim
from tests.stories.slopes import ROUND, SADDLE, START, steady, usual


def optax_default(function: Any, name: str) -> float:
    return float(inspect.signature(function).parameters[name].default)


@claim("methods.differs.adagrad")
def adagrad_departs(said: Sentence) -> None:
    start, eps, *of_optax = said.numbers
    assert (start, eps) == (0, usual("adagrad", "eps"))
    assert of_optax == [
        optax_default(optax.adagrad, "initial_accumulator_value"),
        optax_default(optax.adagrad, "eps"),
    ]
    first = path("adagrad", steady(2.0), (0.0, 0.0), 1)
    np.testing.assert_allclose(first.G[0], 4 + eps, rtol=1e-12)


@claim("methods.differs.adadelta")
def adadelta_departs(said: Sentence) -> None:
    ours, of_optax, rate = said.numbers
    assert (ours, rate) == (usual("adadelta", "rho"), usual("adadelta", "learning_rate"))
    assert of_optax == optax_default(optax.adadelta, "rho")


@claim("methods.differs.adamw")
def adamw_departs(said: Sentence) -> None:
    ours, of_optax = said.numbers
    assert ours == usual("adamw", "weight_decay") and of_optax == optax_default(optax.adamw, "weight_decay")
    assert OPTIMIZERS["adamw"].decoupled is not None


@claim("methods.differs.amsgrad")
def the_maximum_is_the_only_difference(said: Sentence) -> None:
    said.says("the maximum is the only difference from Adam", "与 Adam 的差别只在于取最大值")
    growing = lambda t, p: (1.0 + t) * jnp.ones(2)  # noqa: E731
    adam, amsgrad = (path(m, growing, (0.0, 0.0), 50, learning_rate=0.1).points for m in ("adam", "amsgrad"))
    np.testing.assert_allclose(amsgrad, adam, rtol=1e-12)


@claim("methods.differs.radam")
def used_from_five_on(said: Sentence) -> None:
    ours, _ = said.numbers
    assert ours == TRACTABLE
    beta2 = usual("radam", "beta2")
    t = np.arange(1, 13)
    rho = 2 / (1 - beta2) - 1 - 2 * t * beta2**t / (1 - beta2**t)
    G = path("radam", steady(2.0), (0.0, 0.0), 12, learning_rate=0.01).G[:, 0]
    np.testing.assert_array_equal(G == 1, rho < ours)


@claim("methods.differs.adabelief")
def adabelief_has_one_epsilon(said: Sentence) -> None:
    (eps,) = said.numbers
    assert eps == usual("adabelief", "eps") == optax_default(optax.adabelief, "eps")


@claim("methods.differs.yogi")
def yogi_begins_above_zero(said: Sentence) -> None:
    (start,) = said.numbers
    assert start == optax_default(optax.scale_by_yogi, "initial_accumulator_value")
    state: Any = OPTIMIZERS["yogi"].build(beta1=0.9, beta2=0.999, eps=1e-3).init(jnp.zeros(2))
    assert np.all(state.mu == np.float32(start)) or np.allclose(state.mu, start)
    assert np.allclose(state.nu, start)


@claim("methods.differs.adan")
def adan_is_corrected(said: Sentence) -> None:
    said.says("All three averages are corrected for their start at zero", "三个滑动平均都做偏差修正")
    beta2 = float(OPTIMIZERS["adan"].settings()["beta2"])
    assert {f"{1 - beta2:.2f}", f"{beta2:.2f}"} <= {f"{number:.2f}" for number in said.numbers}
    # On a steady slope corrected averages are the gradient from the first step on.
    found = path("adan", steady(2.0), (0.0, 0.0), 5, learning_rate=0.1)
    np.testing.assert_allclose(found.G[0], found.G[4])
    np.testing.assert_allclose(found.moves, -0.1, rtol=0.1)


@claim("methods.differs.newton")
def newton_is_scaled(said: Sentence) -> None:
    (length,) = said.numbers
    assert usual("newton", "learning_rate") == length
    half = path("newton", ROUND, START, 1, learning_rate=length / 2).points[1]
    np.testing.assert_allclose(half, np.array(START) / 2)


@claim("methods.differs.saddle_free_newton")
def both_directions_are_used(said: Sentence) -> None:
    said.says(
        "both directions are used, and small curvatures are raised to a constant",
        "使用全部两个方向，并把过小的曲率提高到一个固定的下限",
    )
    floor = usual("saddle_free_newton", "floor")
    knobs = {"learning_rate": 1.0, "floor": floor}
    moves = path("saddle_free_newton", quadratic(floor / 10, 10.0), START, 1, **knobs).moves[0]
    np.testing.assert_allclose(moves, [-START[0] / 10, -START[1]])


@claim("methods.differs.negative_curvature")
def both_steps_at_once(said: Sentence) -> None:
    said.says("takes the two steps by turns", "两种步子交替进行")
    said.says("both are taken at once from the same point", "从同一点出发同时走这两步")
    knobs = {"learning_rate": 0.1, "curvature_step": 1.0}
    both = path("negative_curvature", SADDLE, (3.0, 2.0), 1, **knobs).moves[0]
    plain = path("sgd", SADDLE, (3.0, 2.0), 1, learning_rate=0.1).moves[0]
    assert np.isclose(both[0], plain[0]) and both[1] > plain[1] > 0
