"""How long a question about many runs takes, roughly: so that a long one can be cut into parts."""

from collections.abc import Callable, Iterator
from functools import partial
from math import prod
from typing import Any

import jax
import numpy as np

from catalog.cache import MB, SingleFlightCache
from descent.program import parameters
from descent.randomness import Batching
from descent.run import MOST_STEPS
from descent.step import StepNoise, step_of
from landscapes import Landscape
from optimizers import Optimizer
from optimizers.knobs import without_rate

PART = 0.2
"""So many seconds of processor are one part: well below the half second that a part may take."""

MANY = 1000, 200, 40, 20
"""Many at once are fastest where a step is cheap: starting a kernel takes as long as fifty of them do."""

# Nanoseconds for one number in double precision, as XLA computes them on one core (jaxlib 0.10).
SLOW = {
    **dict.fromkeys(("sin", "cos"), 16.0),
    **dict.fromkeys(("tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "pow", "erf_inv"), 25.0),
    **dict.fromkeys(("log", "log1p", "expm1", "logistic"), 5.0),
    **dict.fromkeys(("exp", "exp2", "tanh"), 2.0),
}
REST = 0.15
TWICE = 1.5  # XLA computes some of it more than once

DRAWN = 40.0  # to draw an example with replacement, or its place in an epoch
TAKEN = 3.0  # to tell at a step whether an example is in the batch


_WORK: SingleFlightCache[float] = SingleFlightCache(4 * MB, only_long_work=True)


def work(landscape: Landscape, optimizer: Optimizer) -> float:
    """Return roughly how many nanoseconds one of many runs takes for a step, without what chance brings."""
    return _WORK.get((landscape.traced, optimizer), lambda: _step_work(landscape, optimizer))


def _step_work(landscape: Landscape, optimizer: Optimizer) -> float:
    fixed = parameters(landscape, {}, optimizer.settings())
    count = 0 if landscape.examples is None else landscape.examples.places
    knobs = without_rate(fixed.method)
    state = jax.eval_shape(optimizer.build(**knobs).init, np.zeros(2))
    step = partial(step_of, landscape, optimizer)
    return _cost(step, fixed, StepNoise(np.zeros(2), np.zeros(count)), np.zeros(2), state)


def side_by_side(landscape: Landscape, optimizer: Optimizer) -> int:
    """Return how many runs are best moved side by side: 1000 steps of them are one part at most."""
    one = work(landscape, optimizer) * MOST_STEPS / 1e9
    return next((many for many in MANY if many * one <= PART), MANY[-1])


def hessian_work(landscape: Landscape) -> float:
    """Return roughly how many nanoseconds loss, gradient and Hessian take at one of many points."""
    return _WORK.get(landscape.traced, lambda: _hessian_work(landscape))


def _hessian_work(landscape: Landscape) -> float:
    given, loss = landscape.arguments(), partial(_loss, landscape)
    return _cost(lambda p, k: (jax.value_and_grad(loss)(p, k), jax.hessian(loss)(p, k)), np.zeros(2), given)


def chance_work(count: int, batching: Batching | None) -> float:
    """Return roughly how many nanoseconds it takes to draw a mini-batch of `count` examples for a step."""
    if batching is None:
        return 0.0
    size = min(int(batching.size), count)
    drawn = count if batching.replacement else count / -(-count // size)
    return DRAWN * drawn + TAKEN * count


def _loss(landscape: Landscape, point: Any, given: Any) -> Any:
    return landscape.loss(point, **given)


def _cost(run: Callable[..., Any], *given: Any) -> float:
    """Return roughly how many nanoseconds `run` takes, from the operations that it is made of."""
    return TWICE * sum(
        SLOW.get(equation.primitive.name, REST) * sum(prod(out.aval.shape) for out in equation.outvars)
        for equation in _operations(jax.make_jaxpr(run)(*given).jaxpr)
    )


def _operations(jaxpr: Any) -> Iterator[Any]:
    """Yield the operations of `jaxpr`, those of functions that it calls in their place."""
    for equation in jaxpr.eqns:
        inner = [part for value in equation.params.values() for part in _jaxprs(value)]
        for each in inner:
            yield from _operations(each)
        if not inner:
            yield equation


def _jaxprs(value: Any) -> Iterator[Any]:
    for part in value if isinstance(value, tuple | list) else (value,):
        part = getattr(part, "jaxpr", part)
        if hasattr(part, "eqns"):
            yield part
