"""Every method once more, in NumPy: written from the papers, and in another way than the code if there is.

A corrected average is a weighted mean of all gradients so far, a running maximum the largest of them. Where a
method departs from its paper (`differs` in `locales/*/methods.toml` says where), so does its reference.
"""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, NamedTuple

import numpy as np


class Surface(NamedTuple):
    """A surface by hand: gradient (2,) and Hessian (2, 2) at a point (2,)."""

    gradient: Callable[[Any], Any]
    hessian: Callable[[Any], Any]


def _rosenbrock_gradient(p: Any) -> Any:
    x, y = p
    return np.array([2 * (x - 1) - 400 * x * (y - x**2), 200 * (y - x**2)])


def _rosenbrock_hessian(p: Any) -> Any:
    x, y = p
    return np.array([[2 - 400 * y + 1200 * x**2, -400 * x], [-400 * x, 200.0]])


def _himmelblau_gradient(p: Any) -> Any:
    x, y = p
    a, b = x**2 + y - 11, x + y**2 - 7
    return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])


def _himmelblau_hessian(p: Any) -> Any:
    x, y = p
    a, b = x**2 + y - 11, x + y**2 - 7
    cross = 4 * x + 4 * y
    return np.array([[4 * a + 8 * x**2 + 2, cross], [cross, 2 + 4 * b + 8 * y**2]])


SURFACES = {
    "bowl": Surface(lambda p: np.array([p[0] / 10, 2 * p[1]]), lambda p: np.diag([0.1, 2.0])),
    "rosenbrock": Surface(_rosenbrock_gradient, _rosenbrock_hessian),
    "himmelblau": Surface(_himmelblau_gradient, _himmelblau_hessian),
}

Points = Iterator[Any]


def mean(history: Any, beta: float) -> Any:
    """Return the mean of `history` (t, 2) in which what is one step older weighs β times as much.

    It is an average that starts at zero and is corrected for that, said at once.
    """
    weights = beta ** np.arange(len(history) - 1, -1, -1.0)
    return weights @ np.array(history) / weights.sum()


def sgd(surface: Surface, p: Any, learning_rate: float) -> Points:
    while True:
        yield p
        p = p - learning_rate * surface.gradient(p)


def momentum(surface: Surface, p: Any, learning_rate: float, momentum: float) -> Points:
    """Polyak's own form, in two points instead of a velocity."""
    before = p
    while True:
        yield p
        p, before = p - learning_rate * surface.gradient(p) + momentum * (p - before), p


def nesterov(surface: Surface, p: Any, learning_rate: float, momentum: float) -> Points:
    """Sutskever's own form, with the gradient taken ahead; what is seen is the point ahead."""
    behind, v = p, np.zeros(2)
    while True:
        yield behind + momentum * v
        v = momentum * v - learning_rate * surface.gradient(behind + momentum * v)
        behind = behind + v


def adagrad(surface: Surface, p: Any, learning_rate: float, eps: float) -> Points:
    """With ε inside the root, as in optax."""
    squares = []
    while True:
        yield p
        g = surface.gradient(p)
        squares.append(g**2)
        p = p - learning_rate * g / np.sqrt(np.sum(squares, axis=0) + eps)


def adadelta(surface: Surface, p: Any, learning_rate: float, rho: float, eps: float) -> Points:
    squares, moves = np.zeros(2), np.zeros(2)
    while True:
        yield p
        g = surface.gradient(p)
        squares = rho * squares + (1 - rho) * g**2
        move = -np.sqrt(moves + eps) / np.sqrt(squares + eps) * g
        moves = rho * moves + (1 - rho) * move**2
        p = p + learning_rate * move


def rmsprop(surface: Surface, p: Any, learning_rate: float, decay: float, eps: float) -> Points:
    """Not corrected: the mean is of all squares, weighed against the zero from which they start."""
    squares: list[Any] = []
    while True:
        yield p
        g = surface.gradient(p)
        squares.append(g**2)
        p = p - learning_rate * g / (np.sqrt((1 - decay ** len(squares)) * mean(squares, decay)) + eps)


def adam(
    surface: Surface,
    p: Any,
    learning_rate: float,
    beta1: float,
    beta2: float,
    eps: float,
    weight_decay: float = 0.0,
) -> Points:
    gs: list[Any] = []
    while True:
        yield p
        gs.append(surface.gradient(p))
        step = mean(gs, beta1) / (np.sqrt(mean(np.square(gs), beta2)) + eps)
        p = p - learning_rate * step - learning_rate * weight_decay * p


def amsgrad(surface: Surface, p: Any, learning_rate: float, beta1: float, beta2: float, eps: float) -> Points:
    """With both moments corrected, as in optax."""
    gs: list[Any] = []
    while True:
        yield p
        gs.append(surface.gradient(p))
        largest = np.max([mean(np.square(gs[:t]), beta2) for t in range(1, len(gs) + 1)], axis=0)
        p = p - learning_rate * mean(gs, beta1) / (np.sqrt(largest) + eps)


def nadam(surface: Surface, p: Any, learning_rate: float, beta1: float, beta2: float, eps: float) -> Points:
    """With a momentum that does not grow, as in optax."""
    gs: list[Any] = []
    for t in count(1):
        yield p
        gs.append(surface.gradient(p))
        m = (1 - beta1**t) * mean(gs, beta1)
        ahead = (1 - beta1) * gs[-1] / (1 - beta1**t) + beta1 * m / (1 - beta1 ** (t + 1))
        p = p - learning_rate * ahead / (np.sqrt(mean(np.square(gs), beta2)) + eps)


