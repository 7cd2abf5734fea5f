"""Long work is done elsewhere: at low priority, again if that process dies, and never after the server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from catalog.cache import LONG_WORK, MB, SingleFlightCache
from serving.long_work import NICENESS, PATIENCE, LongWork, Stopped, own_processors

ROOT = Path(__file__).parent.parent.parent

CACHE: SingleFlightCache[int] = SingleFlightCache(8 * MB, long_work=3 * MB)
USUAL: SingleFlightCache[int] = SingleFlightCache(8 * MB)


def where() -> tuple[int, int, str]:
    return os.getpid(), os.nice(0), os.environ[LONG_WORK]


def processors() -> set[int]:
    """Return those that this process may use; none where the system does not say."""
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()


def budgets() -> tuple[int, int]:
    return CACHE.budget, USUAL.budget


def fail(message: str) -> None:
    raise ValueError(message)


def die(once: str) -> str:
    """Die like a process that the system ends for want of memory, the first time."""
    path = Path(once)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def sleep(begun: str) -> None:
    """Write down that this has begun, and never end."""
    with open(begun, "a") as file:
        file.write("once\n")
    time.sleep(600)


@pytest.fixture(scope="module")
def aside() -> Iterator[LongWork]:
    work = LongWork()
    yield work
    work.stop()


def test_it_is_done_in_one_other_process_that_stands_back(aside: LongWork) -> None:
    process, nice, mark = aside.run(where)
    assert process != os.getpid() and mark == "1"
    assert nice == min(os.nice(0) + NICENESS, 19)
    assert aside.run(where)[0] == process


def test_caches_have_budgets_of_their_own_there(aside: LongWork) -> None:
    assert budgets() == (8 * MB, 8 * MB)
    assert aside.run(budgets) == (3 * MB, 2 * MB)


def test_what_it_raises_is_raised_here(aside: LongWork) -> None:
    with pytest.raises(ValueError, match="no such lane"):
        aside.run(fail, "no such lane")


def test_work_whose_process_died_is_done_once_more(aside: LongWork, tmp_path: Path) -> None:
    process = aside.run(where)[0]
    assert aside.run(die, str(tmp_path / "died")) == "alive"
    assert aside.run(where)[0] != process


def main(folder: Path, *statements: str) -> subprocess.CompletedProcess[str]:
    """Run `statements` as a program of its own, which is written into `folder`."""
    program = folder / "program.py"
    begin = "import os, signal\nfrom serving.long_work import LongWork\nif __name__ == '__main__':"
    program.write_text("\n    ".join((begin, *statements)))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, program], capture_output=True, text=True, timeout=60, env=environment, check=False
    )


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    """Also where that one had no time to say so."""
    done = main(
        tmp_path, "print(LongWork().run(os.getpid), flush=True)", "os.kill(os.getpid(), signal.SIGKILL)"
    )
    other = int(done.stdout)
    until(lambda: not Path(f"/proc/{other}").exists())


def test_what_is_stopped_ends_at_once_and_may_be_started_again(tmp_path: Path) -> None:
    """Whatever it works on, which is not begun anew."""
    work = LongWork()
    process = work.run(where)[0]
    begun = tmp_path / "begun"
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(work.run, sleep, str(begun))
        until(begun.exists)
        begin = time.monotonic()
        work.stop()
        assert time.monotonic() - begin < PATIENCE
        assert not Path(f"/proc/{process}").exists()
        with pytest.raises(Stopped):
            asked.result(PATIENCE)
    assert begun.read_text() == "once\n"
    assert work.run(where)[0] != process
    work.stop()


def test_after_a_stop_a_signal_leaves_no_semaphore_behind(tmp_path: Path) -> None:
    """So ends uvicorn: by the signal that it was sent, without any cleaning up."""
    work = "work = LongWork()", "work.run(os.getpid)", "work.stop()"
    done = main(tmp_path, *work, "os.kill(os.getpid(), signal.SIGTERM)")
    assert (done.returncode, done.stderr) == (-signal.SIGTERM, "")


def until(happened: Callable[[], bool], most: float = 20.0) -> None:
    end = time.monotonic() + most
    while not happened():
        assert time.monotonic() < end, "Expected it to happen within some seconds; it did not."
        time.sleep(0.02)


def test_one_processor_is_left_to_quick_answers_where_there_are_more() -> None:
    assert own_processors({3, 0, 1}) == {1, 3}
    assert own_processors({5}) == {5}


def test_the_other_process_keeps_to_its_processors(aside: LongWork) -> None:
    assert aside.run(processors) == own_processors(processors())
