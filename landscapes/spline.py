"""A surface that is known on a grid alone, and smooth between: from samples to a landscape.

Bicubic: a tensor product of cubic splines in the basis of B-splines (de Boor, 1978, A practical guide to
splines, chapters IX and XVII), whose third derivative is continuous across the outermost inner nodes as well
("not a knot"). It goes through all samples, has two continuous derivatives, and is off by O(h⁴) between.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from catalog.cache import MB, SingleFlightCache
from landscapes.arrays import Floats
from landscapes.data.defaults import layout_on
from landscapes.data.surface import Layout
from landscapes.landscape import Box, Landscape

SIDE = 51
"""A side has so many samples, always: so that what is compiled for one surface serves all."""
FLOOR = 10.0
"""So many times higher than the median is the highest loss where most of the ground looks flat."""
CHECKED = 8 * SIDE
"""In so many cells it is measured how far a spline is from what it was sampled from."""

_SURFACES: SingleFlightCache[Landscape] = SingleFlightCache(MB, long_work=MB)


class Spline(NamedTuple):
    """What a spline is made of, as programs are given it; the first axis is that of y.

    Beyond the grid it goes on in straight lines, with a parabola on top that leads back: continuous with its
    gradient, and bounded below.
    """

    coefficients: Any  # (SIDE + 2, SIDE + 2): of the B-splines around nodes −1 … SIDE
    corner: Any  # (2,): (x, y) of the first sample
    spacing: Any  # (2,): between two samples
    growth: Any  # (): what the parabola adds per square of a spacing, twice


@dataclass(frozen=True)
class Samples:
    """Losses on a grid over a box, edges included, hashable: the value that a surface is made from.

    `losses`: SIDE rows of SIDE, as the bytes of little-endian float32; row j is at the j-th y, from below.
    """

    losses: bytes
    box: Box

    def __post_init__(self) -> None:
        """Check the size, and that all are finite."""
        if len(self.losses) != 4 * SIDE**2:
            raise ValueError(f"Expected {SIDE}² samples of 4 bytes, got {len(self.losses)} bytes.")
        if not np.isfinite(self.values).all():
            raise ValueError("Expected finite samples; fill in what is not with the largest that is.")
        for low, high in self.box:
            if not low < high:
                raise ValueError(f"Expected sides that rise, got [{low}, {high}].")

    @property
    def values(self) -> Floats:
        """Return the samples (SIDE, SIDE)."""
        return np.frombuffer(self.losses, "<f4").reshape(SIDE, SIDE).astype(float)

    @property
    def nbytes(self) -> int:
        """Return about how many bytes it takes."""
        return len(self.losses) + 300


def samples_of(values: Any, box: Box) -> Samples:
    """Return the samples `values` (SIDE, SIDE) over `box`; those not finite are as large as the largest."""
    array = np.asarray(values, float)
    if array.shape != (SIDE, SIDE):
        raise ValueError(f"Expected samples of shape ({SIDE}, {SIDE}), got {array.shape}.")
    good = np.isfinite(array) & (np.abs(array) < np.finfo(np.float32).max)
    highest = array[good].max() if good.any() else 0.0
    return Samples(np.where(good, array, highest).astype("<f4").tobytes(), box)


def flat_samples(box: Box) -> Samples:
    """Return samples of nothing: what stands for a surface as long as its own are not there."""
    return samples_of(np.zeros((SIDE, SIDE)), box)


def spline_of(samples: Samples) -> Spline:
    """Return the spline through `samples`."""
    values, inverse = samples.values, _inverse()
    (x0, x1), (y0, y1) = samples.box
    spacing = np.array([x1 - x0, y1 - y0]) / (SIDE - 1)
    # As high as the surface itself half a side out.
    growth = 8 * max(float(np.ptp(values)), 1e-6) / (SIDE - 1) ** 2
    return Spline(inverse @ values @ inverse.T, np.array([x0, y0], float), spacing, np.float64(growth))


def spline_loss(p: Array, data: Spline) -> Array:
    """Return the spline at `p` (2,), as JAX traces it."""
    place = (p - data.corner) / data.spacing
    within = jnp.clip(place, 0.0, SIDE - 1.0)
    beyond = place - within
    cell = jnp.clip(jnp.floor(jax.lax.stop_gradient(within)), 0.0, SIDE - 2.0)
    across, along = weights(within - cell, beyond)
    column, row = cell.astype(jnp.int32)
    patch = jax.lax.dynamic_slice(data.coefficients, (row, column), (4, 4))
    return along @ patch @ across + data.growth * (beyond @ beyond) / 2


def weights(t: Any, beyond: Any) -> Any:
    """Return the weights (…, 4) of the coefficients around a place `t` (…) in its cell, 0 … 1.

    `beyond` is how far behind that the line along the slope is followed.
    """
    xp = jnp if isinstance(t, Array) else np
    cubes = (1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3
    slopes = -((1 - t) ** 2), 3 * t**2 - 4 * t, -3 * t**2 + 2 * t + 1, t**2
    pairs = zip(cubes, slopes, strict=True)
    return xp.stack([cube / 6 + beyond * slope / 2 for cube, slope in pairs], axis=-1)


def spline_values(data: Spline, points: Any) -> Floats:
    """Return the spline at `points` (2, M), by NumPy: (M,)."""
    place = (np.asarray(points, float) - data.corner[:, None]) / data.spacing[:, None]
    within = np.clip(place, 0.0, SIDE - 1.0)
    beyond = place - within
    cell = np.clip(np.floor(within), 0, SIDE - 2)
    across, along = weights(within - cell, beyond)
    columns, rows = np.nan_to_num(cell).astype(int)[:, :, None] + np.arange(4)
    patches = data.coefficients[rows[:, :, None], columns[:, None, :]]
    return np.einsum("mi,mij,mj->m", along, patches, across) + data.growth * (beyond**2).sum(axis=0) / 2


def surface_of(samples: Samples, id: str, latex: str, axes: tuple[str, str]) -> Landscape:
    """Return the spline through `samples` as a landscape without minima; equal ones give the identical one.

    All with the same `id` share their programs. Start and rates are as for data of a reader's own.
    """
    return _SURFACES.get((samples, id), lambda: _surface(samples, id, latex, axes))


def _surface(samples: Samples, id: str, latex: str, axes: tuple[str, str]) -> Landscape:
    own, values, box = spline_of(samples), samples.values, samples.box

    # One for each surface: it tells them apart, as `data` do not.
    def loss(p: Array, data: Spline = own) -> Array:
        return spline_loss(p, data)

    row, column = np.unravel_index(int(values.argmin()), values.shape)
    x, y = (own.corner + own.spacing * (column, row)).tolist()
    layout = (
        layout_on(lambda points: spline_values(own, points), box, [(x, y)])
        if np.ptp(values)
        else Layout(box, (x, y), 1.0, 1.0)
    )
    return Landscape(
        id=id,
        family="networks",
        loss=loss,
        latex=latex,
        box=box,
        start=layout.start,
        source=None,
        gradient_rate=layout.gradient_rate,
        length_rate=layout.length_rate,
        view=_view(values),
        data=own,
        axes=axes,
    )


def _view(values: Floats) -> Literal["linear", "log"]:
    """Return "log" where a linear picture would show a flat floor below a few peaks."""
    least, median, most = np.quantile(values, [0.0, 0.5, 1.0])
    return "log" if most - least > FLOOR * (median - least) > 0 else "linear"


def between(samples: Samples, seed: int = 0) -> Floats:
    """Return points (M, 2) in M different cells, at random places inside, where a spline can be checked."""
    rng = np.random.default_rng((seed, 5))
    cells = rng.choice((SIDE - 1) ** 2, CHECKED, replace=False)
    places = np.stack([cells % (SIDE - 1), cells // (SIDE - 1)], axis=1) + rng.uniform(
        0.25, 0.75, (CHECKED, 2)
    )
    low = np.array([side[0] for side in samples.box])
    sizes = np.array([side[1] - side[0] for side in samples.box])
    return low + sizes * places / (SIDE - 1)


@cache
def _inverse() -> Floats:
    """Return what makes coefficients (SIDE + 2,) of samples (SIDE,): the equations of the spline, solved."""
    count = SIDE + 2
    matrix = np.zeros((count, count))
    for node in range(SIDE):
        matrix[node + 1, node : node + 3] = np.array([1, 4, 1]) / 6
    matrix[0, :5] = matrix[-1, -5:] = [1, -4, 6, -4, 1]  # no jump of the third derivative
    return np.asarray(np.linalg.inv(matrix)[:, 1:-1], np.float64)
