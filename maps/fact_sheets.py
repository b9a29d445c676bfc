"""All fact sheets of a state in one archive: drawn in processes of their own, one archive at a time, and never left half.

The archive is the same bytes twice: names in the order of their ids, no dates, PDFs as they are (they are packed already).
"""

from __future__ import annotations

import gc
import os
import signal
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from analytics.places import places
from analytics.tables import Tables
from maps.fact_sheet_words import sheet_name
from maps.files import plain_name

FOLDER: Final = "ATLAS_FACT_SHEETS"
"""The environment's name for the folder of archives that were made beforehand; the page offers no others."""
ENDING: Final = ".part"
"""What the name of a file that is not whole yet ends in."""
MOST_PROCESSES, WORTH_A_PROCESS = 4, 20
"""At most so many processes draw, each at least so many sheets: the start of one takes as long as these."""
TIDIED = 16
"""After so many sheets a process gives back the memory of what it drew."""
STEP = Callable[[int, int, str], None]
"""Told after each sheet: how many there are, how many there will be, the place."""


def counties_of(state: str, tables: Tables) -> list[str]:
    """Ids of a state's counties. ValueError for what is no state."""
    if state not in places(tables) or places(tables)[state].level != "state":
        raise ValueError(f"There is no state “{state}”; a state is its two digits, such as 48 for Texas.")
    return sorted(geoid for geoid, place in places(tables).items() if place.level == "county" and place.state == state)


def archive_name(state: str, tables: Tables) -> str:
    """Name of a state's archive, with the version of its data: one of other data is not offered."""
    return f"fact-sheets_{plain_name(places(tables)[state].short)}_{state}_{tables.version}.zip"


def built_beforehand(state: str, tables: Tables) -> Path | None:
    """The archive of today's data in the folder of the environment, None where there is none."""
    folder = os.environ.get(FOLDER, "").strip()
    if not folder or state not in places(tables) or places(tables)[state].level != "state":
        return None
    path = Path(folder) / archive_name(state, tables)
    return path if path.is_file() else None


def archive_address(state: str, tables: Tables) -> str:
    """Where the archive of a state is served; "" where none was made beforehand."""
    found = built_beforehand(state, tables)
    return "" if found is None else f"/fact-sheets/{state}/{found.name}"


def write_archive(geoids: list[str], sheets: Iterable[bytes], tables: Tables, output: Path, told: STEP) -> None:
    """The sheets of some places, in the places' order, in one ZIP file."""
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        for number, (geoid, sheet) in enumerate(zip(geoids, sheets, strict=True), start=1):
            entry = zipfile.ZipInfo(sheet_name(geoid, tables), (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, sheet)
            told(number, len(geoids), places(tables)[geoid].short)


def made(state: str, tables: Tables, site: str, output: Path, told: STEP) -> int:
    """The archive of a state at `output`, and its size in bytes. Whatever interrupts it, no half file is left.

    ValueError for what is no state, where another archive is being made, where the file can't be written and where the drawing failed.
    """
    geoids, part = counties_of(state, tables), output.with_name(output.name + ENDING)
    with one_at_a_time():
        try:
            part.touch()
            with closing(drawn(geoids, site, processes_for(len(geoids)))) as sheets:
                write_archive(geoids, sheets, tables, part, told)
            os.replace(part, output)
        except OSError as error:
            raise ValueError(f"The file {output} can't be written: {error.strerror}.") from None
        finally:
            part.unlink(missing_ok=True)
    return output.stat().st_size


# --- In processes of their own, which end with one signal and give their memory back ---


def processes_for(sheets: int) -> int:
    """How many draw so many sheets: no more than there are processors, nor than pays for the start of each."""
    return max(1, min(MOST_PROCESSES, os.cpu_count() or 1, sheets // WORTH_A_PROCESS))


def drawn(geoids: list[str], site: str, processes: int) -> Generator[bytes, None, None]:
    """The sheets in the order of `geoids`: each process draws every so manieth. ValueError where one failed."""
    spawn, pipes, workers = get_context("spawn"), [], []
    try:
        with interrupted_later():
            for first in range(processes):
                ours, theirs = spawn.Pipe(duplex=False)
                worker = spawn.Process(target=work, args=(geoids[first::processes], site, theirs), daemon=True)
                worker.start()
                theirs.close()
                workers.append(worker)
                pipes.append(ours)
        for number in range(len(geoids)):
            yield received(pipes[number % processes])
    finally:
        for worker in workers:
            worker.kill()
            worker.join()


@contextmanager
def interrupted_later() -> Iterator[None]:
    """Ctrl-C waits meanwhile, and what starts meanwhile never hears it: it is for the process that started it, which ends that."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    resource_tracker.ensure_running()  # its start, which comes with the first process, would let Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def received(pipe: Connection) -> bytes:
    try:
        said: bytes | str = pipe.recv()
    except EOFError:
        raise ValueError("A process that draws the sheets ended before they were whole; there may be too little memory.") from None
    if isinstance(said, str):
        raise ValueError(said)
    return said


def work(geoids: list[str], site: str, pipe: Connection) -> None:
    """What a process does: its own tables, its own cache. It sends sheets, or a sentence on why there is none."""
    from data.bundle import shipped
    from maps.fact_sheet import fact_sheet

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        tables = shipped()
        # A sheet leaves thousands of objects behind, and looking through all others for it each time took a seventh of the time.
        gc.disable()
        for number, geoid in enumerate(geoids):
            pipe.send(fact_sheet(geoid, tables, site))
            if number % TIDIED == 0:
                gc.collect()
                gc.freeze()
    except (ValueError, OSError) as error:
        pipe.send(str(error))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Held while an archive is made, on this machine; ValueError where another process holds it. It ends with its process."""
    try:
        import fcntl
    except ImportError:  # Windows: there nobody hosts it for others
        yield
        return
    with (Path(tempfile.gettempdir()) / "ketamine-access-atlas-fact-sheets.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ValueError("Another archive of fact sheets is being made on this machine; wait until it is there.") from None
        yield
