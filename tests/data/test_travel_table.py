"""Files of travel times: CSV and Parquet as users save them, and what is said where they can't be read."""

from __future__ import annotations

from io import BytesIO

import pandas as pd
import pytest

from data import travel_table
from data.errors import DataError
from data.travel_table import read_travel_table


def parquet(frame: pd.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.to_parquet(buffer)
    return buffer.getvalue()


def test_ids_of_a_csv_keep_their_zeros() -> None:
    frame = read_travel_table(b"\xef\xbb\xbfOrigin, destination ,minutes,note\n01001, s1 ,12.5,x\n", "times.csv")
    assert frame.to_dict("records") == [{"origin": "01001", "destination": "s1", "minutes": "12.5"}]


def test_parquet_is_read_as_it_is() -> None:
    given = pd.DataFrame({"minutes": [1.5], "origin": ["01001"], "destination": ["s"]}, index=[9])
    assert read_travel_table(parquet(given), "TIMES.PARQUET").to_dict("records") == [
        {"origin": "01001", "destination": "s", "minutes": 1.5}
    ]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "can't be read as CSV"),
        (b"origin,destination,minutes\n\xff\xfe,a,1\n", "a.csv", "UTF-8"),
        (b"nonsense", "a.parquet", "can't be read as Parquet"),
        (b"from,to,minutes\na,b,1\n", "a.csv", "no column origin; .* has from, to, minutes"),
        (parquet(pd.DataFrame({"origin": [1001], "destination": ["s"], "minutes": [1]})), "a.parquet", "column origin .* holds numbers"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, name: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        read_travel_table(content, name)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(travel_table, "MOST_BYTES", 10)
    with pytest.raises(DataError, match="MB"):
        read_travel_table(b"origin,destination,minutes\n", "a.csv")
