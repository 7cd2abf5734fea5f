"""Garbage is collected when nobody waits, and at the latest when there is much of it."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from serving import idle_collection
from serving.activity import Activity
from serving.idle_collection import (
    FULL_IDLE,
    FULL_LATEST,
    MANY_OBJECTS,
    PAUSES,
    SOME_OBJECTS,
    IdleCollection,
)


class Moment:
    """A clock and an activity that the test sets."""

    def __init__(self) -> None:
        self.now, self.idle = 1000.0, 0.0
        self.collection = IdleCollection(lambda: self.idle, lambda: self.now)

    def due(self, new_objects: int, *, idle: float = 0.0, after: float = 0.0) -> int | None:
        self.now += after
        self.idle = idle
        return self.collection.due(new_objects)


def test_new_objects_are_collected_when_nobody_is_answered():
    moment = Moment()
    assert moment.due(SOME_OBJECTS) is None
    assert moment.due(SOME_OBJECTS, idle=0.01) is None  # perhaps between two parts of one answer
    assert moment.due(SOME_OBJECTS - 1, idle=5) is None
    assert moment.due(SOME_OBJECTS, idle=5) == 1


def test_many_new_objects_are_collected_although_somebody_waits():
    assert Moment().due(MANY_OBJECTS) == 1


def test_everything_is_collected_now_and_then_and_not_put_off_for_ever():
    moment = Moment()
    assert moment.due(SOME_OBJECTS, idle=1, after=FULL_IDLE) == 2
    assert moment.due(MANY_OBJECTS, after=FULL_IDLE) == 1  # somebody is always waiting
    assert moment.due(10, after=FULL_IDLE) is None
    assert moment.due(10, after=FULL_LATEST) == 2


def test_a_server_that_nobody_uses_collects_nothing():
    moment = Moment()
    assert moment.due(10, idle=9999, after=9999) is None


def test_activity_is_what_is_under_way():
    activity = Activity()
    with activity.answering():
        with activity.answering():
            assert activity.idle_seconds() == 0
        assert activity.idle_seconds() == 0
    first = activity.idle_seconds()
    assert 0 <= first <= activity.idle_seconds()


@pytest.fixture
def collection(monkeypatch: pytest.MonkeyPatch) -> Iterator[IdleCollection]:
    monkeypatch.setattr(idle_collection, "LOOK_EVERY", 0.01)
    before = gc.get_threshold()
    running = IdleCollection(lambda: 9.0)
    running.start()
    yield running
    running.stop()
    assert gc.get_threshold() == before and PAUSES.hear not in gc.callbacks


class Knot:
    """Something that only a collection frees."""

    def __init__(self) -> None:
        self.self = self


def test_garbage_goes_and_pauses_are_counted(collection: IdleCollection):
    assert gc.get_threshold()[0] > MANY_OBJECTS  # Python itself does not begin before we do
    knot = Knot()
    gone = weakref.ref(knot)
    counted = sum(PAUSES.count)
    kept = [[index] for index in range(2 * SOME_OBJECTS)]
    del knot
    for _ in range(3000):
        if gone() is None and sum(PAUSES.count) > counted:
            break
        idle_collection.threading.Event().wait(0.01)
    assert gone() is None and len(kept) == 2 * SOME_OBJECTS
    assert sum(PAUSES.count) > counted and max(PAUSES.longest) > 0
