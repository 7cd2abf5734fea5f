"""How far the losses of a lane spread over other seeds."""

import base64
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.loss_quantiles import LEVELS, SEEDS
from descent import descend
from scenes import read
from tests.api.responses import response as answer_to

NOISY = "f=bowl&noise=0.8&steps=12&lane=sgd:lr=0.4&lane=adam:lr=0.3"


def response(query: str) -> dict[str, Any]:
    return answer_to("band", query)


def rows(answer: dict[str, Any]) -> np.ndarray:
    """Return the quantiles as the stage unpacks them: a row for each step."""
    values = np.frombuffer(base64.b64decode(answer["quantiles"]), "<f4").astype(float)
    return values.reshape(-1, len(answer["levels"]))


def test_the_quantiles_are_those_of_single_runs():
    found = rows(response(f"{NOISY}&seed=5&of=1"))
    run = read(f"{NOISY}&seed=5")[0].runs()[1]
    losses = [descend(replace(run, seed=5 + member)).losses for member in range(SEEDS)]
    np.testing.assert_allclose(found, np.quantile(losses, LEVELS, axis=0).T, rtol=1e-5)


def test_a_band_begins_in_a_point_and_its_quantiles_rise():
    found = rows(response(NOISY))
    assert found.shape == (13, len(LEVELS))
    assert np.ptp(found[0]) == 0 < np.ptp(found[-1])
    assert (np.diff(found, axis=1) >= 0).all()


@pytest.mark.parametrize(
    ("query", "lane"), [("", 0), ("&of=1", 1), ("&of=0", 0), ("&of=9", 0), ("&of=x", 0), ("&of=-1", 0)]
)
def test_any_lane_that_is_none_is_the_first(query: str, lane: int):
    assert response(NOISY + query)["lane"] == lane


@pytest.mark.parametrize(
    ("query", "spreads"),
    [
        ("f=bowl&lane=sgd", False),
        ("f=bowl&lane=sgd&batch=4", False),
        ("f=line_fit&lane=sgd&steps=5", True),
        ("f=line_fit&lane=sgd&steps=5&batch=60", False),
        ("f=line_fit&lane=sgd&steps=5&batch=60&sampling=replacement", True),
        ("f=line_fit&lane=sgd&steps=5&batch=60&noise=0.1", True),
    ],
)
def test_where_nothing_is_left_to_chance_there_is_no_band(query: str, spreads: bool):
    assert (response(query)["quantiles"] is not None) == spreads


def test_runs_that_diverge_are_told_in_finite_numbers():
    found = rows(response("f=bowl&noise=1&lane=sgd:lr=3&steps=600"))
    assert np.isfinite(found).all()
    assert found[-1, -1] == float(np.finfo(np.float32).max)
