"""From a cold process to the first visitor's finished run; the tables alone; the memory of one visitor."""

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


def first_run() -> tuple[float, float]:
    """Seconds from process start to the first visitor's finished run on the start page; MB once the visitor has seen Explore too."""
    with Server() as server, Visitor(server.port) as visitor:
        visitor.open()
        seconds = time.perf_counter() - server.started
        visitor.open("explore")
        time.sleep(3)  # what is made ready behind the scenes is part of the memory
        return seconds, server.resident_mb()


def rows() -> Iterator[Row]:
    starts = [first_run() for _ in range(STARTS)]
    yield Row("process start to the first visitor's finished run", statistics.median(one for one, _ in starts), "s", 2.0)
    yield Row("resident memory with one visitor", max(mb for _, mb in starts), "MB", 400)
    yield Row("tables opened", statistics.median(in_a_process(OPEN.format(read="")) for _ in range(STARTS)), "s", 0.5)
    yield Row("tables opened and every one read", statistics.median(in_a_process(OPEN.format(read=READ_ALL)) for _ in range(STARTS)), "s")
