"""RMSProp: AdaGrad that forgets, so that its steps do not die out."""

from typing import Any

import optax
from jax import Array

from catalog import Source
from optimizers.knobs import eps, learning_rate, memory
from optimizers.optimizer import Optimizer
from optimizers.symbols import remembered


def _build(decay: Any, eps: Any) -> optax.GradientTransformation:
    return optax.scale_by_rms(decay=decay, eps=eps, eps_in_sqrt=False)


def _moments(before: Any, after: Any, gradient: Array, **_: Any) -> tuple[Array, Array]:
    return gradient, after.nu


RMSPROP = Optimizer(
    id="rmsprop",
    build=_build,
    moments=_moments,
    limit=lambda **_: 2.0,
    frozen=True,
    epsilon=lambda eps, **_: eps,
    latex=(
        r"s_t = \gamma\, s_{t-1} + (1-\gamma)\, g_t^2",
        r"\theta_{t+1} = \theta_t - \frac{\alpha}{\sqrt{s_t} + \varepsilon}\, g_t",
    ),
    symbols=remembered("s", "mean_square", "nu"),
    knobs=(learning_rate(0.001), memory("decay", r"\gamma", 0.9), eps(1e-8)),
    unit="length",
    share=1 / 3,  # without a correction its first step is 1/√(1-γ), about three times too long
    source=Source(
        "Tieleman & Hinton",
        2012,
        "Neural networks for machine learning, lecture 6e: RMSProp",
        "slide 29",
        "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
    ),
    differs="rmsprop",
)
