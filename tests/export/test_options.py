"""What an export is asked for: options beside a scene, and sentences for those that cannot be."""

import pytest

from export.options import LEAST, MOST, Options, options_of
from scenes import read


def test_options_are_parted_from_the_scene_and_from_the_reader():
    scene, options = options_of(
        "f=saddle&pane=map&size=800x600&scale=2&paper=none&theme=dark&lang=zh&lane=adam"
    )
    assert scene == "f=saddle&lane=adam"
    assert (options.pane, options.width, options.height, options.scale) == ("map", 800, 600, 2)
    assert options.transparent and options.theme.id == "dark" and options.language == "zh"
    assert read(scene)[1] == ()


def test_what_is_not_said_is_usual():
    assert options_of("f=bowl")[1] == Options()
    assert options_of("f=bowl", width=960, height=540)[1] == Options(width=960, height=540)


def test_the_tint_of_the_scene_is_that_of_the_picture():
    assert options_of("f=bowl&tint=print&theme=dark")[1].theme.id == "dark-print"


def test_a_surface_is_seen_from_above_the_horizon():
    assert options_of("f=bowl&eye=3,4,0")[1].eye == pytest.approx((0.6, 0.8, 0.05), abs=0.002)
    assert options_of("f=bowl&eye=0,-1e-9,5")[1].eye == pytest.approx((0, -0.07, 0.997), abs=0.002)
    assert options_of("f=bowl&eye=1,1,1")[0] == "f=bowl"


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("pane=ceiling", "one of stage, map, surface, losses, measures, data; got 'ceiling'"),
        ("size=1x1", f"from {LEAST} to {MOST}"),
        ("size=99999999999999x3", f"from {LEAST} to {MOST}"),
        ("size=-800x600", f"from {LEAST} to {MOST}"),
        ("size=８００x６００", f"from {LEAST} to {MOST}"),
        ("size=", f"from {LEAST} to {MOST}"),
        ("scale=NaN", "Expected scale from 1 to 4.5"),
        ("scale=1e9", "Expected scale from 1 to 4.5"),
        ("size=2400x2400&scale=4", "at most 20 million pixels"),
        ("paper=<script>", "solid or none"),
        ("theme=mauve", "light or dark"),
        ("lang=tlh", "one of en, zh"),
        ("eye=1,2", "Expected eye to be three numbers"),
        ("eye=0,0,0", "Expected eye to be three numbers"),
        ("eye=nan,1,inf", "Expected eye to be three numbers"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(link: str, why: str):
    with pytest.raises(ValueError, match=why) as refused:
        options_of(f"f=bowl&{link}")
    assert len(str(refused.value)) < 250
