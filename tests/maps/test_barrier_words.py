"""The words of far and costly: what the lines are, how many live where, what is said beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from analytics.assumptions import ordered
from analytics.barriers import CLASSES, DISTANCE, People, curve, people, presets
from analytics.care_nearby import beside
from analytics.make_up import RACE, SURVEYED, make_up
from analytics.model import answer
from analytics.places import places
from analytics.query import NATION, Query
from analytics.refusal import RATE_LAYERS
from data.bundle import Tables
from maps import barrier_words as words
from maps.barrier_headline import asked_words, far_away, far_words, headline
from maps.words import alt_text, subtitle, title

QUERY = Query(measure="barrier_class")
E2SFCA = QUERY.with_(far="e2sfca", layers=RATE_LAYERS)


def found(*adults: float, lists: tuple[Any, ...] = (), possible: tuple[float, ...] = ()) -> People:
    numbers = np.array(adults)
    return People(NATION, numbers, np.array(possible or adults), numbers, numbers, 0.0, lists)


def test_the_headline_counts_people_with_the_range_of_the_lists(tables: Tables) -> None:
    said = title(answer(QUERY, tables), tables)
    assert said == "39 to 66 million adults, depending on the list, live over 30 miles from a provider and in costly counties"
    state = title(answer(QUERY.with_(place="28"), tables), tables)
    assert state.startswith("1.2 to 1.8 million adults in Mississippi, depending on the list, live over 30 miles")
    assert len(state) <= 130, "four lines on a phone at most"
    assert title(answer(QUERY.with_(place="44"), tables), tables).startswith("No adults in Rhode Island live over 30 miles")


def test_a_county_and_a_district_are_in_a_class(tables: Tables) -> None:
    county = title(answer(QUERY.with_(place="28011"), tables), tables)
    assert county == "Bolivar County, MS is far and costly by the distance to a provider and the cost, paying oneself"
    district = title(answer(QUERY.with_(place="0601", level="district"), tables), tables)
    assert district.startswith("California 1st is far and costly by the distance")
    depends = answer(QUERY.with_(level="county"), tables).frame
    assert "depending on the list" in title(
        answer(QUERY.with_(place=str(depends.loc[depends["value"] == 1, "geoid"].iloc[0])), tables), tables
    )


def test_doubt_is_said_where_there_is_some(tables: Tables) -> None:
    us = places(tables)[NATION]
    assert (
        headline(found(5e6, 1e6, 1e6, 2e6), QUERY, us, "a provider")
        == "2.0 million adults live over 30 miles from a provider and in costly counties"
    )
    silent = headline(found(0, 0, 0, 2e6, possible=(0, 0, 0, 1e6)), QUERY, us, "a provider")
    assert silent.startswith("1.0 to 2.0 million adults, depending on silent records, live")
    assert "where the access score is zero" in headline(people(E2SFCA, tables), E2SFCA, us, "a provider")
    assert "depending" not in headline(people(E2SFCA, tables), E2SFCA, us, "a provider")


def test_the_lines_are_said_as_they_are_drawn(tables: Tables) -> None:
    assert far_words(QUERY) == "over half of adults beyond 30 straight miles"
    changed = QUERY.with_(far="minutes", assumptions=ordered({"barriers/far_minutes": 75, "barriers/far_share": 0.25}))
    assert far_words(changed) == "over 25 % of adults beyond 75 modelled minutes"
    assert far_away(changed, "an esketamine site") == "over 75 minutes from an esketamine site"
    assert "lowest fifth" in far_words(E2SFCA)
    said = subtitle(answer(QUERY, tables))
    assert (
        "over 10 % of income (5 % in or near poverty) for 33 % of households (a first course of IV ketamine, paying oneself; one price, so it maps income)"
        in said
    )
    assert asked_words(QUERY.with_(payer="medicare"))["one_price"] == "", "Medicare's amounts differ from place to place"


def test_what_is_read_instead_of_the_map_counts_the_places(tables: Tables) -> None:
    said = alt_text(answer(QUERY, tables), tables)
    assert "far and costly, in 1,5" in said
    assert "of 3,144 counties" in said


def test_controls_are_those_of_the_question() -> None:
    by_miles = words.thresholds(QUERY)
    assert "barriers/far_miles" in by_miles
    assert "barriers/far_minutes" not in by_miles
    assert not {*DISTANCE.values(), "barriers/far_share"} & set(words.thresholds(E2SFCA))


def test_every_preset_has_a_button_with_the_shipped_numbers(tables: Tables) -> None:
    said = words.preset_words()
    assert list(said) == list(presets(QUERY, tables))
    assert said["miles"] == "30 miles"
    assert said["minutes"] == "60 minutes"
    assert said["burden"] == "10 % of income for every household"


def test_people_by_class_as_a_table(tables: Tables) -> None:
    whole = people(QUERY, tables)
    html = words.people_html(whole, places(tables)[NATION])
    for name in CLASSES:
        assert f'<th scope="row">{name}</th>' in html
    assert "<li>SAMHSA directory 2024: 65.9 million adults, with 94 sites</li>" in html
    assert "<li>and named providers 2026: " in html
    alone = words.people_html(people(E2SFCA, tables), places(tables)[NATION])
    assert "one list alone" in alone
    assert "list by list" not in alone
    left_out = replace(whole, unknown=1_234.0)
    assert "About 1,234 adults nothing can be said" in words.people_html(left_out, places(tables)[NATION])
    assert words.people_rows(found(0, 0, 0, 0))[0][:3] == ("within reach", "0", "")


def test_the_make_up_as_a_table(tables: Tables) -> None:
    frame = make_up(QUERY, tables)
    assert words.sections(frame)[0] == RACE
    assert {"Counties", "Adults"} & set(words.sections(frame)) == set()
    for section in words.sections(frame):
        html = words.make_up_html(frame, section, "the US")
        assert '<th scope="row">Counties</th>' in html
        assert "nan" not in html
    rows = {name: cells for name, *cells in words.make_up_rows(frame)}
    assert rows["Counties"][-2:] == ["none", "2025"]
    assert rows["TRICARE"][0].endswith(" %"), "a share without a count"
    assert "counties of 32 states" in rows["marketplace plans chosen"][-1]
    assert "adults)" in rows["Medicare Advantage"][-2], "missing counties are counted with their adults"
    assert "poor people who are far" not in words.make_up_html(frame, SURVEYED, "the US")
    assert words.cell(float("nan"), float("nan")) == "none"


@pytest.mark.parametrize("place", ["us", "28", "28011", "02"])
def test_other_care_is_said_beside_it(place: str, tables: Tables) -> None:
    query = QUERY.with_(place=place)
    said = words.care_sentence(beside(query, tables), query, places(tables)[place], "a provider")
    assert "nan" not in said
    assert "which is not complete" in said
    assert "Far from ketamine is not far from care." in said
    assert ("no road leads to TMS (magnetic stimulation)" in said) == (place == "02")


def test_far_from_care_too_is_not_called_near(tables: Tables) -> None:
    query = QUERY.with_(place="28")
    found_ = beside(query, tables)
    far_too = replace(found_, care_of_the_far=found_.care_of_the_far.assign(median_miles=[40.0, 90.0, 80.0]), site_miles_of_the_far=60.0)
    said = words.care_sentence(far_too, query, places(tables)["28"], "a provider")
    assert "half live within 40 miles of a mental-health facility" in said
    assert "Far from ketamine is not far from care." not in said
    island = QUERY.with_(place="15007")
    assert words.care_sentence(beside(island, tables), island, places(tables)["15007"], "a provider").startswith(
        "No road leads from Kauai County, HI to any such facility."
    )


def test_the_curve_in_words_and_numbers(tables: Tables) -> None:
    for along in ("distance", "share"):
        moved = curve(QUERY, tables, along)
        said = words.curve_sentence(moved, along, QUERY)
        assert f"38.9 million at {'30 miles' if along == 'distance' else '33 %'}" in said
        html = words.curve_html(moved, along, QUERY, places(tables)[NATION])
        assert html.count("<tr>") == len(moved) + 1
