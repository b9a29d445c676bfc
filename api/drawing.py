"""Work that takes long, away from the event loop: a few at a time, the rest waits, and what is held already waits for nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, cast

from analytics.cache import CACHE

Value = TypeVar("Value")


class Busy(Exception):
    """Too many wait already."""


class Workshop:
    """Makes values of the cache in threads of its own, so that waiting for them takes no thread from those who read."""

    def __init__(self, name: str, at_once: int, most: int) -> None:
        """`most` is how many may be asked for and not done; whoever comes then is turned away."""
        self._pool = ThreadPoolExecutor(at_once, name)
        self._most = most
        self._asked = 0

    async def made(self, key: Hashable, make: Callable[[], Value], seconds: float | None = None) -> Value | None:
        """The value of `key`, made where the cache does not hold it. None where that takes longer than `seconds`: it is made to the end
        all the same, for whoever asks next. Busy where too many wait; else what `make` raises.

        A key begins with the version of the tables, and the cache bounds what all values together hold.
        """
        held = CACHE.peek(key)
        if held is not None:
            return cast(Value, held)
        if self._asked >= self._most:
            raise Busy
        self._asked += 1
        work = asyncio.wrap_future(self._pool.submit(CACHE.get, key, make))
        work.add_done_callback(self._done)
        done, _ = await asyncio.wait({work}, timeout=seconds)
        return work.result() if done else None

    def _done(self, work: asyncio.Future[Value]) -> None:
        self._asked -= 1
        if not work.cancelled():
            work.exception()  # looked at, so that nobody's leaving makes a line in the log
