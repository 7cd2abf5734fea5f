"""Settings are values: equal contents are equal and hash alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import Settings, Value

contents = st.dictionaries(
    st.text(max_size=3), st.one_of(st.floats(allow_nan=False), st.integers(), st.text(max_size=3)), max_size=4
)


@given(values=contents)
def test_the_order_of_knobs_does_not_matter(values: dict[str, Value]) -> None:
    forth, back = Settings(values), Settings(dict(reversed(values.items())))
    assert forth == back == values
    assert hash(forth) == hash(back)
    assert dict(forth) == values
    assert len(forth) == len(values)


@given(values=contents, name=st.text(max_size=3))
def test_another_value_makes_other_settings(values: dict[str, Value], name: str) -> None:
    assert Settings(values) != Settings(values, **{name: "something else"})
    assert Settings(values) != list(values)


def test_later_values_win_and_the_given_mapping_is_copied() -> None:
    values: dict[str, Value] = {"beta1": 0.9}
    settings = Settings(values, beta1=0.8, beta2=0.99)
    values["beta1"] = 0.0
    assert settings == {"beta1": 0.8, "beta2": 0.99}
    assert repr(settings) == "Settings({'beta1': 0.8, 'beta2': 0.99})"


def test_settings_cannot_be_changed() -> None:
    settings = Settings(rho=0.9)
    with pytest.raises(TypeError):
        settings["rho"] = 0.5  # pyright: ignore[reportIndexIssue]
    with pytest.raises(KeyError):
        settings["beta"]
