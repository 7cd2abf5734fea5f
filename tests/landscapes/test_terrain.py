"""A surface sampled over its box."""

import jax
import numpy as np
import pytest

from landscapes import LANDSCAPES
from landscapes.terrain import sample
from tests.descent.test_compiles import compilations

every_surface = pytest.mark.parametrize("name", LANDSCAPES)


@every_surface
def test_samples_are_the_losses_at_the_points_of_the_grid(name: str) -> None:
    landscape = LANDSCAPES[name]
    knobs = landscape.settings({knob.id: knob.high for knob in landscape.numbers})
    terrain = sample(landscape, knobs)
    assert terrain.loss.shape == (len(terrain.y), len(terrain.x))
    loss = jax.jit(lambda p: landscape.loss(p, **knobs))
    rows, columns = np.random.default_rng(5).integers(0, terrain.loss.shape, (20, 2)).T
    for i, j in [*zip(rows, columns, strict=True), (0, 0), (0, -1), (-1, 0), (-1, -1)]:
        here = float(loss(np.array([terrain.x[j], terrain.y[i]])))
        assert terrain.loss[i, j] == pytest.approx(here, rel=1e-12, abs=1e-12)


@every_surface
def test_the_grid_spans_the_box_in_square_cells(name: str) -> None:
    landscape = LANDSCAPES[name]
    terrain = sample(landscape, landscape.settings())
    assert [(axis[0], axis[-1]) for axis in (terrain.x, terrain.y)] == list(landscape.box)
    across, along = np.diff(terrain.x), np.diff(terrain.y)
    np.testing.assert_allclose(across, across[0])
    np.testing.assert_allclose(along, across[0], rtol=0.01)
    assert len(terrain.x) == 161


@every_surface
def test_another_value_of_a_knob_compiles_nothing(name: str) -> None:
    landscape = LANDSCAPES[name]
    losses = [sample(landscape, landscape.settings()).loss]
    with compilations() as seen:
        for knob in landscape.numbers:
            losses += [sample(landscape, {knob.id: value}).loss for value in (knob.low, knob.high)]
    assert seen == []
    assert len({loss.tobytes() for loss in losses}) > len(landscape.numbers)  # each changes something


def test_another_number_of_columns_is_another_grid() -> None:
    landscape = LANDSCAPES["six_hump_camel"]
    assert sample(landscape, {}, columns=41).loss.shape == (31, 41)
