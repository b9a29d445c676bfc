"""Sentences and numbers as people read them."""

from __future__ import annotations

import csv
import io

import pytest

from analytics.indicators import indicators
from analytics.model import answer
from analytics.query import LEVELS, Query
from data.bundle import Tables
from maps import words
from maps.files import data_csv, defused, file_name
from maps.numbers import people, percent, spoken, spoken_range


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.0, "share", "0 %"),
        (0.004, "share", "under 1 %"),
        (0.326, "share", "33 %"),
        (0.998, "share", "over 99 %"),
        (1.0, "share", "100 %"),
        (0.2, "miles", "under 1 mile"),
        (1.2, "miles", "1 mile"),
        (12.4, "miles", "12 miles"),
        (1356.08, "usd", "$1,356"),
        (1, "sites", "1 site"),
        (2, "sites", "2 sites"),
        (float("nan"), "share", "unknown"),
    ],
)
def test_numbers_carry_their_unit(value: float, unit: str, said: str) -> None:
    assert spoken(value, unit) == said


def test_ranges_collapse_where_both_ends_read_the_same() -> None:
    assert spoken_range(0.321, 0.756, "share") == "between 32 and 76 %"
    assert spoken_range(0.321, 0.324, "share") == "32 %"
    assert spoken_range(0.001, 0.5, "share") == "between under 1 % and 50 %"
    assert spoken_range(31.2, 167.3, "miles") == "between 31 and 167 miles"
    assert spoken_range(1.1, 5.0, "miles") == "between 1 and 5 miles"


def test_people_are_rounded_as_they_are_said() -> None:
    assert [people(count) for count in (812, 9_412, 48_123, 1_432_000, 262_083_034)] == [
        "812",
        "9,412",
        "48,000",
        "1.4 million",
        "262 million",
    ]
    assert percent(0.5) == "50 %"


@pytest.mark.parametrize("place", ["us", "28", "17031", "35013", "2802", "11"])
@pytest.mark.parametrize("measure", indicators())
def test_titles_are_sentences_that_fit(measure: str, place: str, tables: Tables) -> None:
    for level in LEVELS:
        result = answer(Query(measure=measure, level=level, place=place), tables)
        title = words.title(result, tables)
        assert title[0].isupper() or title[0].isdigit() or title[0] == "$"
        assert "  " not in title
        assert "nan" not in title
        assert "{" not in title
        assert len(title) < 170
        assert words.subtitle(result).endswith(".")
        assert words.alt_text(result, tables).endswith(".")


def test_the_headline_carries_its_doubt(tables: Tables) -> None:
    title = words.title(answer(Query(), tables), tables)
    assert title.startswith("Between ")
    assert "depending on the list" in title
    assert "within 30 miles of a provider" in title
    assert "depending" not in words.title(answer(Query(measure="depression"), tables), tables)


def test_names_keep_their_accents_and_apostrophes(tables: Tables) -> None:
    assert "Doña Ana County, NM" in words.title(answer(Query(place="35013"), tables), tables)
    assert "Prince George's County, MD" in words.title(answer(Query(place="24033"), tables), tables)


def test_the_file_is_the_table_with_its_status(tables: Tables) -> None:
    result = answer(Query(measure="medicare_people", place="09"), tables)
    text = data_csv(result).decode()
    assert text.count("\r\n") == 10  # a heading and nine planning regions
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["geoid"] for row in rows] == result.frame["geoid"].to_list()
    assert {row["status"] for row in rows} == {"observed", "no data"}
    assert all((row["medicare_people"] == "") == (row["status"] == "no data") for row in rows)
    assert file_name(result, "csv").endswith(f"_{tables.version}.csv")


def test_modelled_columns_are_named_so(tables: Tables) -> None:
    assert b"within_30_miles_modelled" in data_csv(answer(Query(), tables)).splitlines()[0]
    assert b"modelled" not in data_csv(answer(Query(measure="median_income"), tables)).splitlines()[0]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert defused(text) == "'" + text
    assert defused("Cook County, IL") == "Cook County, IL"
