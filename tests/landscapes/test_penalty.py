"""The L2 penalty: it changes the surface as it says, and costs nothing where it is 0."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from landscapes import LANDSCAPES, Landscape
from landscapes.find import find
from landscapes.formula import from_formula, read_formula
from landscapes.penalty import penalised

AT = jnp.array([0.75, -1.25])

every_surface = pytest.mark.parametrize("surface", LANDSCAPES.values(), ids=LANDSCAPES)


@every_surface
def test_it_adds_half_lambda_times_the_squared_norm(surface: Landscape) -> None:
    knobs: dict[str, Any] = surface.settings()
    with_penalty = penalised(surface)
    size = 0.75**2 + 1.25**2
    for weight in (0.0, 0.1, 10.0):
        loss = float(with_penalty.loss(AT, l2=weight, **knobs))
        assert loss == pytest.approx(float(surface.loss(AT, **knobs)) + weight / 2 * size, rel=1e-14)
        gradient = jax.grad(lambda p, w=weight: with_penalty.loss(p, l2=w, **knobs))(AT)
        plain = jax.grad(lambda p: surface.loss(p, **knobs))(AT)
        np.testing.assert_allclose(gradient, plain + weight * AT, rtol=1e-12, atol=1e-12)


@every_surface
def test_without_weight_it_changes_no_bit(surface: Landscape) -> None:
    knobs: dict[str, Any] = surface.settings()
    assert penalised(surface).loss(AT, l2=0.0, **knobs) == surface.loss(AT, **knobs)


@every_surface
def test_published_minima_hold_only_without_it(surface: Landscape) -> None:
    knobs: dict[str, Any] = surface.settings()
    assert penalised(surface).minima(l2=0.0, **knobs) == surface.minima(**knobs)
    assert penalised(surface).minima(l2=0.5, **knobs) is None


def test_every_example_carries_it() -> None:
    surface = next(entry for entry in LANDSCAPES.values() if entry.examples)
    examples = penalised(surface).examples
    assert examples and surface.examples
    with_penalty = examples.losses(AT, l2=0.5, **surface.settings())
    plain = surface.examples.losses(AT, **surface.settings())
    np.testing.assert_allclose(with_penalty - plain, 0.25 * float(AT @ AT), rtol=1e-12)


def test_what_is_found_has_the_knob_and_is_found_again() -> None:
    formula = read_formula("x**2+y**3")
    for which in ("bowl", formula):
        surface = find(which)
        assert [knob.id for knob in surface.knobs][-1] == "l2"
        assert find(which) is surface
    assert from_formula("x**2+y**3").knobs == ()  # a script gets the bare formula


def test_choices_are_made_when_it_is_found() -> None:
    some = [entry for entry in LANDSCAPES.values() if entry.choose]
    assert some
    for entry in some:
        knob = next(knob for knob in entry.knobs if knob.kind == "choice")
        found = {choice: find(entry.id, {knob.id: choice}) for choice in knob.choices}
        assert len(set(map(id, found.values()))) == len(knob.choices)
        assert find(entry.id) is found[str(knob.default)]
        assert knob.id not in found[knob.choices[0]].settings({knob.id: knob.choices[0]})
        with pytest.raises(ValueError, match=knob.id):
            find(entry.id, {knob.id: "something else"})
