"""The numbers of a method's own rule, for the inspector."""

from typing import Any

import numpy as np

from api.encode import packed
from api.question import read_question
from descent.symbols import symbols


def symbols_of_lane(spelling: str) -> dict[str, Any]:
    """Return what each symbol of the rule is at each step of the lane `of` (counted from 0).

    They stand in the order of the method's `symbols`, which comes with the words. `values` are packed row by
    row, `size` numbers for each step: one for both coordinates, one for each, or a matrix row by row. What
    is not defined is NaN.
    """
    question = read_question(spelling)
    found = symbols(question.run).values()
    return {
        "lane": question.lane,
        "symbols": [{"size": int(np.prod(each.shape[1:])), "values": packed(each)} for each in found],
    }
