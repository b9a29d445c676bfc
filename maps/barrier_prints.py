"""The charts of the barriers to take away: what each finds, its legend, and its numbers."""

from __future__ import annotations

import pandas as pd

from analytics.barriers import CLASSES, WORST, People
from analytics.make_up import WHOLES
from analytics.model import Result
from analytics.places import places
from analytics.tables import Tables
from maps import barrier_charts as charts
from maps import barrier_words as words
from maps.chart_files import Printed
from maps.charts import Table, faint
from maps.palette import Scheme
from maps.words import source_line, title


def classes(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    return tuple(zip(CLASSES, scheme.barrier, strict=True))


def people_print(found: People, result: Result, tables: Tables) -> Printed:
    """Adults by class."""
    caption = f"Adults in {places(tables)[result.query.place].name} by class, with the range over the provider lists"
    table = Table(caption, words.PEOPLE_HEADS, tuple(words.people_rows(found)))
    return Printed(f"barriers-adults-{result.query.place}", title(result, tables), f"{caption}. Modelled.", source_line(result), lambda one: charts.people_chart(found, one), table)  # fmt: skip


def make_up_print(frame: pd.DataFrame, section: str, result: Result, tables: Tables) -> Printed:
    """Who lives in the counties of each class, by one trait."""
    caption = f"{section}, in the counties of each class in {places(tables)[result.query.place].name}"
    shown = frame[frame["section"].isin([*WHOLES, section])]
    table = Table(caption, words.MAKE_UP_HEADS, tuple(words.make_up_rows(shown)))
    return Printed(f"barriers-{section}-{result.query.place}", title(result, tables), caption, source_line(result), lambda one: charts.make_up_chart(frame, section, one), table, classes)  # fmt: skip


def curve_print(curve: pd.DataFrame, along: str, result: Result) -> Printed:
    """Adults as a line moves."""
    query = result.query
    table = Table(f"{words.ALONG_LABELS[along]}, all else as chosen", words.ALONG[along], tuple(words.curve_rows(curve, along, query)))

    def legend(scheme: Scheme) -> tuple[tuple[str, str], ...]:
        alone = ("far", scheme.barrier[2]) if along == "distance" else ("in costly counties", scheme.barrier[1])
        both = scheme.barrier[WORST]
        return alone, ("far and in costly counties", both), ("the same over the provider lists", faint(both, 0.2))

    return Printed(f"barriers-by-{along}-{query.place}", words.curve_sentence(curve, along, query), table.caption, source_line(result), lambda one: charts.curve_chart(curve, along, query, one), table, legend)  # fmt: skip
