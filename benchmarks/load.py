"""A class at work: many readers on one server, each turning a knob every few seconds. `make load`.

The server is started here, on a free port of this machine, and measured from outside: an answer's time is
from the change to the message that has it, and processor time is the server's alone. Readers share the
machine with the server; what they use is printed too.
"""

import argparse
import asyncio
import os
import random
import resource
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.greedy import Greedy
from benchmarks.lab import Lab
from benchmarks.page_reader import PageReader
from benchmarks.reader import Log, Reader
from benchmarks.server_process import ServerProcess, Usage
from benchmarks.visitor import CONNECTIONS, Felt, Visitor
from landscapes import LANDSCAPES
from tools.browser import ROOT

ONE_SCENE = "f=bowl&steps=51"
EMBED = "f=bowl&steps=51&embed=true"
VISITS_WITHIN = 30  # s
FORMULAS = (
    "x**4-2*x**2+{k}*y**2",
    "sin({k}*x)*cos(2*y)+(x**2+y**2)/10",
    "(x**2+y-{k})**2+(x+y**2-7)**2",
    "log(1+x**2+{k}*y**2)",
    "exp(-(x-{k})**2-y**2)-exp(-x**2-(y+1)**2)",
)


def _scenes(count: int, mixed: bool) -> list[str]:
    """Return the links of so many readers: all the same, or a surface or a formula for each."""
    if not mixed:
        return [ONE_SCENE] * count
    shelf = [f"f={name}" for name in LANDSCAPES][: count // 2]
    typed = [FORMULAS[k % 5].format(k=1.25 + k / 8) for k in range(count - len(shelf))]
    return [*shelf, *(f"formula={quote(formula)}" for formula in typed)]


def _change(_: int) -> dict[str, Any]:
    """Return a turn of the first lane's learning rate: nobody has asked for this run before."""
    return {"do": "lane_knob", "lane": 0, "knob": "learning_rate", "to": 10 ** random.uniform(-4, -0.5)}


def _percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of `values` lie, NaN of none."""
    ordered = sorted(values)
    return ordered[round(share * (len(ordered) - 1))] if ordered else float("nan")


def _own() -> float:
    """Return the processor seconds of this process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def _class(
    server: ServerProcess,
    scenes: Sequence[str],
    asked: argparse.Namespace,
    beside: Greedy | Lab | None = None,
) -> None:
    """Let one reader for each of `scenes` open it and turn knobs; print what they felt."""
    log = Log()
    kind = Reader if asked.by == "session" else PageReader
    readers = [kind(server.port, scene, _change, log, asked.repeat) for scene in scenes]
    begin = server.usage()

    async def opened(reader: Reader) -> None:
        await asyncio.sleep(random.uniform(0, asked.arrive))
        await reader.open()

    await asyncio.gather(*map(opened, readers))
    if asked.settle:
        # The first turn on a formula may compile; what is measured is the class once programs are there.
        await asyncio.gather(*(r.turn_knobs(time.monotonic() + asked.settle, asked.think) for r in readers))
    log.edits.clear()
    repeated, before, own, since = log.repeated, server.usage(), _own(), time.monotonic()
    others = asyncio.create_task(beside.ask_until(since + asked.seconds)) if beside else None
    await asyncio.gather(*(r.turn_knobs(since + asked.seconds, asked.think) for r in readers))
    passed, after = time.monotonic() - since, server.usage()
    if others:
        await others
    _report(log, repeated, (begin, before, after), passed, _own() - own, len(scenes))
    if beside:
        print(f"         beside them: {beside.summary()}")
    await asyncio.gather(*(reader.close() for reader in readers))


def _report(
    log: Log, repeated: int, used: tuple[Usage, Usage, Usage], passed: float, own: float, count: int
) -> None:
    """Print a line of figures."""
    begin, before, after = used
    edits = [1000 * seconds for seconds in log.edits]
    busy = after.processor - before.processor
    print(
        f"  {count:5d}  edits {len(edits):5d}"
        f"  median {statistics.median(edits) if edits else float('nan'):7.0f}"
        f"  p95 {_percentile(edits, 0.95):7.0f}  max {max(edits, default=float('nan')):7.0f} ms"
        f"  processor/edit {1000 * busy / max(1, len(edits)):6.1f} ms ({busy / passed:.2f} cores;"
        f" readers {own / passed:.2f})"
        f"  repeated {log.repeated} (opening {repeated})  unanswered {log.unanswered}"
        f"  errors {dict(Counter(log.errors)) or 0}"
        f"  first answer p50 {1000 * _percentile(log.first, 0.5):.0f}"
        f" p95 {1000 * _percentile(log.first, 0.95):.0f} ms"
        f"  memory {begin.memory:.0f} → {after.memory:.0f} MB (peak {after.peak:.0f})",
        flush=True,
    )


async def _visits(server: ServerProcess, link: str, count: int, seconds: float) -> None:
    """Let so many visitors come for the first time within so many seconds; print what they felt."""
    felt = Felt()
    before, own, since = server.usage(), _own(), time.monotonic()

    async def visited() -> None:
        await asyncio.sleep(random.uniform(0, seconds))
        await Visitor(server.port, link, felt).visit()

    await asyncio.gather(*(visited() for _ in range(count)))
    passed, used = time.monotonic() - since, server.usage().processor - before.processor
    times = {"picture": felt.picture, "complete": felt.complete}
    print(
        f"  {count:5d}  "
        + "  ".join(
            f"{name} median {1000 * _percentile(all_, 0.5):.0f} p95 {1000 * _percentile(all_, 0.95):.0f} ms"
            for name, all_ in times.items()
        )
        + f"  {statistics.median(felt.bytes or [0]) / 1e6:.2f} MB each"
        f"  processor/visit {1000 * used / max(1, count):.0f} ms"
        f" ({used / passed:.2f} cores; visitors {(_own() - own) / passed:.2f})"
        f"  errors {dict(Counter(felt.errors)) or 0}",
        flush=True,
    )


async def _formulas(server: ServerProcess, count: int) -> None:
    """Let so many readers enter a formula at once that nobody has typed before; print what they felt."""
    log = Log()
    readers = [PageReader(server.port, ONE_SCENE, _change, log) for _ in range(count)]
    await asyncio.gather(*(reader.open() for reader in readers))
    typed = [FORMULAS[k % 5].format(k=2.0078125 + k / 16) for k in range(count)]
    times = await asyncio.gather(*(r.type_formula(text) for r, text in zip(readers, typed, strict=True)))
    await asyncio.gather(*(reader.close() for reader in readers))
    for name, found in zip(("raced by the browser", "by the server"), zip(*times, strict=True), strict=True):
        middle, most = _percentile(found, 0.5), _percentile(found, 0.95)
        print(f"  {count:5d}  {name} after {1000 * middle:.0f}, p95 {1000 * most:.0f} ms", flush=True)


async def _requests(server: ServerProcess, seconds: float) -> None:
    """Print how many times a second an embedded page that is known is served, over as many connections."""
    done = 0
    visitor = Visitor(server.port, EMBED, Felt())
    since = time.monotonic()

    async def ask() -> None:
        nonlocal done
        while time.monotonic() < since + seconds:
            await visitor.fetch(f"/?{EMBED}")
            done += 1

    before = server.usage().processor
    await asyncio.gather(*(ask() for _ in range(CONNECTIONS)))
    passed = time.monotonic() - since
    busy = (server.usage().processor - before) / passed
    print(f"  an embedded page, again and again: {done / passed:.0f} a second ({busy:.2f} cores)", flush=True)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser("python -m benchmarks load", description=__doc__)
    parser.add_argument(
        "--sessions", default="1,10,50,100,200,300", help="readers on one scene, one run each"
    )
    parser.add_argument(
        "--mixed", type=int, default=50, help="readers on as many scenes and formulas; 0: none"
    )
    parser.add_argument("--greedy", type=int, default=30, help="readers beside a greedy one; 0: none")
    parser.add_argument(
        "--lab", type=int, default=30, help="readers beside as many in a lab of networks; 0: none"
    )
    parser.add_argument("--visits", type=int, default=300, help="first visits within half a minute; 0: none")
    parser.add_argument("--formulas", type=int, default=30, help="new formulas entered at once; 0: none")
    parser.add_argument("--seconds", type=float, default=60, help="how long each run is measured")
    parser.add_argument("--think", type=float, default=3, help="mean pause between two turns, in seconds")
    parser.add_argument(
        "--arrive", type=float, default=10, help="seconds within which a class opens the link"
    )
    parser.add_argument(
        "--settle", type=float, default=15, help="seconds at work before anything is measured"
    )
    parser.add_argument(
        "--hang-up", type=float, default=120, help="when the greedy reader gives up an answer"
    )
    parser.add_argument(
        "--by",
        choices=("address", "session"),
        default="address",
        help="how turns of knobs are told; session: as where addresses are refused",
    )
    parser.add_argument(
        "--repeat",
        type=float,
        help="with sessions, repeat an unanswered message every so many seconds, as old stages did",
    )
    parser.add_argument("--folder", type=Path, default=ROOT, help="the checkout whose server is measured")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] = ()) -> None:
    """Print a line for each class."""
    asked = _options(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped too
    print(
        "A class: readers, each turning a knob every",
        asked.think,
        "s; load of the machine",
        os.getloadavg()[0],
    )
    with ServerProcess(asked.folder) as server:
        took = server.wait_until_warm()
        print(f"  warm after {took:.0f} s: {server.usage().memory:.0f} MB; times in ms", flush=True)
        for count in map(int, filter(None, asked.sessions.split(","))):
            asyncio.run(_class(server, _scenes(count, False), asked))
        if asked.mixed:
            print("  each on a surface or formula of their own:")
            asyncio.run(_class(server, _scenes(asked.mixed, True), asked))
        if asked.greedy:
            print("  without and with a reader who asks for the most expensive facts, 28 at a time:")
            scenes = _scenes(asked.greedy, False)
            asyncio.run(_class(server, scenes, asked))
            asyncio.run(_class(server, scenes, asked, Greedy(server.port, asked.hang_up)))
        if asked.lab:
            print("  without and with as many readers who train networks, in one lab:")
            scenes = _scenes(asked.lab, False)
            asyncio.run(_class(server, scenes, asked))
            asyncio.run(_class(server, scenes, asked, Lab(server.port, asked.lab, asked.think)))
        if asked.visits:
            for kind, link in (("first visits", ONE_SCENE), ("embedded pages", EMBED)):
                print(f"  {kind}, one by one and within {VISITS_WITHIN} s:")
                for _ in range(5):
                    asyncio.run(_visits(server, link, 1, 0))
                asyncio.run(_visits(server, link, asked.visits, VISITS_WITHIN))
            asyncio.run(_requests(server, 10))
        if asked.formulas:
            print("  new formulas, entered at once:")
            for count in (1, asked.formulas):
                asyncio.run(_formulas(server, count))
        for name, value in server.metrics().items():
            print(f"  {name} {value:g}")
