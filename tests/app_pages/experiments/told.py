"""How the tests of the experiments ask."""

import json
from itertools import count
from typing import Any

from app_pages.facts import FACTS


def told(name: str, query: str) -> Any:
    """Return the answer as a browser has it: asked for until it is there, through JSON, which has no NaN."""
    for part in count():
        answer = FACTS[f"{name}.json"](f"{query}&part={part}" if part else query)
        told = json.loads(json.dumps(answer, allow_nan=False))
        if "parts" not in told:
            return told
        assert set(told) == {"done", "parts"} and 0 <= told["done"] < told["parts"]
    raise AssertionError
