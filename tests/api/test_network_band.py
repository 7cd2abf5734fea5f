"""What is told of trainers with further seeds."""

from typing import Any

import numpy as np
import pytest

from api.networks.registry import NETWORKS
from networks import cost_of
from scenes import read
from scenes.network_training import trainings
from studies.seed_band import MOST, SEEDS, band, compared, further, mean_of, reached_so_far
from tests.api.responses import response
from tests.api.test_networks import floats

QUERY = "net=moons:depth=1,width=8,steps=60,seed=5&trainer=adam:lr=0.05&trainer=sgd:lr=0.1"


def test_bands_and_differences_are_those_of_the_runs():
    told = response("net_band", QUERY)
    runs = trainings(read(QUERY)[0].network)
    known = [reached_so_far(run) for run in runs]
    assert told["seeds"] == SEEDS == len(further(runs[0])) and "missing" not in told and "dear" not in told
    for lane, (losses, accuracies, diverged) in zip(told["lanes"], known, strict=True):
        assert lane["diverged"] == diverged == 0
        assert np.array_equal(floats(lane["measured"]), runs[0].measured)
        for name, values in (("loss", losses), ("accuracy", accuracies)):
            low, high = band(values)
            assert np.array_equal(floats(lane[f"{name}_low"]), low.astype("f4"))
            assert np.array_equal(floats(lane[f"{name}_high"]), high.astype("f4"))
            assert (low <= high).all() and (low < high).any()
    ends = [accuracies[:, -1] for _, accuracies, _ in known]
    found = compared(ends)
    assert found is not None
    best, others = found
    finding = told["finding"]
    assert finding["lane"] == best == int(np.argmax([values.mean() for values in ends]))
    mean = mean_of(ends[best])
    assert (finding["value"], finding["low"], finding["high"]) == (mean.value, mean.low, mean.high)
    (other,) = finding["others"]
    difference = others[1 - best]
    assert other == {
        "lane": 1 - best,
        "value": difference.value,
        "low": difference.low,
        "high": difference.high,
    }
    assert finding["diverged"] == []


def test_while_they_are_trained_bands_grow():
    query = "net=circles:depth=2,width=40,steps=3000,seed=7&trainer=adam:lr=0.01"
    seen: list[dict[str, Any]] = []
    while not seen or "parts" in seen[-1]:
        seen.append(NETWORKS["net_band.json"](query))
    done = [each["done"] for each in seen[:-1]]
    assert len(done) > 2 and done == sorted(done)
    assert all(each["parts"] == 8 * 3000 + 1 and each["finding"] is None for each in seen[:-1])
    known = [int(np.isfinite(floats(each["lanes"][0]["loss_low"])).sum()) for each in seen]
    assert known == sorted(known) and known[-1] == 41 and known[0] < 41
    assert seen[-1]["finding"]["others"] == []


def test_who_diverges_is_named_and_not_compared():
    net = "moons:depth=2,width=20,activation=relu,init=normal_1,steps=50"
    query = f"net={net}&trainer=sgd:lr=100&trainer=adam:lr=0.01"
    finding = response("net_band", query)["finding"]
    (lost,) = finding["diverged"]
    assert finding["lane"] == 1 and finding["others"] == []
    assert lost["lane"] == 0 and 0 < lost["seeds"] <= 8


@pytest.mark.parametrize("trainers", ["", "&trainer=adam&trainer=sgd", "&trainer=adam"])
def test_what_would_cost_too_much_is_said_and_nothing_is_trained(trainers: str):
    query = f"net=mnist:depth=4,width=100,steps=2000{trainers}"
    told = response("net_band", query)
    runs = trainings(read(query)[0].network)
    assert told["lanes"] == [] and told["finding"] is None
    assert told["dear"]["cost"] == SEEDS * sum(map(cost_of, runs)) > told["dear"]["most"] == MOST
    steps = told["dear"]["steps"]
    assert (steps > 0) is (trainers != "")
    if not steps:
        return
    for more, fits in ((0, True), (1, False)):
        near = read(query.replace("steps=2000", f"steps={steps + more}"))[0].network
        assert (SEEDS * sum(map(cost_of, trainings(near))) <= MOST) is fits