def adamax(surface: Surface, p: Any, learning_rate: float, beta1: float, beta2: float, eps: float) -> Points:
    """The largest of all gradients, each faded by its age, with ε as in PyTorch."""
    gs: list[Any] = []
    while True:
        yield p
        gs.append(surface.gradient(p))
        faded = beta2 ** np.arange(len(gs) - 1, -1, -1.0)[:, None] * (np.abs(gs) + eps)
        p = p - learning_rate * mean(gs, beta1) / faded.max(axis=0)


def radam(surface: Surface, p: Any, learning_rate: float, beta1: float, beta2: float, eps: float) -> Points:
    """From a length of 5 on instead of above 4, as in optax."""
    gs: list[Any] = []
    longest = (1 + beta2) / (1 - beta2)
    for t in count(1):
        yield p
        gs.append(surface.gradient(p))
        step = mean(gs, beta1)
        length = longest - 2 * t * beta2**t / (1 - beta2**t)
        if length >= 5:
            shorter = (length - 4) * (length - 2) / length * longest / ((longest - 4) * (longest - 2))
            step = np.sqrt(shorter) * step / (np.sqrt(mean(np.square(gs), beta2)) + eps)
        p = p - learning_rate * step


def adabelief(
    surface: Surface, p: Any, learning_rate: float, beta1: float, beta2: float, eps: float
) -> Points:
    m, s = np.zeros(2), np.zeros(2)
    for t in count(1):
        yield p
        g = surface.gradient(p)
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * (g - m) ** 2 + eps
        p = p - learning_rate * m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + eps)


def yogi(surface: Surface, p: Any, learning_rate: float, beta1: float, beta2: float, eps: float) -> Points:
    """From 1e-6 and with both moments corrected, as in optax."""
    m, v = np.full(2, 1e-6), np.full(2, 1e-6)
    for t in count(1):
        yield p
        g = surface.gradient(p)
        m = beta1 * m + (1 - beta1) * g
        v = np.where(v > g**2, v - (1 - beta2) * g**2, v + (1 - beta2) * g**2)
        p = p - learning_rate * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)


def adan(
    surface: Surface,
    p: Any,
    learning_rate: float,
    beta1: float,
    beta2: float,
    beta3: float,
    eps: float,
    published: bool = False,
) -> Points:
    """With all averages corrected, as in the authors' code.

    A change counts 1 − β₂ times, as in optax. `published`: β₂ times, as in the paper, which calls it 1 − β₂
    because its β are one minus these.
    """
    weight = beta2 if published else 1 - beta2
    gs: list[Any] = []
    while True:
        yield p
        gs.append(surface.gradient(p))
        changes = np.diff(gs, axis=0, prepend=gs[:1])
        ahead = mean(gs, beta1) + weight * mean(changes, beta2)
        squares = mean((np.array(gs) + weight * changes) ** 2, beta3)
        p = p - learning_rate * ahead / (np.sqrt(squares) + eps)


def lion(
    surface: Surface, p: Any, learning_rate: float, beta1: float, beta2: float, weight_decay: float
) -> Points:
    m = np.zeros(2)
    while True:
        yield p
        g = surface.gradient(p)
        p = p - learning_rate * (np.sign(beta1 * m + (1 - beta1) * g) + weight_decay * p)
        m = beta2 * m + (1 - beta2) * g


def sam(surface: Surface, p: Any, learning_rate: float, radius: float) -> Points:
    while True:
        yield p
        g = surface.gradient(p)
        p = p - learning_rate * surface.gradient(p + radius * g / np.linalg.norm(g))


def newton(surface: Surface, p: Any, learning_rate: float) -> Points:
    return damped_newton(surface, p, learning_rate, 0.0)


def damped_newton(surface: Surface, p: Any, learning_rate: float, damping: float) -> Points:
    while True:
        yield p
        p = p - learning_rate * np.linalg.solve(surface.hessian(p) + damping * np.eye(2), surface.gradient(p))


def saddle_free_newton(surface: Surface, p: Any, learning_rate: float, floor: float) -> Points:
    while True:
        yield p
        values, vectors = np.linalg.eigh(surface.hessian(p))
        absolute = vectors @ np.diag(np.maximum(np.abs(values), floor)) @ vectors.T
        p = p - learning_rate * np.linalg.solve(absolute, surface.gradient(p))


def negative_curvature(surface: Surface, p: Any, learning_rate: float, curvature_step: float) -> Points:
    while True:
        yield p
        g = surface.gradient(p)
        values, vectors = np.linalg.eigh(surface.hessian(p))
        down = vectors[:, 0] if g @ vectors[:, 0] < 0 else -vectors[:, 0]
        p = p - learning_rate * (g - curvature_step * max(-values[0], 0) * down)


RULES: dict[str, Callable[..., Points]] = {
    rule.__name__: rule
    for rule in (
        sgd,
        momentum,
        nesterov,
        adagrad,
        adadelta,
        rmsprop,
        adam,
        amsgrad,
        nadam,
        adamax,
        radam,
        adabelief,
        yogi,
        adan,
        lion,
        sam,
        newton,
        damped_newton,
        saddle_free_newton,
        negative_curvature,
    )
}
RULES["adamw"] = adam  # with a weight decay
