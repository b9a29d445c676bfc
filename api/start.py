"""From a cold process to a warm one: the tables opened or one sentence said, what runs need made ready, the garbage frozen."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from analytics.model import answer
from api.bundle import Bundle
from api.logs import quiet
from api.shelf import Shelf
from data.bundle import MEND, Tables, sha256, shipped
from data.errors import DataError
from maps.paper import START, page_shapes


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


def make_ready(tables: Tables, shelf: Shelf, bundle: Bundle) -> None:
    """What the first visitor's run waits for, on two cores; then what the first browser asks for; then quiet.

    A run that comes meanwhile waits for the same work in the cache and does none of it twice.
    """
    with ThreadPoolExecutor(2, "make ready") as both:
        both.submit(answer, START, tables)
        both.submit(page_shapes, START.level, tables)
    shelf.fill()
    for address in bundle.first_files():
        bundle.file(address)
    settle_garbage()


def lifespan(tables: Tables, shelf: Shelf, bundle: Bundle) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any] | None]]:
    """The life of the server: it answers at once, and makes itself ready meanwhile."""

    @asynccontextmanager
    async def life(app: Any) -> AsyncIterator[dict[str, Any] | None]:
        quiet()
        gc.freeze()  # the libraries; what is made next joins them in settle_garbage
        threading.Thread(target=make_ready, args=(tables, shelf, bundle), name="make ready", daemon=True).start()
        yield {"data_version": tables.version}

    return life
