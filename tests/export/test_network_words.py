"""What pictures of labs say is what the stage says of the same facts, in both languages."""

from typing import Any

import numpy as np
import pytest

from api.messages import words
from api.networks.registry import NETWORKS
from charts.palette import THEMES
from export.drawing.networks.activations import activation_finding
from export.drawing.networks.asked import Asked
from export.drawing.networks.batches import batch_finding
from export.drawing.networks.book import book_finding, place
from export.drawing.networks.edge import edge_finding
from export.drawing.networks.lane_names import lane_names
from export.drawing.networks.lines import lines_finding
from export.drawing.networks.normalization import modes_finding, rates_finding, scales_finding
from export.drawing.networks.number_text import fixed, listed, percentage, spell
from export.drawing.networks.outputs import output_finding
from export.drawing.networks.packed import row
from export.drawing.networks.regularization import regularization_finding
from export.drawing.networks.residual import residual_finding
from export.drawing.networks.saddles import saddles_finding
from export.drawing.networks.search import search_finding
from export.drawing.networks.signals import signal_finding
from export.drawing.networks.slice_maps import heights_of, slice_scale
from export.drawing.networks.spectrum import spectrum_finding
from export.drawing.networks.training import band_finding, training_finding
from locales import LANGUAGES
from scenes import read
from tests.export.labs import LABS, SCALES
from tests.stage.node import run

NAMES = ["None", "L2", "Adam", "Dropout", "SGD"]
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def asked(language: str) -> Asked:
    return Asked(read("page=networks")[0], words(language), language, THEMES["light"])


def fact(name: str, link: str) -> dict[str, Any]:
    """Return a fact when the whole of it is there."""
    while "parts" in (told := NETWORKS[name](link)):
        pass
    return told


def stage(script: str, expression: str, language: str, **given: Any) -> Any:
    """Return what a script of the stage says, with the words and the list format of a language."""
    said = {key: words(language)[key] for key in ("ui", "tag", "network", "methods", "schedules")}
    formatted = expression.replace("LIST", "new Intl.ListFormat(words.tag)")
    return run(formatted, f"networks/{script}", words=said, **given)


def test_numbers_are_written_as_on_the_stage():
    random = np.random.default_rng(1)
    values = [
        *(random.normal(size=60) * 10.0 ** random.integers(-9, 9, 60)),
        0.0,
        0.5,
        2.5,
        12.25,
        -0.04,
        1e5,
    ]
    values += [99_999.6, 0.00009999, 1e-4, 100.0, -1e-7]
    numbers = [float(value) for value in values]
    for digits in (1, 2, 3, 4):
        told = run(f"values.map((value) => script.spell(value, {digits}))", "lib/format.js", values=numbers)
        assert [spell(value, digits) for value in numbers] == told
    told = run("values.map((value) => script.fixed(value, 1))", "lib/format.js", values=numbers)
    assert [fixed(value, 1) for value in numbers] == told
    shares = [0.0, 1.0, 0.004, 0.0004, 0.9999, 0.996, 0.005, 0.125, 0.845, 0.0095]
    told = run("shares.map(script.percentage)", "networks/said.js", shares=shares)
    assert [percentage(share) for share in shares] == told
    assert spell(None) == spell(float("inf")) == "∞"


@LANGUAGE
def test_lists_are_written_as_on_the_stage(language: str):
    for count in range(5):
        parts = list("ABCDE"[:count])
        assert listed(parts, language) == stage("said.js", "LIST.format(parts)", language, parts=parts)


@LANGUAGE
def test_trainers_are_called_as_on_the_stage(language: str):
    link = (
        "page=networks&trainer=adam:lr=0.01&trainer=adam:lr=0.02,beta1=0.5&trainer=sgd"
        "&trainer=sgd:schedule=cosine&trainer=sgd&trainer=lion:warmup=5&trainer=lion"
    )
    trainers = read(link)[0].network.trainers
    lanes = [
        {"id": each.optimizer, "knobs": dict(each.knobs), "extras": dict(each.extras)} for each in trainers
    ]
    told = run("script.laneNames(words, lanes)", "lib/lane_names.js", words=words(language), lanes=lanes)
    assert lane_names(trainers, words(language)) == told


