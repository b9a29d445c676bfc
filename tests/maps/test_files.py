"""Files to take away: the table behind the map, safe in a spreadsheet, with the digits a number bears."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import status
from analytics.indicators import indicators
from analytics.model import answer
from analytics.query import LEVELS, Query
from data.bundle import Tables
from data.user_file import DANGEROUS, defused
from maps.files import csv_columns, data_csv, file_name, number, plain_name
from maps.numbers import UNITS
from tests.sound import sound


def rows_of(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8"), newline="")))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("measure", indicators())
def test_the_file_is_the_frame(measure: str, level: str, tables: Tables) -> None:
    result = answer(sound(measure, tables, level=level), tables)
    body = data_csv(result)
    rows = rows_of(body)
    assert len(rows) == len(result.frame)
    assert body.count(b"\n") == body.count(b"\r\n") == len(rows) + 1
    value_column = csv_columns(result)[2]
    leeway = 0.5 * 10 ** -UNITS[result.indicator.unit].digits * (1 + 1e-9)
    categories = result.indicator.categories
    for row, (geoid, name, value, low, high, state, people) in zip(rows, result.frame.itertuples(index=False), strict=True):
        assert (row["geoid"], row["name"], row["status"]) == (geoid, name, str(state))
        for text, kept in ((row[value_column], value), (row["low"], low), (row["high"], high)):
            assert (text == "") == math.isnan(kept)
            if categories and text:
                assert text == categories[int(kept)], "a category stands there in its words"
            else:
                assert text == "" or abs(float(text) - kept) <= leeway
        assert row["adults_2023"] == f"{people:.0f}"
        assert (row[value_column] == "") == (row["status"] not in status.WITH_VALUE)


def test_a_refusal_is_a_file_without_rows(tables: Tables) -> None:
    result = answer(Query(measure="rucc", level="state"), tables)
    assert result.refusal is not None
    assert data_csv(result) == b"geoid,name,rucc,low,high,status,adults_2023\r\n"


@given(st.text(max_size=20))
def test_no_cell_starts_what_a_spreadsheet_would_run(text: str) -> None:
    said = defused(text)
    assert not said.startswith(DANGEROUS)
    assert said.removeprefix("'") == text.removeprefix("'") or said == text


def test_a_name_that_would_be_run_is_defused_in_the_file(tables: Tables) -> None:
    result = answer(Query(place="44"), tables)
    evil = '=HYPERLINK("https://example.org","x")'
    frame = result.frame.assign(name=[evil, *result.frame["name"][1:]])
    assert rows_of(data_csv(replace(result, frame=frame)))[0]["name"] == f"'{evil}"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.123456, "share", "0.1235"),
        (12.34, "miles", "12.3"),
        (1_356.08, "usd", "1356.08"),
        (0.12345, "rate", "0.1235"),
        (48_123.0, "people", "48123"),
        (math.nan, "share", ""),
        (math.inf, "miles", ""),
    ],
)
def test_numbers_have_the_digits_they_bear(value: float, unit: str, said: str) -> None:
    assert number(value, unit) == said


def test_accents_travel_as_utf_8(tables: Tables) -> None:
    assert "Doña Ana County, NM".encode() in data_csv(answer(Query(place="35"), tables))


def test_a_files_name_says_what_is_in_it_and_is_one_everywhere(tables: Tables) -> None:
    name = file_name(answer(Query(place="28"), tables), "csv")
    assert name == f"ketamine-access_within_30_miles_county_28_{tables.version}.csv"
    own = tables.with_table("providers", tables["providers"].assign(closed=False))
    assert not set(file_name(answer(Query(place="28"), own), "csv")) & set('\\/:*?"<>| ')


def test_files_of_different_questions_have_different_names(tables: Tables) -> None:
    asked = Query(measure="e2sfca", layers=("samhsa_2024",))
    others = [asked, *(asked.with_(**change) for change in ({"reach": "120"}, {"decay": "gaussian"}, {"weights": "distress"}))]
    names = [file_name(answer(one, tables), "csv") for one in others]
    assert len(set(names)) == len(names)
    assert names[1].startswith("ketamine-access_e2sfca_county_us_layers-samhsa-2024_reach-120_")
    assert file_name(answer(Query(payer="medicaid"), tables), "csv") == file_name(answer(Query(), tables), "csv"), (
        "the payer changes nothing here"
    )


def test_what_is_no_zero_does_not_read_as_one() -> None:
    assert number(4.7e-06, "per_million") == "4.7e-06"
    assert number(0.0, "per_million") == "0.0000"


def test_a_name_is_plain_for_any_system() -> None:
    assert plain_name("Prince George's County, MD") == "prince-georges-county-md"
    assert plain_name("O’Brien County, IA") == "obrien-county-ia"
    assert plain_name("St. Mary's, Cañon City") == "st-marys-canon-city"
