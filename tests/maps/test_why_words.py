"""The sentences of "Why this number?" and of the journey, as people read them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analytics.explain import explain
from analytics.journey import journey
from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables
from data.parameter import load
from maps import why_words
from maps.numbers import spoken, two_digits
from tests.analytics.small import Small
from tests.sound import sound

ON_LISTS = [
    "sites",
    "sites_per_100k",
    "sites_in_reach",
    "e2sfca",
    "three_sfca",
    "raam",
    "within_10_miles",
    "within_30_miles",
    "within_60_minutes",
    "miles_to_nearest",
    "minutes_to_nearest",
    "use_gradient",
]


def told(query: Query, place: str, tables: Tables | Small) -> str:
    return why_words.journey_sentence(journey(query, place, tables), tables)


# --- The journey ---


def test_an_ordinary_place(tables: Tables) -> None:
    result = journey(Query(), "31087", tables)  # Hitchcock County, Nebraska
    assert why_words.journey_sentence(result, tables).startswith(
        "A first year of esketamine from Hitchcock County, NE is 34 to 56 visits per label, about "
    )
    lines = result.frame.set_index(["line", "schedule"])
    miles, hours = lines.loc[("miles", "label_year")], lines.loc[("driving_hours", "label_year")]
    sentence = (
        "A first year of esketamine from Hitchcock County, NE is 34 to 56 visits per label, "
        f"about {why_words.span(miles['low'], miles['high'], 'mile')}, {why_words.span(hours['low'], hours['high'], 'hour')} on the road "
        "and a driver each time. As typically used it is 12 visits on average, about "
    )
    assert why_words.journey_sentence(result, tables).startswith(sentence)


def test_what_the_driving_comes_to_is_its_miles_at_two_rates(tables: Tables) -> None:
    result = journey(Query(), "31087", tables)
    miles = result.frame.set_index(["line", "schedule"]).loc[("miles", "label_year")]
    medical, business = (load(f"travel/irs_{rate}").number() for rate in ("medical", "business"))
    low, high = medical * miles["low"], business * miles["high"]
    said = why_words.driving_words(result)
    assert said == f"about ${two_digits(low):,} to ${two_digits(high):,}"
    assert 100 < low < high
    assert why_words.driving_words(journey(Query(), "02016", tables)) == "", "no road leads from there"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.1, 0.4, "under $1"), (0.2, 3, "up to $3"), (44.3, 44.4, "about $44"), (2_846, 15_613, "about $2,800 to $16,000")],
)
def test_dollars_of_the_road_are_no_finer_than_its_miles(low: float, high: float, said: str, tables: Tables) -> None:
    result = journey(Query(), "31087", tables)
    frame = result.frame.copy()
    frame.loc[frame["line"] == "driving_cost", ["low", "high"]] = low, high
    assert why_words.driving_words(replace(result, frame=frame)) == said


def test_a_place_with_a_site_in_town(tables: Tables) -> None:
    assert "34 to 56 visits per label to a nearby site, about " in told(Query(), "30031", tables)
    assert "nearby" not in told(Query(), "31087", tables)


@pytest.mark.parametrize("place", ["15007", "15005"])
def test_an_island_without_a_site(place: str, tables: Tables) -> None:
    said = told(Query(), place, tables)
    assert said.endswith(" is 34 to 56 visits per label, and no road or ferry leads from there to a listed site known to offer it.")
    assert "miles" not in said


def test_an_island_whose_sites_do_not_say(tables: Tables) -> None:
    said = told(Query(), "15009", tables)
    assert (
        "no road or ferry leads from there to a listed site known to offer it. Counting listed sites that do not say what they offer, the nearest is "
        in said
    )
    assert said.endswith(" minutes away.")


def test_alaska_tells_of_those_without_a_road(tables: Tables) -> None:
    said = told(Query(), "02", tables)
    assert said.startswith("A first year of esketamine for the typical adult in Alaska is 34 to 56 visits per label")
    assert " of its adults have no road or ferry to a listed site known to offer it." in said


def test_the_nation_has_a_typical_adult(tables: Tables) -> None:
    assert told(Query(), "us", tables).startswith("A first year of esketamine for the typical adult in the US is 34 to 56 visits per label")


def test_medicaid_members_and_veterans(tables: Tables) -> None:
    said = told(Query(population="medicaid"), "17031", tables)
    assert "34 to 56 visits per label to the nearest listed site known to offer it and to take Medicaid, about " in said
    assert "Counting listed sites that do not say what they offer or take, the nearest is " in said
    assert " site for veterans that is known to offer it, about " in told(Query(population="veteran"), "17031", tables)
    assert "known to offer it and to take Medicare" in told(Query(payment="medicare"), "17031", tables)


def test_infusions_need_no_driver_on_record(tables: Tables) -> None:
    said = told(Query(modality="iv"), "31087", tables)
    assert said.startswith("A first course of IV ketamine from Hitchcock County, NE is 6 infusions, about ")
    assert " miles and " in said
    assert "driver" not in said


def test_a_refused_journey_says_why(tables: Tables) -> None:
    assert told(Query(modality="oral"), "17031", tables).startswith("No course of oral ketamine is on record here")


@pytest.mark.parametrize("place", ["02", "0605", "15003", "02290", "25019", "11", "06037"])
@pytest.mark.parametrize("population", ["civilian", "medicaid", "veteran"])
def test_journeys_are_sentences(population: str, place: str, tables: Tables) -> None:
    for modality in ("any", "iv", "esketamine"):
        said = told(Query(population=population, modality=modality), place, tables)
        assert said.startswith("A first ")
        assert said.endswith(".")
        for wrong in ("  ", "nan", "..", " 1 miles", " 1 hours", "about under", "about up to", "the the"):
            assert wrong not in said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (34, 56, "34 to 56 miles"),
        (1.2, 1.4, "1 mile"),
        (0.2, 0.3, "under 1 mile"),
        (0.3, 2.4, "up to 2 miles"),
        (0.6, 1.9, "1 to 2 miles"),
        (1934, 3185, "1,900 to 3,200 miles"),
        (99.6, 99.7, "100 miles"),
        (131.8, 131.8, "130 miles"),
        (12_345, 20_333, "12,000 to 20,000 miles"),
    ],
)
def test_spans_have_as_many_digits_as_are_sensible(low: float, high: float, said: str) -> None:
    assert why_words.span(low, high, "mile") == said


def test_one_visit_and_one_adult_are_one(tables: Tables) -> None:
    result = journey(Query(), "30031", tables)
    frame = result.frame.assign(
        **{name: result.frame[name].where(result.frame["line"] != "visits", 1.0) for name in ("low", "value", "high")}
    )
    alone = pd.DataFrame({"status": ["no road"], "words": ["no road or ferry to any such site"], "people": [1.0]})
    said = why_words.journey_sentence(replace(result, frame=frame, more={"apart": alone}), tables)
    assert "is 1 visit per label" in said
    assert "1 of its adults has no road or ferry to a listed site known to offer it." in said
    assert why_words.apart_sentences(replace(result, more={"apart": alone})) == ["For 1 adult there is no road or ferry to any such site."]


def test_travel_times_of_ones_own_are_called_so() -> None:
    country = Small(25, sites=5).with_own_travel(25)
    sentences = [told(Query(layers=("samhsa_2024",)), place, country) for place in ("20001", "20003", "20005", "31001", "20", "us")]
    assert any("and your travel times have no way from there to a listed site known to offer it." in said for said in sentences)
    why = explain(Query(measure="within_60_minutes", layers=("samhsa_2024",)), "us", country)
    assert "Minutes (your own)" in why_words.why_table(why, country).columns


# --- Why this number? ---


@pytest.mark.parametrize("measure", ON_LISTS)
@pytest.mark.parametrize("place", ["06", "30031", "0612", "15007"])
def test_why_is_told_in_sentences(measure: str, place: str, tables: Tables) -> None:
    query = sound(measure, tables)
    result = explain(query, place, tables)
    said = why_words.why_sentences(result, tables)
    assert said
    for sentence in said:
        assert sentence.endswith(".")
        for wrong in ("  ", "nan", "{", " 1 sites", "1 others", "..", "For 0 "):
            assert wrong not in sentence
    if result.refusal is None:
        assert why_words.why_alt(result, tables).endswith(".")


def test_the_value_stands_in_its_own_reason(tables: Tables) -> None:
    query = Query(measure="e2sfca", layers=("samhsa_2024",))
    result = explain(query, "06", tables)
    figure = answer(query.with_(place="06"), tables).figure
    assert figure is not None
    first = why_words.why_sentences(result, tables)[0]
    assert f"their parts add up to {spoken(figure.value, 'per_million')}" in first
    assert result.frame["name"].iloc[0] in first


def test_one_site_makes_all_of_it(tables: Tables) -> None:
    said = why_words.why_sentences(explain(Query(), "30031", tables), tables)
    assert (
        said[0] == "1 site is the nearest to somebody in Gallatin County, MT, and makes all of the value: Sub Rosa Therapy in Bozeman, MT."
    )
    assert said[1].endswith(" adults there is no such site within 30 miles.")


def test_a_list_that_names_none_does_not_say_that_there_is_none(tables: Tables) -> None:
    said = why_words.why_sentences(explain(Query(measure="sites"), "15007", tables), tables)
    assert said == ["The chosen lists name no such site in Kauai County, HI, which does not mean that none exists."]


@pytest.mark.parametrize("measure", ON_LISTS)
def test_the_table_has_headings_in_words_and_a_format_for_every_number(measure: str, tables: Tables) -> None:
    query = sound(measure, tables)
    place = "06" if query.level == "state" else "06037"
    result = explain(query, place, tables)
    shown, formats = why_words.why_table(result, tables), why_words.why_columns(result, tables)
    assert len(shown) == len(result.frame)
    assert list(shown.columns[:4]) == ["Site", "Town", "On the lists", "Placed"]
    numeric = [name for name in shown.columns if pd.api.types.is_numeric_dtype(shown[name])]
    assert set(numeric) == set(shown.columns[4:]) <= set(formats)
    assert not shown.isna().all().any(), "what the measure does not have is left out"
    share = next(name for name in shown.columns if name.startswith("Share"))
    assert shown[share].sum() == pytest.approx(100)
    if result.indicator.unit == "share":
        assert result.figure is not None
        assert shown["Part of the value"].sum() == pytest.approx(100 * result.figure.value)
    towns = shown["Town"][shown["Site"] != f"{result.frame['sites'].iloc[-1]:,} further sites"]
    assert towns.str.fullmatch(r".+, [A-Z]{2}").all()
