"""Files to take away: the table behind a map as CSV. Page and API write the same bytes."""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata

from analytics.model import Result, asked_of
from analytics.query import text_of
from data.user_file import csv_bytes, defused
from maps.numbers import UNITS


def plain_name(text: str) -> str:
    """ "Doña Ana County, NM" as a part of a file name: "dona-ana-county-nm"; letters and digits of ASCII alone, so that any system takes it."""
    bare_letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’.]", "", bare_letters)).strip("-")


def number(value: float, unit: str) -> str:
    """A number with the digits it bears; empty where there is none (the status says why)."""
    if not math.isfinite(value):
        return ""
    text = f"{value:.{UNITS[unit].digits}f}"
    # What is no zero does not read as one.
    return f"{value:.2g}" if value and not float(text) else text


def said(value: float, unit: str, categories: tuple[str, ...]) -> str:
    """The number, or where it is the position of a category, the category's words."""
    return categories[int(value)] if categories and math.isfinite(value) else number(value, unit)


def csv_columns(result: Result) -> list[str]:
    """Column names of the file; modelled values are named so."""
    kind = "_modelled" if result.modelled else ""
    more = [*spread_columns(result), *(["assumptions"] if result.query.assumptions else [])]
    return ["geoid", "name", f"{result.indicator.id}{kind}", "low", "high", "status", "adults_2023", *more]


def spread_columns(result: Result) -> list[str]:
    """p10, p50, p90 of the people inside each place and the share who reach nothing, for measures that are made of block groups."""
    spread = result.more.get("spread")
    return [] if spread is None else [name for name in spread.columns if name != "geoid"]


def data_csv(result: Result) -> bytes:
    """The rows of a result, in its order, as UTF-8 CSV with CRLF line ends (RFC 4180); categories in their words."""
    unit, rows, categories = result.indicator.unit, result.frame, result.indicator.categories
    columns = [rows["geoid"], [defused(str(name)) for name in rows["name"]]]
    columns += [[said(one, unit, categories) for one in rows[name]] for name in ("value", "low", "high")]
    columns += [rows["status"].astype(str), [number(one, "people") for one in rows["people"]]]
    columns += [
        [number(one, "share" if name == "none" else unit) for one in result.more["spread"][name]] for name in spread_columns(result)
    ]
    if result.query.assumptions:
        columns.append([text_of(result.query.assumptions)] * len(rows))
    return csv_bytes([csv_columns(result), *zip(*columns, strict=True)])


def file_name(result: Result, extension: str) -> str:
    """A name that says what is in the file: measure, level, place, whatever else of the question is not as usual, and data version."""
    query = result.query
    asked = asked_of(query, result.indicator).to_address()
    unusual = "".join(
        f"_{name}-{re.sub('[^a-z0-9]+', '-', text)}" for name, text in asked.items() if name not in ("measure", "level", "place")
    )
    if len(unusual) > 100:
        unusual = f"_asked-{hashlib.sha256(unusual.encode()).hexdigest()[:8]}"
    return f"ketamine-access_{query.measure}_{query.level}_{query.place}{unusual}_{result.data_version}.{extension}"
