"""The bill as a file to take away: every line with its range, kind and source, and the question it answers."""

from __future__ import annotations

from typing import Any

import numpy as np

from analytics import schedules
from analytics.model import Result
from analytics.query import text_of
from data.user_file import csv_bytes, defused
from maps.cost_words import records

COLUMNS = ("geoid", "place", "treatment", "payer", "line", "words", "low", "value", "high", "unit", "kind", "role", "source", "link")


def bill_csv(result: Result) -> bytes:
    """The lines of a bill as UTF-8 CSV with CRLF line ends (RFC 4180); changed assumptions in a column of their own, where there are any."""
    query, figure = result.query, result.figure
    assert figure is not None, "a refusal has no bill"
    changed = [text_of(query.assumptions)] if query.assumptions else []
    asked = [query.place, defused(figure.place.short), schedules.words(query), query.payer]

    def row(line: dict[str, Any]) -> list[str]:
        numbers = [f"{one:.2f}" if np.isfinite(one) else "" for one in (line["low"], line["value"], line["high"])]
        more = [line[name] for name in ("unit", "kind", "role", "source", "link")]
        return [*asked, line["line"], defused(line["words"]), *numbers, *more, *changed]

    return csv_bytes([[*COLUMNS, *(["assumptions"] if changed else [])], *(row(line) for line in records(result.frame))])


def bill_name(result: Result) -> str:
    """A name that says what is in the file."""
    query = result.query
    treatment = schedules.treatment_of(query)
    return f"ketamine-cost_{treatment}_{query.schedule}_{query.payer}_{query.place}_{result.data_version}.csv"


def bill_label(result: Result) -> str:
    """What the button gives."""
    return f"Download the bill, CSV, {len(result.frame)} lines"
