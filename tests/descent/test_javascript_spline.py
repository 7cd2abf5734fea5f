"""Surfaces made of samples in JavaScript: a table that is looked up at places computed while it runs."""

from dataclasses import dataclass, replace
from pathlib import Path

import jax
import numpy as np
import pytest
from jax import Array

from descent.javascript import UntranslatableError, hessian_module, surface_module
from descent.javascript.examples import columns_of
from landscapes import Landscape
from landscapes.find import find
from landscapes.spline import SIDE, Samples, Spline, samples_of, surface_of
from optimizers import OPTIMIZERS
from tests.descent.test_javascript import RUNS, assert_agree, assert_same_losses, cases_of


@dataclass(frozen=True)
class Sampled:
    """Samples as a surface of the reader's own."""

    samples: Samples

    @property
    def formula(self) -> None:
        return None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        return ()

    def landscape(self) -> Landscape:
        return surface_of(self.samples, "slice", "f", ("a", "b"))


def bumpy(shift: float, box: tuple[tuple[float, float], tuple[float, float]]) -> Sampled:
    x, y = np.meshgrid(*(np.linspace(low, high, SIDE) for low, high in box))
    return Sampled(samples_of(np.sin(3 * x + shift) + 0.6 * x**2 + y**2 + 0.5 * np.cos(2 * x * y), box))


ONE, OTHER = bumpy(0.0, ((-2.0, 3.0), (-1.0, 2.0))), bumpy(1.0, ((-1.0, 1.0), (-1.0, 1.0)))


def test_methods_make_the_steps_that_jax_makes(tmp_path: Path):
    """Plain, with momentum, adaptive, with a look elsewhere, with a Hessian; on two surfaces."""
    methods = ["sgd", "momentum", "adam", "lion", "sam", "newton"]
    assert set(methods) <= set(OPTIMIZERS)
    runs = {name: RUNS[name] for name in ("plain", "penalty, clip by value", "noise")}
    assert_agree([*cases_of(ONE, methods, runs), *cases_of(OTHER, methods[:3], runs)], tmp_path)


def test_losses_agree_all_over_the_box(tmp_path: Path):
    assert_same_losses([(ONE, {}), (OTHER, {"l2": 10.0})], tmp_path)


def test_one_module_serves_all_of_them_and_the_table_is_its_data():
    one, other = find(ONE), find(OTHER)
    assert surface_module(one) == surface_module(other) and hessian_module(one) == hessian_module(other)
    assert columns_of(one).shape == (1, (SIDE + 2) ** 2 + 5)
    assert not np.array_equal(columns_of(one), columns_of(other))
    assert len(surface_module(one)) < 10_000


def test_a_window_of_what_is_computed_is_refused():
    landscape = ONE.landscape()

    def turned(p: Array, data: Spline) -> Array:
        return jax.lax.dynamic_slice(data.coefficients.T, (p[0].astype(int), 0), (1, 1))[0, 0]

    with pytest.raises(UntranslatableError, match="turned round"):
        surface_module(replace(landscape, id="turned", loss=turned))
