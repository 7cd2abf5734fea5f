"""Activation functions, in the order in which a learner should meet them. All but one come from `jax.nn`.

To add one: put one entry here, and its words into `locales/*/networks.toml`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array

from catalog import Shelf, Source

FLAT = 0.0396
"""A unit is saturated for an example where its slope is at most this share of the steepest.

It is 4·0.01·0.99: for the sigmoid that is an output below 0.01 or above 0.99, and for tanh, which is the same
curve twice as large, one beyond ±0.98.
"""
SLOPE = 0.25
"""The learned slope of the parametric ReLU before training (He et al., 2015, section 2.1)."""


@dataclass(frozen=True)
class Activation:
    r"""A function of one number, applied to each unit of a layer.

    - `function(z)`: its value at z of any shape; where `learned`, `function(z, slope)`.
    - `latex`, `derivative_latex`: value and derivative in z (and a, the learned slope).
    - `steepest`: the largest |f'(z)|.
    - `learned`: whether each layer learns the slope for z < 0.
    - `start`: the id of the first weights derived for its kind: those of Glorot & Bengio (2010, equation 12)
      where it saturates on both sides, of He et al. (2015, equation 10) for rectifiers and their relatives.
    """

    id: str
    function: Callable[..., Any]
    latex: str
    derivative_latex: str
    source: Source
    steepest: float = 1.0
    learned: bool = False
    start: str = "he_normal"

    def value(self, z: Any) -> Array:
        """Return f(z), of the shape of `z`; a learned slope is the one before training."""
        return self.function(z, SLOPE) if self.learned else self.function(z)

    def derivative(self, z: Any) -> Array:
        """Return f'(z), of the shape of `z`, as it is back-propagated; at a kink that of the left side."""
        z = jnp.asarray(z)
        return jax.jvp(self.value, (z,), (jnp.ones_like(z),))[1]

    def flat(self, derivative: Any) -> Any:
        """Return where the slope `derivative` is so small that the unit is saturated, see `FLAT`."""
        return jnp.abs(derivative) <= FLAT * self.steepest


def _parametric(z: Any, slope: Any) -> Array:
    return jnp.where(z > 0, z, slope * z)


def _gelu(z: Any) -> Array:
    return jax.nn.gelu(z, approximate=False)


ACTIVATIONS = Shelf(
    [
        Activation(
            "sigmoid",
            jax.nn.sigmoid,
            r"f(z) = \frac{1}{1 + e^{-z}}",
            r"f'(z) = f(z)\,(1 - f(z))",
            Source(
                "Rumelhart, Hinton & Williams",
                1986,
                "Learning representations by back-propagating errors",
                "Nature 323, equation 2",
                "https://doi.org/10.1038/323533a0",
            ),
            steepest=0.25,
            start="xavier_normal",
        ),
        Activation(
            "tanh",
            jnp.tanh,
            r"f(z) = \tanh z",
            r"f'(z) = 1 - \tanh^2 z",
            Source(
                "LeCun, Bottou, Orr & Müller",
                1998,
                "Efficient BackProp",
                "section 4.4",
                "https://doi.org/10.1007/3-540-49430-8_2",
            ),
            start="xavier_normal",
        ),
        Activation(
            "softsign",
            jax.nn.soft_sign,
            r"f(z) = \frac{z}{1 + |z|}",
            r"f'(z) = \frac{1}{(1 + |z|)^2}",
            Source(
                "Glorot & Bengio",
                2010,
                "Understanding the difficulty of training deep feedforward networks",
                "AISTATS, section 3",
                "https://proceedings.mlr.press/v9/glorot10a.html",
            ),
            start="xavier_normal",
        ),
        Activation(
            "relu",
            jax.nn.relu,
            r"f(z) = \max(0, z)",
            r"f'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}",
            Source(
                "Nair & Hinton",
                2010,
                "Rectified linear units improve restricted Boltzmann machines",
                "ICML, section 2",
                "https://icml.cc/Conferences/2010/papers/432.pdf",
            ),
        ),
        Activation(
            "leaky_relu",
            jax.nn.leaky_relu,
            r"f(z) = \max(0.01\,z, z)",
            r"f'(z) = \begin{cases} 1 & z > 0 \\ 0.01 & z \le 0 \end{cases}",
            Source(
                "Maas, Hannun & Ng",
                2013,
                "Rectifier nonlinearities improve neural network acoustic models",
                "ICML workshop, equation 2",
                "https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf",
            ),
        ),
        Activation(
            "prelu",
            _parametric,
            r"f(z) = \max(0, z) + a \min(0, z)",
            r"f'(z) = \begin{cases} 1 & z > 0 \\ a & z \le 0 \end{cases}",
            Source(
                "He, Zhang, Ren & Sun",
                2015,
                "Delving deep into rectifiers",
                "ICCV, equation 1",
                "https://arxiv.org/abs/1502.01852",
            ),
            learned=True,
        ),
        Activation(
            "elu",
            jax.nn.elu,
            r"f(z) = \begin{cases} z & z > 0 \\ e^z - 1 & z \le 0 \end{cases}",
            r"f'(z) = \begin{cases} 1 & z > 0 \\ e^z & z \le 0 \end{cases}",
            Source(
                "Clevert, Unterthiner & Hochreiter",
                2016,
                "Fast and accurate deep network learning by exponential linear units",
                "ICLR, equation 15 with α = 1",
                "https://arxiv.org/abs/1511.07289",
            ),
        ),
        Activation(
            "gelu",
            _gelu,
            r"f(z) = z\,\Phi(z)",
            r"f'(z) = \Phi(z) + z\,\varphi(z)",
            Source(
                "Hendrycks & Gimpel",
                2016,
                "Gaussian error linear units",
                "section 2",
                "https://arxiv.org/abs/1606.08415",
            ),
            steepest=1.1289,
        ),
        Activation(
            "silu",
            jax.nn.silu,
            r"f(z) = \frac{z}{1 + e^{-z}}",
            r"f'(z) = \sigma(z)\,(1 + z\,(1 - \sigma(z)))",
            Source(
                "Elfwing, Uchibe & Doya",
                2018,
                "Sigmoid-weighted linear units",
                "Neural Networks 107, equation 6",
                "https://arxiv.org/abs/1702.03118",
            ),
            steepest=1.0998,
        ),
        Activation(
            "mish",
            jax.nn.mish,
            r"f(z) = z \tanh\left(\ln\left(1 + e^z\right)\right)",
            r"f'(z) = \tanh s + z\,\sigma(z)\,(1 - \tanh^2 s), \quad s = \ln\left(1 + e^z\right)",
            Source(
                "Misra",
                2020,
                "Mish: a self regularized non-monotonic activation function",
                "BMVC, equation 1",
                "https://arxiv.org/abs/1908.08681",
            ),
            steepest=1.0885,
        ),
        Activation(
            "softplus",
            jax.nn.softplus,
            r"f(z) = \ln\left(1 + e^z\right)",
            r"f'(z) = \frac{1}{1 + e^{-z}}",
            Source(
                "Dugas, Bengio, Bélisle, Nadeau & Garcia",
                2001,
                "Incorporating second-order functional knowledge for better option pricing",
                "NIPS 13, equation 4",
                "https://papers.nips.cc/paper/1920-incorporating-second-order-functional-knowledge-for-better-option-pricing",
            ),
        ),
    ]
)
"""The activation functions by id."""
