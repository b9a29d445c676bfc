"""Files to take away: the table behind a map as CSV. Page and API write the same bytes."""

from __future__ import annotations

import csv
import io
import math

from analytics.model import Result

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula by some spreadsheets (CSV injection, OWASP)."""


def defused(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def number(value: float, unit: str) -> str:
    """A number with the digits it bears; empty where there is none (the status says why)."""
    if not math.isfinite(value):
        return ""
    digits = {"share": 4, "miles": 1, "usd": 2, "rate": 3}.get(unit, 0)
    return f"{value:.{digits}f}"


def csv_columns(result: Result) -> list[str]:
    """Column names of the file; modelled values are named so."""
    kind = "_modelled" if result.modelled else ""
    return ["geoid", "name", f"{result.indicator.id}{kind}", "low", "high", "status", "adults_2023"]


def data_csv(result: Result) -> bytes:
    """The rows of a result, in its order, as UTF-8 CSV with CRLF line ends (RFC 4180)."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(csv_columns(result))
    unit = result.indicator.unit
    rows = result.frame
    for geoid, name, value, low, high, state, people in zip(
        rows["geoid"], rows["name"], rows["value"], rows["low"], rows["high"], rows["status"], rows["people"], strict=True
    ):
        writer.writerow(
            [geoid, defused(str(name)), number(value, unit), number(low, unit), number(high, unit), str(state), number(people, "people")]
        )
    return buffer.getvalue().encode("utf-8")


def file_name(result: Result, extension: str) -> str:
    """A name that says what is in the file: measure, level, place and data version."""
    query = result.query
    return f"ketamine-access_{query.measure}_{query.level}_{query.place}_{result.data_version}.{extension}"
