"""What it costs to carry a scene away: time and size of each kind of file, and what others feel of films.

Each file is made twice by a server that has ended its warm-up: of a scene that nobody opened before, and of
the same scene at another step, when its surface and its race are there. Then an edit of a knob is timed when
nobody asks for anything, and while three readers ask for one film after the other.
"""

import itertools
import threading
import time
import urllib.error
import urllib.request
from statistics import quantiles

from benchmarks.server_process import ServerProcess
from export.by_name import EXPORTS

SCENES = ("f=himmelblau", "f=himmelblau&step=50")
LANES = "lane=sgd&lane=adam&lane=momentum&steps=100"
EDITS = 100
GREEDY = 3


def fetched(server: ServerProcess, path: str) -> tuple[float, int]:
    """Return after how many seconds an answer was whole, and how many bytes it had."""
    begin = time.perf_counter()
    with urllib.request.urlopen(f"http://{server.address}/{path}", timeout=600) as answer:
        size = len(answer.read())
    return time.perf_counter() - begin, size


def edited(server: ServerProcess, numbers: itertools.count) -> list[float]:
    """Return the seconds that turns of a rate took, each to a value that nobody had before."""
    times = []
    for _ in range(EDITS):
        begin = time.perf_counter()
        server.get("answer.json", f"f=bowl&lane=adam:lr={0.1 + next(numbers) / 1e5:.5f}")
        times.append(time.perf_counter() - begin)
        time.sleep(0.1)
    return times


def ask_for_films(server: ServerProcess, number: int, until: threading.Event, made: list[str]) -> None:
    """Ask for films, each of another scene, until it is enough."""
    for nth in itertools.count():
        if until.is_set():
            return
        query = f"f=himmelblau&{LANES}&at={number},{1 + nth / 100:.2f}"
        try:
            fetched(server, f"optiscape/export/race.mp4?{query}")
        except urllib.error.HTTPError as refused:
            time.sleep(float(refused.headers.get("Retry-After", 1)))
        else:
            made.append(query)


def main() -> None:
    """Print seconds and bytes of every kind of file, and the edits beside films."""
    numbers = itertools.count(1)
    with ServerProcess() as server:
        server.wait_until_warm()
        for name in EXPORTS:
            told = [fetched(server, f"optiscape/export/{name}?{scene}&{LANES}") for scene in SCENES]
            print(
                f"{name}: {told[0][0]:.2f} s, then {told[1][0]:.2f} s; {told[1][1] / 1000:.0f} KB", flush=True
            )
        alone = edited(server, numbers)
        enough, made = threading.Event(), list[str]()
        readers = [
            threading.Thread(target=ask_for_films, args=(server, number, enough, made))
            for number in range(GREEDY)
        ]
        for reader in readers:
            reader.start()
        beside = edited(server, numbers)
        enough.set()
        for reader in readers:
            reader.join()
        high = [quantiles(times, n=20)[-1] for times in (alone, beside)]
        print(
            f"a turn of a knob, 95th percentile: {1000 * high[0]:.0f} ms, beside {GREEDY} readers of films"
            f" {1000 * high[1]:.0f} ms: {high[1] / high[0]:.1f} times; {len(made)} films made meanwhile"
        )
