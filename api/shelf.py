"""Files that are made once and served by address for ever: boundaries and pictures drawn beforehand.

A further kind of file is one line in `KINDS`: what makes the files of that kind, and their media type.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Protocol

from analytics.tables import Tables
from api.sending import Packed
from maps.geometry import geometries
from maps.look import stylesheets
from maps.paper import pictures


class Made(Protocol):
    """A file of maps/: its address holds a hash of its content, its body is gzipped."""

    @property
    def address(self) -> str: ...

    @property
    def body(self) -> bytes: ...


KINDS: tuple[tuple[str, Callable[[Tables], Mapping[str, Made]], str], ...] = (
    ("/geometry/", geometries, "application/geo+json"),
    ("/pictures/", pictures, "image/svg+xml; charset=utf-8"),
    ("/style/", stylesheets, "text/css; charset=utf-8"),
)


class Shelf:
    """Files by address. A kind is made when first asked for, once, and kept: page and browser wait for the same work."""

    def __init__(self, tables: Tables, kinds: tuple[tuple[str, Callable[[Tables], Mapping[str, Made]], str], ...] = KINDS) -> None:
        self._tables = tables
        self._kinds = kinds
        self._files: dict[str, dict[str, Packed]] = {}
        self._lock = threading.Lock()

    def fill(self) -> None:
        """Make every kind now."""
        for prefix, _, _ in self._kinds:
            self._kind(prefix)

    def find(self, address: str) -> Packed | None:
        """The file at an address, or None where there is none (or no longer, since the data moved on)."""
        for prefix, _, _ in self._kinds:
            if address.startswith(prefix):
                return self._kind(prefix).get(address)
        return None

    def _kind(self, prefix: str) -> dict[str, Packed]:
        with self._lock:
            if prefix not in self._files:
                make, media_type = next((make, media) for start, make, media in self._kinds if start == prefix)
                self._files[prefix] = {address: Packed.of(one.body, media_type) for address, one in make(self._tables).items()}
            return self._files[prefix]
