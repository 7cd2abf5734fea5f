"""Start Optiscape as in production, and a Chromium that needs no network."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
HOW_TO_GET_ONE = "No Chromium found; install one (`apt-get install chromium`) or name it in CHROMIUM."
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
COMMAND = (
    sys.executable,
    "-m",
    "uvicorn",
    "server:app",
    "--host",
    "127.0.0.1",
    "--log-level",
    "warning",
    "--no-access-log",
    "--port",
)


def chromium() -> str | None:
    """Return the path of the Chromium to use, or None if there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(command: Sequence[str] = COMMAND, folder: Path = ROOT) -> Iterator[str]:
    """Run Optiscape on a free port of this machine; give its address, without a slash at the end.

    `command`, to which the port is added, is started in `folder`.

    Raises RuntimeError with what the server said if it does not answer within a minute.
    """
    port = free_port()
    with tempfile.TemporaryFile("w+") as said:
        server = subprocess.Popen([*command, str(port)], cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, said)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()


def wait_for(address: str, server: subprocess.Popen[bytes], said: IO[str], minutes: int = 1) -> None:
    """Return once `address` answers; RuntimeError with what `server` wrote into `said` if it does not."""
    for _ in range(300 * minutes):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    said.seek(0)
    raise RuntimeError(
        f"Expected the server to answer on {address} within {minutes} min. It said:\n{said.read()[-3000:]}"
    )


@contextmanager
def browsing(*more: str) -> Iterator[Browser]:
    """Start a headless Chromium; `more` is added to its command line.

    Raises FileNotFoundError with how to get one if this machine has none.
    """
    path = chromium()
    if path is None:
        raise FileNotFoundError(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *more])
        try:
            yield browser
        finally:
            browser.close()


def wait_for_picture(page: Page) -> None:
    """Wait until the first picture stands."""
    page.wait_for_selector(".os-root[data-ready]", timeout=30_000)


def wait_for_session(page: Page) -> None:
    """Wait until the first picture stands, and a session of Streamlit answers from then on."""
    wait_for_picture(page)
    page.wait_for_selector("#optiscape[data-session]", timeout=30_000)
