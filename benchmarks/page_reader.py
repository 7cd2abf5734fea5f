"""A reader as the stage is one: turns of knobs are asked for by address, and a session stands by."""

import asyncio
import json
import time
from urllib.parse import quote

from benchmarks.reader import Reader
from benchmarks.visitor import Felt, Visitor, brought_by

DRAFT_STANDS = 0.25  # s, as in stage/session/conversation.js


class PageReader(Reader):
    """One page, which has its session as well."""

    async def open(self) -> None:
        """Open the scene, then a session; return once both have answered, or note that they have not."""
        begin = time.monotonic()
        self.browser = Visitor(int(self.address.rpartition(":")[2]), self.query, Felt())
        page = (await self.browser.fetch(f"/?{self.query}")).decode()
        self.base, brought = brought_by(page)
        answer = brought["answer"] or json.loads(
            await self.browser.fetch(f"{self.base}answer.json?{self.query}")
        )
        self.spelling = answer["spelling"]
        self.log.first.append(time.monotonic() - begin)
        await self.join()

    async def edit(self, latest: float) -> None:
        """Ask for one change, and wait for its answer."""
        self.number += 1
        begin = time.monotonic()
        change = quote(json.dumps(self.change(self.number)))
        asked = self.browser.fetch(f"{self.base}answer.json?{self.spelling}&change={change}")
        try:
            answer = json.loads(await asyncio.wait_for(asked, latest - begin))
        except TimeoutError:
            self.log.unanswered += 1
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            self.log.errors.append(f"{type(error).__name__} {error}"[:80])
        else:
            self.spelling = answer["spelling"]
            self.log.edits.append(time.monotonic() - begin)

    async def type_formula(self, text: str) -> tuple[float, float]:
        """Enter a formula; return seconds until the browser could race it, and until the server has."""
        begin = time.monotonic()
        change = quote(json.dumps({"do": "formula", "to": text}))
        address = f"{self.base}answer.json?{self.spelling}&change={change}"
        answer = json.loads(await self.browser.fetch(address))
        engine, ground = answer["engine"], answer["ground"]["query"]
        modules = {engine["surface"], *(lane["step"] for lane in engine["lanes"])}
        places = *modules, f"outline-light.json?{ground}"
        await asyncio.gather(*(self.browser.fetch(f"{self.base}{place}") for place in places))
        raced = time.monotonic() - begin
        while answer["draft"]:
            await asyncio.sleep(DRAFT_STANDS)
            answer = json.loads(await self.browser.fetch(address))
        return raced, time.monotonic() - begin

    async def close(self) -> None:
        """Leave."""
        await super().close()
        self.browser.close()
