"""From a cold process to the first visitor's finished run, the nation's pairs built meanwhile; the tables alone; the memory of one visitor.

Limits as since the pairs are held: 5 s and 600 MB (2 s and 400 MB before).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.row import Row
from benchmarks.server import ROOT, Server
from benchmarks.visitor import Visitor

ORDER = 10
STARTS = 3
OPEN = """
import time
from data.bundle import Tables
import pandas, pyarrow.parquet
started = time.perf_counter()
tables = Tables.open()
{read}
print(time.perf_counter() - started)
"""
READ_ALL = "[tables[name] for name in tables.manifest['tables']]"


def in_a_process(code: str) -> float:
    """The number that a piece of Python prints in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)


def first_run() -> tuple[float, float, float]:
    """Seconds from process start to the first visitor's finished run on the start page, and of them at work on all cores; MB once the
    visitor has seen Explore too."""
    with Server() as server, Visitor(server.port) as visitor:
        visitor.open()
        seconds, worked = time.perf_counter() - server.started, server.processor_seconds()
        visitor.open("explore")
        server.wait_ready()  # what is made ready behind the scenes is part of the memory
        return seconds, worked, server.resident_mb()


def rows() -> Iterator[Row]:
    starts = [first_run() for _ in range(STARTS)]
    yield Row("process start to the first visitor's finished run", statistics.median(one for one, _, _ in starts), "s", 5.0)
    yield Row("the same, seconds of work on all cores", statistics.median(one for _, one, _ in starts), "s")
    yield Row("resident memory with one visitor", max(mb for _, _, mb in starts), "MB", 600)
    yield Row("tables opened", statistics.median(in_a_process(OPEN.format(read="")) for _ in range(STARTS)), "s", 0.5)
    yield Row("tables opened and every one read", statistics.median(in_a_process(OPEN.format(read=READ_ALL)) for _ in range(STARTS)), "s")
