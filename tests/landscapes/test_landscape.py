"""The type of a surface."""

import pytest

from landscapes import LANDSCAPES

BOWL = LANDSCAPES["bowl"]


def test_settings_are_the_defaults_unless_given() -> None:
    assert BOWL.settings() == {"stretch": 20.0}
    assert BOWL.settings({"stretch": 3.0}) == {"stretch": 3.0}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"strech": 3.0}, "Expected knobs among stretch; got 'strech'"),
        ({"stretch": 0.0}, r"Expected stretch to be \[1, 100\], got 0.0"),
        ({"stretch": float("nan")}, "got nan"),
        ({"stretch": "3"}, "got '3'"),
    ],
)
def test_settings_refuse_what_no_knob_takes(given: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        BOWL.settings(given)


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        ((0.0, 0.0), True),
        ((-8.0, 8.0), True),
        ((8.1, 0.0), False),
        ((0.0, -8.1), False),
        ((float("nan"), 0.0), False),
        ((0.0, float("inf")), False),
    ],
)
def test_the_edge_belongs_to_the_box(point: tuple[float, float], inside: bool) -> None:
    assert BOWL.contains(point) is inside
