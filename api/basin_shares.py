"""Which minimum do runs find: the share that ends in the flattest one, by learning rate and batch size."""

from dataclasses import replace
from functools import partial
from typing import Any

from api.ensembles import share
from api.parts import in_parts
from api.question import Question, read_question
from scenes import Ground
from scenes.knobs import batch_knob
from studies.basin_shares import count_in_basin, count_in_basin_parts, sweeps_around
from studies.flat_and_sharp import MOST
from studies.minima import equally_flat, flattest, minima_of, minima_parts

RUNS = 500


def who_finds_the_flattest(spelling: str) -> dict[str, Any]:
    """Return, for lane `of` and batches of `size` examples, the share of 500 runs in the flattest basin."""
    question = read_question(spelling)
    ground = question.scene.ground
    return in_parts(minima_parts(ground.surface, ground.knobs), partial(_shares, question, ground))


def _shares(question: Question, ground: Ground) -> dict[str, Any]:
    """Return what `who_finds_the_flattest` does, when the minima are there."""
    minima = minima_of(ground.surface, ground.knobs)
    noisy = bool(question.scene.budget.noise) or ground.surface.examples is not None
    ready = len(minima) >= 2 and noisy
    fields = {"lane": question.lane, "minima": len(minima), "noisy": noisy, "ready": ready}
    if not ready:
        return fields
    size = question.whole(replace(batch_knob(ground.surface), id="size"))
    sweeps = sweeps_around(replace(question.run, batch=size), RUNS, question.starts)
    # As in the table of minima: the flattest of the lowest.
    target = flattest(minima[:MOST])

    def whole() -> dict[str, Any]:
        counts = count_in_basin(sweeps, target)
        return {
            **fields,
            "size": size,
            "starts": question.starts,
            "runs": RUNS,
            "rates": list(counts),
            "target": minima[target].point,
            "equal": equally_flat(minima[:MOST]),
            "rows": [share(count, RUNS) for count in counts.values()],
        }

    return in_parts(count_in_basin_parts(sweeps), whole)
