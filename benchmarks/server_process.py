"""A server of its own for a benchmark: started on a free port, measured from outside, stopped at the end."""

import json
import os
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

from tools.browser import COMMAND, ROOT, free_port, wait_for

TICKS = os.sysconf("SC_CLK_TCK")
QUIET = 0.08
"""The warm-up is over when the server uses less than this part of one core."""


class Usage(NamedTuple):
    """What processes have used: processor time in seconds, resident memory now and at most in MB."""

    processor: float
    memory: float
    peak: float


def usage_of(process: int) -> Usage:
    """Return what `process` and its descendants have used until now; the peaks of each are added up."""
    folder = Path(f"/proc/{process}")
    try:
        fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        lines = (folder / "status").read_text().splitlines()
        children = [
            int(child) for each in folder.glob("task/*/children") for child in each.read_text().split()
        ]
    except FileNotFoundError:  # it has ended meanwhile
        return Usage(0, 0, 0)
    status = dict(line.split(":", 1) for line in lines if ":" in line)
    memory, peak = (int(status.get(name, "0 kB").split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    own = Usage((int(fields[11]) + int(fields[12])) / TICKS, memory, peak)
    return Usage(*map(sum, zip(own, *map(usage_of, children), strict=True)))


class ServerProcess:
    """`uvicorn server:app` of the checkout in `folder`; a context manager.

    Needs Linux: processor time and memory are read from /proc.
    """

    def __init__(self, folder: Path = ROOT) -> None:
        """Say which checkout is served; entering the context starts it."""
        self.folder, self.port = folder, free_port()

    def __enter__(self) -> "ServerProcess":
        """Start the server; wait at most five minutes until it answers: RuntimeError with what it said."""
        self.said = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [*COMMAND, str(self.port)], cwd=self.folder, stdout=self.said, stderr=subprocess.STDOUT
        )
        try:
            wait_for(f"http://{self.address}/_stcore/health", self.process, self.said, minutes=5)
        except RuntimeError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the server; print the last of what it said if there was an error."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.said.seek(0)
        said = self.said.read()
        if "Traceback" in said:
            print(f"  the server said: {said[-1500:]}")
        self.said.close()

    @property
    def address(self) -> str:
        """Return host and port."""
        return f"127.0.0.1:{self.port}"

    def get(self, name: str, query: str) -> dict[str, Any]:
        """Return a figure or a fact, as the stage asks for it."""
        address = f"http://{self.address}/optiscape/now/{name}?{query}"
        with urllib.request.urlopen(address, timeout=120) as answer:
            return json.load(answer)

    def usage(self) -> Usage:
        """Return what the server, and the process that does long work for it, have used until now."""
        return usage_of(self.process.pid)

    def metrics(self) -> dict[str, float]:
        """Return what the server says of itself, by name and label; nothing if it says nothing."""
        address = f"http://{self.address}/optiscape/metrics"
        with urllib.request.urlopen(address, timeout=30) as answer:
            if not answer.headers["Content-Type"].startswith("text/plain"):
                return {}  # a checkout from before there was this address shows the page there
            lines = answer.read().decode().splitlines()
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    def wait_until_warm(self, most: float = 240) -> float:
        """Wait until the warm-up has ended, at most `most` seconds; return the seconds that it took."""
        begin, before, calm = time.monotonic(), self.usage().processor, 0
        while calm < 2 and time.monotonic() - begin < most:
            time.sleep(3)
            now = self.usage().processor
            calm, before = (calm + 1 if now - before < 3 * QUIET else 0), now
        return time.monotonic() - begin
