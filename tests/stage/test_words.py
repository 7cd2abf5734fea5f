"""Every word that the scripts ask for exists, and no word is left over."""

import re
import string
from typing import get_args

from descent.trajectory import Kind
from locales import texts
from scenes.knobs import HERO, LAYER, MEASURE, PAGE, TINT
from tests.stage.scripts import ALL, SCRIPTS

KINDS = ("minimum", "saddle", "maximum", "degenerate")
# Those of the experiments have a file of their own; the scripts find them in the same place.
SENTENCES = {**texts("en")["interface"], **texts("en").get("experiments", {})}
INTERFACE = {key for key, text in SENTENCES.items() if isinstance(text, str)}
# Texts whose name is put together from a word of the scene, by the beginning of the name.
EXPORT_ROWS = [*re.findall(r'^    "(\w+)",$', SCRIPTS["controls/export_dialog.js"], re.M), "page"]
TOGETHER = {
    "ending": get_args(Kind),
    "page": PAGE.choices,
    "hero": (*HERO.choices, "enlarge"),
    "tint": TINT.choices,
    "shown": ("surface", "losses", "controls", "story", "points"),
    "layer": LAYER.choices,
    "measure": MEASURE.choices,
    "kind": KINDS,
    "kinds": KINDS,
    "side": ("x0", "x1", "y0", "y1"),
    "escape": ("on", "beside", "along"),
    "export": [row + tail for row in EXPORT_ROWS for tail in ("", "_story")],
    "embed_in": re.findall(r'\bid: "(\w+)"', SCRIPTS["controls/embed_formats.js"]),
    "does": re.findall(r'\bdoes: "(\w+)"', SCRIPTS["session/keys.js"]),
}
PUT_TOGETHER = {f"{begin}_{word}" for begin, words in TOGETHER.items() for word in words}
# And those that a short function chooses among, by name.
CHOSEN = ("shape", "gauge")


def asked(source: str) -> set[str]:
    """Return the interface texts that `source` asks for by name."""
    return set(re.findall(r"\bui\??\.(\w+)", source))


def filled(source: str) -> dict[str, set[str]]:
    """Return what `source` fills into the interface texts: fill(ui.step_of, { step, last })."""
    calls = re.findall(r"\bfill\((?:this\.)?ui\.(\w+), \{([^}]*)\}\)", source)
    return {key: set(re.findall(r"(?:^|,)\s*(\w+)\s*(?=[:,]|$)", values)) for key, values in calls}


def placeholders(key: str) -> set[str]:
    text = SENTENCES[key]
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_reading_is_right():
    source = (
        "fill(ui.a, { x, y: spell(d.e, 2), z: 1 }); this.ui.b; words?.ui.c; ui; fill(this.ui.d, { from: r })"
    )
    assert asked(source) == {"a", "b", "c", "d"}
    assert filled(source) == {"a": {"x", "y", "z"}, "d": {"from"}}


def test_every_text_that_is_asked_for_exists_and_none_is_left_over():
    assert "play" in asked(ALL)
    assert asked(ALL) | PUT_TOGETHER | chosen() == INTERFACE


def chosen() -> set[str]:
    """Return the texts that are chosen by name: "shape_bowl"."""
    return {key for begin in CHOSEN for key in re.findall(rf'"({begin}_\w+)"', ALL)}


def test_texts_that_are_put_together_are_known():
    """Their names cannot be found by reading."""
    asked_for = re.findall(r"\bui\[([^\]]*)\]", ALL)
    begins = {match[1] for name in asked_for if (match := re.fullmatch(r"`(\w+)_\$\{\w+(?:\.\w+)?\}`", name))}
    assert begins == set(TOGETHER)
    others = {name for name in asked_for if not name.startswith("`")}
    assert others == {"key", "shape(eigenvalues)"}
    assert PUT_TOGETHER <= INTERFACE
    assert "ui[`ending_${kind}`], { step }" in SCRIPTS["controls/lane.js"]
    for key in PUT_TOGETHER:
        assert placeholders(key) <= ({"step"} if key.startswith("ending_") else set())


def test_what_a_text_leaves_open_is_filled_in():
    calls = filled(ALL)
    calls["loading_failed"] = {"what"}  # filled where it may be missing itself, see Stage.fail
    assert "fill(sentence, { what: " in SCRIPTS["stage.js"]
    # Filled from one bag of values, see `complete` in critical.js.
    calls |= {"complete_curves": {"curves"}, "complete_yes": {"winding"}, "complete_sparse": {"winding"}}
    calls["complete_no"] = {"winding", "sum"}
    assert "fill(ui.minima_cost, values)" in SCRIPTS["cards/findings.js"]
    assert "fill(ui.minima_cost_flattest, values)" in SCRIPTS["cards/findings.js"]
    for key in ("minima_cost", "minima_cost_flattest"):
        calls[key] = {"shift", "low", "high"}  # `values` in findings.js
    for key, name, file in (
        ("box_side", "side", "controls/formula.js"),
        ("use_instead", "suggestion", "controls/formula.js"),
        ("read_as", "formula", "controls/formula.js"),
        ("probe_is", "kind", "cards/probe.js"),
    ):
        assert re.search(rf"fill\((?:this\.words\.)?ui\.{key}, \{{ {name}\b", SCRIPTS[file])
        calls[key] = {name}
    assert {key for key in INTERFACE - PUT_TOGETHER if placeholders(key)} == set(calls)
    for key, names in calls.items():
        assert placeholders(key) == names, key
