"""The journey by plain loops on a small country, its sums in sight, and what it says where nobody knows."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analytics import status
from analytics.journey import COLUMNS, journey
from analytics.model import Result, answer
from analytics.query import Query
from data.bundle import Tables
from data.parameter import load
from tests.analytics.small import Small
from tests.analytics.test_rollup import slow_median

LABEL_LOW, LABEL_HIGH = 8 + 4 + 22, 8 + 4 + 44
TYPICAL = 12
ON_SITE_LOW, ON_SITE_HIGH = 2.06, 2.5
LOW_RATE, FULL_RATE = 0.205, 0.725
DIRECTORY = ("samhsa_2024",)


def span(result: Result, line: str, schedule: str = "") -> tuple[float, float]:
    row = result.frame[(result.frame["line"] == line) & (result.frame["schedule"] == schedule)].iloc[0]
    assert row["low"] <= row["high"]
    return float(row["low"]), float(row["high"])


@pytest.mark.parametrize("place", ["20001", "20003", "2002", "20", "us"])
def test_a_first_year_of_esketamine_by_loops(place: str) -> None:
    country = Small(21, sites=5)
    result = journey(Query(layers=DIRECTORY, weights="depression"), place, country)
    minutes, miles, here = country.costs("minutes"), country.costs("road miles"), country.people_of(place)
    nearest = [min(range(5), key=lambda j: minutes[i, j]) for i in range(len(here))]
    one_way = slow_median([(minutes[i, nearest[i]], people) for i, people in enumerate(here)])
    road = slow_median([(miles[i, nearest[i]], people) for i, people in enumerate(here)])

    assert result.figure is not None
    assert result.figure.status == status.MODELLED
    assert result.figure.value == pytest.approx(one_way, rel=1e-5)
    assert list(result.frame.columns) == list(COLUMNS)
    assert span(result, "one_way_miles") == pytest.approx((road, road), rel=1e-5)
    assert span(result, "one_way_minutes") == pytest.approx((one_way, one_way), rel=1e-5)
    year = "label_year"
    assert span(result, "visits", year) == (LABEL_LOW, LABEL_HIGH)
    assert span(result, "miles", year) == pytest.approx((34 * 2 * road, 56 * 2 * road), rel=1e-5)
    assert span(result, "driving_cost", year) == pytest.approx((34 * 2 * road * LOW_RATE, 56 * 2 * road * FULL_RATE), rel=1e-5)
    assert span(result, "driving_hours", year) == pytest.approx((34 * 2 * one_way / 60, 56 * 2 * one_way / 60), rel=1e-5)
    assert span(result, "hours_on_site", year) == pytest.approx((34 * ON_SITE_LOW, 56 * ON_SITE_HIGH))
    driver = (34 * 2 * one_way / 60 + 34 * 2.06, 56 * 2 * one_way / 60 + 56 * 2.5)
    assert span(result, "driver_hours", year) == pytest.approx(driver, rel=1e-5)
    assert span(result, "visits", "typical_year") == (TYPICAL, TYPICAL)
    assert span(result, "miles", "typical_year") == pytest.approx((12 * 2 * road, 12 * 2 * road), rel=1e-5)
    assert span(result, "hours_on_site", "typical_year") == pytest.approx((12 * 2.06, 12 * 2.5))


def test_a_value_stands_where_it_is_one_number() -> None:
    lines = journey(Query(layers=DIRECTORY), "us", Small(21, sites=5)).frame.set_index(["line", "schedule"])["value"]
    assert lines.loc[("visits", "typical_year")] == TYPICAL
    assert math.isnan(lines.loc[("visits", "label_year")]), "34 to 56 is no number"
    assert lines.loc[("hours_on_site", "typical_year")] == pytest.approx(12 * (2.06 + 2.5) / 2)


def test_34_visits_are_70_hours_on_site_and_56_are_140() -> None:
    assert (round(34 * ON_SITE_LOW), round(34 * ON_SITE_HIGH), round(56 * ON_SITE_HIGH)) == (70, 85, 140)
    watch, label = load("treatment/hours_on_site").latest, load("treatment/esketamine_label").latest
    assert (watch["low"], watch["high"]) == (ON_SITE_LOW, ON_SITE_HIGH)
    assert (label["first_year_low"], label["first_year_high"]) == (LABEL_LOW, LABEL_HIGH)


def test_a_course_of_infusions_is_six_ways_there_and_back() -> None:
    country = Small(22, sites=5)
    result = journey(Query(layers=DIRECTORY, modality="iv"), "us", country)
    road, _ = span(result, "one_way_miles")
    assert span(result, "visits", "course") == (6, 6)
    assert span(result, "miles", "course") == pytest.approx((6 * 2 * road, 6 * 2 * road))
    assert "driver_hours" not in set(result.frame["line"]), "that nobody drives home is on record for esketamine alone"
    assert any("esketamine alone" in note for note in result.notes)


def test_a_changed_number_of_visits_changes_the_sums() -> None:
    country = Small(22, sites=5)
    usual, fewer = (
        journey(Query(layers=DIRECTORY, assumptions=given), "us", country) for given in ((), (("treatment/esketamine_typical", 6.0),))
    )
    assert span(fewer, "miles", "typical_year") == pytest.approx(tuple(6 / 12 * end for end in span(usual, "miles", "typical_year")))
    assert span(fewer, "miles", "label_year") == span(usual, "miles", "label_year")


def test_any_therapy_means_esketamine_and_where_none_is_known_infusions() -> None:
    assert journey(Query(layers=DIRECTORY), "us", Small(23)).query.modality == "esketamine"
    without = Small(23, change={"esketamine": np.full(9, None)})
    assert journey(Query(layers=DIRECTORY), "us", without).query.modality == "iv"
    asked = journey(Query(layers=DIRECTORY, modality="esketamine"), "us", without)
    assert asked.refusal is not None, "who asks for esketamine is not given something else"
    neither = Small(23, change={"esketamine": np.full(9, None), "iv": np.full(9, None)})
    assert journey(Query(layers=DIRECTORY), "us", neither).refusal is not None


def test_silent_sites_are_counted_in_the_lower_end_alone() -> None:
    country = Small(24, change={"esketamine": [True, *[None] * 8]})
    known, possible = journey(Query(layers=DIRECTORY), "us", country), journey(Query(layers=DIRECTORY), "us", Small(24))
    assert known.figure is not None
    assert possible.figure is not None
    assert known.figure.low == possible.figure.value < known.figure.value == known.figure.high
    assert span(known, "one_way_minutes_possible")[0] == possible.figure.value


@pytest.mark.parametrize(("longest", "without"), [(math.inf, ()), (25, ()), (60, ("20005",))])
def test_with_travel_times_of_ones_own_the_way_is_that_of_the_measure(longest: float, without: tuple[str, ...]) -> None:
    country = Small(25, sites=5).with_own_travel(longest, without)
    seen = set()
    for place in ("20001", "20005", "31001", "20", "us"):
        result = journey(Query(layers=DIRECTORY), place, country)
        shown = answer(Query(measure="minutes_to_nearest", modality="esketamine", layers=DIRECTORY, place=place), country).figure
        assert shown is not None
        assert result.figure is not None
        assert result.figure.status == shown.status
        assert result.figure.value == pytest.approx(shown.value, nan_ok=True)
        assert ("miles" in set(result.frame["line"])) == math.isfinite(shown.value)
        seen.add(shown.status)
    expected = {status.BEYOND_REACH} if longest == 25 else {status.NO_DATA} if without else set()
    assert expected <= seen


@pytest.mark.parametrize("modality", ["im", "oral", "assisted_psychotherapy"])
def test_a_therapy_without_a_course_on_record_is_refused_with_the_way_on(modality: str, tables: Tables) -> None:
    result = journey(Query(modality=modality), "06037", tables)
    assert result.refusal is not None
    assert result.frame.empty
    assert journey(result.refusal.query, "06037", tables).refusal is None


@pytest.mark.parametrize("place", ["30031", "0605", "26055", "25019", "02"])
def test_the_way_is_that_of_the_measure(place: str, tables: Tables) -> None:
    """The typical adult's minutes are those that the map of minutes shows, and road miles are more than straight ones."""
    result = journey(Query(), place, tables)
    shown = answer(
        Query(measure="minutes_to_nearest", modality="esketamine", place=place, level="district" if len(place) == 4 else "county"), tables
    )
    assert shown.figure is not None
    assert result.figure is not None
    assert result.figure.value == pytest.approx(shown.figure.value, rel=1e-5)
    assert result.figure.low == pytest.approx(shown.figure.low, rel=1e-5)
    straight = answer(shown.query.with_(measure="miles_to_nearest"), tables).figure
    assert straight is not None
    road, _ = span(result, "one_way_miles")
    assert straight.value < road < 1.45 * straight.value


