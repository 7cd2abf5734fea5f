"""Readers of one lab of networks: all open one link at once, then each turns a rate and watches it train."""

import asyncio
import json
import random
import time

from benchmarks.visitor import Felt, Visitor

TRAIN = "/optiscape/x/net_train.json?page=networks&net=moons&trainer={method}:lr={rate}"


class Lab:
    """A class at one lab; what it felt is told by `summary`."""

    def __init__(self, port: int, readers: int, think: float) -> None:
        """Say which server of this machine they ask, how many they are and how long they look at a run."""
        self.port, self.readers, self.think = port, readers, think
        self.first: list[float] = []  # seconds until there was something of a run to see
        self.whole: list[float] = []
        self.errors: list[str] = []

    async def ask_until(self, until: float) -> None:
        """Open the lab and turn its rate until the time `until`."""
        await asyncio.gather(*(self._reader(until) for _ in range(self.readers)))

    async def _reader(self, until: float) -> None:
        visitor = Visitor(self.port, "", Felt())
        path = TRAIN.format(method="adam", rate=0.01)
        try:
            while time.monotonic() < until:
                await self._watch(visitor, path, until)
                await asyncio.sleep(random.uniform(0, 2 * self.think))
                method = random.choice(("adam", "sgd", "momentum"))
                path = TRAIN.format(method=method, rate=round(random.uniform(0.002, 0.2), 5))
        except (OSError, ValueError) as error:
            self.errors.append(str(error))
        visitor.close()

    async def _watch(self, visitor: Visitor, path: str, until: float) -> None:
        begin, seen = time.monotonic(), False
        while time.monotonic() < until:
            answer = json.loads(await visitor.fetch(path))
            if not seen and any(lane["steps"] for lane in answer["lanes"]):
                seen = True
                self.first.append(time.monotonic() - begin)
            if "parts" not in answer:
                self.whole.append(time.monotonic() - begin)
                return

    def summary(self) -> str:
        """Return what came of it."""

        def told(name: str, found: list[float]) -> str:
            ordered = sorted(found) or [float("nan")]
            middle, most = (ordered[round(share * (len(ordered) - 1))] for share in (0.5, 0.95))
            return f"{name} {len(found)}: median {middle:.1f}, p95 {most:.1f} s"

        return f"{told('begun', self.first)}; {told('whole', self.whole)}; errors {self.errors[:3]}"
