"""A request that waits for a fair queue, and who it is that asks."""

import asyncio
import ipaddress
from collections.abc import Callable, Hashable
from typing import TypeVar

from starlette.requests import Request

from serving.fair_queue import Asker, FairQueue

V = TypeVar("V")

READER = "x-optiscape-reader"
"""The header in which a stage sends a random name that it gave itself, as long as its page is open."""

LONGEST_NAME = 32


class HungUp(Exception):
    """The client has closed the connection: there is nobody to answer."""


def asker_of(request: Request) -> Asker:
    """Return who asks. A whole IPv6 network of 64 bits, which one household has, is one address.

    Behind a proxy the server must be told to trust it (`FORWARDED_ALLOW_IPS` of uvicorn), or all readers
    have the address of the proxy.
    """
    host = request.client.host if request.client else "local"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        pass  # a socket of the machine, or a test
    else:
        if address.version == 6:
            host = str(ipaddress.ip_network((address, 64), strict=False))
    return Asker(host, request.headers.get(READER, "")[:LONGEST_NAME])


async def answered(request: Request, queue: FairQueue, key: Hashable, compute: Callable[[], V]) -> V:
    """Return what `compute` gives, once it is the turn of this request.

    Raises HungUp when the client does not wait for it, TooManyWaiting when too many of its questions wait,
    and what `compute` raises.
    """
    asker = asker_of(request)
    question = queue.ask(key, compute, asker)
    answer = asyncio.wrap_future(question.answer)
    gone = asyncio.create_task(_disconnected(request))
    try:
        await asyncio.wait((answer, gone), return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise HungUp
        return answer.result()
    finally:
        gone.cancel()
        queue.leave(question, asker)


async def _disconnected(request: Request) -> None:
    """Return when the client has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
