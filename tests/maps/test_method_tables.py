"""What the tables say to the methods page: counted from the tables themselves, so that a new build needs no new words."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from analytics import status
from analytics.query import LAYERS
from data.bundle import Tables
from data.parameter import expiring, load
from maps import method_tables

TODAY = date(2026, 11, 26)


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def rows(html: str) -> list[list[str]]:
    """The cells of each row of the table, heads left out."""
    body = html.split("<tbody>")[1]
    return [[words(cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in re.findall(r"<tr>(.*?)</tr>", body)]


def test_each_list_says_what_it_bears(tables: Tables) -> None:
    listed = {name: (int(sites.replace(",", "")), bears) for name, sites, bears in rows(method_tables.layers_html(tables))}
    assert list(listed) == list(LAYERS.values())
    assert listed["SAMHSA directory 2024"] == (94, "nearest, within reach, counts and rates")
    assert listed["Medicare claims 2024"][1] == "nearest and within reach, as bounds"


def test_the_flagged_seats_stand_by_name_with_the_largest_first(tables: Tables) -> None:
    html = method_tables.districts_html(tables)
    seats = tables["districts"]
    assert len(rows(html)) == int(seats["flagged"].sum()) == 7
    assert rows(html)[0] == ["Maryland 8th", "+5.6 %"]
    assert ["Maryland 6th", "−5.2 %"] in rows(html)
    assert "119th Congress, valid to 3 January 2027" in words(html)
    assert f"{int(seats['flagged'].sum())} of {len(seats)} do" in words(html)


def test_every_status_has_its_meaning() -> None:
    listed = rows(method_tables.statuses_html())
    assert [row[0] for row in listed] == list(status.ALL)
    assert [row[0] for row in listed if row[2] == "yes"] == [one for one in status.ALL if one in status.WITH_VALUE]


@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 2)])
def test_what_expires_stands_soonest_first_and_what_has_ended_says_so(today: date) -> None:
    listed = rows(method_tables.expiring_html(today))
    assert [row[0] for row in listed] == [one.label for one in expiring(today)]
    ended = {row[0] for row in listed if "(has ended)" in row[1]}
    assert ended == {one.label for one in expiring(today) if one.has_expired(today)}
    assert next(row for row in listed if row[0] == load("rules/district_maps").label)[1] == "3 January 2027"


def test_the_gates_are_named_and_so_are_the_counties_that_no_road_leaves(tables: Tables) -> None:
    said = words(method_tables.gates_html(tables))
    for gate in load("travel/waters").latest["gates"]:
        assert gate["name"] in said
    assert "Hyannis to Nantucket 135" in said
    assert "Counties of AK that neither road nor gate leaves" in said
    assert "Nome Census Area" in said


def test_medicares_payments_stand_beside_what_they_should_be(tables: Tables) -> None:
    html = method_tables.checks_html(tables)
    said = words(html)
    assert "(1 − 0.2) × (1 − 0.02) = 0.784" in said
    assert f"0.784 × 32.7442 / 33.2875 ≈ {0.784 * 32.7442 / 33.2875:.3f}" in said
    listed = {row[0]: row[1:] for row in rows(html)}
    assert listed["both in an office"][:3] == ["87", f"{14_346 - 79 - 237:,}", "0.773"]
    assert "Left out are 2 rows (CT, $25.88 over 79 visits; KS, $26.96 over 237 visits)" in said
    assert "The hospital bills drug and observation apart" in said


def test_a_section_without_a_table_gets_none(tables: Tables) -> None:
    assert method_tables.after_html("nearest", tables, TODAY) == ""
