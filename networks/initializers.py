"""How weights are drawn before training, in the order in which a learner should meet the ways.

An entry says what is drawn (standard normal numbers, uniform ones, an orthogonal matrix) and by how much it
is multiplied; the variances are those of `jax.nn.initializers`, whose normal ones are cut off at two standard
deviations where the papers' are not. Offsets begin at 0, but for those that were learned before.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from catalog import Knob, Shelf, Source
from landscapes.arrays import Floats

SIGMA = Knob("sigma", r"\sigma", 0.1, low=1e-6, high=10.0, scale="log", step=0.05)
"""What `normal`, `uniform` and `constant` begin with; the others take no notice of it."""

Scale = Callable[[int, int, float], float]
"""From (inputs, outputs, σ) of a layer to the factor on what is drawn."""


@dataclass(frozen=True)
class Initializer:
    r"""A way to draw the weights W of a layer, of shape (inputs, outputs).

    - `draws`: what is multiplied: "ones", "normal" (N(0, 1)), "uniform" (in [−1, 1)) or "orthogonal".
    - `scale(inputs, outputs, sigma)`: by how much.
    - `latex`: the distribution, in n (inputs) and m (outputs), σ or r.
    - `knob`: the number that can be turned, or None.
    - `pretrained`: whether hidden layers learn without labels first (`networks.pretraining`), and only the
      output layer is drawn.
    """

    id: str
    draws: Literal["ones", "normal", "uniform", "orthogonal"]
    scale: Scale
    latex: str
    source: Source | None = None
    knob: Knob | None = None
    pretrained: bool = False

    def std(self, inputs: int, outputs: int, sigma: float) -> float:
        """Return the standard deviation of one weight of a layer `inputs` × `outputs`; 0 for a constant."""
        scale = self.scale(inputs, outputs, sigma)
        of_draws = {"ones": 0.0, "normal": 1.0, "uniform": 1 / math.sqrt(3)}
        # The shorter side of an orthogonal matrix is made of unit vectors in the space of the longer.
        return scale * of_draws.get(self.draws, 1 / math.sqrt(max(inputs, outputs)))


def drawn(draws: str, random: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Return what an initializer multiplies, of `shape`.

    By NumPy: so that nothing is compiled for the first weights, whose shapes differ from network to network.
    """
    if draws == "ones":
        return np.ones(shape)
    if draws == "normal":
        return random.normal(size=shape)
    if draws == "uniform":
        return random.uniform(-1.0, 1.0, shape)
    tall = random.normal(size=(max(shape), min(shape)))
    q, r = np.linalg.qr(tall)
    # With the signs of R's diagonal, Q is uniform over all such matrices (Mezzadri, 2007, section 5).
    q = q * np.where(np.diag(r) < 0, -1.0, 1.0)
    return q if shape[0] >= shape[1] else q.T


_BOOK = Source("Saitō", 2016, "Deep Learning from Scratch", "section 6.2")
_LECUN = Source(
    "LeCun, Bottou, Orr & Müller",
    1998,
    "Efficient BackProp",
    "equation 16",
    "https://doi.org/10.1007/3-540-49430-8_2",
)
_GLOROT = Source(
    "Glorot & Bengio",
    2010,
    "Understanding the difficulty of training deep feedforward networks",
    "AISTATS, equations 12 and 16",
    "https://proceedings.mlr.press/v9/glorot10a.html",
)
_HE = Source(
    "He, Zhang, Ren & Sun",
    2015,
    "Delving deep into rectifiers",
    "ICCV, equation 10",
    "https://arxiv.org/abs/1502.01852",
)
_SAXE = Source(
    "Saxe, McClelland & Ganguli",
    2014,
    "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
    "ICLR, section 3.1",
    "https://arxiv.org/abs/1312.6120",
)

_VINCENT = Source(
    "Vincent, Larochelle, Lajoie, Bengio & Manzagol",
    2010,
    "Stacked denoising autoencoders",
    "JMLR 11, section 3",
    "https://www.jmlr.org/papers/v11/vincent10a.html",
)

INITIALIZERS = Shelf(
    [
        Initializer("zeros", "ones", lambda n, m, s: 0.0, r"W = 0"),
        Initializer("constant", "ones", lambda n, m, s: s, r"W = \sigma", knob=SIGMA),
        Initializer("normal", "normal", lambda n, m, s: s, r"W \sim N(0, \sigma^2)", knob=SIGMA),
        Initializer("normal_1", "normal", lambda n, m, s: 1.0, r"W \sim N(0, 1)", _BOOK),
        Initializer("normal_01", "normal", lambda n, m, s: 0.01, r"W \sim N(0, 0.01^2)", _BOOK),
        Initializer("uniform", "uniform", lambda n, m, s: s, r"W \sim U[-r, r],\quad r = \sigma", knob=SIGMA),
        Initializer(
            "lecun_normal",
            "normal",
            lambda n, m, s: math.sqrt(1 / n),
            r"W \sim N\left(0, \frac{1}{n}\right)",
            _LECUN,
        ),
        Initializer(
            "xavier_normal",
            "normal",
            lambda n, m, s: math.sqrt(2 / (n + m)),
            r"W \sim N\left(0, \frac{2}{n + m}\right)",
            _GLOROT,
        ),
        Initializer(
            "xavier_uniform",
            "uniform",
            lambda n, m, s: math.sqrt(6 / (n + m)),
            r"W \sim U[-r, r],\quad r = \sqrt{\frac{6}{n + m}}",
            _GLOROT,
        ),
        Initializer(
            "he_normal",
            "normal",
            lambda n, m, s: math.sqrt(2 / n),
            r"W \sim N\left(0, \frac{2}{n}\right)",
            _HE,
        ),
        Initializer(
            "he_uniform",
            "uniform",
            lambda n, m, s: math.sqrt(6 / n),
            r"W \sim U[-r, r],\quad r = \sqrt{\frac{6}{n}}",
            _HE,
        ),
        Initializer("orthogonal", "orthogonal", lambda n, m, s: 1.0, r"W^\top W = I", _SAXE),
        Initializer(
            "pretrained",
            "normal",
            lambda n, m, s: math.sqrt(1 / n),
            r"\min_{W, b, V, c}\ \mathbb{E}\left\|f(\tilde{h} W + b)\, V + c - h\right\|^2",
            _VINCENT,
            pretrained=True,
        ),
    ]
)
"""The ways to begin, by id."""