@LANGUAGE
def test_of_training_the_same_is_found(language: str):
    finding = {
        "lane": 2,
        "accuracy": 0.97,
        "low": 0.915,
        "high": 0.99,
        "examples": 100,
        "alike": [0, 2, 4],
        "gap": 0.03,
    }
    for told in (finding, {**finding, "alike": [], "gap": -0.004}, None):
        expected = stage(
            "findings.js", "script.trainingFinding(words, told, names)", language, told=told, names=NAMES
        )
        assert training_finding(told, NAMES, asked(language)) == expected
    value = {"value": 0.013, "low": 0.002, "high": 0.024}
    others = [
        {"lane": 0, **value},
        {"lane": 1, **value, "low": -0.02},
        {"lane": 3, "value": 0.0, "low": 0.0, "high": 0.0},
    ]
    band = {
        "seeds": 8,
        "finding": {"lane": 2, **value, "others": others, "diverged": [{"lane": 4, "seeds": 3}]},
    }
    for told in (band, {"seeds": 8, "finding": None}):
        expression = "script.bandFinding(words.ui, told, names)"
        expected = stage("seed_bands.js", expression, language, told=told, names=NAMES)
        assert band_finding(told, NAMES, asked(language)) == expected


@LANGUAGE
def test_of_signals_and_functions_the_same_is_found(language: str):
    for link in ("", "inside=normal_inputs:init=constant,depth=2", "inside=moons:activation=relu,norm=batch"):
        told = fact("net_signals.json", link)
        expression = "script.signalFinding(words.ui, told.layers, told.equal)"
        expected = stage("findings.js", expression, language, told=told)
        assert signal_finding(told["layers"], told["equal"], words(language)["ui"]) == expected
    for each in fact("net_activations.json", "")["activations"]:
        one = {name: row(each[name]) for name in ("x", "value", "derivative")}
        curve = {name: values.tolist() for name, values in one.items()}
        expression = "script.activationFinding(words.ui, curve, name)"
        expected = stage("findings.js", expression, language, curve=curve, name=each["id"])
        assert activation_finding(one, each["id"], words(language)["ui"]) == expected


@LANGUAGE
def test_of_regularisation_the_same_is_found(language: str):
    finding = fact("net_regularization.json", LABS["regularization"])["finding"]
    drop = {"closed": 0.05, "training": 0.03, "validation": 0.02, "low": 0.001, "high": 0.04}
    turns = [drop, {**drop, "low": -0.1}, {**drop, "training": -0.1}, {**drop, "low": -0.2, "high": -0.1}]
    cases = [finding, *({**finding, "dropout": each} for each in (*turns, {**drop, "closed": -0.1}, None))]
    cases.append({**finding, "smaller": [1, 2, 3], "lanes": [*finding["lanes"][:4], None]})
    cases.append({**finding, "smaller": [], "lanes": [None, *finding["lanes"][1:]]})
    texts = words(language)["network"]["lab_texts"]["regularization"]
    expression = "cases.map((each) => script.regularizationFinding(texts, LIST, each, names))"
    given = {"cases": cases, "names": NAMES, "texts": texts}
    expected = stage("regularization_findings.js", expression, language, **given)
    assert [regularization_finding(each, NAMES, asked(language)) for each in cases] == expected


@LANGUAGE
def test_of_normalisation_the_same_is_found(language: str):
    texts = words(language)["network"]["lab_texts"]["normalization"]
    told = fact("net_scales.json", SCALES)
    values = row(told["values"])
    finding = {**told["finding"], "against": [[3, 0.5, 0.75], [0, 0.1, 0.2], [15, 0.4, 1.0]]}
    given = {"finding": finding, "values": values.tolist(), "texts": texts}
    expression = "script.scalesFinding(LIST, texts, finding, values, 'Batch')"
    expected = stage("scales.js", expression, language, **given)
    assert scales_finding(finding, values, "Batch", asked(language)) == expected
    rates = {
        **{
            "own": [1.0, 2.5, None],
            "plain": [0.1, 0.1, 0.1],
            "top": 1,
            "top_plain": 0,
            "apart": 1.85,
            "enough": 0.9,
        },
        **{"ratio": 12.3, "low": 3.0, "high": 50.0},
    }
    for each in (rates, {**rates, "own": [None] * 3, "ratio": None, "low": None, "high": None}):
        expected = stage(
            "scales.js", "script.ratesFinding(texts, each, 'RMS')", language, each=each, texts=texts
        )
        assert rates_finding(each, "RMS", texts) == expected
    told = fact("net_modes.json", f"{SCALES},vary=batches")
    given = {"finding": told["finding"], "seeds": told["seeds"], "texts": texts}
    expected = stage("modes.js", "script.modesFinding(texts, finding, seeds, 'Batch')", language, **given)
    assert modes_finding(told["finding"], told["seeds"], "Batch", texts) == expected


