"""What the stage asks for by address."""

import base64
from urllib.parse import quote

import numpy as np
import pytest

from api.escape import HAIR
from api.facts import FACTS, MOST_LISTED
from landscapes import LANDSCAPES
from landscapes.formula import read_formula
from studies import small_batches
from tests.api.responses import response
from tests.landscapes.formula.corpus import ACCEPTED, REFUSED
from tests.scenes.test_hostile_queries import rows, translated, unfolded

KINDS = [name.removesuffix(".json") for name in FACTS]
OF_SURFACES = [kind for kind in KINDS if not kind.startswith("net_")]  # the others take no notice of one


def floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4").astype(float)


def test_critical_points():
    found = response("critical", "f=himmelblau")
    assert found["counts"] == {"minimum": 4, "saddle": 4, "maximum": 1, "degenerate": 0}
    assert (found["sum"], found["winding"], found["complete"], found["curves"]) == (1, 1, True, 0)
    assert [point["published"] for point in found["points"]] == [True] * 4 + [False] * 5
    assert max(point["gradient"] for point in found["points"]) < 1e-10
    marks = {role: len(floats(axes["x"])) for role, axes in found["marks"].items()}
    assert (marks["saddle"], marks["maximum"], marks["minimum"]) == (4, 1, 0)  # the minima have their stars


def test_thousands_of_points_are_counted_and_drawn_but_not_listed():
    found = response("critical", "f=levy_13")
    total = sum(found["counts"].values())
    assert len(found["points"]) == MOST_LISTED < total
    assert sum(len(floats(axes["x"])) for axes in found["marks"].values()) >= total - 1
    assert not found["complete"]


def test_a_valley_is_a_line():
    found = response("critical", "formula=(x**2%2By**2-1)**2")
    assert found["curves"] == 1
    x, y = (floats(found["marks"]["critical_curve"][axis]) for axis in "xy")
    radii = np.hypot(x, y)
    assert np.isnan(radii).sum() == 1, "one line, and the gap after it"
    np.testing.assert_allclose(radii[np.isfinite(radii)], 1, atol=1e-5)


@pytest.mark.parametrize("query", ["f=bowl:stretch=50&probe=2,-3", "formula=x**2/50%2By**2&probe=2,-3"])
def test_a_point(query: str):
    facts = response("point", query)
    assert facts["defined"] and facts["point"] == [2, -3]
    assert facts["loss"] == pytest.approx(4 / 50 + 9)
    assert facts["gradient"] == pytest.approx([4 / 50, -6])
    assert np.allclose(facts["hessian"], [[1 / 25, 0], [0, 2]])
    assert facts["eigenvalues"] == pytest.approx([1 / 25, 2])
    assert np.abs(facts["eigenvectors"]).tolist() == [[1, 0], [0, 1]]
    assert facts["condition"] == pytest.approx(50)
    assert set(facts["marks"]) == {"region", "model", "cross_up", "cross_down", "slope", "probe"}


def test_a_point_where_nothing_is_defined():
    assert response("point", "formula=log(x*y)&probe=-1,1") == {"point": [-1, 1], "defined": False}
    assert response("point", "formula=sqrt(x)&probe=0,1")["defined"] is False
    assert response("point", "formula=x&probe=0,1")["condition"] is None


def test_measures_are_those_of_the_path():
    lanes = response("measures", "f=bowl&lane=sgd:lr=0.8&lane=adam:lr=0.3&lane=lion&steps=20")["lanes"]
    for lane in lanes:
        np.testing.assert_allclose(floats(lane["lambda_max"]), np.full(21, 2.0))
        np.testing.assert_allclose(floats(lane["lambda_min"]), np.full(21, 0.1), rtol=1e-6)
        np.testing.assert_allclose(floats(lane["condition"]), np.full(21, 20.0), rtol=1e-6)
    sgd, adam, lion = lanes
    np.testing.assert_allclose(floats(sgd["load"]), np.full(20, 1.6), rtol=1e-6)
    assert (sgd["limit"], sgd["estimate"]) == (2, False)
    assert (adam["limit"], adam["estimate"]) == (pytest.approx(38), True)
    assert lion["limit"] is None and np.isnan(floats(lion["load"])).all()
    assert floats(sgd["gradient"])[0] == pytest.approx(np.hypot(0.7, 4))
    for lane in lanes:  # nothing is left to chance: what was seen is what was there
        np.testing.assert_allclose(floats(lane["seen"]), floats(lane["gradient"])[:-1], rtol=1e-6)


def test_the_gradient_that_was_seen_is_the_noisy_and_clipped_one():
    query = "f=bowl&noise=2&steps=30&lane=sgd:lr=0.1&lane=sgd:lr=0.1,clip=norm,clip_at=0.5"
    plain, clipped = response("measures", query)["lanes"]
    assert np.abs(floats(plain["seen"]) - floats(plain["gradient"])[:-1]).max() > 0.5
    assert floats(clipped["seen"]).max() == pytest.approx(0.5)
    assert floats(plain["seen"]).max() > 1


