"""Mini-batches: their variance, and the linear scaling rule."""

import numpy as np
import pytest

from api.variance import MULTIPLES
from scenes import read
from tests.api.responses import response

DATA = "f=line_fit&steps=30&lane=sgd:lr=0.02"


def test_the_variance_falls_with_the_batch_as_foretold():
    answer = response("variance", DATA)
    examples = read(DATA)[0].ground.surface.examples
    assert examples is not None
    sizes = np.array(answer["sizes"])
    assert answer["examples"] == sizes[-1] == examples.count and (np.diff(sizes) > 0).all()
    drawn, left = answer["with"], answer["without"]
    np.testing.assert_allclose(drawn["formula"], answer["sigma2"] / sizes)
    np.testing.assert_allclose(drawn["mean"], drawn["formula"], rtol=0.2)
    np.testing.assert_allclose(left["mean"], left["formula"], rtol=0.2)
    assert left["mean"][-1] == left["formula"][-1] == 0, "all the data leave nothing to chance"
    assert drawn["missed"] + left["missed"] <= 4


def test_the_point_is_the_probe_or_the_start():
    start, probe = response("variance", DATA), response("variance", f"{DATA}&probe=0.5,0.25")
    assert start["point"] == list(read(DATA)[0].ground.start) and not start["probe"]
    assert probe["point"] == [0.5, 0.25] and probe["probe"]
    assert start["sigma2"] != probe["sigma2"]


def test_a_surface_that_is_no_data_has_none():
    assert response("variance", "f=bowl") == {"ready": False}
    assert response("scaling", "f=bowl") == {"ready": False}


@pytest.mark.parametrize("times", MULTIPLES)
def test_batch_and_rate_are_scaled_together_over_the_same_epochs(times: int):
    query = f"{DATA}&batch=4"
    answer = response("scaling", f"{query}&times={times}")
    assert (answer["batch"], answer["rate"]) == (4 * times, pytest.approx(0.02 * times))
    assert answer["epochs"][0] == 0
    assert answer["epochs"][-1] == pytest.approx(30 * 4 / answer_count(query), rel=0.5 * times / 30)
    assert len(answer["epochs"]) == len(answer["median"]) == round(30 / times) + 1
    assert answer["above"] and answer["median"][0] == response("scaling", query)["median"][0]


def answer_count(query: str) -> int:
    examples = read(query)[0].ground.surface.examples
    assert examples is not None
    return examples.count


def test_what_cannot_be_scaled_is_not():
    assert not response("scaling", f"{DATA}&batch=40&times=2")["ready"]  # more than there are
    assert not response("scaling", f"{DATA}&times=3")["ready"]
