"""Files of travel times: CSV and Parquet as users save them, and what is said where they can't be read."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data import travel_table, user_file
from data.errors import DataError
from data.travel_table import read_travel_table
from data.user_file import BadRow


def parquet(frame: pd.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.to_parquet(buffer)
    return buffer.getvalue()


def times(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"origin": ["01001"], "destination": ["s"], "minutes": [1.5], **columns})


def test_ids_of_a_csv_keep_their_zeros_and_rows_their_lines() -> None:
    read = read_travel_table(b"\xef\xbb\xbfOrigin; destination ;minutes;note\n\n01001; s1 ;12.5;x\n1;2\n", "times.csv")
    assert read.frame.to_dict("records") == [{"origin": "01001", "destination": "s1", "minutes": "12.5", "line": 3}]
    assert read.bad == (BadRow(4, "has 2 cells where the heading has 4"),)


def test_parquet_is_read_as_it_is() -> None:
    given = pd.DataFrame({"minutes": [1.5, 2.0], "Origin": ["01001", "01001"], "destination": ["s", None]}, index=[9, 9])
    read = read_travel_table(parquet(given), "TIMES.PARQUET").frame
    assert read.columns.tolist() == ["origin", "destination", "minutes"]
    assert read.astype(object).where(read.notna(), None).values.tolist() == [["01001", "s", 1.5], ["01001", None, 2.0]]


@pytest.mark.parametrize("kind", ["category", "str", object])
def test_parquet_may_hold_its_ids_in_any_kind_of_text(kind: object) -> None:
    given = times().astype({"origin": kind, "destination": kind})
    assert read_travel_table(parquet(given), "a.parquet").frame["origin"].tolist() == ["01001"]


@pytest.mark.parametrize("minutes", [3, Decimal("3.0"), "3"])
def test_parquet_may_hold_its_minutes_in_any_kind_of_number(minutes: object) -> None:
    assert float(read_travel_table(parquet(times(minutes=[minutes])), "a.parquet").frame["minutes"].iloc[0]) == 3


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "is empty"),
        (b"origin,destination,minutes\n\xff\xfe,a,1\n", "a.csv", "UTF-8"),
        (b"origin,destination,minutes\n", "a.csv", "has no rows"),
        (b"nonsense", "a.parquet", "can't be read as Parquet"),
        (parquet(times())[:-20], "a.parquet", "can't be read as Parquet"),
        (b"from,to,minutes\na,b,1\n", "a.csv", "no column origin; .* has from, to, minutes"),
        (parquet(times(origin=[1001])), "a.parquet", "column origin .* holds numbers"),
        (parquet(times(minutes=[[1, 2]])), "a.parquet", "can't be read as Parquet"),
        (parquet(times().iloc[:0].astype({"origin": "str", "destination": "str"})), "a.parquet", "has no rows"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, name: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        read_travel_table(content, name)


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_file_that_is_too_large_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(user_file, "MOST_BYTES", 10)
    with pytest.raises(DataError, match="MB"):
        read_travel_table(b"origin,destination,minutes\n", name)


def test_a_small_file_that_unfolds_to_very_many_rows_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(travel_table, "MOST_ROWS", 100)
    buffer = BytesIO()
    text = pa.array(["a"] * 101)
    pq.write_table(pa.table({"origin": text, "destination": text, "minutes": pa.array([1.0] * 101)}), buffer)
    with pytest.raises(DataError, match="has 101 rows; 100 are the most"):
        read_travel_table(buffer.getvalue(), "a.parquet")
