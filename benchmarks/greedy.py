"""A reader who asks for the most expensive facts there are, many at a time."""

import asyncio
import random
import time
from collections import Counter

AT_ONCE = 28
NAMES = ("crowd", "sweep", "band", "shares", "variance", "scaling", "reach", "cloud", "minima", "measures")
LANES = "&lane=adam:lr=0.01&lane=momentum:lr=0.01&lane=sgd:lr=0.01"
FORMULA = "log(1%2Bexp(sin(3*x)*cos(2*y)))%2Bsqrt(1%2Bx**2%2By**2)*tanh(x*y)%2Bexp(-x**2)*sin(5*y)"


def _question() -> str:
    """Return a path that nobody has asked for: an own table of 200 rows, or a formula of heavy functions."""
    name, seed = random.choice(NAMES), random.randrange(10**6)
    rows = ";".join(f"{x / 50:.3f},{random.uniform(-2, 2):.3f}" for x in range(200))
    ground = random.choice((f"f=line_fit&data={rows}&batch=8", f"formula={FORMULA}&noise=1"))
    starts = random.choice(("seeds", "starts"))
    return f"/optiscape/x/{name}.json?{ground}{LANES}&steps=1000&seed={seed}&of=0&crowd={starts}&size=4"


class Greedy:
    """Keeps 28 questions under way; gives each up after `patience` seconds, by closing the connection."""

    def __init__(self, port: int, patience: float) -> None:
        """Say which server of this machine is asked."""
        self.port, self.patience = port, patience
        self.answers: Counter[str] = Counter()
        self.longest = 0.0

    async def ask_until(self, until: float) -> None:
        """Ask until the time `until`, and leave what is not answered then."""
        await asyncio.gather(*(self._ask_on(until) for _ in range(AT_ONCE)))

    async def _ask_on(self, until: float) -> None:
        while (left := until - time.monotonic()) > 0:
            begin = time.monotonic()
            try:
                status = await asyncio.wait_for(self._get(_question()), min(left, self.patience))
            except TimeoutError:
                status = "hung up"
            except OSError as error:
                status = type(error).__name__
            self.answers[status] += 1
            self.longest = max(self.longest, time.monotonic() - begin)
            if status == "429":
                await asyncio.sleep(random.uniform(0.5, 1))  # impatient, but no denial of service

    async def _get(self, path: str) -> str:
        """Return the status of one GET, on a connection of its own."""
        reading, writing = await asyncio.open_connection("127.0.0.1", self.port, limit=2**24)
        try:
            headers = "Host: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n"
            writing.write(f"GET {path} HTTP/1.1\r\n{headers}\r\n".encode())
            answer = await reading.read(-1)
            return answer[9:12].decode()
        finally:
            writing.close()

    def summary(self) -> str:
        """Return what came of the questions."""
        return f"{dict(self.answers)}, longest {self.longest:.1f} s"
