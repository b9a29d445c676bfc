"""What a person types into Near me, and where it leads: a point, or a reason with something to try."""

from __future__ import annotations

import pytest

from analytics.near_point import MOST, REASONS, find, point_of, towns
from data.bundle import Tables


@pytest.mark.parametrize(
    ("typed", "label", "county"),
    [
        ("60601", "60601", "17031"),
        ("  60601 ", "60601", "17031"),
        ("60601-1234", "60601", "17031"),
        ("Chicago, IL 60601", "60601", "17031"),
        ("06510", "06510", "09170"),
        ("99801", "99801", "02110"),
        ("96766", "96766", "15007"),
        ("Bozeman, MT", "Bozeman, MT", "30031"),
        ("bozeman montana", "Bozeman, MT", "30031"),
        ("Saint Louis, MO", "St. Louis, MO", "29510"),
        ("New York, NY", "New York, NY", "36047"),
        ("Washington DC", "Washington, DC", "11001"),
    ],
)
def test_a_zip_code_or_town_is_a_point(typed: str, label: str, county: str, tables: Tables) -> None:
    found = find(typed, tables)
    assert found.reason == ""
    assert found.point is not None
    assert (found.point.label, found.point.county) == (label, county)
    assert point_of(found.point.key, tables) is not None


@pytest.mark.parametrize(
    ("typed", "reason", "suggested"),
    [
        ("", "empty", ""),
        ("  ", "empty", ""),
        ("1001", "digits", "01001"),
        ("606011", "digits", "60601"),
        ("6O601", "mixed", ""),
        ("K1A 0B1", "mixed", ""),
        ("59771", "no_area", "5976"),
        ("00901", "territory", ""),
        ("96799", "territory", ""),
        ("09012", "not_in_use", ""),
        ("Springfield", "several", "Springfield, MO"),
        ("Iowa", "area", "(Cedar Falls, IA)"),
        ("Cook County, IL", "area", "606"),
        ("Cook County", "area", "606"),
        ("spri", "goes_on", "Springfield, MO"),
        ("Bozman, MT", "unknown", "Bozeman, MT"),
        ("Toronto, Ontario", "unknown", ""),
        ("<script>alert(1)</script>", "mixed", ""),
        ("'; drop table towns", "unknown", ""),
        ("!!!", "unknown", ""),
        ("１２３４５", "not_in_use", ""),
    ],
)
def test_what_is_no_point_has_a_reason_and_something_to_try(typed: str, reason: str, suggested: str, tables: Tables) -> None:
    found = find(typed, tables)
    assert found.point is None
    assert found.reason == reason
    assert found.reason in REASONS
    assert len(found.suggestions) <= MOST
    assert not suggested or any(suggested in one.label for one in found.suggestions)
    for one in found.suggestions:
        assert point_of(one.key, tables) is not None, "every suggestion leads somewhere"


def test_a_zip_code_is_called_by_a_town_of_its_own_state(tables: Tables) -> None:
    assert all(one.label.endswith(", NY)") for one in find("10048", tables).suggestions)


def test_no_key_that_nobody_suggested_leads_anywhere(tables: Tables) -> None:
    assert [point_of(key, tables) for key in ("zip:00000", "town:x", "", "county:17031")] == [None] * 4


def test_long_texts_are_cut_before_they_are_shown(tables: Tables) -> None:
    assert len(find("x" * 10_000, tables).typed) == 40


def test_towns_come_in_the_order_of_their_people(tables: Tables) -> None:
    """Large cities by the census's count of 2020: New York, Los Angeles and Chicago have the most, and every Springfield knows its rank."""
    frame, people = tables["towns"], towns(tables).people
    largest = frame["name"].to_numpy()[people.argsort()[::-1][:4]]
    assert {"New York", "Los Angeles", "Chicago"} < set(largest)
    assert people.sum() == tables["zctas"]["population"].sum()
    assert [one.label for one in find("Springfield", tables).suggestions][2] == "Springfield, IL (Sangamon County)"
