"""Two measures of one place: what two maps side by side, one map of both and a scatter plot take on the wire, and the server's time."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.query import Query
from benchmarks.row import Row
from benchmarks.rows_rerun import embedded
from benchmarks.server import Server
from benchmarks.visitor import Run, Visitor

ORDER = 25
MEASURES = ("minutes to the nearest provider", "households for which the cost is too much", "adults ever diagnosed with depression")
"""The first maps of the change that is measured; the last two have intervals."""


def changes(visitor: Visitor, together: str) -> list[Run]:
    """The runs of a visit that changes the first measure, by county, beside the uninsured."""
    page = visitor.open("explore", second="measure:uninsured", together=together, open="" if together == "beside" else "second")
    return [visitor.choose(page, "Show", measure) for measure in MEASURES]


def rows() -> Iterator[Row]:
    with Server() as server:
        runs = {}
        for together in ("beside", "bivariate", "scatter"):
            with Visitor(server.port) as visitor:
                changes(visitor, together)
            with Visitor(server.port) as visitor:
                runs[together] = changes(visitor, together)
    both = (embedded(Query(measure="depression"))[1] + embedded(Query(measure="uninsured"))[1]) / 1000
    for together, said, limit in (
        ("beside", "two maps side by side", 90),
        ("bivariate", "a map and one of both under it", 90),
        ("scatter", "a map and a scatter plot under it", 90),
    ):
        largest = max(run.wire_bytes for run in runs[together]) / 1000
        yield Row(f"{said}, change of county measure, on the wire: largest", largest, "kB", limit, both if together == "beside" else None)
    yield Row("two maps side by side, seen before: slowest", max(run.milliseconds for run in runs["beside"]), "ms")
