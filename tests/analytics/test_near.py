"""What is near: by distance only, against a slow reference; what is silent, shut to the person, without a road, or only known by its city."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.distance import EARTH_RADIUS_MILES
from analytics.near import BEYOND, Near, near
from analytics.near_point import Point, find
from analytics.query import DEFAULT_LAYERS, Query
from data.bundle import Tables


def point(typed: str, tables: Tables) -> Point:
    found = find(typed, tables).point
    assert found is not None
    return found


def asked(typed: str, tables: Tables, within: float = 60, **query: object) -> Near:
    return near(point(typed, tables), Query().with_(**query), tables, within)


def haversine(a: Point, latitude: float, longitude: float) -> float:
    """Great-circle miles in plain words (Sinnott 1984)."""
    phi, other = math.radians(a.latitude), math.radians(latitude)
    h = math.sin((other - phi) / 2) ** 2 + math.cos(phi) * math.cos(other) * math.sin(math.radians(longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(h))


ZIPS = ("60601", "59718", "99801", "96766", "06510")
"""A big city, a small town, Alaska, Hawaii without a road, Connecticut."""


@pytest.mark.parametrize("typed", ZIPS)
@pytest.mark.parametrize("within", [10, 120])
def test_miles_are_those_of_a_slow_reference_and_all_within_are_there(typed: str, within: float, tables: Tables) -> None:
    here, found = point(typed, tables), asked(typed, tables, within)
    points, providers = tables["provider_points"], tables["providers"]
    expected: dict[str, float] = {}
    for one in points.to_dict("records"):
        expected[one["provider"]] = expected.get(one["provider"], 0.0) + one["weight"] * haversine(here, one["latitude"], one["longitude"])
    listed = providers[providers[list(DEFAULT_LAYERS)].any(axis=1) & (providers["civilian_outpatient"] | providers["veterans_only"])]
    inside = {one for one in listed["id"] if expected[one] <= within}
    assert set(found.sites["id"]) == inside
    for one in found.listed.to_dict("records"):
        assert one["miles"] == pytest.approx(expected[one["id"]], abs=1e-6)
    assert found.listed["miles"].is_monotonic_increasing


@pytest.mark.parametrize("typed", ZIPS)
def test_nobody_is_left_with_an_empty_page(typed: str, tables: Tables) -> None:
    found = asked(typed, tables, 30)
    assert len(found.listed) > 0
    assert [one.kind for one in found.beside] == ["esketamine", "telehealth", "tms_ect"]
    assert len(found.reached) > 0 or 0 < len(found.beyond) <= BEYOND
    assert found.provenance


def test_without_a_road_the_nearest_is_named_and_said_to_have_none(tables: Tables) -> None:
    found = asked("96766", tables, 60)
    assert len(found.sites) == 0
    assert set(found.beyond["city"]) == {"Honolulu"}
    assert not found.beyond["road"].any()
    assert found.beyond["minutes"].isna().all()
    wide = asked("96766", tables, 120)
    assert len(wide.sites) > 0, "Honolulu lies within 120 straight miles"
    assert len(wide.reached) == 0


def test_the_lake_is_driven_round(tables: Tables) -> None:
    """Traverse City to Green Bay: 115 miles over the water, far more by road; straight miles would be 115 x 1.2 road miles."""
    found = asked("49684", tables, 120)
    across = found.listed[found.listed["city"] == "Green Bay"].iloc[0]
    assert across["miles"] == pytest.approx(115, abs=1)
    assert across["minutes"] > 2 * across["miles"] * 1.2


def test_a_silent_record_stays_and_a_no_goes(tables: Tables) -> None:
    providers = tables["providers"].set_index("id")
    found = asked("06510", tables, 60, population="medicaid")
    said = providers.loc[found.sites["id"], "takes_medicaid"]
    assert not said.eq(False).any()
    assert (said.fillna(False).to_numpy() == found.sites["known"].to_numpy()).all()
    assert found.sites["known"].any()
    assert not found.sites["known"].all()


def test_sites_for_veterans_only_do_not_count_for_others(tables: Tables) -> None:
    found = asked("06510", tables, 30)
    veterans = found.sites[found.sites["veterans_only"]]
    assert len(veterans) > 0
    assert not veterans["open"].any()
    assert not set(veterans["id"]) & set(found.reached["id"])
    asked_by_one = asked("06510", tables, 30, population="veteran")
    assert asked_by_one.sites["veterans_only"].all()
    assert asked_by_one.sites["open"].all()
    assert not asked("06510", tables, 30, payment="medicare").sites["veterans_only"].any()


def test_a_city_leaves_a_range_open_and_a_street_none(tables: Tables) -> None:
    sites = asked("06510", tables, 30).sites
    city, street = sites[sites["point_quality"] == "city"], sites[sites["point_quality"] == "street"]
    assert len(city) > 0
    assert len(street) > 0
    assert (street["miles_low"] == street["miles_high"]).all()
    assert (city["miles_low"] <= city["miles"]).all()
    assert (city["miles"] <= city["miles_high"]).all()
    assert (city.loc[city["in_town"], "miles_low"] == 0).all()
    assert not street["in_town"].any()


def test_a_town_of_one_point_without_a_known_circle_gives_no_range(tables: Tables) -> None:
    sites = asked("New York, NY", tables, 10).sites
    brooklyn = sites[(sites["city"] == "Brooklyn") & (sites["point_quality"] == "city")]
    assert len(brooklyn) > 0
    points = tables["provider_points"].groupby("provider").size()
    for one in brooklyn.to_dict("records"):
        assert np.isnan(one["miles_low"]) == (points[one["id"]] == 1)


def test_lists_and_kind_of_therapy_are_those_of_the_question(tables: Tables) -> None:
    only = asked("60601", tables, 120, layers=("samhsa_2024",))
    assert only.sites["samhsa_2024"].all()
    assert len(only.sites) < len(asked("60601", tables, 120).sites)
    spray = asked("60601", tables, 120, modality="esketamine")
    assert spray.sites.loc[spray.sites["known"], "esketamine"].all()
    assert [one.kind for one in spray.beside] == ["telehealth", "tms_ect"]


def test_what_stands_beside_serves_adults_without_a_bed(tables: Tables) -> None:
    facilities = tables["facilities"].set_index("name")
    for one in asked("59330", tables, 30).beside:
        if one.kind == "esketamine":
            continue
        row = facilities.loc[[one.name]]
        assert (row["outpatient"] & row["serves_adults"].fillna(False) & ~row["veterans_only"]).any()
        assert one.kind != "telehealth" or (one.state == "MT" and row["telehealth"].any())


def test_whoever_lives_next_door_has_it_next_door(tables: Tables) -> None:
    site = tables["providers"][
        lambda frame: (frame["point_quality"] == "street") & frame["samhsa_2024"] & frame["civilian_outpatient"]
    ].iloc[0]
    here = Point("zip:x", "here", float(site["latitude"]), float(site["longitude"]), site["county"], site["state"], np.nan)
    first = near(here, Query(), tables, 10).sites.iloc[0]
    assert first["miles"] == pytest.approx(0, abs=0.01)
    assert first["minutes"] == pytest.approx(0, abs=0.1)


def test_slower_roads_change_minutes_and_nothing_else(tables: Tables) -> None:
    usual, slow = asked("60601", tables), asked("60601", tables, assumptions=(("travel/speed_factor", 0.5),))
    assert usual.sites["id"].tolist() == slow.sites["id"].tolist()
    np.testing.assert_allclose(slow.sites["minutes"], 2 * usual.sites["minutes"])


@pytest.mark.parametrize("within", [0, -1, math.nan, math.inf])
def test_a_distance_that_is_none_is_refused(within: float, tables: Tables) -> None:
    with pytest.raises(ValueError, match="above 0"):
        asked("60601", tables, within)


def test_the_tables_are_left_as_they_were(tables: Tables) -> None:
    before = tables["providers"].copy()
    asked("60601", tables)
    pd.testing.assert_frame_equal(tables["providers"], before)


def test_the_answer_is_a_value(tables: Tables) -> None:
    found = asked("60601", tables)
    assert replace(found, within_miles=10).within_miles == 10
    assert found.within_miles == 60
