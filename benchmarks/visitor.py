"""A visitor without a browser: what one with an empty cache fetches for a first visit, in the same order.

Pages name what they need. There are up to six connections at once, as browsers have for one server; bytes are
counted as they come over the wire, and unpacked only where they name something else.
"""

import asyncio
import gzip
import json
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from benchmarks.reader import Log, Reader

CONNECTIONS = 6
NAMED = re.compile(r'(?:href|src)="\./(optiscape/[^"]+)"')
PATIENCE = 120.0  # s
READER = "X-Optiscape-Reader"
STREAMLIT_WAITS = 3.0  # s, as in stage/mount.js


def brought_by(page: str) -> tuple[str, dict[str, Any]]:
    """Return where the stage of a page asks, and what the page has brought for it."""
    brought = json.loads(re.findall(r'id="optiscape-page">(.*?)</script>', page, re.S)[0])
    return "/" + brought["assets"], brought


@dataclass
class Felt:
    """What visitors felt, in seconds, how many bytes came for each, and what went wrong."""

    picture: list[float] = field(default_factory=list)
    complete: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Visitor:
    """One visit of `link`: of the app, or of a page that shows its scene by itself."""

    def __init__(self, port: int, link: str, felt: Felt) -> None:
        """Say whom to visit."""
        self.port, self.link, self.felt = port, link, felt
        self.name = token_hex(6)  # one reader of many behind one address
        self.bytes = 0
        self.free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.turn = asyncio.Semaphore(CONNECTIONS)

    async def visit(self) -> None:
        """Visit, and note what was felt."""
        try:
            await asyncio.wait_for(self._visit(), PATIENCE)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            self.felt.errors.append(f"{type(error).__name__} {error}")
        self.close()

    def close(self) -> None:
        """Leave."""
        for _, writer in self.free:
            writer.close()

    async def _visit(self) -> None:
        begin = time.monotonic()
        page = (await self.fetch(f"/?{self.link}")).decode()
        before, _, after = page.partition("<template>")
        later, _, after = after.partition("</template>")
        base, brought = brought_by(page)
        dark = re.compile(r'href="[^"]*"\s+media="[^"]*dark[^"]*"')
        await self._all(NAMED.findall(dark.sub("", before + after)))
        answer = brought["answer"] or json.loads(await self.fetch(f"{base}answer.json?{self.link}"))
        ground = answer["ground"]["query"]
        if not brought["carried"]:
            await self.fetch(f"{base}terrain-light.json?{ground}")
        self.felt.picture.append(time.monotonic() - begin)
        engine = answer["engine"]
        modules = {engine["surface"], *(lane["step"] for lane in engine["lanes"])}
        rest = [f"{base}{name}" for name in (*modules, f"critical.json?{ground}")]
        if later:
            rest += [f"{base}plotly.js", f"{base}relief-light.json?{ground}"]
        await self._all(rest)
        self.felt.complete.append(time.monotonic() - begin)
        if later:
            await asyncio.sleep(STREAMLIT_WAITS)
            await asyncio.gather(self._all(NAMED.findall(later)), self._session())
        self.felt.bytes.append(self.bytes)

    async def _session(self) -> None:
        """Have a session of Streamlit, as its page does, until its first answer."""
        log = Log()
        reader = Reader(self.port, self.link, lambda _: {}, log)
        await reader.open()
        await reader.close()
        self.felt.errors += log.errors

    async def _all(self, places: Iterable[str]) -> None:
        await asyncio.gather(*(self.fetch(place) for place in places))

    async def fetch(self, place: str) -> bytes:
        """Return what is at `place`, unpacked. Raises ValueError for anything but 200."""
        path = "/" + place.lstrip("/").replace("&amp;", "&")
        async with self.turn:
            try:
                head, contents = await self._answer(path)
            except (ConnectionError, asyncio.IncompleteReadError):
                # The server closes connections that are idle, this one just now: browsers ask again.
                head, contents = await self._answer(path)
        self.bytes += len(head) + len(contents)
        if " 200 " not in head.split("\r\n", 1)[0]:
            raise ValueError(f"{head.split()[1]} for {path[:60]}")
        if "json" not in path and not path.startswith("/?"):
            return contents
        return gzip.decompress(contents) if "content-encoding: gzip" in head else contents

    async def _answer(self, path: str) -> tuple[str, bytes]:
        """Return head and body of the answer, over a connection that stands or another one."""
        kept = [pair for pair in self.free if not pair[0].at_eof()]
        self.free = kept[:-1]
        reader, writer = kept[-1] if kept else await self._connected()
        lines = f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip", f"{READER}: {self.name}"
        writer.write("\r\n".join((*lines, "", "")).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        contents = await reader.readexactly(int(re.findall(r"content-length: (\d+)", head)[0]))
        self.free.append((reader, writer))
        return head, contents

    async def _connected(self) -> Any:
        return await asyncio.open_connection("127.0.0.1", self.port)
