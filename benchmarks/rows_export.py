"""The national county map as a file in print quality: PNG, SVG and PDF, and a visitor's reruns while another one's pictures are drawn."""

from __future__ import annotations

import gzip
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics.model import answer
from analytics.query import Query
from benchmarks.row import Row
from benchmarks.rows_rerun import percentile
from benchmarks.server import Server
from benchmarks.visitor import Visitor
from data.bundle import shipped
from maps.export import PRESET_WORDS
from maps.fact_sheet import fact_sheet
from maps.fact_sheets import counties_of, made
from maps.html_file import html_file
from maps.print import picture
from maps.view import View

ORDER = 40
ROUNDS = 3
KINDS = ("png", "svg", "pdf")


def seconds(kind: str) -> float:
    """The quickest of some, drawn anew each time: what a machine shared with others can do."""
    tables = shipped()
    result, took = answer(Query(), tables), []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        picture(result, View(), tables, kind, "slide", "https://atlas.example.org/explore")
        took.append(time.perf_counter() - started)
    return min(took)


def reruns(visitor: Visitor) -> list[float]:
    """The server's milliseconds for every county measure, chosen one after the other."""
    page = visitor.open("explore")
    return [visitor.choose(page, "Show", option).milliseconds for option in list(page.element("selectbox", "Show").options)[1:]]


def delay() -> float:
    """By how many milliseconds the 95th percentile of reruns grows while pictures nobody asked for before are drawn without a pause."""
    with Server() as server, Visitor(server.port) as visitor:
        reruns(visitor)
        quiet = percentile(reruns(visitor), 0.95)
        ended = threading.Event()

        def draw() -> None:
            addresses = (
                f"{server.url}/api/v1/picture.{kind}?measure=depression&preset={preset}&sites={sites}"
                for preset in PRESET_WORDS
                for kind in KINDS
                for sites in ("on", "off")
            )
            for address in addresses:
                if ended.is_set():
                    return
                with urllib.request.urlopen(address, timeout=60) as body:
                    body.read()

        thread = threading.Thread(target=draw)
        thread.start()
        busy = percentile(reruns(visitor), 0.95)
        ended.set()
        thread.join()
    return max(0.0, busy - quiet)


def sheet_seconds() -> float:
    """Seconds for a fact sheet once what a state's sheets share is there: the mean over ten counties of Texas."""
    tables = shipped()
    geoids = counties_of("48", tables)[:11]
    fact_sheet(geoids[0], tables, "https://atlas.example.org")
    started = time.perf_counter()
    for geoid in geoids[1:]:
        fact_sheet(geoid, tables, "https://atlas.example.org")
    return (time.perf_counter() - started) / len(geoids[1:])


def archive_seconds() -> float:
    """Seconds for all of Texas by the command's own road, with the start of its process."""
    with TemporaryDirectory() as folder:
        started = time.perf_counter()
        made("48", shipped(), "https://atlas.example.org", Path(folder) / "texas.zip", lambda *_: None)
        return time.perf_counter() - started


def page_size() -> float:
    """Kilobytes of the HTML page of all counties, as they are sent."""
    tables = shipped()
    return len(gzip.compress(html_file(answer(Query(), tables), View(), tables, "https://atlas.example.org/explore"))) / 1000


def rows() -> Iterator[Row]:
    for kind in KINDS:
        yield Row(f"national county map in print quality, {kind.upper()}", seconds(kind), "s", 1.0)
    yield Row("national county map as one HTML page, gzipped", page_size(), "kB", None)
    yield Row("fact sheet, once a state's are warm", sheet_seconds(), "s", 0.35)
    yield Row("fact sheets of Texas, 254 in one archive", archive_seconds(), "s", 60)
    yield Row("another visitor's reruns while pictures are drawn, p95: later by", delay(), "ms", 150)
