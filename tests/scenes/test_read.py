"""What a reader's own hand may write, and what is said when it slips."""

import jax.numpy as jnp
import pytest

from catalog import Repair
from landscapes import LANDSCAPES, Box
from landscapes.formula import from_formula, read_formula
from locales import texts
from optimizers import OPTIMIZERS
from scenes import MOST_LANES, View, default_scene, read, read_ground, suggestion, write
from scenes.defaults import DEFAULT_RACERS
from scenes.query import join, split


def one_repair(query: str) -> tuple[str, str, str, str]:
    """Read `query`; return its one repair as a tuple."""
    _, repairs = read(query)
    assert len(repairs) == 1, repairs
    return repairs[0].why, repairs[0].parameter, repairs[0].value, repairs[0].used


def test_the_link_of_the_house():
    scene, repairs = read("?v=1&f=bowl&at=-7,2&lane=sgd:lr=0.95&lane=adam:lr=0.3&steps=30")
    assert repairs == ()
    assert scene.ground.landscape == "bowl"
    assert scene.ground.start == (-7.0, 2.0)
    assert [(lane.optimizer, lane.knobs["learning_rate"]) for lane in scene.racers] == [
        ("sgd", 0.95),
        ("adam", 0.3),
    ]
    assert scene.budget.steps == 30
    assert scene.view == View()


def test_order_and_spelling_are_free():
    scene = read("v=1&f=bowl:stretch=40&at=1,2&lane=adam:lr=0.3,beta1=0.5&steps=30")[0]
    for same in (
        "steps=30&lane=adam:beta1=.5,learning_rate=3e-1&at=1.0,2&f=bowl:stretch=40.0",
        "f=bowl%3Astretch%3D40&at=1%2C2&lane=adam%3Alr%3D0.3%2Cbeta1%3D0.5&steps=30&v=1",
    ):
        assert read(same) == (scene, ())


@pytest.mark.parametrize("surface", LANDSCAPES)
def test_a_surface_alone_gives_its_default_scene(surface: str):
    scene, repairs = read(f"f={surface}")
    assert (scene, repairs) == (default_scene(surface), ())
    assert tuple(lane.optimizer for lane in scene.racers) == DEFAULT_RACERS
    assert scene.ground.start == LANDSCAPES[surface].start
    assert scene.budget.steps == LANDSCAPES[surface].steps


@pytest.mark.parametrize("method", OPTIMIZERS)
@pytest.mark.parametrize("surface", LANDSCAPES)
def test_a_lane_without_a_rate_has_the_suggested_one(surface: str, method: str):
    scene, repairs = read(f"f={surface}&lane={method}")
    assert repairs == ()
    rate = scene.racers[0].knobs["learning_rate"]
    assert rate == suggestion(LANDSCAPES[surface], method)
    assert OPTIMIZERS[method].knobs[0].accepts(rate)
    assert len(f"{rate:g}") <= 7 and float(f"{rate:g}") == rate, "a rate that nobody can say aloud"


@pytest.mark.parametrize(
    "parameter",
    ["lang=zh", "theme=dark", "embed=true", "embed_options=show_toolbar", "autoplay", "background=none"],
)
def test_the_readers_own_parameters_pass_in_silence(parameter: str):
    assert read(parameter) == read("")
    assert read(f"{parameter}&f=bowl&{parameter}") == read("f=bowl")


