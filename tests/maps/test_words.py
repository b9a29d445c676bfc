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


@pytest.mark.parametrize("place", ["us", "48", "06037", "0605", "11", "15005"])
def test_what_is_read_instead_of_the_map(place: str, tables: Tables) -> None:
    state = {"us": "", "11": "in the District of Columbia"}.get(
        place, {"48": "in Texas", "06": "in California", "15": "in Hawaii"}.get(place[:2], "")
    )
    for level in LEVELS:
        result = answer(Query(measure="uninsured", level=level, place=place), tables)
        said = words.alt_text(result, tables)
        assert said.startswith(f"Map of {words.rows_words(result)}. ")
        assert words.title(result, tables) in said
        assert "the state of" not in said
        if result.figure is not None and result.frame["value"].notna().sum() > 1:
            assert f"Adults 18-64 without insurance{' ' + state if state else ''}: from " in said
        missing = int(result.frame["value"].isna().sum())
        assert said.endswith("None is missing." if not missing else f"{missing:,} {'has' if missing == 1 else 'have'} no value.")


def test_a_map_of_one_place_says_one(tables: Tables) -> None:
    result = answer(Query(level="state", place="48"), tables)
    assert words.rows_words(result) == "1 state"
    assert words.download_label(result).endswith("1 state")
    assert words.alt_text(result, tables).startswith("Map of 1 state. ")
    assert "everywhere" not in words.alt_text(result, tables)


def test_zeros_are_told_with_their_adults(tables: Tables) -> None:
    result = answer(Query(place="28"), tables)
    zeros = result.frame[result.frame["status"] == "zero"]
    assert f"{len(zeros):,} stand at zero, with " in words.alt_text(result, tables)


def test_a_place_without_a_value_says_why(tables: Tables) -> None:
    pair = words.title(answer(Query(measure="medicare_people", place="09120"), tables), tables)
    assert pair == "Greater Bridgeport Planning Region, CT: people with Medicare, no data"
    kalawao = words.title(answer(Query(measure="medicare_people", place="15005"), tables), tables)
    assert kalawao == "Kalawao County, HI: people with Medicare, withheld by the publisher"


def test_a_refusal_claims_nothing(tables: Tables) -> None:
    result = answer(Query(measure="sites_per_100k", level="county"), tables)
    assert result.refusal is not None
    assert words.title(result, tables) == "This question has no sound answer"
    assert words.alt_text(result, tables) == result.refusal.sentence


def test_a_measure_without_a_figure_for_the_place_tells_from_where_to_where(tables: Tables) -> None:
    said = words.title(answer(Query(measure="rucc", place="48"), tables), tables)
    assert said.startswith("Rural-urban code (1 metro to 9 remote) in Texas: from 1 (")
    assert " to 9 (" in said


def test_the_lists_are_told_one_after_another(tables: Tables) -> None:
    lines = words.list_lines(answer(Query(), tables))
    assert lines[0].startswith("SAMHSA directory 2024: ")
    assert lines[0].endswith(", with 94 sites")
    assert [line.split(":")[0] for line in lines[1:]] == [
        "and named providers 2026",
        "and providers' own pages",
        "and Medicare claims 2024",
    ]
    other = words.list_lines(answer(Query(layers=("named_2026", "samhsa_2022")), tables))
    assert other[-1].startswith("named providers 2026, SAMHSA directory 2022: "), "no step of the others: named in full"


@pytest.mark.parametrize("measure", indicators())
def test_sources_are_named_and_nothing_in_them_is_markup(measure: str, tables: Tables) -> None:
    layers = ("samhsa_2024",) if measure == "sites_per_100k" else Query().layers
    one = indicators()[measure]
    result = answer(Query(measure=measure, level=one.levels[-1], layers=layers), tables)
    assert words.source_line(result).startswith("Sources: ")
    assert words.source_line(result).endswith(f"Data version {tables.version}.")
    about = words.about_html(result)
    assert about.count("<li>") == len(result.provenance) >= 1
    links = [source["url"] for source in result.provenance if source["url"]]
    assert about.count("<a ") == len(links), "a source gathered from many pages has no one address, and no empty link"
    assert all(link.startswith("https://") for link in links)
    assert "&lt;" not in about


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
