"""A reader without a browser: Streamlit's websocket and the stage's own messages, as a browser sends them.

What is sent was recorded from Chromium. What comes is decoded only as far as needed, so that hundreds of
readers fit beside the server on two cores.
"""

import asyncio
import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

COUNTED = re.compile(r'"token": "(\w+)", "applied": (\d+)')
LATEST, FIRST_LATEST = 30.0, 300.0
"""Seconds after which an answer that has not come is given up; the first may wait for programs of a class."""

FIRST_PAUSE, LONGEST_PAUSE, AFTER_RECONNECTION = 8.0, 60.0, 1.0
"""Seconds before an unanswered message is repeated, as in stage/session/wire.js."""


@dataclass
class Log:
    """What readers felt: seconds until the first answer, seconds per edit, and what went wrong."""

    first: list[float] = field(default_factory=list)
    edits: list[float] = field(default_factory=list)
    repeated: int = 0
    unanswered: int = 0
    errors: list[str] = field(default_factory=list)


class Reader:
    """One session. `change(number)` gives the next change of the scene, as the stage would send it."""

    def __init__(
        self,
        port: int,
        query: str,
        change: Callable[[int], dict[str, Any]],
        log: Log,
        repeat: float | None = None,
    ) -> None:
        """Say whom to ask for which scene.

        With `repeat`, an unanswered message is sent again every so many seconds whatever the server does.
        """
        self.address, self.query, self.change, self.log = f"127.0.0.1:{port}", query, change, log
        self.fixed = repeat
        self.number = self.applied = 0
        self.token = self.component = self.script = self.session = ""
        self.running = False
        self.known: list[str] = []  # messages that the browser keeps, and tells the server of
        self.heard = asyncio.Event()
        self.socket: ClientConnection | None = None

    async def open(self) -> None:
        """Open the scene; return once the first answer is there, or note that there is none."""
        begin = time.monotonic()
        await self.join()
        if self.token:
            self.log.first.append(time.monotonic() - begin)

    async def join(self) -> None:
        """Have a session; return once it has answered, or note that it has not."""
        self.listening = asyncio.create_task(self._listen())
        if not await self._wait(lambda: bool(self.token), time.monotonic() + FIRST_LATEST):
            self.log.errors.append("no first answer")

    async def turn_knobs(self, until: float, think: float) -> None:
        """Turn a knob now and then (mean pause `think` seconds) until the time `until`."""
        while self.token and (pause := random.expovariate(1 / think)) + time.monotonic() < until:
            await asyncio.sleep(pause)
            await self.edit(until + LATEST)

    async def close(self) -> None:
        """Leave."""
        self.listening.cancel()
        await asyncio.gather(self.listening, return_exceptions=True)

    async def edit(self, latest: float) -> None:
        """Send one change and wait for its answer, repeating it as the stage does."""
        self.number += 1
        begin, pause = time.monotonic(), self.fixed or FIRST_PAUSE
        token, wanted = self.token, self.number
        message = {"token": token, "changes": [[wanted, self.change(wanted)]]}
        socket = self.socket
        await self._send(message)
        while time.monotonic() < latest:
            wait = pause if self.fixed else pause * random.uniform(0.75, 1.25)
            if await self._wait(
                lambda: self.applied >= wanted or self.token != token, time.monotonic() + wait
            ):
                if self.token == token:
                    self.log.edits.append(time.monotonic() - begin)
                else:
                    self.number = self.applied  # another server: it counts from zero
                return
            if self.fixed is None:
                if self.running or self.socket is None:
                    continue  # the server is at work on it, or cannot be reached
                pause = AFTER_RECONNECTION if self.socket is not socket else min(2 * pause, LONGEST_PAUSE)
                socket = self.socket
            self.log.repeated += 1
            await self._send(message)
        self.log.unanswered += 1

    async def _wait(self, done: Callable[[], bool], latest: float) -> bool:
        """Wait until something that was heard makes `done` true, or `latest`."""
        while not done():
            left = latest - time.monotonic()
            if left <= 0:
                return False
            self.heard.clear()
            try:
                await asyncio.wait_for(self.heard.wait(), left)
            except TimeoutError:
                return done()
        return True

    async def _listen(self) -> None:
        """Hear what the server says; where the connection breaks, make another."""
        while True:
            try:
                # An empty place stands for the token against forged requests, as in a browser without one.
                protocols: Any = ["streamlit", "none"] + ([self.session] if self.session else [])
                async with connect(
                    f"ws://{self.address}/_stcore/stream",
                    subprotocols=protocols,
                    max_size=None,
                    compression=None,
                    ping_interval=None,
                    open_timeout=60,
                ) as socket:
                    self.socket = socket
                    if not self.token or self.running:
                        await self._send(None)
                    async for payload in socket:
                        if isinstance(payload, bytes):
                            self._hear(payload)
            except (OSError, WebSocketException, TimeoutError) as error:
                self.log.errors.append(type(error).__name__)
            self.socket = None
            await asyncio.sleep(random.uniform(0.5, 1.5))

    def _hear(self, payload: bytes) -> None:
        """Take what matters from one message of the server."""
        message = ForwardMsg.FromString(payload)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.script = message.new_session.main_script_hash
            self.session = message.new_session.initialize.session_id
        elif kind == "session_status_changed":
            self.running = message.session_status_changed.script_is_running
        elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "bidi_component":
            stage = message.delta.new_element.bidi_component
            self.component = stage.id
            self.known = [*self.known[-9:], message.hash]
            if found := COUNTED.search(stage.json[:300]):
                self.token, self.applied = found[1], int(found[2])
        self.heard.set()

    async def _send(self, edits: dict[str, Any] | None) -> None:
        """Ask for a run of the script: with changes of the scene, or without."""
        back = BackMsg()
        run = back.rerun_script
        run.query_string, run.page_script_hash = self.query, self.script
        run.cached_message_hashes.extend(self.known)
        run.context_info.timezone, run.context_info.locale = "UTC", "en-US"
        run.context_info.url, run.context_info.color_scheme = f"http://{self.address}/", "light"
        run.widget_states.SetInParent()
        if edits is not None:
            trigger = run.widget_states.widgets.add(id=_make_trigger_id(self.component, "events"))
            trigger.json_trigger_value = json.dumps([{"event": "edits", "value": edits}])
        if self.socket is None:
            return
        try:
            await self.socket.send(back.SerializeToString())
        except (OSError, WebSocketException) as error:
            self.log.errors.append(type(error).__name__)
