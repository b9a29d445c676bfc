"""Reads a table of travel times that a user brings, CSV or Parquet. Ids stay text, so that 01001 keeps its zero."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.errors import DataError
from data.user_file import BadRow, column_name, expect_size, read_rows, shown

COLUMNS = ("origin", "destination", "minutes")
MOST_ROWS = 5_000_000
"""A Parquet file of a few megabytes can unfold to anything; this is asked before it is unfolded."""


@dataclass(frozen=True)
class TravelFile:
    """A file of travel times as it stands.

    `frame` has origin and destination as text, minutes, and for a CSV the line of each row; `bad` are the rows that don't even
    fit the heading. Whether ids are known and minutes make sense is for analytics.od to say.
    """

    frame: pd.DataFrame
    bad: tuple[BadRow, ...]


def read_travel_table(content: bytes, name: str) -> TravelFile:
    """One row a row of the file; other columns are passed over. DataError where the file is none, is too large, has no rows or
    lacks a column."""
    expect_size(content, name)
    found = _parquet(content, name) if name.lower().endswith(".parquet") else _csv(content, name)
    if found.frame.empty and not found.bad:
        raise DataError(f"The file {shown(name)} has no rows; each row is origin, destination and minutes.")
    return found


def _csv(content: bytes, name: str) -> TravelFile:
    read = read_rows(content, name, COLUMNS)
    _expect_columns(read.columns, name)
    positions = [read.columns.index(column) for column in COLUMNS]
    cells = {column: [row[at] for _, row in read.rows] for column, at in zip(COLUMNS, positions, strict=True)}
    return TravelFile(pd.DataFrame(cells, dtype="str").assign(line=[line for line, _ in read.rows]), read.bad)


def _parquet(content: bytes, name: str) -> TravelFile:
    try:
        file = pq.ParquetFile(BytesIO(content))
        names = {column_name(str(column)): column for column in file.schema_arrow.names}
        _expect_columns(tuple(names), name)
        if file.metadata.num_rows > MOST_ROWS:
            raise DataError(
                f"The file {shown(name)} has {file.metadata.num_rows:,} rows; {MOST_ROWS:,} are the most. Leave out the long ways."
            )
        ids = [names["origin"], names["destination"]]
        for column in ids:
            _expect_text(file.schema_arrow.field(column).type, column, name)
        # As a dictionary each id is held once, however many rows there are.
        table = pq.ParquetFile(BytesIO(content), read_dictionary=ids).read(columns=[*ids, names["minutes"]], use_threads=False)
        minutes = table[names["minutes"]]
        if not _is_text(minutes.type):
            minutes = minutes.cast(pa.float64())
        columns = {"origin": table[ids[0]], "destination": table[ids[1]], "minutes": minutes}
        frame = pd.DataFrame({column: values.to_pandas() for column, values in columns.items()})
    except (pa.ArrowException, OSError) as error:
        raise DataError(
            f"The file {shown(name)} can't be read as Parquet: {str(error).splitlines()[0].rstrip('.')}. Bring it as CSV in UTF-8."
        ) from None
    return TravelFile(frame, ())


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _expect_text(kind: Any, column: str, name: str) -> None:
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not _is_text(plain):
        raise DataError(f"The column {column} of {shown(name)} holds numbers; ids are text, or 01001 and 1001 could not be told apart.")


def _expect_columns(columns: tuple[str, ...], name: str) -> None:
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        has = ", ".join(shown(column) for column in columns[:10])
        raise DataError(f"The file {shown(name)} has no column {missing[0]}; it needs origin, destination and minutes, and has {has}.")
