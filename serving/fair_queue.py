"""Questions that wait for one of a few threads, taken in turn from everybody who asks.

Whoever asks for many things at once waits for his own: a turn takes one question from each address, and
behind one address (a school, a proxy) one from each reader. Equal questions are answered once. A question
that nobody waits for any more is not begun.
"""

import math
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, NamedTuple

from serving.activity import ACTIVITY

LONGEST_RETRY = 30
"""Seconds: nobody is told to stay away for longer."""


class Asker(NamedTuple):
    """Who asks: a network address, and at that address one reader of perhaps many."""

    address: str
    reader: str


class TooManyWaiting(Exception):
    """Somebody has more questions waiting than he may have.

    Attributes:
        most: How many may wait.
        retry_after: Seconds after which it is worth asking again, at least 1.
    """

    def __init__(self, most: int, retry_after: int) -> None:
        """Say what the bound is and when to ask again."""
        super().__init__(
            f"Expected at most {most} questions to wait at the same time, there is one more;"
            f" ask again in {retry_after} s."
        )
        self.most, self.retry_after = most, retry_after


class Question:
    """One thing to be computed, for everybody who asked for it. `answer` is where it will be."""

    def __init__(self, key: Hashable, compute: Callable[[], Any]) -> None:
        """Ask for `compute()`, known as `key`."""
        self.key, self.compute = key, compute
        self.answer: Future[Any] = Future()
        self.askers: Counter[Asker] = Counter()
        self.begun = False


class FairQueue:
    """See the module. Threads are started with the first question."""

    def __init__(self, workers: int, per_reader: int, per_address: int) -> None:
        """Answer with `workers` threads, of which one reader has one at most.

        `per_reader` and `per_address` questions may wait; those that are worked on are not counted.
        """
        self._workers, self._per_reader, self._per_address = workers, per_reader, per_address
        self._changed = threading.Condition()
        self._questions: dict[Hashable, Question] = {}
        self._lines: OrderedDict[str, OrderedDict[Asker, deque[Question]]] = OrderedDict()
        self._waiting: Counter[Asker | str] = Counter()
        self._served: Counter[Asker] = Counter()
        self._started = False
        self._seconds = 0.1  # what a question took of late
        self.answered = self.refused = self.dropped = 0
        """How many questions were computed, turned away, and left by everybody before they were begun."""

    def ask(self, key: Hashable, compute: Callable[[], Any], asker: Asker) -> Question:
        """Return the question `key`, which will be answered by `compute()` in another thread.

        Each `ask` goes with one `leave`. Raises TooManyWaiting for a question that is new while too many
        of this asker wait.
        """
        with self._changed:
            question = self._questions.get(key)
            if question is None:
                self._refuse_if_too_many(asker)
                question = self._questions[key] = Question(key, compute)
            question.askers[asker] += 1
            if question.askers[asker] == 1 and not question.begun:
                self._count(asker, 1)
                self._lines.setdefault(asker.address, OrderedDict()).setdefault(asker, deque()).append(
                    question
                )
                self._changed.notify()
            if not self._started:
                self._started = True
                for number in range(self._workers):
                    threading.Thread(target=self._work, name=f"facts {number}", daemon=True).start()
            return question

    def leave(self, question: Question, asker: Asker) -> None:
        """Note that `asker` waits no longer, whether or not there is an answer."""
        with self._changed:
            question.askers[asker] -= 1
            if question.askers[asker]:
                return
            del question.askers[asker]
            if question.begun:
                return
            self._count(asker, -1)
            self._drop_from_line(question, asker)
            if not question.askers:
                del self._questions[question.key]
                self.dropped += 1

    @property
    def waiting(self) -> int:
        """How many questions nobody has begun to answer."""
        with self._changed:
            return sum(not question.begun for question in self._questions.values())

    def _refuse_if_too_many(self, asker: Asker) -> None:
        for who, most in ((asker, self._per_reader), (asker.address, self._per_address)):
            if self._waiting[who] >= most:
                self.refused += 1
                seconds = math.ceil(self._waiting[who] * self._seconds / self._workers)
                raise TooManyWaiting(most, min(max(seconds, 1), LONGEST_RETRY))

    def _count(self, asker: Asker, change: int) -> None:
        for who in (asker, asker.address):
            self._waiting[who] += change
            if not self._waiting[who]:
                del self._waiting[who]

    def _drop_from_line(self, question: Question, asker: Asker) -> None:
        """Take a question out of an asker's line; a line that is empty goes."""
        lines = self._lines[asker.address]
        lines[asker].remove(question)
        if not lines[asker]:
            del lines[asker]
        if not lines:
            del self._lines[asker.address]

    def _next(self) -> tuple[Question, Asker] | None:
        """Begin the question whose turn it is; None where there is none."""
        for address, lines in self._lines.items():
            for asker, line in lines.items():
                if self._served[asker]:
                    continue
                question = line[0]
                question.begun = True
                self._served[asker] += 1
                # Whoever has had a turn is the last to have the next.
                lines.move_to_end(asker)
                self._lines.move_to_end(address)
                for other in question.askers:
                    self._count(other, -1)
                    self._drop_from_line(question, other)
                return question, asker
        return None

    def _work(self) -> None:
        """Answer one question after another, for ever."""
        while True:
            with self._changed:
                while (turn := self._next()) is None:
                    self._changed.wait()
            question, asker = turn
            begin = time.monotonic()
            answer, failure = None, None
            with ACTIVITY.answering():
                try:
                    answer = question.compute()
                except BaseException as error:
                    failure = error
            with self._changed:
                self._seconds += 0.1 * (time.monotonic() - begin - self._seconds)
                self._served[asker] -= 1
                if not self._served[asker]:
                    del self._served[asker]
                del self._questions[question.key]
                self.answered += 1
                self._changed.notify()
            if failure is None:
                question.answer.set_result(answer)
            else:
                question.answer.set_exception(failure)
            del question, turn, answer, failure  # or they would live until the next question