def test_slower_roads_take_longer_and_are_no_longer(tables: Tables) -> None:
    usual, slower = (journey(Query(assumptions=given), "30031", tables) for given in ((), (("travel/speed_factor", 0.8),)))
    assert span(slower, "one_way_minutes")[0] == pytest.approx(span(usual, "one_way_minutes")[0] / 0.8, rel=1e-5)
    assert span(slower, "one_way_miles") == pytest.approx(span(usual, "one_way_miles"), rel=1e-6)


def test_a_ferry_counts_its_minutes_and_its_straight_miles(tables: Tables) -> None:
    """Nantucket: some thirty miles by ferry, which no detour index lengthens, and more than two hours aboard."""
    result = journey(Query(), "25019", tables)
    straight = answer(Query(measure="miles_to_nearest", modality="esketamine", place="25019"), tables).figure
    assert straight is not None
    road, _ = span(result, "one_way_miles")
    assert road < 1.3 * straight.value
    assert span(result, "one_way_minutes")[0] > 135


@pytest.mark.parametrize("place", ["15007", "02290"])
def test_where_no_road_leads_there_are_visits_and_no_way(place: str, tables: Tables) -> None:
    result = journey(Query(), place, tables)
    assert result.refusal is None
    assert result.figure is not None
    assert result.figure.status == status.NO_ROAD
    assert math.isnan(result.figure.value)
    assert set(result.frame["line"]) == {"visits", "hours_on_site"}
    assert result.more["apart"]["people"].sum() == pytest.approx(result.figure.people, abs=1)


