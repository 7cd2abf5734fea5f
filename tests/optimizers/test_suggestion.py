import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.rounding import LADDER, rounded
from optimizers import OPTIMIZERS, suggested_rate


@pytest.mark.parametrize(
    ("name", "rate"),
    [("sgd", 0.95), ("momentum", 0.1), ("adagrad", 1.5), ("rmsprop", 0.1), ("adam", 0.3), ("adadelta", 1.0)],
)
def test_on_the_bowl_it_is_the_rate_of_the_textbook(name: str, rate: float) -> None:
    assert suggested_rate(OPTIMIZERS[name], gradient_rate=0.95, length_rate=0.3) == rate


@given(
    st.sampled_from(list(OPTIMIZERS.values())),
    st.floats(1e-9, 1e9),
    st.floats(1e-9, 1e9),
)
def test_the_knob_accepts_it(optimizer, gradient_rate: float, length_rate: float) -> None:
    assert optimizer.knobs[0].accepts(suggested_rate(optimizer, gradient_rate, length_rate))


@given(st.floats(1e-12, 1e12))
def test_rounding_goes_to_the_nearest_rung_and_stays_there(rate: float) -> None:
    rung = rounded(rate)
    assert rounded(rung) == rung
    mantissa = float(f"{rung:e}".split("e")[0])
    assert mantissa in LADDER
    assert abs(math.log(rung / rate)) <= math.log(5 / 3) / 2 + 1e-9  # half of the widest gap


@pytest.mark.parametrize(("rate", "rung"), [(0.095, 0.1), (9.4, 10), (0.3 / 3, 0.1), (0.0122, 0.01), (4, 5)])
def test_rounding_by_hand(rate: float, rung: float) -> None:
    assert rounded(rate) == rung
