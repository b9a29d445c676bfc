"""A change of measure on Explore: bytes beside the same map with its boundaries in the message, and the server's time."""

from __future__ import annotations

import json
import statistics
import zlib
from collections.abc import Iterator
from typing import Any

from analytics.model import answer
from analytics.query import Query
from benchmarks.row import Row
from benchmarks.server import Server
from benchmarks.visitor import Run, Visitor
from data.bundle import shipped
from maps.figure import written_map
from maps.geometry import geometries
from maps.palette import SCHEMES
from maps.view import View

ORDER = 20
ROUNDS = 5


def percentile(values: list[float], share: float) -> float:
    """The value that so many of them do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(share * 100) // 100) - 1)]


def embedded(query: Query) -> tuple[int, int]:
    """Bytes of the same map with the boundaries in the message, plain and deflated: how it is usually done."""
    import gzip

    tables = shipped()
    figure = json.loads(json.dumps(written_map(answer(query, tables), View(), SCHEMES["light"], tables)))
    bodies = {address: json.loads(gzip.decompress(one.body)) for address, one in geometries(tables).items()}
    for trace in figure["data"]:
        if trace["type"] == "choropleth":
            trace["geojson"] = bodies[trace["geojson"]]
    text = json.dumps(figure, separators=(",", ":")).encode()
    deflate = zlib.compressobj(6, zlib.DEFLATED, -12)  # as the server's websocket: a window of 4 kB
    return len(text), len(deflate.compress(text) + deflate.flush())


def changes(visitor: Visitor) -> tuple[list[Run], list[Run]]:
    """The runs of a visit that goes through every county measure: those not shown before, then rounds of all of them again."""
    page = visitor.open("explore")
    options = list(page.element("selectbox", "Show").options)
    first = [visitor.choose(page, "Show", option) for option in options[1:]]
    again = [visitor.choose(page, "Show", option) for _ in range(ROUNDS) for option in options]
    return first, again


def with_map(runs: list[Run]) -> list[Run]:
    return [run for run in runs if "plotly_chart" in run.kinds]


def rows() -> Iterator[Row]:
    with Server() as server:
        with Visitor(server.port) as visitor:
            first, again = changes(visitor)
        with Visitor(server.port) as visitor:
            settled = changes(visitor)[0]
    maps = with_map(first)
    plain, wire = embedded(Query())
    yield from bytes_of(maps, plain, wire)
    yield from of_ways(ways_changed())
    times: list[Any] = [run.milliseconds for run in settled + again]
    yield Row("server time, message to script_finished: median", statistics.median(times), "ms", 40)
    yield Row("server time, message to script_finished: p95", percentile(times, 0.95), "ms", 80)
    asked = [run.milliseconds for run in first]
    yield Row("the same, for measures nobody asked for since the start: median", statistics.median(asked), "ms")
    yield Row("the same, for measures nobody asked for since the start: slowest", max(asked), "ms")


def ways_changed() -> tuple[list[Run], list[Run]]:
    """The runs of a visit that changes reach and decay of the access score, as nobody has before; then the same again, from the cache. What
    the server makes ready after its start is done by then."""
    with Server() as server, Visitor(server.port) as visitor:
        server.wait_ready()
        page = visitor.open("explore", measure="e2sfca", layers="samhsa_2024", decay="gaussian")
        reaches = list(page.element("selectbox", "within").options)
        others = [one for one in reaches if one != "60 minutes"]
        first = [visitor.choose(page, "within", reach) for reach in others]
        again = [visitor.choose(page, "within", reach) for _ in range(ROUNDS) for reach in reaches]
        for decay in ("exponential", "inverse_power", "flat"):
            first.append(visitor.open("explore", measure="e2sfca", layers="samhsa_2024", decay=decay, reach="120"))
            again.append(visitor.open("explore", measure="e2sfca", layers="samhsa_2024", decay=decay, reach="120"))
        return first, again


def of_ways(runs: tuple[list[Run], list[Run]]) -> Iterator[Row]:
    first, again = ([run.milliseconds for run in part] for part in runs)
    yield Row("another reach or decay of the access score, first time: slowest", max(first), "ms", 1000)
    yield Row("the same, seen before: median", statistics.median(again), "ms", 40)


def bytes_of(maps: list[Run], plain: int, wire: int) -> Iterator[Row]:
    """The largest change is held against the limit; the peer is the map alone, without the rest of the page."""
    yield Row("change of county measure, on the wire: largest", max(run.wire_bytes for run in maps) / 1000, "kB", 45, wire / 1000)
    yield Row(
        "change of county measure, on the wire: median", statistics.median(run.wire_bytes for run in maps) / 1000, "kB", 45, wire / 1000
    )
    yield Row(
        "change of county measure, before compression: largest", max(run.payload_bytes for run in maps) / 1000, "kB", 120, plain / 1000
    )
    yield Row(
        "change of county measure, before compression: median",
        statistics.median(run.payload_bytes for run in maps) / 1000,
        "kB",
        120,
        plain / 1000,
    )
