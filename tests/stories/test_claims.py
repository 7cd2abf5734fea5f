"""Sentences that name a number or rank methods are recomputed, and none is forgotten."""

import re

import pytest

from tests.stories import (
    classics,
    departures,
    limits,
    methods,
    network_book,
    network_curvature,
    network_data,
    network_findings,
    network_labs,
    network_landscapes,
    network_limits,
    network_normalization,
    network_paths,
    network_trials,
    networks,
    questions,
    schedules,
    surfaces,
)
from tests.stories.exceptions import EXCEPTIONS
from tests.stories.sentences import CLAIMS, SENTENCES, Sentence

MODULES = (
    *(surfaces, classics, methods, departures, schedules, limits, questions),
    *(networks, network_data, network_labs, network_book, network_limits),
    *(network_findings, network_trials, network_normalization),
    *(network_curvature, network_paths, network_landscapes),
)

COUNTS = r"two three four five six seven eight nine ten sixty twenty hundreds? thousands? million half"
RANKS = (
    "more less fewer most least first best better worse worst larger largest smaller smallest longer longest"
    " shorter shortest faster slower higher highest lower lowest deeper deepest wider widest sharper sharpest"
    " flatter flattest earlier sooner beats? behind halved halving twice"
)
ENGLISH = re.compile(rf"\d|\b(?:{'|'.join(f'{COUNTS} {RANKS}'.split())})\b", re.IGNORECASE)
CHINESE = re.compile(
    r"\d|最(?!小值|大值|终|初|后|近)|更(?!新|多超参数|改)|胜过|落后|不如|[两二三四五六七八九十百千万]"
)


def claims_something(said: Sentence) -> bool:
    """Return whether a sentence names a number or ranks things, in either language.

    A label ("Best rate") is no sentence and claims something only if it holds a digit ("200 seeds").
    """
    en, zh = (re.sub(r"\{\w+\}", "", text) for text in said)
    if not re.search(r"[.?:。？：]$", said.en):
        return bool(re.search(r"\d", en + zh))
    return bool(ENGLISH.search(en) or CHINESE.search(zh))


def claim_of(said: Sentence) -> list[str]:
    """Return the words by which a sentence claims something."""
    found = ENGLISH.search(said.en), CHINESE.search(said.zh)
    return [match.group() for match in found if match]


EXCEPTED = [key for keys in EXCEPTIONS.values() for key in keys]


def test_what_claims_something_is_found():
    for key in ("surfaces.six_hump_camel.story", "methods.nadam.story", "interface.band"):
        assert claims_something(SENTENCES[key]), key
    for key in ("interface.play", "experiments.sweep_best", "repairs.last_lane"):
        assert not claims_something(SENTENCES[key]), key
    assert claims_something(Sentence("Adam wins.", "Adam 胜过 SGD。"))


def test_every_sentence_that_claims_something_is_recomputed_or_excepted():
    found = {key for key, said in SENTENCES.items() if claims_something(said)}
    missing = {key: claim_of(SENTENCES[key]) for key in found - CLAIMS.keys() - set(EXCEPTED)}
    assert not missing, f"Recompute it, or name it in exceptions.py with a reason: {missing}"
    assert set(EXCEPTED) <= found


def test_exceptions_are_few_and_are_not_recomputed():
    assert len(EXCEPTED) == len(set(EXCEPTED)) < len(CLAIMS) / 2
    assert CLAIMS.keys().isdisjoint(EXCEPTED)


def test_a_sentence_that_no_longer_says_it_is_caught():
    """The tests read the sentences: another number, in either language, fails."""
    key = "experiments.sweep_story"
    said = SENTENCES[key]
    for changed in (
        said._replace(en=said.en.replace("37", "36")),
        said._replace(zh=said.zh.replace("37", "36")),
        Sentence(*(text.replace("37", "36") for text in said)),
    ):
        with pytest.raises(AssertionError):
            CLAIMS[key](changed)


@pytest.mark.parametrize("key", CLAIMS)
def test_what_a_sentence_claims_is_so(key: str):
    CLAIMS[key](SENTENCES[key])
