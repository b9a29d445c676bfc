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


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("6060", "five digits; this one has 4"),
        ("606011", "five digits; this one has 6"),
        ("00901", "not in the fifty states"),
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
    hits, _ = search(str(zips.iloc[0]), tables)
    assert hits[0].geoid == "17"
    assert "no area of its own" in hits[0].label


def test_folding_is_blind_to_accents_dots_and_apostrophes() -> None:
    assert folded("Doña Ana") == folded("DONA  ANA") == "dona ana"
    assert folded("St. Mary's") == folded("St Mary’s") == "st marys"


def test_every_county_is_found_by_its_own_name(tables: Tables) -> None:
    known = places(tables)
    for geoid in ("01001", "02063", "09110", "11001", "15005", "22059", "51510", "56045"):
        assert geoid in [hit.geoid for hit in search(known[geoid].short, tables)[0]]
