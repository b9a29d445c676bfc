"""Sentences and numbers as people read them."""

from __future__ import annotations

import csv
import io

import pytest

from analytics.indicators import indicators
from analytics.model import answer
from analytics.query import LEVELS, Query
from data.bundle import Tables
from data.user_file import defused
from maps import words
from maps.files import data_csv, file_name
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
    assert spoken_range(19_694_243, 50_263_655, "people") == "between 20 and 50 million"
    assert spoken_range(812, 1_432_000, "people") == "between 812 and 1.4 million"


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


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "a provider"),
        ({"population": "medicaid"}, "a provider known to take Medicaid"),
        ({"modality": "esketamine", "payment": "medicare"}, "an esketamine site known to take Medicare"),
        ({"population": "medicaid", "payment": "sliding_fee"}, "a provider known to take Medicaid and to have a sliding fee"),
        ({"population": "veteran", "payment": "private"}, "a site for veterans known to take private insurance"),
    ],
)
def test_whom_the_way_leads_to(asked: dict[str, str], said: str, tables: Tables) -> None:
    result = answer(Query(measure="miles_to_nearest", level="state").with_(**asked), tables)
    assert words.provider_words(result) == said
    if "payment" in asked:
        assert "sites that" in words.subtitle(result)
        assert any(note.startswith("Payment codes") for note in result.notes)


def test_the_headline_of_a_price_or_survey_carries_its_range(tables: Tables) -> None:
    """What a plan leaves open, an open bracket, a survey's margin: a figure with an interval is never told as one sure number."""
    plan = answer(Query(measure="patient_cost", modality="esketamine", payer="medicare_advantage"), tables)
    assert plan.figure is not None
    assert plan.figure.high == 9_250.0, "the limit of such plans in 2026"
    assert words.title(plan, tables) == (
        f"A first course of esketamine costs {spoken(plan.figure.value, 'usd')} ($0 to $9,250) in the US, with Medicare Advantage"
    )
    year = Query(measure="households_over", modality="esketamine", payer="medicare", schedule="label_year_high", place="17031")
    assert words.title(answer(year, tables), tables).startswith("For 70 to 100 % of households in Cook County, IL, a first year")
    survey = words.title(answer(Query(measure="depression", place="28049"), tables), tables)
    assert survey == "19 % (16 to 22 %) of adults in Hinds County, MS were ever diagnosed with depression"


def test_ten_miles_are_a_range_on_every_list(tables: Tables) -> None:
    result = answer(Query(measure="within_10_miles"), tables)
    assert all(one.low < one.value < one.high for one in result.lists)
    assert result.list_range == (min(one.low for one in result.lists), max(one.high for one in result.lists))
    assert "depending on the list and on where in its town a site stands, live" in words.title(result, tables)
    assert words.list_lines(result)[-1] == "and Medicare claims 2024: 50 to 51 %, with 823 sites"
    sure = answer(Query(), tables)
    assert sure.list_range == (min(one.value for one in sure.lists), max(one.value for one in sure.lists))


def test_the_headline_counts_silent_records_as_doubt(tables: Tables) -> None:
    result = answer(Query(measure="medicaid_far", level="state", population="medicaid"), tables)
    assert result.silent_range is not None
    title = words.title(result, tables)
    assert title.startswith("Between 20 and 50 million people with Medicaid in the US, depending on the list and on silent records, live")
    assert title.endswith("in counties far from a provider known to take Medicaid")
    assert answer(Query(), tables).silent_range is None


def test_a_class_is_said_by_its_worst_and_of_one_place_by_its_own(tables: Tables) -> None:
    rule = Query(measure="medicaid_rule", level="state")
    nation = words.title(answer(rule, tables), tables)
    assert nation.endswith("the federal rule applies, the state's own text was not read, in 43 of 51 states")
    texas = words.title(answer(rule.with_(place="48"), tables), tables)
    assert texas == "On esketamine under Medicaid in Texas: a document of the state covers it"
    counties = words.alt_text(answer(rule.with_(level="county", place="48"), tables), tables)
    assert "Medicaid's rule on esketamine in Texas: a document of the state covers it everywhere" in counties
    near = Query(measure="quarter_medicaid_none_near", population="medicaid", place="28049")
    assert words.title(answer(near, tables), tables).startswith("In Hinds County, MS")


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
    everybody = int((result.frame["value"] == 1).sum())
    ends = f"from 0 % ({len(zeros):,} counties) to 100 % ({everybody:,} counties)."
    assert everybody > 1
    assert ends in words.alt_text(result, tables), "of places that tie none is named before the others"


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
    assert about.count("<a ") == len(links) + about.count("/methods#") == len(links) + 1, (
        "a source gathered from many pages has no one address, and no empty link"
    )
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


def test_a_list_to_whose_sites_no_road_leads_is_part_of_the_doubt(tables: Tables) -> None:
    """The federal directory names no site in Alaska: by it nobody there is in reach, and of the minutes there is no number."""
    within = answer(Query(place="02"), tables)
    assert within.lists[0].status == "no road"
    assert within.list_range == (0.0, within.figure.value if within.figure else None)
    assert words.title(within, tables).startswith("Between 0 and 58 % of adults in Alaska, depending on the list, live")
    assert words.list_lines(within)[0] == "SAMHSA directory 2024: no road or ferry to a listed site, with 94 sites"
    minutes = answer(Query(measure="minutes_to_nearest", place="02"), tables)
    assert words.title(minutes, tables).startswith("The typical adult in Alaska, depending on the list, lives 15 minutes")
    nowhere = answer(Query(place="02016"), tables)
    assert nowhere.list_range is None, "no list at all leads there by road"
