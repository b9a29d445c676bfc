"""A person's own list of providers: every good row is used and placed, every bad one named with its line and its reasons."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import own_providers
from data.bundle import Tables
from data.errors import DataError
from data.own_providers import OwnList, read_own_list, template_csv
from data.own_row import COLUMNS, EXAMPLE, read_entry
from data.tables.providers import ProviderPoints, Providers

BOZEMAN = {"latitude": "45.68", "longitude": "-111.04"}
STATES = {"mt": "MT", "montana": "MT", "dc": "DC"}


def file(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, separator: str = ",") -> bytes:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, restval="", delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def clinic(**said: str) -> dict[str, str]:
    return {"name": "Clinic", **BOZEMAN, **said}


def read(*rows: dict[str, str], tables: Tables) -> OwnList:
    return read_own_list(file(*rows), "mine.csv", tables)


def reasons(row: dict[str, str]) -> list[str]:
    return read_entry(row, STATES)[1]


@pytest.fixture(scope="module")
def mixed(tables: Tables) -> OwnList:
    """Six rows of which four are good: by coordinates, by ZIP, by town, and a ward of Veterans Affairs."""
    return read(
        clinic(name="By point", esketamine="yes", iv="no", takes_medicaid="Yes", capacity="2.5", year="2024", website="example.org/a"),
        {"name": "By ZIP", "zip": "59718-1234"},
        {"name": "Nowhere", "city": "Nowhereville", "state": "MT"},
        {"name": "By town", "city": "St. Louis", "state": "missouri", "street": "1 Main St", "outpatient": "no"},
        {"name": "Miami VA Medical Center", "zip": "33125"},
        {"name": "No place"},
        tables=tables,
    )


def test_good_rows_are_used_and_bad_ones_named(mixed: OwnList) -> None:
    assert mixed.sites["name"].tolist() == ["By point", "By ZIP", "By town", "Miami VA Medical Center"]
    assert [(row.line, row.reason) for row in mixed.bad] == [
        (4, "no town Nowhereville is known in MT; give latitude and longitude"),
        (7, "has no place; give latitude and longitude, or a ZIP code, or city and state"),
    ]
    assert mixed.said == "4 of 6 rows are used (placed: 1 by coordinates, 2 by the middle of their ZIP area, 1 by their town alone)."


def test_rows_lie_where_they_say(mixed: OwnList) -> None:
    sites = mixed.sites.set_index("name")
    assert sites["point_quality"].to_dict() == {"By point": "street", "By ZIP": "zip", "By town": "city", "Miami VA Medical Center": "zip"}
    assert sites["county"].to_dict() == {"By point": "30031", "By ZIP": "30031", "By town": "29510", "Miami VA Medical Center": "12086"}
    assert sites["state"].to_dict() == {"By point": "MT", "By ZIP": "MT", "By town": "MO", "Miami VA Medical Center": "FL"}
    assert sites.loc["By point", ["latitude", "longitude"]].tolist() == [45.68, -111.04]
    points = mixed.points.groupby("provider")["weight"].agg(["size", "sum"]).reindex(mixed.sites["id"])
    assert points["size"].tolist() == [1, 1, 5, 1]
    np.testing.assert_allclose(points["sum"], 1)


def test_facts_are_what_the_row_says_and_unknown_is_not_no(mixed: OwnList) -> None:
    first, second, third, fourth = (row for _, row in mixed.sites.iterrows())
    assert (first["esketamine"], first["iv"], first["takes_medicaid"]) == (True, False, True)
    assert (first["capacity"], first["first_year"], first["last_year"]) == (2.5, 2024, 2024)
    assert first["website"] == "https://example.org/a"
    assert first["payment_applies_to"] == "practice"
    assert pd.isna(second["esketamine"])
    assert np.isnan(second["capacity"])
    assert second["payment_applies_to"] == ""
    assert second["civilian_outpatient"]
    assert not third["civilian_outpatient"], "it takes no outpatients"
    assert fourth["veterans_only"], "by its name, as in our own lists"
    assert not fourth["civilian_outpatient"]
    assert mixed.sites["own"].all()


def test_what_is_laid_over_passes_the_schemas_of_our_own_tables(mixed: OwnList, tables: Tables) -> None:
    over = mixed.laid_over(tables)
    providers = over["providers"]
    Providers.to_schema().validate(providers.drop(columns=["own", "capacity"]))
    ProviderPoints.to_schema().validate(over["provider_points"])
    assert providers["own"].sum() == 4
    pd.testing.assert_frame_equal(providers.iloc[:-4].drop(columns=["own", "capacity"]), tables["providers"])
    assert not providers.iloc[:-4]["own"].any()
    assert "own" not in tables["providers"], "nobody else's tables have changed"
    assert set(providers["id"]) == set(over["provider_points"]["provider"])


def test_the_version_follows_the_content(mixed: OwnList, tables: Tables) -> None:
    other = read(clinic(), tables=tables)
    versions = {tables.version, mixed.laid_over(tables).version, other.laid_over(tables).version}
    assert len(versions) == 3
    again = read(clinic(), tables=tables)
    assert again.laid_over(tables).version == other.laid_over(tables).version


def test_ids_do_not_hang_on_the_order_of_rows_and_are_never_twice(tables: Tables) -> None:
    rows = [clinic(name=f"Clinic {number}") for number in range(5)] + [clinic(name="Same", phone=str(number)) for number in range(3)]
    forward, backward = read(*rows, tables=tables), read(*rows[::-1], tables=tables)
    assert forward.sites["id"].is_unique
    ids = dict(zip(forward.sites["name"], forward.sites["id"], strict=True))
    assert {name: own for name, own in zip(backward.sites["name"], backward.sites["id"], strict=True) if name != "Same"} == {
        name: own for name, own in ids.items() if name != "Same"
    }
    assert not set(forward.sites["id"]) & set(tables["providers"]["id"])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_headings_may_be_spelled_as_people_do(separator: str, tables: Tables) -> None:
    rows = {"Name": "Clinic", "Lat": "45.68", "LON": "-111.04", "Medicaid": "yes", "Colour": "red"}
    found = read_own_list(b"\xef\xbb\xbf" + file(rows, columns=tuple(rows), separator=separator), "a.csv", tables)
    assert found.sites["takes_medicaid"].tolist() == [True]
    assert found.said == "1 of 1 rows is used (placed: 1 by coordinates). Columns that mean nothing here: colour."


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"name": " "}, "has no name"),
        ({"name": "A"}, "the name A has one letter; 2 are the least"),
        ({"name": "x" * 300}, "the name has 300 letters; 200 are the most"),
        ({"latitude": "-111.04", "longitude": "45.68"}, "latitude -111.04 and longitude 45.68 are swapped"),
        ({"longitude": "111.04"}, "longitude 111.04 lies in the east; its minus sign is missing"),
        ({"latitude": "91", "longitude": "-200"}, "latitude 91 and longitude -200 are out of range"),
        ({"latitude": "0", "longitude": "0"}, "latitude 0 and longitude 0 lie outside the fifty states and DC"),
        ({"latitude": "45,68"}, "the latitude 45,68 is no number (write a point for the decimals)"),
        ({"latitude": "nan"}, "the latitude nan is no number"),
        ({"latitude": "9" * 400}, f"the latitude {'9' * 39}… is no number"),
        ({"longitude": ""}, "has a latitude and no longitude"),
        ({"latitude": ""}, "has a longitude and no latitude"),
        ({"state": "Puerto Rico"}, "the state Puerto Rico is none of the fifty states and DC"),
        ({"zip": "1001"}, "the ZIP code 1001 has not five digits (a spreadsheet may have dropped its zero)"),
        ({"zip": "ABCDE"}, "the ZIP code ABCDE has not five digits"),
        ({"iv": "maybe"}, "iv says maybe (write yes, no or nothing)"),
        ({"capacity": "-1"}, "the capacity -1 is not from 0 to 1,000,000"),
        ({"year": "1999"}, "the year 1999 is not from 2016 to 2026"),
        ({"year": "2024.5"}, "the year 2024.5 is not from 2016 to 2026"),
        ({"website": "javascript:alert(1)"}, "the website javascript:alert(1) is no address of a page"),
        ({"website": "https://user@evil.example/"}, "the website https://user@evil.example/ is no address of a page"),
    ],
)
def test_each_fault_has_its_reason(said: dict[str, str], reason: str) -> None:
    assert reasons(clinic(**said)) == [reason]


def test_all_faults_of_a_row_are_told_at_once(tables: Tables) -> None:
    found = read(clinic(iv="maybe", zip="1"), clinic(name="Good"), tables=tables)
    assert [row.reason for row in found.bad] == ["the ZIP code 1 has not five digits; iv says maybe (write yes, no or nothing)"]


def test_a_capacity_of_nothing_is_a_fact_and_no_fault() -> None:
    assert read_entry(clinic(capacity="0"), STATES)[0]["capacity"] == 0
    assert read_entry(clinic(), STATES)[0]["capacity"] is None


def test_a_row_that_stood_before_is_not_counted_twice(tables: Tables) -> None:
    found = read(clinic(), clinic(name="Other"), clinic(), tables=tables)
    assert len(found.sites) == 2
    assert [(row.line, row.reason) for row in found.bad] == [(4, "says the same as line 2")]


def test_a_place_that_cannot_be_is_named(tables: Tables) -> None:
    found = read(
        clinic(name="At sea", latitude="35", longitude="-67"),
        clinic(name="In Portland", latitude="45.52", longitude="-122.6", state="WA"),
        {"name": "ZIP of Oregon", "zip": "97201", "state": "MT"},
        {"name": "Post-office box", "zip": "59771"},
        clinic(name="At the border", latitude="45.62", longitude="-122.67", state="WA"),
        tables=tables,
    )
    assert found.sites["name"].tolist() == ["At the border"]
    assert found.sites["state"].tolist() == ["WA"]
    assert [row.line for row in found.bad] == [2, 3, 4, 5]
    said = [row.reason for row in found.bad]
    assert "miles from where anybody lives" in said[0]
    assert said[1] == "lies in OR by its coordinates and not in WA"
    assert said[2] == "lies in OR by its ZIP code 97201 and not in MT"
    assert said[3] == "the ZIP code 59771 has no area of its own; give latitude and longitude"


def test_the_far_ends_of_the_country_are_in_it(tables: Tables) -> None:
    places = {"Adak": ("51.88", "-176.65", "AK"), "Hilo": ("19.72", "-155.08", "HI"), "Lubec": ("44.86", "-66.98", "ME")}
    found = read(*[clinic(name=name, latitude=lat, longitude=lon) for name, (lat, lon, _) in places.items()], tables=tables)
    assert found.bad == ()
    assert found.sites["state"].tolist() == [state for *_, state in places.values()]


def test_a_list_of_which_nothing_can_be_used_is_still_read(tables: Tables) -> None:
    found = read({"name": "No place"}, tables=tables)
    assert found.sites.empty
    assert len(found.bad) == 1
    assert found.said == "0 of 1 rows are used."
    assert found.sites.columns.tolist() == [*tables["providers"].columns, "own", "capacity"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name,zip\n", "has a heading and no rows"),
        (b"clinic,zip\nA,59715\n", "has no column name; it has clinic, zip"),
        (b"name,phone\nA,1\n", "needs latitude and longitude, or zip, or city and state"),
        (b"name,city\nA,Bozeman\n", "needs latitude and longitude, or zip, or city and state"),
        (b"name,lat,latitude,longitude\nA,1,1,1\n", "names the column latitude twice"),
        (b"", "is empty"),
        (b"name,zip\nM\xfc,59715\n", "not in UTF-8"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(content: bytes, words: str, tables: Tables) -> None:
    with pytest.raises(DataError, match=words):
        read_own_list(content, "mine.csv", tables)


def test_a_list_that_is_too_long_is_refused(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_providers, "MOST_ROWS", 1)
    with pytest.raises(DataError, match="has 2 rows; a list may have 1"):
        read(clinic(), clinic(name="Other"), tables=tables)


def test_the_template_shows_the_columns_and_is_never_counted(tables: Tables) -> None:
    found = read_own_list(template_csv(), "template.csv", tables)
    assert found.sites.empty
    assert [(row.line, row.reason) for row in found.bad] == [(2, "is the template's example")]
    row = next(csv.DictReader(io.StringIO(template_csv().decode())))
    assert tuple(row) == COLUMNS
    assert reasons({**row, "name": "A clinic"}) == [], f"without {EXAMPLE} it would be a good row"


def test_the_rows_in_use_come_back_with_their_ids(mixed: OwnList) -> None:
    rows = list(csv.DictReader(io.StringIO(mixed.used_csv().decode())))
    assert [row["id"] for row in rows] == mixed.sites["id"].tolist()
    assert rows[0]["point_quality"] == "street"
    assert rows[1]["capacity"] == ""


def test_a_cell_that_a_spreadsheet_would_run_comes_back_harmless(tables: Tables) -> None:
    found = read(clinic(name="=1+1"), tables=tables)
    assert "'=1+1" in found.used_csv().decode()


cells = st.dictionaries(
    st.sampled_from(COLUMNS), st.one_of(st.text(max_size=20), st.floats().map(str), st.sampled_from(["yes", "45.6", "-111", "59715", "MT"]))
)


@settings(max_examples=300)
@given(cells)
def test_no_row_breaks_the_reading(row: dict[str, str]) -> None:
    entry, said = read_entry(row, STATES)
    assert all(one and "\n" not in one for one in said)
    if not said:
        assert entry["name"]
        assert entry["latitude"] is None or 18 <= entry["latitude"] <= 72


@settings(max_examples=15)
@given(st.lists(cells, min_size=1, max_size=4))
def test_every_row_is_either_used_or_named(rows: list[dict[str, str]]) -> None:
    from data.bundle import shipped

    clean = [{column: text.replace("\x00", "").encode("utf-8", "ignore").decode() for column, text in row.items()} for row in rows]
    found = read_own_list(file(*clean), "mine.csv", shipped()) if any(any(v.strip() for v in row.values()) for row in clean) else None
    if found is not None:
        assert len(found.sites) + len(found.bad) == found.rows
