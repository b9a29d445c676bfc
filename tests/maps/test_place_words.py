"""The sentences of the page of a place: one and several, zero, ties, missing, no road, refused, names with accents and apostrophes."""

from __future__ import annotations

import math
from dataclasses import replace
from types import MappingProxyType

import pytest

from analytics.care_nearby import care_nearby
from analytics.model import answer
from analytics.nearest_kinds import Nearest
from analytics.profile import Rank, profile
from analytics.query import Query
from analytics.refusal import RATE_LAYERS
from analytics.similar import TRAITS, Alike, Similar, similar
from analytics.trend import Step
from data.bundle import Tables
from maps.place_words import (
    amount_title,
    burden_sentence,
    care_sentence,
    directory_title,
    doubt_words,
    duration,
    figure_words,
    headline,
    list_sentence,
    missing_sentences,
    nearest_words,
    ordinal,
    rank_words,
    similar_sentence,
    similar_title,
    subtitle,
    trend_alt,
)


def asked(place: str, tables: Tables, **fields: object) -> str:
    level = {2: "state", 4: "district", 5: "county"}[len(place)]
    return headline(answer(Query(place=place, level=level, **fields), tables), tables)  # type: ignore[arg-type]


def test_the_headline_tells_the_finding_with_its_doubt(tables: Tables) -> None:
    assert (
        asked("35013", tables)
        == "Between 0 and 98 % of adults in Doña Ana County, NM, depending on the list, live within 30 miles of a provider"
    )
    assert asked("24033", tables).startswith("Between 0 and 100 % of adults in Prince George's County, MD, depending on the list,")
    assert asked("35003", tables) == "No adults in Catron County, NM live within 30 miles of a listed provider"
    assert asked("02016", tables) == "No road or ferry leads from Aleutians West Census Area, AK to a listed provider"
    assert asked("35013", tables, population="veteran") == "Doña Ana County, NM", "a share of 16 sites is refused"


def test_a_place_is_told_in_a_line(tables: Tables) -> None:
    assert subtitle(profile("35013", tables), tables) == "A county of 174,000 adults in New Mexico; rural-urban code 3, metropolitan."
    assert subtitle(profile("48301", tables), tables).startswith("A county of 30 adults in Texas; rural-urban code"), "Loving County"
    assert subtitle(profile("5600", tables), tables).endswith("in Wyoming; its only seat, so that the district is the state.")
    assert subtitle(profile("3502", tables), tables).endswith("in New Mexico, one of 3.")
    assert subtitle(profile("35", tables), tables).startswith("A state of ")
    assert subtitle(replace(profile("48301", tables), people=1.0), tables).startswith("A county of 1 adult in Texas;")
    assert subtitle(profile("us", tables), tables) == "The nation, 262 million adults."


def test_for_how_many_households_it_is_too_much(tables: Tables) -> None:
    assert burden_sentence(profile("35013", tables).line("households_over"), tables) == (
        "For 42 to 43 % of households in Doña Ana County, NM, a first course of IV ketamine, paying oneself, "
        "takes more than 10 % of income (5 % in or near poverty)."
    )
    assert burden_sentence(profile("3502", tables).line("median_income"), tables) == "", "there is no figure to tell"


def test_list_by_list_is_told_where_there_are_lists_and_a_figure(tables: Tables) -> None:
    told = list_sentence(answer(Query(place="35013"), tables))
    assert told.startswith("List by list: SAMHSA directory 2024: 0 %, with 94 sites; and named providers 2026: 98 %")
    assert list_sentence(answer(Query(place="02016"), tables)) == ""
    assert list_sentence(answer(Query(place="35013", measure="uninsured"), tables)) == ""


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th"), (1483, "1,483rd")]
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("first", "last", "places", "words"),
    [
        (1, 1, 33, "highest of 33 counties in New Mexico"),
        (2, 2, 33, "2nd highest of 33 counties in New Mexico"),
        (33, 33, 33, "lowest of 33 counties in New Mexico"),
        (32, 32, 33, "2nd lowest of 33 counties in New Mexico"),
        (17, 17, 33, "17th highest of 33 counties in New Mexico"),
        (3, 12, 33, "between 3rd and 12th highest of 33 counties in New Mexico"),
        (20, 33, 33, "between 1st and 14th lowest of 33 counties in New Mexico"),
    ],
)
def test_a_rank_is_told_from_the_nearer_end(first: int, last: int, places: int, words: str, tables: Tables) -> None:
    line = profile("35013", tables).line("miles_to_nearest")
    assert rank_words(replace(line, rank=Rank(first, last, places, "35")), tables) == words


def test_where_low_is_worse_the_words_turn_round(tables: Tables) -> None:
    line = profile("35", tables).line("median_income")
    assert rank_words(replace(line, rank=Rank(5, 5, 51, "us")), tables) == "5th lowest of 51 states"
    assert rank_words(replace(line, rank=None), tables) == ""


