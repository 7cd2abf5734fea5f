"""Labs of networks that have a table of their own: whatever is set in one is read back as it was written."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import MOST_COST
from networks.training import step_cost
from scenes import default_scene, edit, read, write
from scenes.net_labs import TABLES, LabTable
from scenes.network_knobs import LAB
from scenes.write_network import lab_of, steps_of
from tests.scenes.strategies import a_value_each
from tests.scenes.usable import value_faults

KINDS = st.sampled_from(list(TABLES.values()))


@st.composite
def labs(draw: st.DrawFn) -> LabTable:
    """A lab with any values, on any of its data, that may cost what it costs."""
    kind = draw(KINDS)
    data = draw(st.sampled_from(kind.knobs(kind.usual().data)["data"].choices))
    knobs = {name: knob for name, knob in kind.knobs(data).items() if name != "data"}
    values: dict[str, Any] = {**draw(a_value_each(tuple(knobs.items()))), "data": data}
    return kind(**values).affordable([])


@given(labs())
def test_any_lab_is_read_as_it_was_written(lab: LabTable):
    scene = default_scene()
    with_it: dict[str, Any] = {lab.id: lab}
    scene = replace(scene, network=replace(scene.network, **with_it))
    assert read(write(scene)) == (scene, ())
    for field, knob in lab.knobs(lab.data).items():
        assert value_faults(knob, getattr(lab, field)) == []
    assert all(run.steps * step_cost(run) <= MOST_COST for run in lab.trainings())
    assert steps_of(scene.network, lab.id) == lab.length


@given(
    labs(), st.sampled_from(["data", "examples", "batch", "method", "x"]), st.none() | st.floats() | st.text()
)
def test_any_change_gives_a_lab(lab: LabTable, knob: str, to: object):
    scene = default_scene()
    with_it: dict[str, Any] = {lab.id: lab}
    scene = replace(scene, network=replace(scene.network, **with_it))
    changed, _ = edit(scene, {"do": "net_lab", "lab": lab.id, "knob": knob, "to": to})
    assert read(write(changed)) == (changed, ())


@pytest.mark.parametrize("lab", list(TABLES))
def test_every_such_lab_can_be_opened(lab: str):
    assert lab in LAB.choices
    network = default_scene().network
    assert lab_of(network, lab) == TABLES[lab].usual() and lab_of(network, lab).pairs() == []
