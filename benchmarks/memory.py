"""How the memory of a server grows: over edits of knobs, over formulas and over own tables.

Each curve has a server of its own and one reader who sends what a browser sends, each edit after the answer
to the one before. Needs Linux: resident memory is read from /proc.
"""

import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from benchmarks.server_process import ServerProcess
from tools.browser import ROOT

EDITS, FORMULAS, TABLES = 10_000, 500, 500
RUNS, NETWORK_SHAPES = 100, 80
ROWS = 200
ANSWERED = 120.0  # seconds after which an answer that has not come is an error
FIGURES = ("terrain-light.json", "relief-light.json", "critical.json")
SHAPES = (
    "x**4 - 2*x**2 + {k}*y**2",
    "sin({k}*x)*cos(2*y) + (x**2 + y**2)/10",
    "(x**2 + y - {k})**2 + (x + y**2 - 7)**2",
    "log(1 + x**2 + {k}*y**2)",
    "exp(-(x-{k})**2 - y**2) - exp(-x**2 - (y+1)**2)",
)

Curve = Callable[[ServerProcess], Iterator[int]]
"""Does something to a server many times; yields how many times until now."""


class Session:
    """A reader's websocket: `edit` sends one change of the scene and returns the answer to it."""

    def __init__(self, address: str, query: str) -> None:
        """Open the scene that `query` spells."""
        self._query, self._component, self._script = query, "", ""
        self._known: list[str] = []
        self._number = 0
        protocols: Any = ["streamlit"]
        self._socket = connect(f"ws://{address}/_stcore/stream", subprotocols=protocols, max_size=None)
        self._send(None)
        self.answer = self._next_answer()

    def edit(self, change: dict[str, Any]) -> dict[str, Any]:
        """Make one change; TimeoutError where no answer comes."""
        self._number += 1
        self._send({"token": self.answer["token"], "changes": [[self._number, change]]})
        while self.answer["applied"] < self._number:
            self.answer = self._next_answer()
        return self.answer

    def close(self) -> None:
        """Leave."""
        self._socket.close()

    def _next_answer(self) -> dict[str, Any]:
        """Return the next answer; the run that made it has ended then."""
        answer = None
        while True:
            message = ForwardMsg.FromString(self._received())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._script = message.new_session.main_script_hash
            elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "bidi_component":
                stage = message.delta.new_element.bidi_component
                self._component, answer = stage.id, json.loads(stage.json)
                self._known = [*self._known[-9:], message.hash]
            elif kind == "script_finished" and answer is not None:
                return answer

    def _received(self) -> bytes:
        """Return the next message of the server."""
        while not isinstance(message := self._socket.recv(ANSWERED), bytes):
            pass
        return message

    def _send(self, edits: dict[str, Any] | None) -> None:
        """Ask for a run of the page: with changes of the scene, or without."""
        back = BackMsg()
        run = back.rerun_script
        run.query_string, run.page_script_hash = self._query, self._script
        run.cached_message_hashes.extend(self._known)
        run.widget_states.SetInParent()
        if edits is not None:
            trigger = run.widget_states.widgets.add(id=_make_trigger_id(self._component, "events"))
            trigger.json_trigger_value = json.dumps([{"event": "edits", "value": edits}])
        self._socket.send(back.SerializeToString())


def turned(session: Session, number: int) -> None:
    """Turn a knob: rates, starts, seeds and noise, so that no race is like one before."""
    share = number * 0.6180339887 % 1
    session.edit(
        (
            {"do": "lane_knob", "lane": number % 4, "knob": "learning_rate", "to": 0.01 + 0.2 * share},
            {"do": "start", "to": [-6 + 12 * share, 4 * share - 2]},
            {"do": "lane_knob", "lane": number % 4, "knob": "learning_rate", "to": 0.3 * share + 0.001},
            {"do": "setting", "knob": "steps", "to": 50 + number % 950},
        )[number % 4]
    )


