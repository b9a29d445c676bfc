"""One plain cache for page, API and command line: bounded in bytes, one computation at a time per key."""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

Value = TypeVar("Value")


def size_in_bytes(value: Any) -> int:
    """How much memory a value holds on to; exact for arrays and frames, near enough for the rest."""
    if isinstance(value, np.ndarray):
        return int(value.nbytes)
    if isinstance(value, pd.Series):
        return int(value.memory_usage(deep=False))
    if isinstance(value, pd.DataFrame):
        return int(value.memory_usage(deep=False).sum())
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, list | tuple):
        return sum(size_in_bytes(item) for item in value) + sys.getsizeof(value)
    if isinstance(value, dict):
        return sum(size_in_bytes(item) for item in value.values()) + sys.getsizeof(value)
    if is_dataclass(value) and not isinstance(value, type):
        return sum(size_in_bytes(getattr(value, field.name)) for field in fields(value)) + 64
    return sys.getsizeof(value)


class _Turn:
    """Whose turn it is to compute a key, and how many still ask for it: the lock lives as long as anybody waits."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.callers = 0


class Cache:
    """Least recently used values go first once the limit in bytes is passed.

    Two threads that ask for the same key at the same time wait for one computation; a computation that
    raises leaves nothing behind, and the next caller tries again.
    """

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self.held_bytes = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._busy: dict[Hashable, _Turn] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """The value of `key`, computed at most once however many ask at once."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return cast(Value, self._values[key][0])
            turn = self._busy.setdefault(key, _Turn())
            turn.callers += 1
        try:
            with turn.lock:
                with self._lock:
                    if key in self._values:
                        return cast(Value, self._values[key][0])
                value = compute()
                self._keep(key, value)
                return value
        finally:
            with self._lock:
                turn.callers -= 1
                if not turn.callers:
                    self._busy.pop(key, None)

    def peek(self, key: Hashable) -> Any:
        """The value of `key` where it is held, None where it is not: nothing is computed and nobody waited for."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def _keep(self, key: Hashable, value: Any) -> None:
        size = size_in_bytes(value)
        if size > self.limit_bytes:
            return
        with self._lock:
            self._values[key] = (value, size)
            self.held_bytes += size
            while self.held_bytes > self.limit_bytes:
                _, (_, freed) = self._values.popitem(last=False)
                self.held_bytes -= freed

    def forget(self, version: str) -> None:
        """Drops all that was worked out from these tables: keys begin with their version."""
        with self._lock:
            for key in [key for key in self._values if isinstance(key, tuple) and key[:1] == (version,)]:
                _, freed = self._values.pop(key)
                self.held_bytes -= freed

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self.held_bytes = 0


CACHE = Cache(limit_bytes=200_000_000)
"""The cache of the process. Keys begin with the tables' version, so that new data never meets old results."""
