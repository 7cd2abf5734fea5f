"""RAdam: Adam that waits with dividing until its second moment can be trusted."""

from typing import Any

import jax.numpy as jnp
import optax
from jax import Array

from catalog import Source
from optimizers.corrected import corrected
from optimizers.knobs import eps, learning_rate, memory
from optimizers.limits import averaged
from optimizers.optimizer import Optimizer
from optimizers.symbols import Symbol, first_moment, second_moment

TRACTABLE = 5.0  # the length ρ_t of the average from which its variance is taken to be known


def _build(beta1: Any, beta2: Any, eps: Any) -> optax.GradientTransformation:
    return optax.scale_by_radam(b1=beta1, b2=beta2, eps=eps, threshold=TRACTABLE)


def _moments(
    before: Any, after: Any, gradient: Array, *, beta1: Any, beta2: Any, eps: Any
) -> tuple[Array, Array]:
    # While the second moment is not trusted nothing is divided by: G is 1. Later the rectifier r
    # shortens the step; ε is inside G, so that one form covers both regimes.
    first, second = corrected(after, beta1, beta2)
    trusted = _length(beta2, after.count) >= TRACTABLE
    return first, jnp.where(trusted, (jnp.sqrt(second) + eps) ** 2 / _rectifier2(beta2, after.count), 1.0)


def _longest(beta2: Any) -> Any:
    return 2 / (1 - beta2) - 1


def _length(beta2: Any, t: Any) -> Any:
    power = beta2**t
    return _longest(beta2) - 2 * t * power / (1 - power)


def _rectifier2(beta2: Any, t: Any) -> Any:
    length, longest = _length(beta2, t), _longest(beta2)
    return (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)


RADAM = Optimizer(
    id="radam",
    build=_build,
    moments=_moments,
    limit=averaged,
    frozen=True,
    latex=(
        r"m_t = \beta_1 m_{t-1} + (1-\beta_1)\, g_t",
        r"v_t = \beta_2 v_{t-1} + (1-\beta_2)\, g_t^2",
        r"\hat m_t = \frac{m_t}{1-\beta_1^t} \qquad \hat v_t = \frac{v_t}{1-\beta_2^t}",
        r"\rho_\infty = \frac{2}{1-\beta_2} - 1"
        r" \qquad \rho_t = \rho_\infty - \frac{2t\,\beta_2^t}{1-\beta_2^t}",
        r"r_t = \sqrt{\frac{(\rho_t-4)(\rho_t-2)\,\rho_\infty}{(\rho_\infty-4)(\rho_\infty-2)\,\rho_t}}",
        r"\theta_{t+1} = \theta_t - \alpha\, \hat m_t \cdot \begin{cases}"
        r" r_t / (\sqrt{\hat v_t} + \varepsilon) & \rho_t \ge 5 \\ 1 & \rho_t < 5 \end{cases}",
    ),
    symbols=(
        *first_moment(),
        *second_moment(),
        Symbol(r"\rho_\infty", "longest_average", lambda s: _longest(s.knobs["beta2"])),
        Symbol(r"\rho_t", "length_of_average", lambda s: _length(s.knobs["beta2"], s.t)),
        Symbol("r_t", "rectifier", lambda s: jnp.sqrt(_rectifier2(s.knobs["beta2"], s.t))),
    ),
    knobs=(
        learning_rate(0.001),
        memory("beta1", r"\beta_1", 0.9),
        memory("beta2", r"\beta_2", 0.999, high=0.9999),
        eps(1e-8),
    ),
    unit="length",
    undivided=True,
    source=Source(
        "Liu et al.",
        2020,
        "On the variance of the adaptive learning rate and beyond",
        "ICLR 2020, algorithm 2",
        "https://arxiv.org/abs/1908.03265",
    ),
    differs="radam",
)
