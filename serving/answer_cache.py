"""Compressed answers, as many as fit into a number of bytes; those that were used last stay."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock


class AnswerCache:
    """Bytes by key. Unlike `catalog.kept.Kept` it can be asked without anything being made."""

    def __init__(self, most_bytes: int) -> None:
        """Hold at most `most_bytes` of answers; an answer that is larger is not kept."""
        self._most = most_bytes
        self._lock = Lock()
        self._answers: OrderedDict[Hashable, bytes] = OrderedDict()
        self.size = 0
        """How many bytes of answers there are."""

    def get(self, key: Hashable) -> bytes | None:
        """Return the answer of `key`, None if it is not here."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: Hashable, answer: bytes) -> None:
        """Keep `answer`, and drop what was not used for longest where room is needed."""
        with self._lock:
            self.size += len(answer) - len(self._answers.pop(key, b""))
            self._answers[key] = answer
            while self.size > self._most:
                self.size -= len(self._answers.popitem(last=False)[1])

    def __len__(self) -> int:
        """Return how many answers there are."""
        return len(self._answers)
