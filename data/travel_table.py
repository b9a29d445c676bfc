"""Reads a table of travel times that a user brings, CSV or Parquet. Ids stay text, so that 01001 keeps its zero."""

from __future__ import annotations

from io import BytesIO

import pandas as pd
from pyarrow import ArrowInvalid

from data.errors import DataError

COLUMNS = ("origin", "destination", "minutes")
MOST_BYTES = 50_000_000


def read_travel_table(content: bytes, name: str) -> pd.DataFrame:
    """origin and destination as text, minutes as it stands, one row a row of the file; other columns are passed over.

    DataError where the file is none, is too large, or lacks a column. Whether ids are known and minutes make sense
    is for analytics.od to say, row by row.
    """
    if len(content) > MOST_BYTES:
        raise DataError(f"The file {name} has {len(content) / 1e6:,.0f} MB; tables of travel times may have {MOST_BYTES / 1e6:,.0f}.")
    try:
        frame = pd.read_parquet(BytesIO(content)) if name.lower().endswith(".parquet") else pd.read_csv(BytesIO(content), dtype=str)
    except (ArrowInvalid, OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        kind = "Parquet" if name.lower().endswith(".parquet") else "CSV"
        raise DataError(f"The file {name} can't be read as {kind}: {str(error).splitlines()[0]}. Save it again as CSV in UTF-8.") from None
    frame = frame.rename(columns=lambda column: str(column).strip().lower().removeprefix("\ufeff"))
    missing = [column for column in COLUMNS if column not in frame]
    if missing:
        raise DataError(
            f"The file {name} has no column {missing[0]}; it needs origin, destination and minutes, and has {', '.join(map(str, frame.columns))}."
        )
    table = frame[list(COLUMNS)].reset_index(drop=True)
    for side in ("origin", "destination"):
        if not pd.api.types.is_string_dtype(table[side]):
            raise DataError(f"The column {side} of {name} holds numbers; ids are text, or 01001 and 1001 could not be told apart.")
        table[side] = table[side].str.strip()
    return table