@LANGUAGE
def test_of_batches_and_searches_the_same_is_found(language: str):
    all_texts = words(language)["network"]["lab_texts"]
    told = fact("net_batches.json", LABS["batch"])
    finding, names = told["finding"], NAMES[:3]
    for each in (finding, {**finding, "lanes": [finding["lanes"][0], None, finding["lanes"][2]]}):
        given = {"each": each, "count": told["examples"], "names": names, "texts": all_texts["batch"]}
        expression = "script.batchFinding(texts, each, count, names)"
        expected = stage("batch_findings.js", expression, language, **given)
        assert batch_finding(each, told["examples"], names, all_texts["batch"]) == expected
    told = fact("net_search.json", LABS["search"])
    ways = [
        {**way, "best": {name: row(values).tolist() for name, values in way["best"].items()}}
        for way in told["ways"]
    ]
    for each in (told["finding"], {**told["finding"], "diverged": 2, "small": 0}):
        given = {"each": each, "ways": ways, "examples": told["examples"], "texts": all_texts["search"]}
        expression = "script.searchFinding(texts, each, ways, examples)"
        expected = stage("search_findings.js", expression, language, **given)
        assert search_finding(each, told["ways"], told["examples"], all_texts["search"]) == expected


@LANGUAGE
def test_of_the_book_and_of_outputs_the_same_is_found(language: str):
    book = words(language)["network"]["book"]
    for one in fact("net_book.json", "")["experiments"]:
        expected = stage("book_words.js", "script.bookFinding(words.network.book, one)", language, one=one)
        assert book_finding(one, book["texts"]) == expected
        expression = "one.rows.map((row) => script.place(words.network.book, one, row))"
        assert [place(each, one["axis"], book) for each in one["rows"]] == stage(
            "book_words.js", expression, language, one=one
        )
    letters = list("ABCD")
    for scores, truth, raised in (([2, 1, 0, -4], 3, 0), ([0, 0, 0, 0], 0, 2), ([9.5, -10, 3, 0.1], 1, 3)):
        given = {"chosen": {"scores": scores, "truth": truth, "raised": raised}, "letters": letters}
        expression = (
            "script.outputFinding({ texts: words.network.outputs.texts, tag: words.tag }, letters, chosen)"
        )
        expected = stage("output_findings.js", expression, language, **given)
        found = output_finding(np.array(scores, float), truth, raised, letters, asked(language))
        assert found == expected


@LANGUAGE
def test_of_paths_and_of_saddles_the_same_is_found(language: str):
    all_texts = words(language)["network"]["lab_texts"]
    told = fact("net_lines.json", LABS["lines"])
    own, few = told["finding"], {"pairs": 1, "gone": 1, "barriers": None, "removed": None}
    zero = {**own["barriers"], "matched": {"value": 4e-19, "low": -1e-19, "high": 1e-18}}
    twins = {"barriers": zero, "each": {**own["each"], "matched": [0, None]}}
    unsure = {"removed": {"value": 0.01, "low": -0.02, "high": 0.04}}
    for each in (own, None, {**own, **few}, {**own, **twins}, {**own, **unsure}):
        for second in ("seed", "permuted"):
            given = {"each": each, "second": second, "texts": all_texts["lines"]}
            expected = stage(
                "line_findings.js", "script.linesFinding(texts, each, second)", language, **given
            )
            assert lines_finding(each, second, all_texts["lines"]) == expected
    told = fact("net_saddles.json", LABS["saddles"])
    one = {**next(each for each in told["finding"] if each), "distinct": 16, "rho": [0.94, 0.84, 0.98]}
    for finding in (told["finding"], [None], [one], [one, {**one, "rho": [0.2, -0.1, 0.4]}]):
        for left in (told["left"], None):
            shown = {**told, "left": left}
            given = {"shown": shown, "finding": finding, "texts": all_texts["saddles"]}
            call = "script.saddlesFinding(texts, shown, finding)"
            expected = stage("saddle_findings.js", call, language, **given)
            assert saddles_finding(shown, finding, all_texts["saddles"]) == expected


