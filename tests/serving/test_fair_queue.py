"""Whose turn it is, who is turned away, and what is not begun."""

import threading
from concurrent.futures import Future
from typing import Any

import pytest

from serving.fair_queue import Asker, FairQueue, Question, TooManyWaiting

ADA, BOB, EVE = Asker("10.0.0.1", "ada"), Asker("10.0.0.1", "bob"), Asker("10.0.0.9", "")
SECONDS = 30
"""How long a test waits for something that comes at once, unless it is broken."""


class Desk:
    """A queue whose questions are answered when the test says so; `begun` lists them in their order."""

    def __init__(self, workers: int = 1, per_reader: int = 100, per_address: int = 100) -> None:
        self.queue = FairQueue(workers, per_reader, per_address)
        self.begun: list[str] = []
        self.gates: dict[str, Future[bytes]] = {}
        self.changed = threading.Condition()

    def ask(self, name: str, asker: Asker) -> Question:
        gate = self.gates.setdefault(name, Future())

        def compute() -> bytes:
            with self.changed:
                self.begun.append(name)
                self.changed.notify_all()
            return gate.result(SECONDS)

        return self.queue.ask(name, compute, asker)

    def until_begun(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.begun) >= count, SECONDS), self.begun

    def order(self, questions: list[Question]) -> list[str]:
        """Answer everything; return the order in which it was begun."""
        for gate in self.gates.values():
            if not gate.done():
                gate.set_result(b"yes")
        for question in questions:
            assert question.answer.result(SECONDS) == b"yes"
        return self.begun


def test_everybody_has_a_turn_however_many_questions_one_has():
    desk = Desk()
    asked = [desk.ask("first", EVE)]
    desk.until_begun(1)
    asked += [desk.ask(f"eve {k}", EVE) for k in range(28)]
    asked += [desk.ask(f"ada {k}", ADA) for k in range(2)] + [desk.ask("bob", BOB)]
    order = desk.order(asked)
    # In turn by address, and at one address by reader.
    assert order[1:7] == ["eve 0", "ada 0", "eve 1", "bob", "eve 2", "ada 1"]
    assert order[7:] == [f"eve {k}" for k in range(3, 28)]


def test_of_several_workers_one_reader_has_one():
    desk = Desk(workers=2)
    asked = [desk.ask(f"eve {k}", EVE) for k in range(3)]
    desk.until_begun(1)
    asked.append(desk.ask("ada", ADA))
    desk.until_begun(2)
    assert desk.begun == ["eve 0", "ada"]
    assert sorted(desk.order(asked)) == ["ada", "eve 0", "eve 1", "eve 2"]


def test_equal_questions_are_answered_once():
    desk = Desk()
    same = [desk.ask("same", who) for who in (ADA, BOB, EVE, ADA)]
    assert len({id(question) for question in same}) == 1
    desk.until_begun(1)
    assert desk.ask("same", EVE) is same[0]  # it is being worked on
    assert desk.order(same) == ["same"]
    again = desk.ask("same", ADA)
    assert again is not same[0] and desk.order([again]) == ["same", "same"]


def test_a_shared_question_comes_when_the_first_of_its_askers_has_a_turn():
    desk = Desk()
    asked = [desk.ask("first", EVE)]
    desk.until_begun(1)
    asked += [desk.ask(f"eve {k}", EVE) for k in range(5)]
    desk.ask("eve 4", ADA)
    order = desk.order(asked)
    assert order.index("eve 4") <= 2
    assert sorted(order) == sorted({"first", *(f"eve {k}" for k in range(5))})


@pytest.mark.parametrize(("per_reader", "per_address", "most"), [(3, 100, 3), (100, 3, 3)])
def test_too_many_questions_are_turned_away_with_a_sentence(per_reader: int, per_address: int, most: int):
    desk = Desk(per_reader=per_reader, per_address=per_address)
    asked = [desk.ask("begun", EVE)]
    desk.until_begun(1)
    asked += [desk.ask(f"eve {k}", EVE) for k in range(most)]  # what is being worked on is not counted
    with pytest.raises(
        TooManyWaiting, match=rf"^Expected at most {most} questions to wait .*in \d+ s\.$"
    ) as refused:
        desk.ask("one more", EVE)
    assert 1 <= refused.value.retry_after <= 30
    asked.append(desk.ask("eve 1", EVE))  # equal questions count once
    asked.append(desk.ask("another address", ADA))
    assert desk.queue.refused == 1
    assert "one more" not in desk.order(asked)
    assert desk.order([desk.ask("one more", EVE)])[-1] == "one more"


def test_readers_at_one_address_have_a_bound_together():
    desk = Desk(per_reader=2, per_address=3)
    asked = [desk.ask("begun", EVE)]
    desk.until_begun(1)
    asked += [desk.ask("a", ADA), desk.ask("b", ADA), desk.ask("c", BOB)]
    for who in (ADA, BOB):
        with pytest.raises(TooManyWaiting):
            desk.ask("d", who)
    desk.queue.leave(asked[1], ADA)
    desk.ask("d", BOB)
    assert desk.queue.waiting == 3


def test_what_nobody_waits_for_is_not_begun():
    desk = Desk()
    first = desk.ask("first", EVE)
    desk.until_begun(1)
    lonely, shared, last = desk.ask("lonely", ADA), desk.ask("shared", ADA), desk.ask("last", ADA)
    desk.ask("shared", BOB)
    desk.queue.leave(lonely, ADA)
    desk.queue.leave(shared, ADA)
    assert desk.queue.waiting == 2
    assert sorted(desk.order([first, shared, last])) == ["first", "last", "shared"]
    assert desk.queue.dropped == 1


def test_who_asked_twice_and_leaves_once_still_waits():
    desk = Desk()
    first = desk.ask("first", EVE)
    desk.until_begun(1)
    twice = desk.ask("twice", ADA)
    desk.ask("twice", ADA)
    desk.queue.leave(twice, ADA)
    assert desk.order([first, twice]) == ["first", "twice"]
    desk.queue.leave(twice, ADA)


def test_leaving_what_is_being_worked_on_lets_it_end():
    desk = Desk()
    question = desk.ask("begun", ADA)
    desk.until_begun(1)
    desk.queue.leave(question, ADA)
    assert desk.order([question]) == ["begun"]
    assert (desk.queue.dropped, desk.queue.answered, desk.queue.waiting) == (0, 1, 0)


def test_a_failure_reaches_all_who_asked_and_the_thread_goes_on():
    queue = FairQueue(1, 9, 9)

    def fail() -> Any:
        raise ArithmeticError("no")

    for _ in range(2):
        with pytest.raises(ArithmeticError):
            queue.ask("bad", fail, ADA).answer.result(SECONDS)
    assert queue.ask("good", lambda: b"yes", ADA).answer.result(SECONDS) == b"yes"


def test_nothing_is_left_behind():
    desk = Desk(workers=2)
    asked = [(desk.ask(f"{who.reader} {k}", who), who) for who in (ADA, BOB, EVE) for k in range(4)]
    for question, who in asked[::3]:
        if not question.begun:
            desk.queue.leave(question, who)
    desk.order([question for question, _ in asked if question.askers])
    with desk.queue._changed:
        assert not desk.queue._questions and not desk.queue._lines and not desk.queue._waiting
        assert not desk.queue._served
