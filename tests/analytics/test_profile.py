"""What is told of a place: each figure is the one the measure itself gives, ranks by hand, and what is refused or missing says why."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analytics import profile as module
from analytics import status
from analytics.indicators import indicators
from analytics.model import answer, national_frame
from analytics.profile import ALONE, CLASSES, LISTS_OF_STATES, MEASURES, NO_END, NO_VALUE, OF_WHOLE, SAMPLED, Line, profile, span
from analytics.query import Query
from analytics.refusal import RATE_LAYERS
from data.bundle import Tables

DONA_ANA, NEW_MEXICO = "35013", "35"


def standing(*rows: tuple[str, float, float]) -> pd.DataFrame:
    """(id, at best, at worst): greater is worse."""
    return pd.DataFrame(rows, columns=["geoid", "at_best", "at_worst"]).set_index("geoid")


def test_a_rank_spans_those_that_tie() -> None:
    rows = standing(("a", 9, 9), ("b", 5, 5), ("c", 5, 5), ("d", 1, 1))
    assert [span(geoid, rows) for geoid in "abcd"] == [(1, 1), (2, 3), (2, 3), (4, 4)]


def test_only_what_lies_wholly_beyond_an_interval_is_surely_worse_or_better() -> None:
    """c lies between 4 and 6: a (7 to 9) is surely worse, d (1 to 3) surely better, b (5 to 8) may be either."""
    rows = standing(("a", 7, 9), ("b", 5, 8), ("c", 4, 6), ("d", 1, 3))
    assert span("c", rows) == (2, 3)
    assert span("b", rows) == (1, 3)
    assert span("a", rows) == (1, 2)
    assert span("d", rows) == (4, 4)


@pytest.mark.parametrize("geoid", [DONA_ANA, NEW_MEXICO])
def test_each_figure_is_the_one_the_measure_gives(geoid: str, tables: Tables) -> None:
    found = profile(geoid, tables)
    assert [one.indicator.id for one in found.lines] == list(MEASURES)
    level = found.place.level
    for line in found.lines:
        own = answer(Query(measure=line.indicator.id, level=level, place=geoid), tables)
        if own.refusal is not None:
            assert (line.figure, line.refused) == (None, own.refusal.sentence)
            continue
        assert repr(line.figure) == repr(own.figure)
        assert line.lists == (None if line.indicator.categories else own.list_range)
        nation = answer(Query(measure=line.indicator.id, level="county"), tables).figure
        assert repr(line.nation) == repr(nation)
        if level == "county":
            state = answer(Query(measure=line.indicator.id, level="state", place=geoid[:2]), tables)
            assert repr(line.state) == repr(state.figure)
        else:
            assert line.state is None


def slow_rank(line: Line, tables: Tables, among: str) -> tuple[int, int, int]:
    """First and last rank and the number of places, in a plain loop over the nation."""
    rows = national_frame(line.query, tables)
    sign = 1 if line.indicator.worse == "high" else -1
    places = {}
    for row in rows.itertuples():
        if row.status in status.WITH_VALUE and row.geoid.startswith(among):
            low, high = row.value, row.value
            if line.indicator.id in SAMPLED:
                low = row.value if math.isnan(row.low) else row.low
                high = row.value if math.isnan(row.high) else row.high
            places[row.geoid] = sorted((sign * low, sign * high))
    best, worst = places[line.query.place]
    before = sum(other[0] > worst for other in places.values())
    after = sum(other[1] < best for other in places.values())
    return before + 1, len(places) - after, len(places)


@pytest.mark.parametrize("geoid", [DONA_ANA, NEW_MEXICO])
def test_ranks_are_those_of_a_plain_loop(geoid: str, tables: Tables) -> None:
    ranked = [one for one in profile(geoid, tables).lines if one.rank is not None]
    assert {"households_over", "median_income", "medicare_amount", "depression", "uninsured"} <= {one.indicator.id for one in ranked}
    for line in ranked:
        assert line.rank is not None
        among = "" if line.rank.among == "us" else line.rank.among
        assert (line.rank.first, line.rank.last, line.rank.places) == slow_rank(line, tables, among)


def test_lists_made_by_state_rank_counties_inside_it_and_no_states(tables: Tables) -> None:
    county, state = profile(DONA_ANA, tables), profile(NEW_MEXICO, tables)
    rank = county.line("miles_to_nearest").rank
    assert rank is not None
    assert (rank.among, rank.places) == (NEW_MEXICO, 33)
    assert state.line("miles_to_nearest").unranked == LISTS_OF_STATES
    even = profile(NEW_MEXICO, tables, Query(layers=RATE_LAYERS)).line("miles_to_nearest")
    assert even.rank is not None, "the federal directory treats every state alike"
    assert (even.rank.among, even.rank.places) == ("us", 49), "from Alaska and Hawaii no road leads to a site of that list"


def test_what_has_no_order_has_no_rank(tables: Tables) -> None:
    county = profile(DONA_ANA, tables)
    assert county.line("barrier_class").unranked == county.line("rucc").unranked == CLASSES
    assert county.line("medicaid_share").unranked == NO_END
    assert county.line("within_30_miles").unranked == module.TIES, "over a fifth of New Mexico's counties stand at 0"


def test_a_state_of_one_county_or_one_seat_is_held_against_nobody_inside_it(tables: Tables) -> None:
    assert profile("11001", tables).line("miles_to_nearest").unranked == ALONE
    seat = profile("5600", tables).line("miles_to_nearest")
    assert seat.unranked == ALONE
    assert seat.state is not None
    assert seat.value == seat.state.value, "the seat is the state"


def test_what_is_not_made_for_a_place_says_so(tables: Tables) -> None:
    district = profile("3502", tables)
    income = district.line("median_income")
    assert (income.figure, income.status, income.unranked) == (None, status.NO_DATA, NO_VALUE)
    assert "congressional districts" in income.refused
    assert income.state is not None, "its state has one"
    assert {one.indicator.id for one in district.missing} == {"median_income", "rucc"}


def test_missing_is_not_zero(tables: Tables) -> None:
    aleutians = profile("02016", tables).line("miles_to_nearest")
    assert (aleutians.status, aleutians.rank, aleutians.unranked) == (status.NO_ROAD, None, NO_VALUE)
    assert np.isnan(aleutians.value)
    connecticut = profile("09110", tables).line("medicaid_share")
    assert (connecticut.status, connecticut.has_value) == (status.NO_DATA, False), "not had for planning regions"
    catron = profile("35003", tables).line("within_30_miles")
    assert (catron.status, catron.value) == (status.ZERO, 0.0)


def test_the_nation_has_its_own_figures_and_stands_beside_nothing(tables: Tables) -> None:
    nation = profile("us", tables)
    assert nation.people == pytest.approx(tables["counties"]["adults"].sum())
    for line in nation.lines:
        assert (line.state, line.rank, line.unranked) == (None, None, OF_WHOLE)
        assert line.figure is line.nation


def test_the_question_is_asked_of_the_place_and_not_of_the_page_before(tables: Tables) -> None:
    asked = Query(measure="uninsured", level="state", place="us", modality="esketamine")
    found = profile(DONA_ANA, tables, asked).line("within_30_miles")
    assert (found.query.place, found.query.level, found.query.modality) == (DONA_ANA, "county", "esketamine")
    assert profile(DONA_ANA, tables, asked) is profile(DONA_ANA, tables, asked.with_(measure="rucc"))


def test_a_measure_that_is_not_told_and_a_place_nobody_knows_are_errors(tables: Tables) -> None:
    with pytest.raises(ValueError, match="does not tell “raam”"):
        profile(DONA_ANA, tables).line("raam")
    for unknown in ("72", "72001", "78010", "3599", "", "x"):
        with pytest.raises(ValueError, match="There is no place"):
            profile(unknown, tables)


def test_every_measure_told_is_a_measure() -> None:
    assert set(MEASURES) <= set(indicators())
    assert set(MEASURES) >= SAMPLED
