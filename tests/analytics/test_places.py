"""What a person types, and where it leads."""

from __future__ import annotations

import pytest

from analytics.places import folded, places, search
from data.bundle import Tables


@pytest.mark.parametrize(
    ("typed", "geoid"),
    [
        ("60601", "17031"),
        ("  60601 ", "17031"),
        ("06604", "09120"),  # Bridgeport, in one of Connecticut's planning regions
        ("99501", "02020"),
        ("96813", "15003"),
        ("Cook County, IL", "17031"),
        ("cook county il", "17031"),
        ("Mississippi", "28"),
        ("ms", "28"),
        ("DC", "11"),
        ("Doña Ana County, NM", "35013"),
        ("dona ana county nm", "35013"),
        ("O'Brien County, IA", "19141"),
        ("obrien county ia", "19141"),
        ("Prince George’s County, MD", "24033"),
        ("St. Louis County, MN", "27137"),
        ("st louis county mn", "27137"),
        ("Nashville, TN", "47037"),
        ("Honolulu HI", "15003"),
        ("60601-4321", "17031"),
        ("606014321", "17031"),
        ("Cook County, Illinois", "17031"),
        ("Saint Louis County, MN", "27137"),
        ("Fort Worth, TX", "48439"),
        ("Texas 5th", "4805"),
        ("TX-05", "4805"),
        ("tx 5", "4805"),
        ("New York", "36"),
        ("us", "us"),
    ],
)
def test_the_first_answer_is_the_place_meant(typed: str, geoid: str, tables: Tables) -> None:
    hits, said = search(typed, tables)
    assert said == ""
    assert hits[0].geoid == geoid


def test_two_towns_of_one_name_are_both_offered(tables: Tables) -> None:
    hits, _ = search("springfield", tables)
    labels = [hit.label for hit in hits]
    assert len(labels) == len(set(labels)) > 1
    assert any("IL" in label for label in labels)
    assert any("MO" in label for label in labels)


def test_three_towns_of_one_name_in_one_state_are_all_offered(tables: Tables) -> None:
    hits, _ = search("Oakwood, OH", tables)
    assert {hit.geoid for hit in hits} == {"39035", "39113", "39125"}  # Cuyahoga, Montgomery, Paulding


def test_a_state_does_not_hide_its_city_behind_its_districts(tables: Tables) -> None:
    assert [hit.geoid for hit in search("new york", tables)[0]][:2] == ["36", "36061"]


@pytest.mark.parametrize("typed", ["t", "spring", "washington", "new", "st", "a", "al", "dc", "carson city"])
def test_no_suggestion_stands_twice(typed: str, tables: Tables) -> None:
    hits, _ = search(typed, tables)
    assert 1 < len(hits) <= 8
    assert len({hit.label for hit in hits}) == len(hits), "a button's key is its label"
    assert all(hit.geoid in places(tables) for hit in hits)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("6060", "five digits; this one has 4"),
        ("606011", "five digits; this one has 6"),
        ("²", "five digits; this one has 1"),
        ("00901", "in a US territory"),
        ("96799", "in a US territory"),
        ("00000", "not in the fifty states"),
        ("<script>alert(1)</script>", "No ZIP code, county"),
        ("zzzzqq", "No ZIP code, county"),
    ],
)
def test_what_is_not_found_gets_a_sentence(typed: str, words: str, tables: Tables) -> None:
    hits, said = search(typed, tables)
    assert hits == []
    assert words in said


def test_nothing_typed_is_nothing_said(tables: Tables) -> None:
    assert search("   ", tables) == ([], "")


def test_a_post_office_box_leads_to_its_state_and_says_so(tables: Tables) -> None:
    boxes = tables["zip_localities"]
    zips = boxes[(boxes["state"] == "IL") & ~boxes["zip"].isin(tables["zctas"]["zcta"])]["zip"]
    hits, said = search(str(zips.iloc[0]), tables)
    assert [hit.geoid for hit in hits] == ["17"]
    assert "has no area of its own" in said
    assert said.endswith("its state is shown.")


def test_folding_is_blind_to_accents_dots_and_apostrophes() -> None:
    assert folded("Doña Ana") == folded("DONA  ANA") == "dona ana"
    assert folded("St. Mary's") == folded("St Mary’s") == "st marys"


def test_every_county_is_found_by_its_own_name(tables: Tables) -> None:
    known = places(tables)
    for geoid in ("01001", "02063", "09110", "11001", "15005", "22059", "51510", "56045"):
        assert geoid in [hit.geoid for hit in search(known[geoid].short, tables)[0]]
