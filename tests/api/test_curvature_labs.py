"""What is told of the labs on the edge of stability and on spectra, part by part."""

import base64
from dataclasses import asdict

import numpy as np
import pytest
from numpy.typing import NDArray

from api.networks.chosen import chosen
from api.networks.edge import questions_of
from networks.geometry.regression import Regression
from scenes import edit, read, write
from scenes.net_labs import edge as lab_table
from studies.edge_of_stability import METHODS, MOST_EXAMPLES, edge_so_far, settled
from studies.hessian_spectrum import SpectrumAt, compared, outliers, sharpness_so_far, spectrum_so_far
from tests.api.responses import told

EDGE = "edge=chebyshev:width=6,lr=0.1,rates=2,steps=3000"
SPECTRUM = "spectrum=moons:width=5,batch=20,large=200,steps=40"


def floats(packed: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(packed), "<f4")


def test_runs_at_all_rates_are_told_as_they_go_on():
    seen = told("net_edge.json", EDGE)
    for each in seen[:-1]:
        assert each["finding"] is None and 0 <= each["done"] < each["parts"] == 2 * 3000 + 1
    last = seen[-1]
    questions = questions_of(read(EDGE)[0].network.edge)
    assert [question.rate for question in questions] == [0.05, 0.1] and last["limit"] == 2.0
    assert (last["method"], last["frozen"], last["classes"]) == ("sgd", False, 0)
    for run, question, found in zip(last["runs"], questions, last["finding"], strict=True):
        curves = edge_so_far(question)
        assert run["rate"] == question.rate and run["bound"] == 2 / question.rate
        assert np.array_equal(floats(run["steps"]), curves.steps)
        assert np.array_equal(floats(run["sharpness"]), curves.sharpness.astype(np.float32))
        assert found == asdict(settled(question, curves))


def test_the_lab_asks_for_what_the_study_knows():
    assert lab_table.METHODS == METHODS and lab_table.MOST_EXAMPLES == MOST_EXAMPLES
    lab = read("")[0].network.edge
    (first, *_, last) = questions_of(lab)
    assert isinstance(first.task, Regression) and first.task.widths == (30, 20)
    assert (first.rate, last.rate, last.steps) == (0.05, 0.2, 20_000)
    assert lab.parameters == first.task.parameters == 701
    labs = chosen(read("")[0].network)["labs"]
    assert labs["edge"]["examples"] == {"train": 20, "validation": 0, "inputs": 1, "classes": 0}
    assert labs["edge"]["idle"] == ["beta"] and labs["spectrum"]["parameters"] == 1135


@pytest.mark.parametrize("method", ["momentum", "adam"])
def test_another_method_comes_with_its_own_rate_and_is_read_back(method: str):
    scene, _ = edit(read("")[0], {"do": "net_lab", "lab": "edge", "knob": "method", "to": method})
    lab = scene.network.edge
    assert (lab.rate, lab.beta) == lab_table.USUAL[method]
    assert read(write(scene)) == (scene, ())
    assert read(f"edge=chebyshev:method={method}")[0].network.edge == lab
    wanted = {"momentum": 2 * 1.5, "adam": 38.0}[method]
    assert [question.limit for question in questions_of(lab)] == [pytest.approx(wanted)] * 3


def test_too_many_steps_for_all_rates_become_fewer_with_a_note():
    scene, repairs = read("edge=moons:width=128,rates=4,steps=20000")
    lab = scene.network.edge
    assert [repair.why for repair in repairs] == ["too_much_training"]
    assert lab.whole_cost <= lab_table.MOST_LAB_COST and lab.steps < 20_000


def test_a_spectrum_and_pairs_of_seeds_are_told_as_they_come():
    seen = told("net_spectrum.json", SPECTRUM)
    for each in seen[:-1]:
        assert 0 <= each["done"] < each["parts"] and each["sharpness"] is None
    last = seen[-1]
    lab = read(SPECTRUM)[0].network.spectrum
    found = spectrum_so_far(SpectrumAt(lab.training(), 40))
    assert found is not None and (last["step"], last["exact"], last["classes"]) == (40, True, 2)
    sent = last["spectrum"]
    assert np.array_equal(floats(sent["largest"]), found.largest.astype(np.float32))
    assert floats(sent["counts"]).sum() == last["parameters"] == 2 * 5 + 5 + 5 * 2 + 2
    gap = outliers(found.largest, 2)
    assert gap is not None and sent["outliers"] == asdict(gap)
    ends = [[sharpness_so_far(run) for run in lab.runs(size)] for size in (20, 200)]
    assert [run["batch"] for run in last["runs"]] == [20, 200]
    assert [run["sharpness"] for run in last["runs"]] == [[end and end[0] for end in row] for row in ends]
    small, large = ([end for end in row if end is not None] for row in ends)
    result = compared(small, large)
    assert result is not None and last["sharpness"] == asdict(result)
    # At the playhead's weights, with what is known of the ends as it was.
    (early,) = told("net_spectrum.json", f"{SPECTRUM}&step=0")
    assert early["step"] == 0 and early["sharpness"] == last["sharpness"]
    assert early["spectrum"]["largest"] != sent["largest"]