@LANGUAGE
def test_of_residual_connections_and_normalisation_the_same_is_found(language: str):
    texts = words(language)["network"]["lab_texts"]["residual"]
    expression = "cases.map((each) => script.residualFinding(texts, each, name))"
    for link in ("residual", "residual_norm"):
        told = {
            name: value for name, value in fact("net_residual.json", LABS[link]).items() if name != "arms"
        }
        found = told["finding"]
        more, less = ({"value": value, "low": value - 0.1, "high": value + 0.1} for value in (1.5, 0.4))
        apart = {"own": more, "plain": less, "apart": less}
        rougher = {"nonconvex": apart, "variation": apart, "range": more, "change": less, "smoothness": less}
        smoother = {**apart, "apart": {"value": -0.5, "low": -0.9, "high": -0.1}}
        unknown = {"nonconvex": {**apart, "apart": None}, "range": None, "smoothness": None}
        turns = [rougher, {"variation": smoother, "fading": [None, 1.0]}, {**unknown, "diverged": [1, 2]}]
        cases = [told, {**told, "finding": None}, *({**told, "finding": {**found, **each}} for each in turns)]
        given = {"cases": cases, "name": "A", "texts": texts}
        expected = stage("residual_findings.js", expression, language, **given)
        assert [residual_finding(each, "A", texts) for each in cases] == expected


@LANGUAGE
def test_of_eigenvalues_the_same_is_found(language: str):
    texts = words(language)["network"]["lab_texts"]["spectrum"]
    told = fact("net_spectrum.json", LABS["spectrum"])
    known, sharp = told["spectrum"], told["sharpness"]
    wide = {**known, "errors": known["largest"], "negative": {"value": 0.4, "low": -0.1, "high": 0.7}}
    gap = {"count": 3, "ratio": 2.5, "classes": 2}
    sharper, flatter = ({"value": v, "low": v - 0.2, "high": v + 0.2} for v in (1.5, 0.5))
    cases = [
        *(told, {**told, "spectrum": None, "step": None, "sharpness": None}),
        {**told, "spectrum": {**wide, "outliers": gap}, "exact": False},
        {
            **told,
            "spectrum": {**known, "outliers": None},
            "sharpness": {**sharp, "ratio": sharper, "lost": 2},
        },
        *({**told, "sharpness": {**sharp, "ratio": flatter}}, {**told, "sharpness": None, "diverged": True}),
    ]
    rows = ("largest", "errors", "smallest")
    spectra = [
        each["spectrum"]
        and {**each["spectrum"], **{name: row(each["spectrum"][name]).tolist() for name in rows}}
        for each in cases
    ]
    given = {"cases": cases, "spectra": spectra, "texts": texts}
    expression = "cases.map((each, k) => script.spectrumFinding(texts, each, spectra[k]))"
    expected = stage("spectrum_findings.js", expression, language, **given)
    assert [spectrum_finding(each, texts) for each in cases] == expected


@LANGUAGE
def test_of_the_edge_of_stability_the_same_is_found(language: str):
    texts = words(language)["network"]["lab_texts"]["edge"]
    told = fact("net_edge.json", LABS["edge"])
    one, other = told["finding"]
    turns = [
        {"median": 1.0, "reached": 30},
        {"median": 1.2, "reached": 40, "rises": 0.4},
        {"median": 0.5, "reached": 50},
        {"median": None, "low": None, "high": None},
    ]
    cases = [told, {**told, "finding": None}, fact("net_edge.json", LABS["edge_lost"])]
    for turn in turns:
        cases.append({**told, "finding": [{**one, **turn}, other], "frozen": True, "classes": 2})
    given = {"cases": cases, "texts": texts}
    expression = "cases.map((each) => script.edgeFinding(texts, each))"
    expected = stage("edge_findings.js", expression, language, **given)
    assert [edge_finding(each, texts) for each in cases] == expected


def test_slices_have_the_scale_of_the_stage():
    ends = [[0.02, 3.0], [0.5, 0.9], [1e-9, 40.0], [1.0, 1.0], [0.0, 0.0], [2e-3, 2e9], [0.3, 30.0]]
    told = run("ends.map((each) => script.sliceScale(each))", "networks/slice_scale.js", ends=ends)
    assert [slice_scale(each)._asdict() for each in ends] == told
    losses = [0.0, 0.019, 0.02, 0.5, 2.9, 3.0, 70.0]
    expression = "losses.map((loss) => script.heightOf(scale, loss))"
    given = {"losses": losses, "scale": told[0]}
    expected = run(expression, "networks/slice_scale.js", **given)
    np.testing.assert_allclose(heights_of(slice_scale(ends[0]), np.array(losses)), expected, atol=1e-12)
