"""Files that a person brings: read as text, row by row with the number of its line, or refused in one sentence.

Nothing is written anywhere: the content comes as bytes and stays with whoever called.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from data.errors import DataError

MOST_BYTES = 10 * 1024 * 1024
"""What the page takes as well (server.maxUploadSize)."""
SEPARATORS = (",", ";", "\t")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula by some spreadsheets (CSV injection, OWASP)."""
WORKBOOK = b"PK\x03\x04"
"""How an Excel workbook begins, as every zip file."""


@dataclass(frozen=True)
class BadRow:
    """A row that can't be used. `line` counts as an editor does, the heading being line 1."""

    line: int
    reason: str


@dataclass(frozen=True)
class Rows:
    """A CSV as text: its columns, its rows with the line each begins on, and those that don't fit the heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    bad: tuple[BadRow, ...]


def shown(value: object) -> str:
    """A value from a user's file, fit to be shown: on one line, at most forty characters, or "nothing"."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return "nothing"
    text = "".join(char for char in str(value) if char.isprintable()).strip()
    return (text if len(text) <= 40 else text[:39] + "…") or "nothing"


def expect_size(content: bytes, name: str) -> None:
    """DataError for a file that is too large."""
    if len(content) > MOST_BYTES:
        raise DataError(f"The file {shown(name)} has {len(content) / 1024**2:,.1f} MB; a file may have {MOST_BYTES / 1024**2:,.0f}.")


def column_name(heading: str) -> str:
    """A heading in one spelling: "ZIP code" and "zip-code" are both zip_code."""
    return "_".join(heading.strip().lower().replace("-", " ").split())


def read_rows(content: bytes, name: str, known: Iterable[str]) -> Rows:
    """The rows of a CSV in UTF-8, with or without a mark at its beginning, parted by commas, semicolons or tabs.

    The separator is the one that gives most of the `known` columns. Empty lines are no rows. Raises DataError where the file
    is too large, no text in UTF-8, has no heading, or a heading that stands twice.
    """
    expect_size(content, name)
    if content.startswith(WORKBOOK):
        raise DataError(f"The file {shown(name)} is an Excel workbook; save it as “CSV UTF-8” and bring that.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise DataError(f"The file {shown(name)} is not in UTF-8 (line {line}); save it as “CSV UTF-8” and bring that.") from None
    wanted = set(known)
    heading = text.lstrip("\r\n").splitlines()[:1]
    separator = max(SEPARATORS, key=lambda one: len(wanted & {column_name(cell) for cell in "".join(heading).replace('"', "").split(one)}))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    columns: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    bad: list[BadRow] = []
    line = 1
    try:
        for cells in reader:
            begun, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = tuple(column_name(cell) for cell in cells)
            elif len(cells) == len(columns):
                rows.append((begun, tuple(cell.strip() for cell in cells)))
            else:
                bad.append(BadRow(begun, misfit(len(cells), len(columns), begun, reader.line_num)))
    except csv.Error as error:
        raise DataError(f"The file {shown(name)} can't be read as CSV at line {line}: {error}. Save it again as “CSV UTF-8”.") from None
    if not columns:
        raise DataError(f"The file {shown(name)} is empty; its first line must name the columns.")
    twice = [column for column in columns if column and columns.count(column) > 1]
    if twice:
        raise DataError(f"The column {shown(twice[0])} stands twice in the heading of {shown(name)}; keep one.")
    return Rows(columns, tuple(rows), tuple(bad))


def misfit(cells: int, columns: int, begun: int, ended: int) -> str:
    """Why a row does not fit its heading."""
    reason = f"has {cells} cells where the heading has {columns}"
    return reason + (f", and runs on to line {ended}: is a quotation mark not closed?" if ended > begun else "")


def told(bad: Sequence[BadRow], most: int = 5) -> list[str]:
    """The first rows that can't be used, one sentence each, and how many more there are."""
    said = [f"Line {row.line:,}: {row.reason}." for row in bad[:most]]
    return said + ([f"And {len(bad) - most:,} more; the file of them names all."] if len(bad) > most else [])


def bad_rows_csv(bad: Iterable[BadRow]) -> bytes:
    """The rows that can't be used, as a CSV of line and reason."""
    return csv_bytes([("line", "reason"), *((row.line, row.reason) for row in bad)])


def defused(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def csv_bytes(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows, the heading first, as UTF-8 CSV with CRLF line ends (RFC 4180)."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")
