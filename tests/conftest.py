"""What every test may rely on: the same environment everywhere, and no network."""

import gc
import ipaddress
import os
import socket
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tests.skips import pytest_make_collect_report, pytest_runtest_makereport  # noqa: F401  # hooks

ROOT = Path(__file__).parent.parent

# Before anything imports Streamlit or JAX: what the developer's shell and home directory say must not
# decide what a test sees. Processes that tests start inherit all this.
for name in list(os.environ):
    if name.startswith(("STREAMLIT_", "JAX_", "XLA_", "PYTHONWARNINGS")):
        del os.environ[name]
home = tempfile.TemporaryDirectory(prefix="optiscape-home-", ignore_cleanup_errors=True)
os.environ.update(
    HOME=home.name,
    XDG_CACHE_HOME=f"{home.name}/cache",
    XDG_CONFIG_HOME=f"{home.name}/config",
    JAX_PLATFORMS="cpu",
    # A first run mostly compiles; later ones, and the other worker, find the programs here.
    JAX_COMPILATION_CACHE_DIR=str(ROOT / ".pytest_cache" / "jax"),
    JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS="0",
    # Servers that tests start train what is asked for: a minute for each that nobody looks at would be long.
    OPTISCAPE_LABS_AHEAD="no",
    LANG="C.UTF-8",
    LC_ALL="C.UTF-8",
    TZ="UTC",
)

# Compiling takes longer than Hypothesis allows an example, hence no deadline; and on a busy machine drawing
# examples takes longer than it likes. A run draws the same examples each time, so that it fails for what was
# changed; `pytest --hypothesis-profile=explore` looks further.
patient: Any = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "print_blob": True}
settings.register_profile("same", derandomize=True, **patient)
settings.register_profile("explore", max_examples=1000, **patient)
settings.load_profile("same")

BROWSER = "tests/browser/"
SURFACES = {path.stem for path in (ROOT / "landscapes").glob("*.py")}  # each in a file of its name


def pytest_sessionstart() -> None:
    """Collect no garbage while tests are collected: thousands of them come, and none goes."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Let what all tests share, and the tests themselves, out of the garbage collector's sight."""
    gc.freeze()
    gc.enable()


def group_of(nodeid: str) -> tuple[int, str]:
    """Return with which tests one worker does this one: an order, and a name.

    Those in a browser share one app and one Chromium, and come first, since they take longest. Those of one
    surface, which is named in their case, share its programs, which are dear to compile; those of one file
    whatever else there is.
    """
    file, _, case = nodeid.removesuffix("]").partition("[")
    file = file.partition("::")[0]
    if file.startswith(BROWSER):
        return 0, BROWSER
    surface = next((part for part in case.split("-") if part in SURFACES), None)
    return (1, file) if surface is None else (2, surface)


class Groups(LoadScopeScheduling):
    """Gives each worker a group of tests, and then the next."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)[1]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Groups | None:
    """Let workers of `--dist loadscope` (`make test`) take groups instead of files."""
    return Groups(config, log) if config.getvalue("dist") == "loadscope" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order tests by their groups, and mark those in a browser."""
    for item in items:
        if item.nodeid.startswith(BROWSER):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: group_of(item.nodeid))


def pytest_unconfigure() -> None:
    """Take the home directory of the tests away again."""
    home.cleanup()


def is_local(address: Any) -> bool:
    """Return whether a socket address stays on this machine."""
    if not isinstance(address, tuple):  # AF_UNIX
        return True
    if address[0] == "localhost":
        return True
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Refuse every connection that would leave this machine."""

    def guard(method: Any) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if not is_local(address):
                raise AssertionError(f"Expected a test to stay on this machine, it connects to {address}.")
            return method(self, address)

        return connect

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guard(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guard(socket.socket.connect_ex))
        yield