def test_leaving_a_saddle():
    methods = ("sgd", "newton", "saddle_free_newton", "negative_curvature")
    query = "f=saddle&probe=0,0&steps=200&" + "&".join(f"lane={name}" for name in methods)
    near, far = (response("escape", f"{query}&hair={hair}") for hair in ("1e-2", "1e-6"))
    steps = dict(zip(methods, far["lanes"], strict=True))
    assert steps["sgd"]["on"] is None and steps["sgd"]["along"] > near["lanes"][0]["along"] > 0
    assert set(steps["newton"].values()) == {None}
    assert steps["saddle_free_newton"]["on"] is None and steps["saddle_free_newton"]["along"] > 0
    assert steps["negative_curvature"]["on"] > 0
    on, along = np.array(far["starts"]["on"]), np.array(far["starts"]["along"])
    assert np.hypot(*(along - on)) == pytest.approx(1e-6)
    assert abs(along[1]) == pytest.approx(1e-6), "x² − y² goes down along y"
    # By hand: y grows by 1 + 2·0.1 a step, from the hair to the radius.
    assert steps["sgd"]["along"] == np.ceil(np.log(far["radius"] / 1e-6) / np.log(1.2))


def test_a_hair_that_is_none_is_the_usual_one():
    usual = response("escape", "f=saddle&probe=0,0")
    for hair in ("nan", "", "1e9", "-1"):
        assert response("escape", f"f=saddle&probe=0,0&hair={hair}") == usual
    assert np.hypot(*usual["starts"]["along"]) == pytest.approx(HAIR.default)


def test_the_corpus_of_formulas():
    for formula in (*ACCEPTED, *REFUSED):
        answer = response("formula", f"formula={quote(formula, errors='replace')}")
        assert answer["ok"] == (formula in ACCEPTED), formula
        if answer["ok"]:
            assert answer["math"].startswith("<math")
            assert read_formula(answer["text"]).text == answer["text"]


@pytest.mark.parametrize("spelled", ["sin(3x)+y^2", quote("sin(3x)+y²"), "SIN(3%20x)+%2B+y**2"])
def test_a_formula_is_told_in_its_canonical_spelling(spelled: str):
    answer = response("formula", f"formula={spelled}")
    assert (answer["ok"], answer["text"]) == (True, "sin(3*x)+y**2")


def test_a_formula_that_cannot_be_read_says_why_and_where():
    answer = response("formula", "formula=sin([3x)%2By")
    assert answer == {
        "ok": False,
        "why": "other_bracket",
        "position": 4,
        "value": "[",
        "suggestion": "sin((3*x)+y)",
    }
    assert response("formula", "formula=x&box=1,1,2,2")["why"] == "box_order"
    assert response("formula", "formula=x&box=a")["why"] == "box_numbers"


# Or labs would train the many networks with which they open.
LITTLE = "moons:examples=50,depth=1,width=4,epochs=2"
NETWORK = "moons:depth=1,width=4,steps=5"
SMALL_LABS = "&".join(
    (
        *(f"net={NETWORK}", "trainer=sgd", f"inside={NETWORK}", f"regularization={NETWORK},examples=50"),
        *(
            f"scales={LITTLE}",
            f"search={LITTLE},side=2,repeats=1",
            "batches=moons:examples=50,depth=1,width=4,epochs=3",
        ),
        *(
            "residual=moons:examples=50,depth=2,width=4,steps=5",
            "spectrum=moons:width=5,batch=20,large=200,steps=40",
            "edge=chebyshev:width=6,rates=1,steps=1000",
            "saddles=moons:examples=20,width=6,searches=5",
            "lines=moons:examples=50,depth=1,width=4,epochs=2,pairs=2,cuts=10,bend=10",
            "slicepoints=5",
        ),
    )
)


@pytest.fixture
def few_sizes(monkeypatch: pytest.MonkeyPatch):
    """Let the lab on normalisations look at two sizes of mini-batches: each of them compiles."""
    monkeypatch.setattr(small_batches, "SIZES", (2, 16))


@pytest.mark.usefixtures("few_sizes")
@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("row", rows("refuse")[::6] + rows("accept")[::3])
def test_any_query_whatever_is_answered(name: str, row: str):
    query = translated(unfolded(row))
    assert isinstance(response(name, query if name in OF_SURFACES else f"{query}&{SMALL_LABS}"), dict)


@pytest.mark.parametrize("name", OF_SURFACES)
@pytest.mark.parametrize(
    "query",
    [
        *("log(x*y)&probe=-1,1", "sqrt(0*x)&probe=0,0", "5&probe=1,1", "1e30*x&probe=1,1"),
        "1e308*x&probe=1,1",
        *("exp(10*x)&probe=5,5", "x/y&probe=0,0", "abs(x)&probe=0,0", "1e-30*x*y&probe=0,0", "cos(x)**50"),
    ],
)
def test_whatever_formula_is_answered(name: str, query: str):
    assert response(name, f"formula={query}&steps=10&lane=newton&lane=sgd")


@pytest.mark.parametrize("surface", LANDSCAPES)
def test_every_surface_has_every_fact(surface: str):
    lanes = "&".join(f"lane={method}" for method in ("sgd", "newton", "adam"))
    for kind in OF_SURFACES:
        assert response(kind, f"f={surface}&steps=5&{lanes}")
