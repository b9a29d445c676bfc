"""Near me at the server: a place looked up, what is near it, and the page's words and sketch, with the tables open."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from analytics.near import near
from analytics.near_point import Point, find
from analytics.query import Query
from benchmarks.row import Row
from data.bundle import shipped
from maps.messages import messages
from maps.near_list import FIRST, beside_html, list_html
from maps.near_sketch import sketch
from maps.near_words import subtitle, title
from maps.palette import LIGHT

ORDER = 45
TYPED = ("60601", "Bozeman, MT", "99801", "96766", "06510", "49684", "New York, NY")
ROUNDS = 5
LIMIT_MS = 60


def taken_ms(typed: str) -> tuple[float, float, float]:
    """Milliseconds to look a place up, to answer what is near it, and for the whole answer with its Spanish words and its sketch."""
    tables = shipped()
    started = time.perf_counter()
    point = find(typed, tables).point
    assert isinstance(point, Point)
    found = time.perf_counter()
    answer = near(point, Query(), tables, 120)
    known = time.perf_counter()
    say = messages("near", "es")
    said = (title(answer, "any", say), subtitle(answer, "any", say), list_html(answer, FIRST, say), beside_html(answer, say))
    drawn = sketch(answer, LIGHT, tables, FIRST, say)
    assert all(said)
    assert drawn.svg
    return 1e3 * (found - started), 1e3 * (known - found), 1e3 * (time.perf_counter() - started)


def rows() -> Iterator[Row]:
    started = time.perf_counter()
    taken_ms(TYPED[0])
    yield Row("Near me, the first answer of a new process", time.perf_counter() - started, "s")
    each = [[taken_ms(typed) for _ in range(ROUNDS)] for typed in TYPED]
    parts = (
        ("a place looked up: slowest", 0, None),
        ("what is near it, within 120 miles: slowest", 1, None),
        ("the whole answer with its words and sketch: slowest", 2, LIMIT_MS),
    )
    for name, part, limit in parts:
        yield Row(f"Near me, {name}", max(statistics.median(one[part] for one in rounds) for rounds in each), "ms", limit)
