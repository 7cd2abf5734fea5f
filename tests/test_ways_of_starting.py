"""However the server is started, nobody's answer waits for a collection of all garbage."""

import asyncio
import re
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.reader import Log, Reader
from tools.browser import ROOT, serving

LOCAL = ("--log-level", "warning", "--host", "127.0.0.1", "--port")
WAYS = {
    "uvicorn": (sys.executable, "-m", "uvicorn", "server:app", *LOCAL),
    "uvicorn from elsewhere": (sys.executable, "-m", "uvicorn", "--app-dir", str(ROOT), "server:app", *LOCAL),
    "streamlit run": (
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.address=127.0.0.1",
        "--server.port",
    ),
    "streamlit run from elsewhere": (
        *(sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")),
        *("--server.address=127.0.0.1", "--server.port"),
    ),
}
RUNS = 40


def full_collections(address: str) -> int:
    """Return how often the server has collected all generations since it started."""
    with urllib.request.urlopen(f"{address}/optiscape/metrics", timeout=30) as answer:
        text = answer.read().decode()
    (count,) = re.findall(r'^optiscape_garbage_collections_total\{generation="2"\} (\d+)$', text, re.M)
    return int(count)


async def turn_a_knob(port: int, times: int) -> Log:
    log = Log()
    reader = Reader(
        port, "f=bowl", lambda n: {"do": "lane_knob", "lane": 0, "knob": "learning_rate", "to": n / 1000}, log
    )
    await reader.open()
    for _ in range(times):
        await reader.edit(time.monotonic() + 60)
    await reader.close()
    return log


@pytest.mark.parametrize("way", WAYS)
def test_no_run_of_the_script_is_followed_by_a_full_collection(way: str, tmp_path: Path):
    # A folder from which somebody starts another Streamlit app, with settings of its own.
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text("[runner]\npostScriptGC = true\n")
    with serving(WAYS[way], tmp_path if "elsewhere" in way else ROOT) as address:
        before = full_collections(address)
        port = int(address.rsplit(":", 1)[1])
        # In a thread of its own: Playwright keeps an event loop in this one while browser tests share it.
        with ThreadPoolExecutor(1) as thread:
            log = thread.submit(lambda: asyncio.run(turn_a_knob(port, RUNS))).result()
        grown = full_collections(address) - before
    assert (len(log.edits), log.errors, log.unanswered) == (RUNS, [], 0)
    # The warm-up, which goes on meanwhile, collects after each surface; Streamlit would after each run.
    assert grown < 3 * RUNS / 4