def test_people_without_a_road_stay_out_of_the_median_and_are_counted(tables: Tables) -> None:
    alaska = journey(Query(), "02", tables)
    assert alaska.figure is not None
    assert math.isfinite(alaska.figure.value)
    assert 50_000 < alaska.more["apart"]["people"].sum() < 200_000
    assert journey(Query(), "30031", tables).more["apart"].empty


def test_every_line_names_its_parameter(tables: Tables) -> None:
    for name in set(journey(Query(), "30031", tables).frame["source"]):
        assert load(name).references


def test_what_nobody_knows_is_an_error(tables: Tables) -> None:
    with pytest.raises(ValueError, match="no place"):
        journey(Query(), "99", tables)


def test_a_journey_is_the_same_beside_whatever_map(tables: Tables) -> None:
    beside = Query(measure="uninsured", level="state", weights="depression", reach="120", decay="flat", payer="medicare", far="minutes")
    assert journey(beside, "30031", tables) is journey(Query(), "30031", tables)
    assert journey(Query(modality="esketamine"), "30031", tables) is journey(Query(), "30031", tables), "any means esketamine"
    assert journey(Query(modality="iv"), "30031", tables) is not journey(Query(), "30031", tables)
    with pytest.raises(ValueError, match="no measure"):
        journey(Query(measure="happiness"), "30031", tables)
