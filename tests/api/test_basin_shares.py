"""Who finds the flattest minimum."""

import pytest

from api.basin_shares import RUNS
from studies.basin_shares import RATES
from tests.api.responses import response

NOISY = "f=flat_vs_sharp&noise=1&steps=60&lane=sgd:lr=0.6&crowd=starts"


def test_the_target_is_the_flat_one_and_rates_surround_the_lanes_own():
    answer = response("shares", f"{NOISY}&size=4")
    assert answer["target"] == pytest.approx([-2, 0], abs=1e-6)
    assert (answer["runs"], answer["size"], answer["ready"], answer["equal"]) == (RUNS, 4, True, False)
    rates = answer["rates"]
    assert len(rates) == len(answer["rows"]) == RATES
    assert rates == sorted(rates) and rates[RATES // 2] == pytest.approx(0.6)
    assert (rates[0], rates[-1]) == pytest.approx((0.06, 6))


def test_rows_belong_to_their_rates():
    """A step of less than two over the sharp curvature (8) can stay in both; one of more can only in the
    flat one, whose curvature is 1/2; at 6 it can stay in neither.
    """
    answer = response("shares", f"{NOISY.replace('noise=1', 'noise=0.001')}&size=64")
    shares = {round(rate, 3): row["share"] for rate, row in zip(answer["rates"], answer["rows"], strict=True)}
    assert 0.5 < shares[0.06] < 0.9
    assert shares[0.6] > 0.98
    assert shares[6.0] < 0.5


def test_the_batch_size_divides_the_noise():
    few, many = (response("shares", f"{NOISY}&size={size}") for size in (1, 64))
    same = response("shares", f"{NOISY.replace('noise=1', 'noise=8')}&size=64")
    assert few["rows"] != many["rows"]
    assert few["rows"] == same["rows"]


@pytest.mark.parametrize(
    ("query", "minima", "noisy"),
    [("f=flat_vs_sharp", 2, False), ("f=bowl&noise=1", 1, True), ("f=saddle", 0, False)],
)
def test_what_is_missing_is_said(query: str, minima: int, noisy: bool):
    answer = response("shares", query)
    assert (answer["ready"], answer["minima"], answer["noisy"]) == (False, minima, noisy)


def test_equal_minima_are_said_to_be_equal():
    assert response("shares", "f=double_well&noise=1&steps=5&lane=sgd")["equal"]