@pytest.mark.parametrize(
    ("query", "repair"),
    [
        ("v=2", ("unknown_version", "v", "2", "1")),
        ("f=Bowl", ("unknown_landscape", "f", "Bowl", "bowl")),
        ("f=nope:stretch=40", ("unknown_landscape", "f", "nope", "bowl")),
        ("f=bowl:stretch=1e9", ("out_of_range", "bowl:stretch", "1e9", "20")),
        ("f=bowl:squeeze=3", ("unknown_knob", "bowl:squeeze", "3", "")),
        ("at=nan,2", ("not_a_point", "at", "nan,2", "-7,2")),
        ("at=1", ("not_a_point", "at", "1", "-7,2")),
        ("at=1,2,3", ("not_a_point", "at", "1,2,3", "-7,2")),
        ("at=1,2e9", ("outside_box", "at", "1,2e9", "-7,2")),
        ("lane=sgd&lane=adamm:lr=1", ("unknown_lane", "lane", "adamm", "")),
        ("lane=sgd:lr=0", ("out_of_range", "sgd:lr", "0", "0.95")),
        ("lane=sgd:lr=1,5", ("not_a_number", "sgd:lr", "1,5", "0.95")),
        ("lane=sgd:lr=1,lr=2", ("repeated_parameter", "sgd:lr", "2", "1")),
        ("lane=sgd:learning_rate=1,lr=2", ("repeated_parameter", "sgd:lr", "2", "1")),
        ("lane=sgd:momentum=0.9", ("unknown_knob", "sgd:momentum", "0.9", "")),
        ("steps=0", ("out_of_range", "steps", "0", "150")),
        ("f=rosenbrock&steps=1.5", ("not_a_number", "steps", "1.5", str(LANDSCAPES["rosenbrock"].steps))),
        ("noise=-1", ("out_of_range", "noise", "-1", "0")),
        ("seed=2147483648", ("out_of_range", "seed", "2147483648", "0")),
        ("step=151", ("out_of_range", "step", "151", "150")),
        ("pick=5", ("out_of_range", "pick", "5", "1")),
        ("pick=0", ("out_of_range", "pick", "0", "1")),
        ("loss=cubic", ("unknown_choice", "loss", "cubic", "log")),
        ("hide=surface,walls", ("unknown_panel", "hide", "walls", "")),
        ("steps=10&steps=20", ("repeated_parameter", "steps", "20", "10")),
        ("colour=red", ("unknown_parameter", "colour", "red", "")),
        ("page=home", ("unknown_choice", "page", "home", "race")),
        ("layer=heat", ("unknown_choice", "layer", "heat", "height")),
        ("tint=sepia", ("unknown_choice", "tint", "sepia", "terrain")),
        ("hero=me", ("unknown_choice", "hero", "me", "map")),
        ("present=maybe", ("unknown_choice", "present", "maybe", "off")),
        ("measure=speed", ("unknown_choice", "measure", "speed", "auto")),
        ("batch=0", ("out_of_range", "batch", "0", "1")),
        ("batch=2.5", ("not_a_number", "batch", "2.5", "1")),
        ("sampling=often", ("unknown_choice", "sampling", "often", "epochs")),
        ("luck=bad", ("unknown_choice", "luck", "bad", "shared")),
        ("rule=mine", ("unknown_choice", "rule", "mine", "own")),
        ("l2=-1", ("out_of_range", "bowl:l2", "-1", "0")),
        ("f=bowl:l2=0.1&l2=0.2", ("repeated_parameter", "bowl:l2", "0.2", "0.1")),
        ("formula=x*y&data=1,2;2,3;3,4", ("data_without_model", "data", "1,2;2,3;3,4", "")),
        ("shift=many", ("not_a_number", "shift", "many", "0.5")),
        ("probe=1", ("no_probe", "probe", "1", "")),
        ("probe=1,99", ("no_probe", "probe", "1,99", "")),
        ("box=-1,1,-1,1", ("box_without_formula", "box", "-1,1,-1,1", "")),
        ("f=bowl&formula=x*y", ("formula_wins", "f", "bowl", "x*y")),
        ("formula=x*y&box=1,1,2,2", ("not_a_box", "box", "1,1,2,2", "-5,5,-5,5")),
        ("formula=x*y&box=1,2", ("not_a_box", "box", "1,2", "-5,5,-5,5")),
        ("formula=x*y&box=-1,1,-9,9", ("not_a_box", "box", "-1,1,-9,9", "-5,5,-5,5")),
        ("formula=x*y&box=-1,1,nan,2", ("not_a_box", "box", "-1,1,nan,2", "-5,5,-5,5")),
    ],
)
def test_what_is_said(query: str, repair: tuple[str, str, str, str]):
    assert one_repair(query) == repair


def test_the_first_eight_lanes_race():
    scene, repairs = read("&".join(f"lane=sgd:lr={n}" for n in range(1, 12)))
    assert [lane.knobs["learning_rate"] for lane in scene.racers] == list(range(1, MOST_LANES + 1))
    assert repairs == (Repair("too_many_lanes", "lane", "11", "8"),)


def test_lanes_that_are_no_lanes_give_the_default_ones():
    scene, repairs = read("lane=&lane=nope")
    assert scene == default_scene()
    assert [repair.why for repair in repairs] == ["unknown_lane", "unknown_lane", "no_lane_left"]


def test_notes_are_few_short_and_on_one_line():
    scene, repairs = read("&".join(f"p{n}={'x' * 60}%0A" for n in range(40)))
    assert scene == default_scene()
    assert len(repairs) == 12
    assert repairs[-1] == Repair("more_repairs", "", "29", "")
    assert all(len(repair.value) <= 40 and repair.value.isprintable() for repair in repairs)


def test_no_value_is_cut_in_two():
    scene, repairs = read("steps=5&" + "lane=sgd&" * 1776 + "seed=1234567")
    assert repairs[0].why == "too_long"
    assert (scene.budget.steps, scene.budget.seed) == (5, 0)


def test_more_parameters_than_any_scene_has_are_not_looked_at():
    scene, repairs = read("lang=en&" * 100 + "f=saddle")
    assert scene == default_scene()
    assert repairs == (Repair("too_many_parameters", "", "101", "100"),)


def test_what_is_usual_is_not_spelled():
    assert write(read("noise=0&seed=0&pick=1&loss=log&hide=&lane=adam:lr=0.3,beta1=0.9")[0]) == (
        "v=1&f=bowl&at=-7,2&lane=adam:lr=0.3&steps=150"
    )


