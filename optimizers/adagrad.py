"""AdaGrad: every coordinate is scaled by all that it has seen."""

from typing import Any

import optax
from jax import Array

from catalog import Source
from optimizers.knobs import eps, learning_rate
from optimizers.optimizer import Optimizer
from optimizers.symbols import remembered


def _build(eps: Any) -> optax.GradientTransformation:
    return optax.scale_by_rss(initial_accumulator_value=0.0, eps=eps)


def _moments(before: Any, after: Any, gradient: Array, *, eps: Any) -> tuple[Array, Array]:
    return gradient, after.sum_of_squares + eps


ADAGRAD = Optimizer(
    id="adagrad",
    build=_build,
    moments=_moments,
    limit=lambda **_: 2.0,
    frozen=True,
    latex=(
        r"s_t = s_{t-1} + g_t^2",
        r"\theta_{t+1} = \theta_t - \frac{\alpha}{\sqrt{s_t + \varepsilon}}\, g_t",
    ),
    symbols=remembered("s", "sum_of_squares", "sum_of_squares"),
    knobs=(learning_rate(0.01), eps(1e-10)),
    unit="length",
    share=5.0,  # its steps shrink like 1/√t: it has to start large
    source=Source(
        "Duchi, Hazan & Singer",
        2011,
        "Adaptive subgradient methods for online learning and stochastic optimization",
        "JMLR 12, figure 1, diagonal matrices",
        "https://jmlr.org/papers/v12/duchi11a.html",
    ),
    differs="adagrad",
)
