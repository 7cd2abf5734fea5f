"""How changes travel to the server: one message at a time, repeated ever more seldom, never for nothing."""

from itertools import pairwise
from typing import Any

import pytest

from tests.stage.node import run

START = """
const sent = [];
const connection = { connected: true, running: false };
const send = (name, message) => sent.push([now, name, message.changes?.map(([n]) => n)]);
const stage = new wire.Wire(send, connection);
stage.answered({ token: "a", applied: 0, visit: 0 });
const turn = (to) => stage.push({ do: "steps", to });
"""


def sent(program: str) -> list[Any]:
    """Return [when, name, numbers of the changes] of every message that leaves while `program` runs."""
    return run(START + program + "told(sent);", wire="session/wire.js")


def test_an_answered_message_is_sent_once():
    said = sent("turn(1); await pass(500); stage.answered({ token: 'a', applied: 1 }); await pass(600000);")
    assert said == [[0, "edits", [1]]]


def test_an_unanswered_message_is_repeated_after_growing_pauses_with_an_upper_bound():
    times = [when for when, _, _ in sent("turn(1); await pass(300000);")]
    pauses = [after - before for before, after in pairwise(times)]
    assert pauses == [8000, 16000, 32000, 60000, 60000, 60000, 60000]


def test_pauses_differ_from_reader_to_reader():
    early, late = (sent(f"Math.random = () => {r}; turn(1); await pass(20000);")[1][0] for r in (0, 0.999))
    assert early == pytest.approx(6000, abs=10) and late == pytest.approx(10000, abs=10)


def test_nothing_is_repeated_while_the_server_works_on_it():
    said = sent("turn(1); connection.running = true; await pass(300000);")
    assert said == [[0, "edits", [1]]]
    again = sent(
        "turn(1); connection.running = true; await pass(30000); connection.running = false; await pass(9000);"
    )
    assert len(again) == 2


def test_nothing_is_sent_into_a_broken_connection_and_soon_after_it_stands_again():
    said = sent(
        "turn(1); await pass(1000); connection.connected = false; await pass(100000);"
        "connection.connected = true; stage.reconnected(); await pass(1100);"
    )
    assert [when for when, _, _ in said] == [0, 102000]


def test_after_a_reconnection_nothing_is_repeated_that_was_answered():
    said = sent(
        "turn(1); stage.answered({ token: 'a', applied: 1 }); stage.reconnected(); await pass(300000);"
    )
    assert said == [[0, "edits", [1]]]


def test_changes_wait_for_the_answer_and_the_last_turn_of_a_knob_replaces_earlier_ones():
    said = sent(
        "turn(1); turn(2); turn(3); stage.push({ do: 'start', to: [0, 0] }); await pass(100);"
        "stage.answered({ token: 'a', applied: 1 }); await pass(100);"
    )
    assert said == [[0, "edits", [1]], [100, "edits", [3, 4]]]


def test_what_is_only_partly_applied_is_repeated_in_that_part():
    said = sent(
        "turn(1); turn(2); stage.push({ do: 'start', to: [0, 0] });"
        "stage.answered({ token: 'a', applied: 1 });"
        "stage.answered({ token: 'a', applied: 2 }); await pass(9000);"
    )
    assert said[-1] == [8000, "edits", [3]]


def test_another_session_is_not_told_of_changes_of_the_one_before():
    said = sent("turn(1); stage.answered({ token: 'b', applied: 0 }); await pass(300000);")
    assert said == [[0, "edits", [1]]]


def test_a_visit_that_was_lost_with_the_connection_is_sent_again():
    said = sent("stage.visit({ visit: 1, search: '?f=bowl' }); stage.reconnected(); await pass(1);")
    assert [name for _, name, _ in said] == ["visit", "visit"]
    answered = "stage.visit({ visit: 1, search: '' }); stage.answered({ token: 'a', applied: 0, visit: 1 });"
    assert len(sent(answered + "stage.reconnected(); await pass(1);")) == 1


def test_an_answer_is_asked_for_anew_with_a_message_that_changes_nothing():
    said = sent("stage.again(); await pass(60000); turn(1); stage.again(); await pass(60); turn(2);")
    assert said == [[0, "edits", []], [60000, "edits", [1]]]
