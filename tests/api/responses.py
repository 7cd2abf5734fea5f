"""How the tests of the experiments ask."""

import json
from typing import Any

from api.facts import FACTS


def response(name: str, query: str) -> Any:
    """Return the answer as a browser has it: asked for until it is there, through JSON, which has no NaN."""
    while True:
        answer = json.loads(json.dumps(FACTS[f"{name}.json"](query), allow_nan=False))
        if "parts" not in answer:
            return answer
        assert set(answer) == {"done", "parts"} and 0 <= answer["done"] < answer["parts"]
