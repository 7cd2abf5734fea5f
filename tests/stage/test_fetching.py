"""How facts are asked for: again when the server is busy, and not at all when nobody wants them any more."""

from typing import Any

import pytest

from tests.stage.node import run

SERVER = """
const asked = [], readers = new Set();
let answers = [];
globalThis.fetch = (url, { headers, signal }) => {
  asked.push([now, url.pathname]);
  readers.add(headers["X-Optiscape-Reader"]);
  const { status, after = null, ms = 0 } = answers.shift() ?? { status: 200 };
  return new Promise((resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
    setTimeout(() => resolve({
      status, ok: status === 200, headers: { get: () => after }, json: async () => `of ${url.pathname}`,
    }), ms);
  });
};
const counts = [];
const fetching = new fetch_.Fetching(new URL("http://x/"), (count) => counts.push(count));
"""


def outcome(program: str, value: str) -> Any:
    modules = {
        "fetch_": "session/fetching.js",
        "facts": "session/facts.js",
        "latest": "session/latest_request.js",
    }
    return run(f"{SERVER}{program}; told({value});", **modules)


def test_who_is_sent_away_asks_again_after_the_pause_that_was_named():
    answers = 'answers = [{ status: 429, after: "5" }, { status: 429, after: "2" }, { status: 200 }];'
    got = outcome(
        answers + 'let got; fetching.json("a.json").then((json) => (got = json)); await pass(60000);',
        "[got, asked.map(([when]) => when), counts, readers.size]",
    )
    assert got == ["of /a.json", [0, 6250, 8750], [1, 0, 1, 0], 1]  # a quarter later: Math.random() is 0.5


@pytest.mark.parametrize(
    ("after", "pause"), [("null", 1250), ('"soon"', 1250), ('"-3"', 1250), ('"900"', 75000)]
)
def test_a_pause_that_makes_no_sense_is_put_right(after: str, pause: int):
    answers = f"answers = [{{ status: 429, after: {after} }}];"
    assert outcome(f'{answers} fetching.json("a"); await pass(100000);', "asked[1][0]") == pause


def test_any_other_status_is_an_error_at_once():
    failed = 'let error; fetching.json("a").catch((e) => (error = e.message)); await pass(1);'
    assert outcome("answers = [{ status: 500 }];" + failed, "[error, asked.length]") == ["500 a", 1]


FACTS = "const kept = new facts.Facts((path, signal) => fetching.json(path, signal)); const said = [];"


def test_a_question_that_nobody_waits_for_is_taken_back():
    dropped = FACTS + (
        'answers = [{ status: 429, after: "9" }]; kept.get("a").catch((e) => said.push(e.name));'
        "await pass(10);"
        'kept.drop("a"); await pass(60000);'
    )
    assert outcome(dropped, "[said, asked.length, counts]") == [["AbortError"], 1, [1, 0]]


def test_a_question_that_another_waits_for_goes_on():
    shared = FACTS + (
        "answers = [{ status: 200, ms: 500 }]; "
        'const ask = () => kept.get("a").then((json) => said.push(json));'
        'ask(); ask(); kept.drop("a"); await pass(1000); kept.drop("a"); ask(); await pass(1);'
    )
    assert outcome(shared, "[said, asked.length]") == [["of /a"] * 3, 1]


FOLLOW = FACTS + (
    "const fail = (error) => said.push(`failed ${error.message}`);"
    "const question = new latest.LatestRequest(kept, (answer) => said.push(answer), fail);"
)


def test_a_latest_request_asks_one_question_at_a_time_and_skips_what_is_past():
    moves = FOLLOW + (
        "answers = [{ status: 200, ms: 60 }, { status: 200, ms: 60 }];"
        'for (const path of "abc") { question.ask(path); await pass(10); } await pass(500);'
    )
    assert outcome(moves, "[said, asked.map(([, path]) => path)]") == [["of /a", "of /c"], ["/a", "/c"]]


def test_a_latest_request_takes_a_slow_question_back_for_another():
    moves = FOLLOW + (
        "answers = [{ status: 200, ms: 90000 }];"
        'question.ask("a"); await pass(2000); question.ask("b"); await pass(100);'
    )
    assert outcome(moves, "[said, asked]") == [["of /b"], [[0, "/a"], [2000, "/b"]]]


def test_a_latest_request_comes_back_to_a_question_that_it_took_back():
    moves = FOLLOW + (
        "answers = [{ status: 200, ms: 90000 }, { status: 200, ms: 5 }];"
        'question.ask("a"); await pass(2000); question.ask("b"); question.ask("a"); await pass(100);'
    )
    assert outcome(moves, "[said, asked.length]") == [["of /a"], 2]


def test_a_latest_request_that_wants_nothing_takes_its_question_back_and_says_nothing():
    moves = (
        FOLLOW + "answers = [{ status: 200, ms: 900 }];"
        'question.ask("a"); await pass(10); question.ask(null); await pass(2000);'
    )
    assert outcome(moves, "said") == []
    failing = FOLLOW + 'answers = [{ status: 500 }]; question.ask("a"); await pass(10);'
    assert outcome(failing, "said") == ["failed 500 a"]
