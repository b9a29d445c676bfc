"""The page of a place without a browser: a county, a district, a state, the nation, and what nobody knows."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from analytics.near_place import sites_inside
from analytics.query import Query
from data.bundle import shipped
from tests.views.page import texts, visited


def opened(**words: str) -> AppTest:
    return visited("place.py", **words)


def links(page: AppTest) -> dict[str, str]:
    return {one.proto.label: one.proto.query_string for one in page.get("page_link")}


def test_a_county_from_the_finding_to_the_file() -> None:
    page = opened(place="35013")
    text = texts(page)
    order = [
        '<h1 class="atlas-title">Between 0 and 98 % of adults in Doña Ana County, NM, depending on the list,',
        "A county of 174,000 adults in New Mexico",
        "34 to 56 visits per label",
        "on traditional Medicare without a supplement",
        'alt="Map of New Mexico with Doña Ana County, NM marked"',
        "Doña Ana County, NM beside the rest",
        '<table class="place-figures">',
        "The nearest sites from the middle of Doña Ana County, NM",
        "Other care: half of adults",
        "Counties like this one",
        "What changed",
        "What is missing, and why",
        '<a href="/methods#ranks-and-likeness">',
        "Behind the number",
        "Sources: ",
    ]
    places = [text.index(one) for one in order]
    assert places == sorted(places)
    assert [one.label for one in page.expander] == ["Why this number?", "Do the measures agree here?", "Sources and method", "Take it away"]
    assert "place=35013" in links(page)["Open in Explore"]
    assert "place=35013" in links(page)["What it costs here"]
    assert "Sites near your ZIP code" in links(page), "a ZIP code in the box of the header leads here, and is in no memory"
    assert not page.get("plotly_chart")


def test_a_place_like_this_one_is_a_press_away_and_its_state_too() -> None:
    page = opened(place="35013")
    page.button(key="open 24039").click().run()
    assert not page.exception
    assert page.query_params["place"] == "24039"
    assert "Somerset County, MD" in texts(page).split("</h1>")[0]
    page.button(key="to state").click().run()
    assert (page.query_params["place"], page.query_params["level"]) == ("24", "state")
    assert "States like this one" in texts(page)
    assert "The nearest sites from the middle" not in texts(page)


def test_a_state_counts_its_listed_sites_by_kind_and_leads_to_them() -> None:
    page = opened(place="35", level="state")
    text = texts(page)
    inside = sites_inside(Query(place="35"), shipped())
    assert f">{inside[0].known} listed sites in New Mexico<" in text
    assert f"<strong>IV ketamine</strong>: {inside[1].known} known to offer it; of {inside[1].silent} the lists do not say." in text
    assert "<strong>Medicaid</strong>: none known to take it; of " in text
    assert "states are not to be compared by them" in text
    door = links(page)["See the listed sites on the map, county by county"]
    assert {"measure=sites", "level=county", "place=35"} <= set(door.split("&"))
    only = sites_inside(Query(place="35", layers=("samhsa_2024",)), shipped())
    assert only[0].known < inside[0].known
    fewer = texts(opened(place="35", level="state", layers="samhsa_2024"))
    assert f">{'No' if only[0].known == 0 else only[0].known} listed site" in fewer, "those of the lists that were chosen"


def test_a_search_on_the_page_stays_on_it() -> None:
    page = opened(place="35013")
    page.text_input(key="search").set_value("Cook County IL").run()
    assert not page.exception
    assert page.query_params["place"] == "17031"
    assert "Cook County, IL beside the rest" in texts(page)


def test_the_only_seat_of_a_state_and_what_is_not_made_for_districts() -> None:
    text = texts(opened(place="5600"))
    assert "its only seat, so that the district is the state" in text
    assert "Congressional districts like this one" in text
    assert "There is no figure of “median household income” for congressional districts" in text


def test_no_road_is_said_and_nothing_is_made_up() -> None:
    text = texts(opened(place="02016"))
    assert "No road or ferry leads from Aleutians West Census Area, AK to a listed provider" in text
    assert "List by list" not in text
    assert "no road or ferry to a listed site." in text


def test_the_nation_has_a_sentence_and_a_door() -> None:
    page = opened(place="us")
    text = texts(page)
    assert "Between 32 and 76 % of adults in the US" in text
    assert "one county, congressional district or state" in text
    assert '<table class="place-figures">' not in text
    assert "Open in Explore" in links(page)


@pytest.mark.parametrize("unknown", ["72001", "99999", "Doña Ana"])
def test_an_unknown_place_has_a_sentence(unknown: str) -> None:
    text = texts(opened(place=unknown))
    assert f"The address asks for the place “{unknown}”, which this atlas does not know" in text
    assert "one county, congressional district or state" in text


def test_what_has_no_sound_answer_is_refused_with_a_door_and_the_rest_stands() -> None:
    page = opened(place="35013", population="veteran")
    text = texts(page)
    assert '<h1 class="atlas-title">Doña Ana County, NM</h1>' in text
    assert "about 16 sites of the Department of Veterans Affairs" in text
    assert '<table class="place-figures">' in text
    assert [one.label for one in page.expander] == []


def test_an_open_panel_stands_in_the_address() -> None:
    page = opened(place="35013", open="why")
    assert "is the nearest to somebody in Doña Ana County, NM" in texts(page) or "are the nearest to somebody" in texts(page)
    assert page.query_params["open"] == "why"
