"""Slices through the loss of networks as surfaces of a scene: links, changes, and what may be asked for."""

from dataclasses import replace

import numpy as np
import pytest

from catalog import Repair
from landscapes.spline import SIDE, samples_of
from networks.geometry import MOST_SLICE_COST, Sampled, keep, slice_costs
from scenes import Scene, default_scene, edit, read, write
from scenes.network_slice import NetworkSlice, SliceTable, is_pending, slice_of_table
from tests.scenes.usable import faults


def told(link: str) -> tuple[SliceTable, list[tuple[str, str, str]]]:
    scene, repairs = read(link)
    assert isinstance(scene.ground.landscape, NetworkSlice) and faults(scene) == []
    assert read(write(scene)) == (scene, ())
    return scene.ground.landscape.table, [(each.why, each.parameter, each.used) for each in repairs]


def known(table: SliceTable, shift: float = 0.0) -> NetworkSlice:
    """A slice whose samples are there, made of a formula: nothing is trained."""
    box = ((-table.extent, table.extent), (-table.extent, table.extent))
    x, y = np.meshgrid(*(np.linspace(low, high, SIDE) for low, high in box))
    sampled = Sampled(samples_of((x - 0.2 + shift) ** 2 + 3 * y**2 + x * y, box), 1e-5, 0, 0.04, None)
    keep(table.question, sampled)
    found = slice_of_table(table)
    assert found.sampled == sampled
    return found


def test_a_link_says_network_training_and_plane():
    table, repairs = told(
        "f=slice&through=xor:depth=3,width=8,activation=relu,opt=sgd,steps=40,plane=path,seed=7"
    )
    assert not repairs
    question = table.question
    assert question.training.network.widths == (8, 8, 8) and question.training.network.data == "xor"
    assert (question.kind, question.training.optimizer, question.training.rate) == ("path", "sgd", 0.5)
    assert (question.training.steps, question.training.seed, question.points) == (40, 7, SIDE)
    assert question.training.network.initializer == "he_normal"
    assert told("through=xor") == told("f=slice&through=xor")
    assert told("f=slice")[0] == SliceTable.usual()


def test_through_solutions_are_those_of_the_seeds_that_follow():
    question = told("f=slice&through=moons:plane=solutions,seed=4")[0].question
    assert [run.seed for run in (question.training, *question.others)] == [4, 5, 6]
    last = told("f=slice&through=moons:plane=solutions,seed=9999")[0].question
    assert [run.seed for run in last.others] == [10000, 10001]


def test_what_has_no_say_makes_no_other_slice():
    one, other = (told(f"f=slice&through=moons:plane=path,extent={extent}")[0] for extent in (1, 3))
    assert one.question == other.question and "extent" in one.idle


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("f=slice&through=mars:depth=2", ("unknown_choice", "through", "moons")),
        ("f=slice&through=table", ("unknown_choice", "through", "moons")),
        ("f=slice&through=moons:depth=99", ("out_of_range", "through:depth", "2")),
        ("f=slice&through=moons:extent=0", ("out_of_range", "through:extent", "1")),
        ("f=slice&through=moons:extent=nan", ("not_a_number", "through:extent", "1")),
        ("f=slice&through=moons:plane=sideways", ("unknown_choice", "through:plane", "random")),
        ("f=slice&through=moons:opt=newton", ("unknown_choice", "through:opt", "adam")),
        ("f=slice&data=1,2;3,4", ("data_without_model", "data", "")),
        ("f=slice&at=5,5", ("outside_box", "at", "-1,-1")),
    ],
)
def test_what_cannot_be_is_mended(link: str, expected: tuple[str, str, str]):
    assert expected in told(link)[1]


def test_a_slice_of_another_surface_is_none():
    for link in ("f=bowl&through=moons", "formula=x**2&through=moons"):
        scene, repairs = read(link)
        assert not isinstance(scene.ground.landscape, NetworkSlice)
        assert Repair("slice_without_surface", "through", "moons", "") in repairs


