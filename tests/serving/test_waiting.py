"""Requests over real sockets: who hangs up is not worked for, who has too many waiting is turned away."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from serving.fair_queue import Asker, FairQueue, TooManyWaiting
from serving.waiting import HungUp, answered, asker_of

SECONDS = 30


class Site:
    """A server with one queue: `/name` is answered once the test has opened the gate of that name."""

    def __init__(self, port: int, queue: FairQueue) -> None:
        self.port, self.queue = port, queue
        self.begun: list[str] = []
        self.gates: dict[str, Future[bytes]] = {}

    async def serve(self, request: Request) -> Response:
        name = request.path_params["name"]

        def compute() -> bytes:
            self.begun.append(name)
            return self.gate(name).result(SECONDS)

        try:
            return Response(await answered(request, self.queue, name, compute))
        except TooManyWaiting as error:
            return PlainTextResponse(str(error), 429)
        except HungUp:
            return Response(status_code=204)

    async def health(self, _: Request) -> Response:
        return Response("ok")

    def gate(self, name: str) -> Future[bytes]:
        return self.gates.setdefault(name, Future())

    def ask(self, name: str, *headers: str) -> socket.socket:
        """Send a request; return its connection."""
        client = socket.create_connection(("127.0.0.1", self.port), SECONDS)
        lines = [f"GET /{name} HTTP/1.1", "Host: test", "Connection: close", *headers, "", ""]
        client.sendall("\r\n".join(lines).encode())
        return client


def heard(client: socket.socket) -> tuple[int, bytes]:
    """Return status and body of the answer that comes."""
    with client, client.makefile("rb") as reading:
        head, body = reading.read().split(b"\r\n\r\n", 1)
    return int(head.split()[1]), body


def until(true: object) -> None:
    """Wait until the call `true` says so."""
    end = time.monotonic() + SECONDS
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.005)


@contextmanager
def running(queue: FairQueue) -> Iterator[Site]:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        site = Site(bound.getsockname()[1], queue)
        routes = [Route("/health", site.health), Route("/{name}", site.serve)]
        server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        until(lambda: server.started)
        yield site
        for gate in site.gates.values():
            if not gate.done():
                gate.set_result(b"")
        server.should_exit = True
        thread.join(SECONDS)


@pytest.fixture
def site() -> Iterator[Site]:
    with running(FairQueue(1, per_reader=3, per_address=5)) as started:
        yield started


def test_who_hangs_up_is_no_longer_worked_for(site: Site):
    first = site.ask("first")
    until(lambda: site.begun == ["first"])
    gone = [site.ask(f"gone{k}") for k in range(3)]
    until(lambda: site.queue.waiting == 3)
    for client in gone:
        client.close()
    until(lambda: site.queue.waiting == 0)
    site.gate("first").set_result(b"1")
    assert heard(first) == (200, b"1")
    site.gate("last").set_result(b"2")
    assert heard(site.ask("last")) == (200, b"2")
    assert site.begun == ["first", "last"]
    assert site.queue.dropped == 3


def test_work_goes_on_while_one_of_those_who_asked_still_waits(site: Site):
    first = site.ask("first")
    until(lambda: site.begun == ["first"])
    one, other = site.ask("shared", "X-Optiscape-Reader: a"), site.ask("shared", "X-Optiscape-Reader: b")
    question = site.queue._questions
    until(lambda: "shared" in question and len(question["shared"].askers) == 2)
    one.close()
    until(lambda: len(question["shared"].askers) == 1)
    for name in ("first", "shared"):
        site.gate(name).set_result(name.encode())
    assert heard(first) == (200, b"first")
    assert heard(other) == (200, b"shared")
    assert site.begun == ["first", "shared"]


def test_who_hangs_up_on_work_that_has_begun_lets_it_end(site: Site):
    first = site.ask("first")
    until(lambda: site.begun == ["first"])
    first.close()
    site.gate("first").set_result(b"")
    until(lambda: site.queue.answered == 1)
    until(lambda: not site.queue._questions)


def test_waiting_questions_do_not_keep_others_from_an_answer(site: Site):
    waiting = [site.ask(f"w{k}", f"X-Optiscape-Reader: {k}") for k in range(5)]
    until(lambda: site.queue.waiting == 4)
    assert heard(site.ask("health")) == (200, b"ok")
    for client in waiting:
        client.close()


def test_too_many_are_turned_away_until_some_have_been_answered(site: Site):
    first = site.ask("first")
    until(lambda: site.begun == ["first"])
    waiting = [site.ask(f"w{k}") for k in range(3)]
    until(lambda: site.queue.waiting == 3)
    status, sentence = heard(site.ask("more"))
    assert status == 429 and sentence.startswith(b"Expected at most 3 questions")
    # At the same address another reader has room, until the bound of the address is reached.
    others = [site.ask(f"o{k}", "X-Optiscape-Reader: other") for k in range(2)]
    until(lambda: site.queue.waiting == 5)
    status, sentence = heard(site.ask("o9", "X-Optiscape-Reader: another"))
    assert status == 429 and sentence.startswith(b"Expected at most 5 questions")
    # And another address, as a proxy on this machine names it, has room in any case.
    elsewhere = site.ask("e", "X-Forwarded-For: 192.0.2.7")
    until(lambda: site.queue.waiting == 6)
    for name in ("first", "w0", "w1", "w2", "o0", "o1", "e", "more"):
        site.gate(name).set_result(name.encode())
    assert [heard(client)[0] for client in (first, *waiting, *others, elsewhere)] == [200] * 7
    assert heard(site.ask("more")) == (200, b"more")


def asker(client: tuple[str, int] | None, name: str = "") -> Asker:
    headers = [(b"x-optiscape-reader", name.encode())] if name else []
    return asker_of(Request({"type": "http", "client": client, "headers": headers}))


def test_who_asks_is_an_address_and_a_name():
    assert asker(("192.0.2.1", 5)) == ("192.0.2.1", "")
    assert asker(("192.0.2.1", 6), "abc") == ("192.0.2.1", "abc")
    assert len(asker(("192.0.2.1", 6), "x" * 5000).reader) == 32
    assert asker(None).address == asker(None, "").address
    assert asker(("testclient", 1)).address == "testclient"


def test_a_household_of_ipv6_is_one_address():
    one, same, other = (asker((host, 1)) for host in ("2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:1::1"))
    assert one == same != other