def edits(server: ServerProcess) -> Iterator[int]:
    """Turn knobs of the first scene; ask for the measures and a point now and then. Yields edits made."""
    session = Session(server.address, "")
    for number in range(1, EDITS + 1):
        turned(session, number)
        if number % 20 == 0:
            server.get("measures.json", session.answer["spelling"].removeprefix("?"))
            server.get("point.json", session.answer["spelling"].removeprefix("?"))
        yield number
    session.close()


def formulas(server: ServerProcess) -> Iterator[int]:
    """Type formulas, one after the other, with one lane; yields how many there were."""
    session = Session(server.address, "?lane=adam")
    for number in range(1, FORMULAS + 1):
        text = SHAPES[number % len(SHAPES)].format(k=round(1 + number / 997, 4))
        answer = session.edit({"do": "formula", "to": text})
        for name in FIGURES:
            server.get(name, answer["ground"]["query"])
        yield number
    session.close()


def tables(server: ServerProcess) -> Iterator[int]:
    """Paste tables of 200 rows of numbers, one after the other, with one lane; yields how many there were."""
    session = Session(server.address, "?lane=adam&f=line_fit")
    chance = random.Random(0)
    for number in range(1, TABLES + 1):
        rows = [(x := chance.gauss(0, 1), 1.5 * x + chance.gauss(0, 1)) for _ in range(ROWS)]
        text = "\n".join(f"{x:.4f},{y:.4f}" for x, y in rows)
        answer = session.edit({"do": "data", "model": "line_fit", "to": text})
        for name in FIGURES:
            server.get(name, answer["ground"]["query"])
        yield number
    session.close()


def trained(server: ServerProcess, net: str, number: int) -> None:
    """Train a network of a link to its end, as the lab does, at a rate of its own."""
    query = f"page=networks&net={net}&trainer=adam:lr={0.005 + number / 1e5:.5f}"
    while "parts" in server.get("net_train.json", query):
        time.sleep(0.1)


def networks(server: ServerProcess) -> Iterator[int]:
    """Train networks of one shape at other rates; yields how many there were."""
    for number in range(1, RUNS + 1):
        trained(server, "moons", number)
        yield number


def shapes(server: ServerProcess) -> Iterator[int]:
    """Train networks each of a shape of its own; yields how many there were."""
    for number in range(1, NETWORK_SHAPES + 1):
        trained(server, f"moons:width={8 + number}", number)
        yield number


CURVES: dict[str, tuple[Curve, int]] = {
    "edits of knobs": (edits, EDITS),
    "formulas": (formulas, FORMULAS),
    f"own tables of {ROWS} rows": (tables, TABLES),
    "networks of one shape": (networks, RUNS),
    "networks each of a shape of its own": (shapes, NETWORK_SHAPES),
}


def main(folder: Path = ROOT, wanted: str = "") -> None:
    """Print the curves of the checkout in `folder`, those whose name contains `wanted`."""
    print("Resident memory of a server in MB, and processor time per step in ms")
    for name, (curve, count) in CURVES.items():
        if wanted in name:
            with ServerProcess(folder) as server:
                server.wait_until_warm()
                _measure(name, server, curve, count)


def _measure(name: str, server: ServerProcess, curve: Curve, count: int) -> None:
    """Print one curve: memory before, at ten places, and at most."""
    print(f"  {name}: {'0':>6} {server.usage().memory:7.0f} MB", flush=True)
    used, since = server.usage().processor, 0
    for number in curve(server):
        if number * 10 % count == 0:
            now = server.usage()
            each = 1000 * (now.processor - used) / (number - since)
            print(f"  {name}: {number:6} {now.memory:7.0f} MB {each:8.1f} ms each", flush=True)
            used, since = now.processor, number
    print(f"  {name}: at most {server.usage().peak:5.0f} MB", flush=True)