def test_a_figure_stands_with_what_it_leaves_open(tables: Tables) -> None:
    found = profile("35013", tables)
    assert doubt_words(found.line("within_30_miles")) == "0 to 98 % by list"
    assert doubt_words(found.line("miles_to_nearest")) == "5 to 305 miles by list"
    assert doubt_words(found.line("depression")) == "19 to 25 %"
    assert doubt_words(found.line("barrier_class")) == doubt_words(found.line("medicaid_share")) == ""
    assert figure_words(found.line("barrier_class")) == "costly"
    one_list = profile("35013", tables, Query(layers=RATE_LAYERS)).line("within_30_miles")
    assert figure_words(one_list) == "0 %"
    assert doubt_words(profile("35003", tables).line("within_30_miles")) == "", "no list names a site within reach"


def test_what_is_missing_says_why_once_for_each_reason(tables: Tables) -> None:
    aleutians = missing_sentences(profile("02016", tables))
    assert aleutians[0].startswith("Adults within 30 miles of a provider, ")
    assert aleutians[0].endswith(": no road or ferry to a listed site.")
    district = missing_sentences(profile("3502", tables))
    assert district[0].startswith("There is no figure of “median household income” for congressional districts")
    assert figure_words(profile("3502", tables).line("median_income")) == "not made"
    state = missing_sentences(profile("35", tables))
    assert any("a ranking of states would be one of how they were made" in one for one in state)
    assert "Share of people with Medicaid: no data." in missing_sentences(profile("09110", tables)), "not had for planning regions"


# --- Places like this one ---


def made(left_out: int, distance: float) -> Similar:
    figures = MappingProxyType({trait.id: 0.2 for trait in TRAITS["county"]})
    return Similar("35013", TRAITS["county"], figures, (Alike("01001", distance, figures),), (), 10, left_out)


def test_by_what_places_are_alike_is_said_and_who_is_left_out(tables: Tables) -> None:
    assert similar_title(made(0, 1.0)) == "Counties like this one"
    assert "left out" not in similar_sentence(made(0, 1.0), tables)
    assert " 1 county is left out, since a figure of its is missing." in similar_sentence(made(1, 1.0), tables)
    assert " 2 counties are left out, since a figure of theirs is missing." in similar_sentence(made(2, 1.0), tables)
    assert "even the nearest is 2.1 away" in similar_sentence(made(0, 2.1), tables)
    assert "peer" not in similar_sentence(made(2, 2.1), tables).lower()
    esmeralda = similar_sentence(similar("32009", tables), tables)
    assert "Esmeralda County, NV is held against no other: there is no figure of median household income." in esmeralda


# --- The nearest, and what changed ---


def site(**changes: object) -> Nearest:
    whole = Nearest("any", "Clinic of O'Brien", "Cañon City", "CO", ("SAMHSA directory 2024",), 6.2, 13.0, False, math.nan)
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_the_nearest_site_in_words() -> None:
    assert nearest_words(site()) == "Clinic of O'Brien in Cañon City, CO: 6 miles, about 13 minutes by road."
    assert nearest_words(site(miles=0.4, minutes=1.0)).endswith("under 1 mile, about 1 minute by road.")
    assert nearest_words(site(by_city=True)).endswith("by road; only its city is known.")
    assert nearest_words(site(silent_miles=1.0)).endswith(". 1 mile away is a site of which the lists do not say.")
    assert nearest_words(site(name="")) == "the chosen lists know of none that a road leads to."


@pytest.mark.parametrize(("minutes", "words"), [(1, "1 minute"), (89, "89 minutes"), (90, "1½ hours"), (118, "2 hours"), (592, "10 hours")])
def test_a_long_way_is_told_in_hours(minutes: float, words: str) -> None:
    assert duration(minutes) == words


def test_trends_are_told_by_their_ends(tables: Tables) -> None:
    place = profile("35013", tables).place
    flat = (Step(2022, 0.0, 81), Step(2023, 0.0, 50), Step(2024, 0.0, 94))
    assert directory_title(flat, place).endswith("0 % in every edition from 2022 to 2024")
    fell = (Step(2022, 1.0, 81), Step(2024, 0.225, 94))
    assert directory_title(fell, place).endswith("100 % in 2022, 22 % in 2024")
    assert trend_alt(fell, "share") == "Line over 2 years: 2022, 100 %, 2024, 22 %."
    assert amount_title((Step(2020, 1010.12), Step(2026, 1246.13)), place).endswith("$1,010 in 2020, $1,246 in 2026")


def test_other_care_is_told_or_that_no_road_leads_to_it(tables: Tables) -> None:
    place, care = profile("35013", tables).place, care_nearby("35013", tables)
    assert care_sentence(care, place).startswith("Other care: half of adults in Doña Ana County, NM live within ")
    assert care_sentence(care.assign(median_miles=math.nan), place).startswith("No road leads from Doña Ana County, NM to another")
