"""What travels without a page: a frame for another site and the picture of a link, from the cache; and the switch from page to page."""

from __future__ import annotations

import statistics
import time
import urllib.request
from collections.abc import Iterator

from benchmarks.row import Row
from benchmarks.server import Server
from benchmarks.visitor import Visitor

ORDER = 45
ROUNDS = 15
SWITCHES = 4
FRAME = "/embed/explore?measure=within_30_miles&level=county&place=us"
PICTURE = "/preview/measure=within_30_miles&level=county&place=us.png"
HEAD = "/explore?measure=within_30_miles&level=county&place=us"


def fetched(server: Server, address: str, coding: str = "gzip") -> tuple[float, int]:
    """Milliseconds until all of it is there, and its bytes as they travel."""
    request = urllib.request.Request(server.url + address, headers={"Accept-Encoding": coding, "Sec-Fetch-Mode": "navigate"})
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:
        size = len(answer.read())
    return 1000 * (time.perf_counter() - started), size


def from_cache(server: Server, address: str) -> float:
    """The median once it was asked for."""
    fetched(server, address)
    return statistics.median(fetched(server, address)[0] for _ in range(ROUNDS))


def switches(server: Server) -> dict[str, float]:
    """Milliseconds from the message to the end of the run when a visitor goes to each page from the one before: the median of some
    rounds, after one in which what nobody had asked yet was worked out."""
    times: dict[str, list[float]] = {}
    with Visitor(server.port) as visitor:
        visitor.open()
        for number in range(SWITCHES):
            for page in visitor.pages:
                took = visitor.open(page).milliseconds
                if number:
                    times.setdefault(page, []).append(took)
    return {page: statistics.median(took) for page, took in times.items()}


def rows() -> Iterator[Row]:
    with Server() as server:
        yield Row("frame for another site, national county map, from the cache", from_cache(server, FRAME), "ms", 20)
        yield Row("the same, before it is compressed", fetched(server, FRAME, "identity")[1] / 1000, "kB", 300)
        yield Row("the same, on the wire", fetched(server, FRAME)[1] / 1000, "kB")
        yield Row("picture of a link, from the cache", from_cache(server, PICTURE), "ms", 20)
        yield Row("document of a page with its own head, from the cache", from_cache(server, HEAD), "ms", 20)
        found = switches(server)
        slowest = max(found, key=found.__getitem__)
        yield Row(f"page switch at the server, the slowest of {len(found)} pages (/{slowest})", found[slowest], "ms", 300)
