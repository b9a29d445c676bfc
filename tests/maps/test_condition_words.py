"""Conditions in words: singular, none, unknown, refused; how they are typed; and how the map shows who meets them."""

from __future__ import annotations

import numpy as np

from analytics.conditions import Condition, meets
from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables
from maps import condition_words as words
from maps.together_files import conditions_csv

FAR, POOR = Condition("minutes_to_nearest", "over", 90), Condition("uninsured", "over", 0.15)


def test_a_condition_reads_with_its_unit_and_every_digit() -> None:
    assert words.condition_words(FAR) == "minutes to the nearest provider over 90 minutes"
    assert words.condition_words(POOR) == "adults 18-64 without insurance over 15 %"
    assert words.condition_words(Condition("median_income", "under", 45250.5)) == "median household income under $45,250.5"
    assert words.condition_words(Condition("rucc", "over", 7)) == "rural-urban code (1 metro to 9 remote) over 7"


def test_a_share_is_typed_in_per_cent_and_comes_back_as_it_was() -> None:
    assert words.typed(POOR) == 15
    assert words.of_typed("uninsured", "over", 15.0) == POOR
    assert words.of_typed("uninsured", "over", words.typed(Condition("uninsured", "over", 0.123))).value == 0.123
    assert words.unit_label("uninsured") == "per cent"
    assert words.unit_label("minutes_to_nearest") == "minutes"


def test_the_sentence_counts_places_and_people_and_the_unknown(tables: Tables) -> None:
    found = meets(Query(), (FAR, POOR), tables)
    said = words.sentence(found)
    assert said.startswith(f"{found.places:,} of 3,144 counties, where ")
    assert "adults live, meet both: minutes to the nearest provider over 90 minutes, and adults" in said
    assert f"For {found.unknown} counties it is unknown, because a value is missing" in said
    assert "no road or ferry" in said
    only = words.sentence(meets(Query(level="state", place="11"), (Condition("uninsured", "under", 0.5),), tables))
    assert only.startswith("1 of 1 state, where ")
    assert "live, meets this: " in only


def test_where_none_meets_all_the_sentence_says_which_leaves_most_out(tables: Tables) -> None:
    never = Condition("depression", "over", 0.9)
    found = meets(Query(place="44"), (Condition("uninsured", "over", 0.01), never), tables)
    said = words.sentence(found)
    assert said.startswith("No county meets both: ")
    assert (
        "“Adults ever diagnosed with depression over 90 %” leaves most out: 5 counties of 5; without it 5 counties would meet the rest."
        in said
    )


def test_a_refused_condition_says_why_and_where_all_are_nothing_is_counted(tables: Tables) -> None:
    rate = Condition("sites_per_100k", "under", 1)
    assert words.sentence(meets(Query(), (rate,), tables)) == "None of these conditions can be asked here."
    (said,) = words.refused_words(meets(Query(), (rate, POOR), tables))
    assert said.startswith("Left out: providers per 100,000 adults under 1 site")
    assert "must not be averaged" in said


def test_a_new_condition_begins_at_a_round_number_that_some_meet(tables: Tables) -> None:
    for measure in ("uninsured", "within_30_miles", "minutes_to_nearest", "median_income"):
        one = words.starting(answer(Query(measure=measure), tables))
        assert 0 < meets(Query(), (one,), tables).places < 3144
    assert words.default_measure(Query(), ()) == "within_30_miles"
    assert words.default_measure(Query(measure="barrier_class"), ()) == "minutes_to_nearest"
    assert words.default_measure(Query(measure="minutes_to_nearest"), (FAR,)) == "uninsured"


def test_list_and_file_have_the_places_with_their_values(tables: Tables) -> None:
    found = meets(Query(place="35"), (FAR, POOR), tables)
    table = words.shown_table(found)
    assert len(table) == found.places
    assert table["Adults, July 2023"].is_monotonic_decreasing
    assert np.all(table["Adults 18-64 without insurance"] > 15)
    lines = conditions_csv(found).decode().splitlines()
    assert lines[0].startswith("geoid,name,meets_all,1_minutes_to_nearest_modelled_over_90,1_value,1_status,2_uninsured_modelled_over_0.15")
    assert sum(",met," in line.partition("1_")[0] and line.split(",")[-8] == "met" for line in lines[1:]) == found.places
