"""How the tests of the experiments ask."""

import json
from threading import Event
from typing import Any

from api.facts import FACTS
from api.networks.registry import NETWORKS
from api.visit import visited


def response(name: str, query: str) -> Any:
    """Return the answer as a browser has it: asked for until it is there, through JSON, which has no NaN."""
    while True:
        answer = json.loads(json.dumps(FACTS[f"{name}.json"](query), allow_nan=False))
        if "parts" not in answer:
            return answer
        assert {"done", "parts"} <= set(answer) and 0 <= answer["done"] < answer["parts"]


def told(name: str, query: str) -> list[dict[str, Any]]:
    """Return all answers of a lab of networks until the whole one."""
    seen: list[dict[str, Any]] = []
    while not seen or "parts" in seen[-1]:
        seen.append(NETWORKS[name](query))
    return seen


def wait_for_answer(address: str) -> dict[str, Any]:
    """Return the answer to a scene once its programs are compiled."""
    pause = Event()
    for _ in range(600):
        said = visited(address)
        if not said["draft"]:
            return said
        pause.wait(0.1)
    raise AssertionError(f"Expected the answer to {address} within a minute.")
