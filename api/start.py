"""From a cold process to a warm one: the tables opened or one sentence said, what runs need made ready, the garbage frozen."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from analytics.barriers import people
from analytics.care_nearby import beside
from analytics.findings import START, findings
from analytics.model import answer
from analytics.near import prepare
from analytics.profile import profile
from analytics.ways import widest_ways
from api.bundle import Bundle
from api.logs import quiet
from api.ready import READY
from api.shelf import Shelf
from data.bundle import MEND, Tables, sha256, shipped
from data.errors import DataError
from maps.paper import coast, page_paths


def verified(tables: Tables) -> Tables:
    """The tables, each the file that the manifest names; DataError for one that is not. Reads some 10 MB: hundredths of a second."""
    for name, entry in tables.manifest["tables"].items():
        path = tables.folder / f"{name}.parquet"
        if sha256(path) != entry["sha256"]:
            raise DataError(f"The table {name} ({path.name}) is damaged: it is not the file that the manifest names; {MEND}.")
    return tables


def opened_or_exit() -> Tables:
    """The shipped tables. A missing or damaged one ends the process with its sentence and exit code 1, before any server starts."""
    quiet()
    try:
        return verified(shipped())
    except DataError as error:
        sys.exit(str(error))


def settle_garbage() -> None:
    """Take what lives as long as the process out of the collector's sight.

    Streamlit collects all garbage after every run; with pandas and plotly loaded that took 58 to 116 ms each time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    give_back()


def give_back() -> None:
    """Hand memory that was needed only on the way back to the system, where the C library can (glibc); else nothing."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def start_answers(tables: Tables) -> None:
    """What the start page tells first: the classes, the people in them, and the three findings."""
    answer(START, tables)
    people(START, tables)
    findings(tables)


def draw_ready(tables: Tables) -> None:
    """What every picture of the nation is drawn from."""
    for level in (START.level, "state"):
        page_paths(level, tables)
    coast(tables)


ONE_OF_EACH = ("01001", "01", "0101")
"""A county, a state and a district: the page of one makes the nation's figures ready for those of all others."""


def make_ready(tables: Tables, shelf: Shelf, bundle: Bundle) -> None:
    """What the first visitor's run waits for, on two cores; then what the first browser asks for; then what pages of places share.

    A run that comes meanwhile waits for the same work in the cache and does none of it twice.
    """
    with ThreadPoolExecutor(2, "make ready") as both:
        both.submit(start_answers, tables)
        both.submit(draw_ready, tables)
    shelf.fill()
    widest_ways(START, tables)
    beside(START, tables)
    prepare(tables)
    for address in (*bundle.first_files(), *bundle.early_files):
        bundle.file(address)
    settle_garbage()
    for place in ONE_OF_EACH:
        profile(place, tables)
    settle_garbage()
    READY.set()


def lifespan(
    tables: Tables, shelf: Shelf, bundle: Bundle, meanwhile: Callable[[], Coroutine[Any, Any, None]]
) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any] | None]]:
    """The life of the server: it answers at once, and makes itself ready meanwhile. `meanwhile` goes on as long as it lives."""

    @asynccontextmanager
    async def life(app: Any) -> AsyncIterator[dict[str, Any] | None]:
        quiet()
        gc.freeze()  # the libraries; what is made next joins them in settle_garbage
        threading.Thread(target=make_ready, args=(tables, shelf, bundle), name="make ready", daemon=True).start()
        task = asyncio.create_task(meanwhile())
        yield {"data_version": tables.version}
        task.cancel()

    return life
