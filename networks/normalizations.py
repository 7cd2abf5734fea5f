"""Ways to keep the numbers of a layer in range, in the order in which a learner should meet them.

In a network of dense layers a unit has no places over which instance normalisation could take its mean, so
neighbouring units count as the places of one channel, and channels as members of one group: see `channels`.
"""

from dataclasses import dataclass
from typing import Literal

import jax
import jax.numpy as jnp
from jax import Array

from catalog import Shelf, Source

EPSILON = 1e-5  # below the square root; 1e-5 as Ioffe & Szegedy's code and PyTorch have it
PLACES = 8
"""So many units, or the nearest number that divides the width, are the places of one channel."""
GROUPS = 4
"""So many groups at most: the largest number that divides the width and leaves two units or more in each."""
KEEP = 0.9
"""The running mean and variance of batch normalisation keep this share at each step."""
NEIGHBOURS, BIAS, ALPHA, BETA = 5, 2.0, 1e-4, 0.75
"""Local response normalisation: n, k, α, β of Krizhevsky et al. (2012), section 3.3."""


@dataclass(frozen=True)
class Normalization:
    """A normalisation.

    - `place`: "nowhere", "before" the activation, "after" it, or on the "weights" instead of the numbers.
    - `shares`: which numbers share a mean and a variance: those of a "unit" over the batch, or of an
      "example" over the layer, over a "channel" or a "group" of units; None where there is no mean.
    - `scales`, `shifts`: whether each unit learns a factor γ (from 1) and an offset β (from 0).
    - `latex`: what becomes of a number x.
    """

    id: str
    place: Literal["nowhere", "before", "after", "weights"]
    latex: str
    shares: Literal["unit", "example", "channel", "group"] | None = None
    scales: bool = False
    shifts: bool = False
    source: Source | None = None


def parts_of(kind: str, width: int) -> int:
    """Return into how many parts the units of a layer are cut, each with a mean of its own.

    `kind` is the id of a normalisation that takes means over the units of one example.
    """
    divisors = [n for n in range(1, width + 1) if width % n == 0]
    if kind == "instance":
        places = min((n for n in divisors if n > 1), key=lambda n: (abs(n - PLACES), n), default=1)
        return width // places
    if kind == "group":
        return max(n for n in divisors if n <= GROUPS and (n == 1 or width // n >= 2))
    return 1


def over_parts(z: Array, parts: int) -> Array:
    """Return `z` (N, width) less its mean over each of `parts` parts, divided by the standard deviation."""
    cut = z.reshape(z.shape[0], parts, -1)
    return jax.nn.standardize(cut, axis=-1, epsilon=EPSILON).reshape(z.shape)


def over_batch(z: Array, running: tuple[Array, Array], train: bool) -> tuple[Array, tuple[Array, Array]]:
    """Return `z` (N, width) normalised unit by unit, and the running mean and variance (width,) afterwards.

    While it trains, by the batch's own mean and variance (Ioffe & Szegedy, 2015, algorithm 1); else by the
    running ones, which then stay. The running variance is of the unbiased kind (algorithm 2, line 10).
    """
    if not train:
        mean, variance = running
        return (z - mean) * jax.lax.rsqrt(variance + EPSILON), running
    mean, variance = z.mean(axis=0), z.var(axis=0)
    count = z.shape[0]
    unbiased = variance * (count / max(count - 1, 1))
    after = tuple(KEEP * old + (1 - KEEP) * new for old, new in zip(running, (mean, unbiased), strict=True))
    return (z - mean) * jax.lax.rsqrt(variance + EPSILON), (after[0], after[1])


def root_mean_square(z: Array) -> Array:
    """Return `z` (N, width) divided by the root of its mean square over each example."""
    return z * jax.lax.rsqrt(jnp.mean(z**2, axis=1, keepdims=True) + EPSILON)


def local_response(a: Array) -> Array:
    """Return `a` (N, width), each number divided by what its neighbours' squares make."""
    squares = jnp.pad(a**2, ((0, 0), (NEIGHBOURS // 2, NEIGHBOURS // 2)))
    width = a.shape[1]
    around = sum((squares[:, k : k + width] for k in range(1, NEIGHBOURS)), squares[:, :width])
    return a / (BIAS + ALPHA * around) ** BETA


def weight_norm(v: Array, g: Array) -> Array:
    """Return the weights (inputs, outputs) with the directions of `v` and the lengths `g` (outputs,)."""
    lengths = jnp.sqrt(jnp.sum(v**2, axis=0))
    return v * (g / jnp.where(lengths > 0, lengths, 1.0))


NORMALIZATIONS = Shelf(
    [
        Normalization("none", "nowhere", r"x"),
        Normalization(
            "batch",
            "before",
            r"\gamma_j \frac{x_{ij} - \mu_j}{\sqrt{\sigma_j^2 + \varepsilon}} + \beta_j",
            "unit",
            True,
            True,
            Source(
                "Ioffe & Szegedy",
                2015,
                "Batch normalization",
                "ICML, algorithm 1",
                "https://arxiv.org/abs/1502.03167",
            ),
        ),
        Normalization(
            "layer",
            "before",
            r"\gamma_j \frac{x_{ij} - \mu_i}{\sqrt{\sigma_i^2 + \varepsilon}} + \beta_j",
            "example",
            True,
            True,
            Source(
                "Ba, Kiros & Hinton",
                2016,
                "Layer normalization",
                "equation 4",
                "https://arxiv.org/abs/1607.06450",
            ),
        ),
        Normalization(
            "instance",
            "before",
            r"\frac{x_{ij} - \mu_{ic}}{\sqrt{\sigma_{ic}^2 + \varepsilon}}",
            "channel",
            source=Source(
                "Ulyanov, Vedaldi & Lempitsky",
                2016,
                "Instance normalization",
                "equation 2",
                "https://arxiv.org/abs/1607.08022",
            ),
        ),
        Normalization(
            "group",
            "before",
            r"\gamma_j \frac{x_{ij} - \mu_{ig}}{\sqrt{\sigma_{ig}^2 + \varepsilon}} + \beta_j",
            "group",
            True,
            True,
            Source(
                "Wu & He", 2018, "Group normalization", "ECCV, equation 7", "https://arxiv.org/abs/1803.08494"
            ),
        ),
        Normalization(
            "rms",
            "before",
            r"\gamma_j \frac{x_{ij}}{\sqrt{\frac{1}{m}\sum_k x_{ik}^2 + \varepsilon}}",
            None,
            True,
            False,
            Source(
                "Zhang & Sennrich",
                2019,
                "Root mean square layer normalization",
                "NeurIPS, equation 4",
                "https://arxiv.org/abs/1910.07467",
            ),
        ),
        Normalization(
            "weight",
            "weights",
            r"w_j = g_j \frac{v_j}{\|v_j\|}",
            source=Source(
                "Salimans & Kingma",
                2016,
                "Weight normalization",
                "NIPS, equation 2",
                "https://arxiv.org/abs/1602.07868",
            ),
        ),
        Normalization(
            "local_response",
            "after",
            r"\frac{x_{ij}}{\left(k + \alpha \sum_{l = j - n/2}^{j + n/2} x_{il}^2\right)^{\beta}}",
            source=Source(
                "Krizhevsky, Sutskever & Hinton",
                2012,
                "ImageNet classification with deep convolutional neural networks",
                "NIPS, section 3.3",
                "https://doi.org/10.1145/3065386",
            ),
        ),
    ]
)
"""The normalisations by id."""
