"""What a process is doing, as text that monitoring programs read (Prometheus exposition format 0.0.4)."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.cache import SingleFlightCache
from serving.fair_queue import FairQueue
from serving.idle_collection import PAUSES


def metrics_text(queues: Mapping[str, FairQueue], answers: SingleFlightCache[Any]) -> str:
    """Return one line a number: garbage collections by generation, questions by queue, kept answers."""
    return "\n".join([*_collections(), *_questions(queues), *_answers(answers)]) + "\n"


def _collections() -> Iterator[str]:
    for generation in range(3):
        label = f'{{generation="{generation}"}}'
        yield f"optiscape_garbage_collections_total{label} {PAUSES.count[generation]}"
        yield f"optiscape_garbage_collection_seconds_total{label} {PAUSES.seconds[generation]:.4f}"
        yield f"optiscape_garbage_collection_longest_seconds{label} {PAUSES.longest[generation]:.4f}"


def _questions(queues: Mapping[str, FairQueue]) -> Iterator[str]:
    for name, queue in queues.items():
        label = f'{{queue="{name}"}}'
        yield f"optiscape_questions_waiting{label} {queue.waiting}"
        yield f"optiscape_questions_answered_total{label} {queue.answered}"
        yield f"optiscape_questions_refused_total{label} {queue.refused}"
        yield f"optiscape_questions_dropped_total{label} {queue.dropped}"


def _answers(answers: SingleFlightCache[Any]) -> Iterator[str]:
    yield f"optiscape_kept_answers {len(answers)}"
    yield f"optiscape_kept_answer_bytes {answers.nbytes}"
