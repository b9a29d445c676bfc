"""From a cold process to a warm one: the tables opened or one sentence said, what runs need made ready, the garbage frozen."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from analytics.model import answer
from api.bundle import Bundle
from api.logs import quiet
from api.shelf import Shelf
from data.bundle import MEND, Tables, sha256, shipped
from data.errors import DataError
from maps.paper import START


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
    gc.collect()
    gc.freeze()


def make_ready(tables: Tables) -> None:
    """What the first visitor's run needs: the libraries that draw, and the answer of the start page."""
    import maps.figure  # noqa: F401  (plotly)

    answer(START, tables)


def make_ready_behind(shelf: Shelf, bundle: Bundle) -> None:
    """What the first browser asks for after that, made while the server already answers."""
    shelf.fill()
    for address in bundle.first_files():
        bundle.file(address)
    settle_garbage()


def lifespan(tables: Tables, shelf: Shelf, bundle: Bundle) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any] | None]]:
    """The life of the server: ready before the first visitor, and readier behind the scenes."""

    @asynccontextmanager
    async def life(app: Any) -> AsyncIterator[dict[str, Any] | None]:
        quiet()
        make_ready(tables)
        settle_garbage()
        threading.Thread(target=make_ready_behind, args=(shelf, bundle), name="make ready", daemon=True).start()
        yield {"data_version": tables.version}

    return life
