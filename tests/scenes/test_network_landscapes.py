"""The lab on landscapes: what is usual depends on what is compared, and nothing costs too much."""

import pytest

from scenes import Scene, edit, read, write
from scenes.net_labs import Residual
from scenes.net_labs.many import MOST_LAB_COST


def lab_of(query: str) -> tuple[Residual, list[tuple[str, str, str]]]:
    scene, repairs = read(f"page=networks&lab=residual&{query}")
    return scene.network.residual, [(each.why, each.parameter, each.used) for each in repairs]


def after(scene: Scene, knob: str, to: object) -> Scene:
    changed, repairs = edit(scene, {"do": "net_lab", "lab": "residual", "knob": knob, "to": to})
    assert repairs == () and read(write(changed)) == (changed, ())
    return changed


def test_it_opens_with_a_network_of_twenty_layers_and_what_it_is_without():
    lab, repairs = lab_of("")
    assert repairs == [] and lab == Residual.usual() and lab.pairs() == []
    own, plain = lab.pair
    assert own.network.residual and not plain.network.residual and own.network.widths == (16,) * 20
    assert len(lab.trainings()) == 10 and lab.whole_cost < MOST_LAB_COST


def test_another_comparison_comes_with_what_is_usual_there():
    scene = after(read("page=networks&lab=residual")[0], "compare", "normalization")
    lab = scene.network.residual
    assert (lab.data, lab.depth, lab.activation, lab.norm) == ("digits", 8, "relu", "batch")
    own, plain = lab.pair
    assert (own.network.normalization, plain.network.normalization) == ("batch", "none")
    assert not own.network.residual and own.network.initializer == "he_normal"
    assert after(scene, "compare", "residual").network.residual == Residual.usual()
    # What the reader has turned stays.
    deeper = after(after(scene, "depth", 12), "compare", "residual").network.residual
    assert (deeper.depth, deeper.norm, deeper.data) == (12, "none", "spirals")


def test_a_link_that_leaves_things_out_says_what_is_usual_for_what_is_compared():
    lab, repairs = lab_of("residual=digits:compare=normalization")
    assert repairs == [] and (lab.depth, lab.norm, lab.steps) == (8, "batch", 300)
    lab, repairs = lab_of("residual=digits:compare=normalization,depth=20")
    assert lab.depth == 20 and (lab.pairs()[0][0], lab.pairs()[0][1][:16]) == ("residual", "digits:depth=20,")


@pytest.mark.parametrize(
    ("query", "repair"),
    [
        ("residual=digits:compare=normalization,norm=none", ("unknown_choice", "residual:norm", "batch")),
        ("residual=spirals:depth=57", ("out_of_range", "residual:depth", "20")),
        ("residual=spirals:seeds=4", ("out_of_range", "residual:seeds", "5")),
        ("residual=spirals:extent=0", ("out_of_range", "residual:extent", "1")),
        ("residual=iris", ("unknown_choice", "residual", "spirals")),
        ("residual=digits:depth=56,width=64", ("too_much_training", "residual", "steps=100, width=")),
    ],
)
def test_what_cannot_be_becomes_what_can_with_a_note(query: str, repair: tuple[str, str, str]):
    lab, repairs = lab_of(query)
    assert [(why, parameter) for why, parameter, _ in repairs] == [repair[:2]]
    assert repairs[0][2].startswith(repair[2])
    assert lab.whole_cost <= MOST_LAB_COST
