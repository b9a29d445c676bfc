"""What a chart of the pages is as a file: a picture for print (drawn when asked) and its numbers as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from analytics.tables import Tables
from data.user_file import csv_bytes, defused
from maps.charts import Table
from maps.files import plain_name
from maps.palette import Scheme
from maps.words import sources_words

LOWER_BOUND = "What rests on lists of providers is a lower bound: no list is complete. Not medical advice."


class Shown(Protocol):
    """A plotly figure in one scheme, and what it shows in words."""

    @property
    def figure(self) -> Any: ...

    @property
    def alt(self) -> str: ...


@dataclass(frozen=True)
class Printed:
    """A chart to take away. `make` draws it in a scheme, so that a grey printer gets greys; `table` has its numbers as the page shows them."""

    name: str
    """What the file is called: letters and hyphens."""
    title: str
    subtitle: str
    sources: str
    make: Callable[[Scheme], Shown]
    table: Table
    legend: Callable[[Scheme], tuple[tuple[str, str], ...]] | None = None
    """Words and colours of what the chart does not name itself."""

    def file_name(self, ending: str, version: str) -> str:
        return f"ketamine-access_{plain_name(self.name)}_{version}{ending}"


def sources_of(names: Iterable[str], tables: Tables) -> str:
    """The source line of a chart that rests on these sources."""
    return sources_words([one for name in names for one in tables.sources_of(name)], tables.version)


def chart_picture(one: Printed, kind: str, preset: str, address: str) -> bytes:
    """The picture as png, svg or pdf; what draws it is loaded when one is asked for."""
    from maps import print_charts

    return print_charts.chart_picture(one, kind, preset, address)


def table_csv(table: Table) -> bytes:
    """The numbers of a chart as the page shows them: UTF-8 CSV with CRLF line ends (RFC 4180)."""
    return csv_bytes([defused(cell) for cell in row] for row in (table.heads, *table.rows))
