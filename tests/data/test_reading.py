"""Text first: zeros, blanks and sentinels survive the way from an official file to a number."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.errors import DataError
from data.reading import NATION, counties_of, counts, nation_of, numbers, place_codes, read_text, share_of_percent, states_of


def test_blank_dot_star_and_sentinels_are_missing_and_zero_is_not() -> None:
    found = numbers(pd.Series(["0", "", ".", "*", "-666666666", "-999", " 12.5 ", "-3"]), "test")
    assert found.isna().tolist() == [False, True, True, True, True, True, False, False]
    assert found.dropna().tolist() == [0, 12.5, -3]


def test_a_word_among_numbers_is_an_error_that_shows_it() -> None:
    with pytest.raises(DataError, match=r"incomes: \['n/a'\] are no numbers"):
        numbers(pd.Series(["1", "n/a"]), "incomes")


def test_a_missing_or_broken_count_is_an_error() -> None:
    assert counts(pd.Series(["5025369.0", "7"]), "people").tolist() == [5_025_369, 7]
    with pytest.raises(DataError, match="1 counts are missing"):
        counts(pd.Series(["5", ""]), "people")
    with pytest.raises(DataError, match="not every count is whole"):
        counts(pd.Series(["5.5"]), "people")


def test_percent_becomes_a_share_without_binary_dust() -> None:
    assert share_of_percent(pd.Series(["14.4", "0.3", "100", ""]), "test").tolist()[:3] == [0.144, 0.003, 1.0]


def test_place_codes_tell_nation_state_and_county_apart() -> None:
    geoids = place_codes(pd.Series(["0", "1", "01", "9"]), pd.Series(["0", "000", "1", "110"]))
    assert geoids.tolist() == [NATION, "01", "01001", "09110"]
    frame = pd.DataFrame({"geoid": geoids})
    assert nation_of(frame)["geoid"].tolist() == [NATION]
    assert states_of(frame)["geoid"].tolist() == ["01"]
    assert counties_of(frame)["geoid"].tolist() == ["01001", "09110"]


def test_headers_lose_their_padding_and_codes_keep_their_zeros(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.txt"
    path.write_text('\ufeffUSPS|GEOID|NAME|INTPTLONG   \nAL|01001|Autauga "County|-86.6\n', encoding="utf-8")
    frame = read_text(path, separator="|", needs=("GEOID", "INTPTLONG"))
    assert frame.iloc[0].tolist() == ["AL", "01001", 'Autauga "County', "-86.6"]


def test_another_layout_is_refused_with_the_column_that_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "svi.csv"
    path.write_text("FIPS,E_TOTPOP\n1001,58761\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"svi\.csv has no column RPL_THEMES; its layout is not the one this reader knows"):
        read_text(path, needs=("FIPS", "RPL_THEMES"))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(DataError, match=r"empty\.csv cannot be read as a table"):
        read_text(tmp_path / "empty.csv")
