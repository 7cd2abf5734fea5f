"""All that the stage says, in each language."""

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any
from xml.etree import ElementTree

import pytest

from api.answer import answer
from api.mathml import mathml
from api.messages import words
from landscapes import LANDSCAPES, MODELS
from locales import LANGUAGES
from optimizers import OPTIMIZERS, SCHEDULES
from scenes import Budget, default_scene, edit, read
from scenes.knobs import lane_knobs
from scenes.network_slice import SLICE
from scenes.scene import BUDGET

every_language = pytest.mark.parametrize("language", LANGUAGES)
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def entries(said: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in (*said["surfaces"], *said["methods"], *said["schedules"]):
        yield entry["id"], entry


def formulas(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield where each formula stands, and its markup."""
    for name, entry in entries(said):
        for markup in [entry["math"]] if "math" in entry else entry["rules"]:
            yield name, markup
        for knob in entry["knobs"]:
            yield f"{name}:{knob['id']}", knob["math"]
    network = said["network"]
    for entry in (*network["activations"], *network["initializers"], *network["normalizations"]):
        yield f"network:{entry['id']}", entry["math"]
    for knob in (*said["lane"], *said["budget"], *network["knobs"], network["inputs"], *network["trainer"]):
        if knob["kind"] != "choice" or knob["math"]:  # a choice may be without a symbol
            yield knob["id"], knob["math"]


def faults(markup: str) -> list[str]:
    """Return what keeps a browser from drawing `markup` as a formula."""
    try:
        root = ElementTree.fromstring(markup)
    except ElementTree.ParseError as error:
        return [str(error)]
    found = [] if root.tag == f"{MATHML}math" else [root.tag]
    found += [
        node.tag for node in root.iter() if not node.tag.startswith(MATHML) or node.tag.endswith("merror")
    ]
    said = "".join(root.itertext())
    if not said.strip():
        found.append("nothing in it")
    return found + [f"left over: {sign}" for sign in "\\$" if sign in said]


@every_language
def test_words_are_json_and_survive_it(language: str):
    said = words(language)
    assert json.loads(json.dumps(said, allow_nan=False, ensure_ascii=False)) == json.loads(json.dumps(said))
    assert (said["lang"], said["tag"]) == (language, LANGUAGES[language])


@every_language
def test_every_formula_can_be_drawn(language: str):
    found = list(formulas(words(language)))
    assert len(found) > len(LANDSCAPES) + 2 * len(OPTIMIZERS)
    for where, markup in found:
        assert faults(markup) == [], where


@pytest.mark.parametrize(
    "markup",
    [
        "<math>x</math>",
        f'<math xmlns="{MATHML[1:-1]}"><mi>x</math>',
        f'<math xmlns="{MATHML[1:-1]}"></math>',
        mathml(r"\nosuchcommand x"),
        "plain text",
    ],
)
def test_what_is_no_formula_is_found(markup: str):
    assert faults(markup)


def test_formulas_hold_what_they_say():
    assert "".join(ElementTree.fromstring(mathml(r"\frac{x^2}{\beta_1}")).itertext()) == "x2β1"
    assert 'display="inline"' in mathml("x", "inline") and 'display="block"' in mathml("x")


@every_language
def test_every_entry_is_named_told_and_sourced(language: str):
    said = words(language)
    assert [entry["id"] for entry in said["surfaces"]] == [*LANDSCAPES, SLICE]
    assert [entry["id"] for entry in said["methods"]] == list(OPTIMIZERS)
    assert [entry["id"] for entry in said["schedules"]] == list(SCHEDULES)
    assert {entry["id"] for entry in said["surfaces"] if entry["takes_data"]} == set(MODELS)
    for name, entry in entries(said):
        unsourced = name in SCHEDULES and SCHEDULES[name].source is None
        for key in ("name", "story") if unsourced else ("name", "story", "source"):
            assert entry[key].strip(), (name, key)
    # A formula is made by readers: it has a family, and no entry on the shelf.
    assert {entry["family"] for entry in said["surfaces"]} | {"typed"} == set(said["families"])
    for entry in said["methods"]:
        assert bool(entry["differs"]) == bool(OPTIMIZERS[entry["id"]].differs)


@every_language
def test_every_knob_has_a_label_and_a_range(language: str):
    said = words(language)
    listed = [(name, knob) for name, entry in entries(said) for knob in entry["knobs"]]
    shelves = (*LANDSCAPES.values(), *OPTIMIZERS.values(), *SCHEDULES.values())
    assert {knob.id for entry in shelves for knob in entry.knobs} == {knob["id"] for _, knob in listed}
    for name, knob in [*listed, *(("all", knob) for knob in (*said["lane"], *said["budget"]))]:
        assert knob["label"].strip(), (name, knob["id"])
        assert len(knob["options"]) == len(knob["choices"]) == len(set(knob["options"])), (name, knob["id"])
        if knob["kind"] == "choice":
            assert knob["default"] in knob["choices"] and all(text.strip() for text in knob["options"])
            continue
        assert knob["low"] <= knob["default"] <= knob["high"], (name, knob["id"])
        assert knob["step"] > 0
    for name, entry in entries(said):
        labels = [knob["label"] for knob in entry["knobs"]]
        assert len(set(labels)) == len(labels), name


def test_whatever_a_lane_and_all_lanes_have_can_be_turned():
    """They are sent by their id; the knobs of a schedule come with the schedule."""
    said, scene = words("en"), default_scene()
    assert [knob["id"] for knob in said["lane"]] == [knob.id for knob in lane_knobs("constant")]
    assert {knob["id"] for knob in said["lane"]} == set(scene.racers[0].extras)
    assert {field.name for field in fields(Budget)} == set(BUDGET), "every field of a budget is a setting"
    assert {knob["id"] for knob in said["budget"]} == {each.knob.id for each in BUDGET.values()} | {"l2"}


@pytest.mark.parametrize("name", ["l2", *(setting.knob.id for setting in BUDGET.values())])
def test_a_control_turns_what_the_answer_says_then(name: str):
    (knob,) = (each for each in words("en")["budget"] if each["id"] == name)
    scene = read("f=line_fit&lane=sgd&lane=adam")[0]
    to = knob["choices"][1] if knob["kind"] == "choice" else 2
    scene, repairs = edit(scene, {"do": knob["change"], "knob": knob["id"], "to": to})
    assert repairs == ()
    told = answer(scene, ())
    assert {**told["ground"]["knobs"], **told["budget"]}[knob["id"]] == to != knob["default"]
    assert answer(read(told["spelling"])[0], ())["budget"] == told["budget"]


def test_controls_that_are_not_always_there_come_last():
    order = ["steps", "l2", "rule", "noise", "seed", "batch", "luck", "sampling"]
    assert [knob["id"] for knob in words("en")["budget"]] == order


def test_the_names_of_schedules_are_offered_as_choices():
    said = words("zh")
    (schedule,) = (knob for knob in said["lane"] if knob["id"] == "schedule")
    assert schedule["options"] == [entry["name"] for entry in said["schedules"]]
    assert schedule["choices"] == tuple(SCHEDULES)


def test_the_first_knob_of_every_method_is_its_rate():
    """The stage shows it in the lane's row; the others open on demand."""
    assert {entry["knobs"][0]["id"] for entry in words("en")["methods"]} == {"learning_rate"}


def test_languages_differ_in_words_only():
    def bare(said: Any) -> Any:
        """Return what is left without texts, which are free to differ."""
        if isinstance(said, dict):
            free = {
                "label",
                "name",
                "story",
                "gist",
                "differs",
                "lang",
                "tag",
                "ui",
                "repairs",
                "reasons",
                "formulas",
                "tables",
                "families",
                "options",
                *("title", "notice", "do", "answer", "about", "question"),
                *("texts", "lab_texts", "figures", "lanes", "curves", "axes", "why", "outcomes", "at"),
            }
            return {key: bare(value) for key, value in said.items() if key not in free}
        return [bare(value) for value in said] if isinstance(said, list | tuple) else said

    assert bare(words("en")) == bare(words("zh"))
    assert words("en")["surfaces"][0]["story"] != words("zh")["surfaces"][0]["story"]


@every_language
def test_a_surface_is_found_by_what_it_is_called_in_any_language(language: str):
    said, other = words(language), words("zh" if language == "en" else "en")
    for here, there in zip(
        (*said["own"], *said["surfaces"]), (*other["own"], *other["surfaces"]), strict=True
    ):
        assert here["keywords"] == here["keywords"].lower() == there["keywords"]
        for entry, families in ((here, said["families"]), (there, other["families"])):
            for part in (entry["id"], entry["name"], families[entry["family"]]):
                assert part.lower() in here["keywords"], (entry["id"], part)


@every_language
def test_the_reader_s_own_comes_first(language: str):
    said = words(language)
    assert next(iter(said["families"])) == "typed" == said["own"][0]["family"]
    assert [entry["id"] for entry in said["own"]] == ["formula", "data"]