def test_everything_is_spelled():
    link = (
        "v=1&f=bowl:stretch=40&at=-7.5,2&lane=sgd:lr=0.1&lane=adam:lr=0.3,beta1=0.8,eps=1e-06&steps=30"
        "&noise=0.5&seed=7&step=12&pick=2&loss=linear&hide=surface,losses"
    )
    scene, repairs = read(link)
    assert (write(scene), repairs) == (link, ())
    assert scene.view == View(step=12, lane=1, loss_axis="linear", hide=frozenset({"surface", "losses"}))


@pytest.mark.parametrize(
    "spelled",
    [
        "x**2/20+y**2",
        "x**2/20 + y**2",
        "x**2/20%2By**2",
        "x**2/20 %2B y**2",
        "x**2/20%20%2B%20y**2",
        "x**2/20+%2B+y**2",
        "x**2+/+20+%2B+y**2",
        "%20x**2/20+y**2",
        "x^2/20+y^2",
        "x%5E2/20%2By%C2%B2",
        "x²/20+y²",
    ],
)
def test_a_formula_may_be_typed_into_a_link(spelled: str):
    scene, repairs = read(f"formula={spelled}")
    assert repairs == ()
    assert scene.ground.landscape == read_formula("x**2/20+y**2")
    assert write(scene).startswith("v=1&formula=x**2/20+y**2&at=")


@pytest.mark.parametrize(
    ("spelled", "text"),
    [
        ("sin(3x)+y^2", "sin(3*x)+y**2"),
        ("x+y", "x+y"),
        ("2+x", "2+x"),
        ("x%20y", "x+y"),
        ("x+*+y+%2B+x", "x*y+x"),
        ("x+*+y+x", "x*y+x"),
        ("(+x+)+%2B+y", "(x)+y"),
        ("sin+x+%2B+y", "sin(x)+y"),
        ("x+^+2+-+y", "x**2-y"),
        ("x+", "x"),
    ],
)
def test_a_plus_in_a_link_is_never_lost(spelled: str, text: str):
    """It is one where it can be; elsewhere it is the space that forms write so."""
    link = f"formula={spelled}"
    assert write(read(link)[0]).startswith(f"v=1&formula={text}&")
    assert read(join(split(link))) == read(link)  # nobody on the way loses it


@pytest.mark.parametrize("formula", ["x+-y", "-x+y", "x++y", "+x", "x-+y", "1e+3*x", "2*(+x)"])
def test_an_idle_plus_in_a_link_changes_nothing(formula: str):
    scene, repairs = read(f"formula={formula}")
    assert repairs == ()
    at = jnp.array((0.75, -1.25))
    assert scene.ground.surface.loss(at, l2=0.0) == from_formula(formula).loss(at)


@pytest.mark.parametrize(("text", "times"), [("[x]*3", 1), ("x+*+*+y", 2)])
def test_a_formula_that_is_refused_is_read_once_in_each_spelling(monkeypatch, text: str, times: int):
    tried: list[str] = []

    def count(spelled: str, box: Box):
        tried.append(spelled)
        return read_formula(spelled, box)

    monkeypatch.setattr(read_ground, "read_formula", count)
    _, repairs = read(f"formula={text}")
    assert repairs[0].parameter == "formula"
    assert len(tried) == len(set(tried)) == times


def test_a_formula_that_cannot_be_read_says_why_and_gives_way():
    scene, repairs = read("formula=[x]*3&f=saddle&steps=20")
    assert scene.ground.landscape == "saddle" and scene.budget.steps == 20
    assert repairs[0].parameter == "formula" and repairs[0].used == "(x)*3"
    assert repairs[0].why in texts("en")["formulas"]
    assert repairs[1] == Repair("unreadable_formula", "formula", "[x]*3", "saddle")


def test_the_start_on_a_formula_lies_in_its_box():
    scene, repairs = read("formula=x*y&box=2,4,2,4&at=0,0")
    assert [repair.why for repair in repairs] == ["outside_box"]
    assert scene.ground.surface.contains(scene.ground.start)


def test_a_scene_asks_one_question_per_lane():
    scene, _ = read("f=bowl:stretch=40&at=1,2&lane=sgd:lr=0.1&lane=adam:lr=0.3&steps=30&noise=0.5&seed=7")
    sgd, adam = scene.runs()
    assert (sgd.optimizer, adam.optimizer) == ("sgd", "adam")
    assert adam.knobs == scene.racers[1].knobs
    for run in (sgd, adam):
        assert (run.landscape, dict(run.landscape_knobs), run.start) == (
            "bowl",
            {"stretch": 40.0, "l2": 0.0},
            (1.0, 2.0),
        )
        assert (run.steps, run.sigma, run.seed) == (30, 0.5, 7)


@pytest.mark.parametrize("text", ["on", "1", "true", "yes", ""])
def test_presenting_is_switched_on_however_it_is_written(text: str):
    scene, repairs = read(f"f=bowl&present={text}")
    assert (scene.view.present, repairs) == ("on", ())
    assert "present=on" in write(scene)


@pytest.mark.parametrize("text", ["off", "0", "false", "no"])
def test_presenting_is_switched_off_however_it_is_written(text: str):
    assert read(f"f=bowl&present={text}") == read("f=bowl")