@pytest.mark.parametrize(
    "settings",
    ["depth=20,width=128", "depth=20,width=128,norm=batch,steps=5000,plane=solutions", "steps=5000,opt=sam"],
)
@pytest.mark.parametrize("data", ["moons", "mnist", "digits"])
def test_what_would_cost_too_much_is_the_nearest_that_may_be(data: str, settings: str):
    table, repairs = told(f"f=slice&through={data}:{settings}")
    assert sum(slice_costs(table.trainings())) <= MOST_SLICE_COST
    asked = {name for name, _, _ in repairs}
    assert asked <= {"too_much_training"}
    if data == "mnist":
        assert asked


def test_without_samples_it_has_a_box_and_no_defaults_of_its_own_in_links():
    scene, _ = read("f=slice&through=circles:extent=2")
    assert is_pending(scene.ground.landscape)
    assert scene.ground.surface.box == ((-2, 2), (-2, 2))
    assert write(scene) == "v=1&f=slice&through=circles:extent=2&steps=100"
    chosen = replace(scene, ground=replace(scene.ground, start=(0.5, 1.0)), racers=scene.racers[:1])
    assert "at=0.5,1&lane=sgd" in write(chosen)


def test_with_samples_a_link_reads_as_what_it_was_written_from():
    table = told("f=slice&through=circles:seed=31")[0]
    scene = read("f=slice&through=circles:seed=31")[0]
    slice_ = known(table)
    now, repairs = read("f=slice&through=circles:seed=31")
    assert now.ground.landscape == slice_ != scene.ground.landscape and not repairs
    assert not is_pending(now.ground.landscape)
    assert read(write(now)) == (now, ()) and "&at=" in write(now)
    assert now.ground.surface is slice_.landscape() or now.ground.surface.data is slice_.landscape().data
    assert now.racers != scene.racers  # rates are those of the surface
    # The link of the flat surface that stood for it says nothing that would be wrong now.
    assert read(write(scene))[0] == now


def on_a_slice(link: str = "f=slice&through=xor:seed=32") -> Scene:
    scene, _ = read(link)
    assert isinstance(scene.ground.landscape, NetworkSlice)
    known(scene.ground.landscape.table)
    return read(link)[0]


def test_a_knob_makes_another_slice_and_keeps_a_start_that_was_chosen():
    scene = on_a_slice()
    known(replace(scene.ground.landscape.table, directions=5), 0.3)  # type: ignore[union-attr]
    turned, repairs = edit(scene, {"do": "slice", "knob": "directions", "to": 5})
    assert not repairs and turned.ground.surface.start == turned.ground.start
    moved, _ = edit(scene, {"do": "start", "to": [0.31, -0.4]})
    turned, _ = edit(moved, {"do": "slice", "knob": "directions", "to": 5})
    assert turned.ground.start == (0.31, -0.4)
    wider, _ = edit(moved, {"do": "slice", "knob": "extent", "to": 3})
    assert is_pending(wider.ground.landscape) and wider.ground.start == wider.ground.surface.start


def test_other_methods_come_with_their_rates_and_reset_is_as_usual():
    scene, repairs = edit(on_a_slice(), {"do": "slice", "knob": "method", "to": "sgd"})
    assert not repairs and scene.ground.landscape.table.rate == 0.5  # type: ignore[union-attr]
    usual, _ = edit(scene, {"do": "slice"})
    assert usual.ground.landscape.table == SliceTable.usual()  # type: ignore[union-attr]
    from_the_gallery, repairs = edit(default_scene(), {"do": "surface", "to": "slice"})
    assert not repairs and from_the_gallery.ground == usual.ground


@pytest.mark.parametrize("change", [{"knob": "nonsense", "to": 1}, {"knob": [], "to": {}}, {"knob": "depth"}])
def test_a_change_that_cannot_be_says_so(change: dict[str, object]):
    scene = on_a_slice()
    after, repairs = edit(scene, {"do": "slice", **change})
    assert repairs and after.ground.landscape == scene.ground.landscape


def test_equal_slices_are_one_surface():
    one = known(told("f=slice&through=circles:seed=33")[0])
    assert one.landscape() is NetworkSlice(one.table, one.sampled).landscape()
    assert hash(one) == hash(NetworkSlice(one.table, one.sampled))
    assert one.landscape().traced == known(told("f=slice&through=moons:seed=34")[0], 1.0).landscape().traced
