"""How far the losses of a lane spread when nothing but the seed is another."""

from typing import Any

import numpy as np

from api.encode import packed
from api.parts import in_parts
from api.question import read_question
from descent.ensembles import LEVELS, Ensemble, ensemble, quantiles
from descent.randomness import by_chance
from studies.parts import ensemble_parts

SEEDS = 200


def losses_over_seeds(spelling: str) -> dict[str, Any]:
    """Return quantiles of the loss over 200 seeds at every step, for the lane `of` (counted from 0).

    `quantiles` is packed, a row of LEVELS for each step 0 … T; None where nothing is left to chance.
    """
    question = read_question(spelling)
    run = question.run
    fields = {"lane": question.lane, "seeds": SEEDS, "levels": LEVELS}
    if not by_chance(run, question.scene.ground.surface):
        return {**fields, "quantiles": None}
    many = Ensemble(run=run, count=SEEDS, frames=run.steps + 1)

    def whole() -> dict[str, Any]:
        # Where some runs have diverged, a quantile is infinite: the largest number that can be sent.
        return {**fields, "quantiles": packed(np.nan_to_num(quantiles(ensemble(many)), nan=np.inf))}

    return in_parts(ensemble_parts(many), whole)
