"""The nearest care of other kinds, against every facility measured one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analytics.care_nearby import KINDS, beside, care_nearby
from analytics.query import Query
from analytics.rollup import demand
from analytics.supply import open_to_adults
from data.bundle import Tables
from tests.analytics.slow import EARTH_RADIUS_MILES

BOLIVAR = "28011"


def miles(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Haversine."""
    (lat, lon), (to_lat, to_lon) = ([math.radians(value) for value in point] for point in (one, other))
    half = math.sin((to_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(half))


def test_the_nearest_of_a_county_against_a_loop(tables: Tables) -> None:
    blocks, facilities = tables["block_groups"], tables["facilities"]
    own = blocks[blocks["county"] == BOLIVAR]
    found = care_nearby(BOLIVAR, tables).set_index("kind")
    assert list(found.index) == list(KINDS)
    for kind in ("tms", "ect"):
        some = facilities[open_to_adults(facilities) & facilities[kind]]
        points = list(zip(some["latitude"].astype(float), some["longitude"].astype(float), strict=True))
        ways = [min(miles((lat, lon), point) for point in points) for lat, lon in zip(own["latitude"], own["longitude"], strict=True)]
        order = sorted(zip(ways, own["adults"].astype(float), strict=True))
        running = np.cumsum([adults for _, adults in order])
        middle = next(way for (way, _), so_far in zip(order, running, strict=True) if so_far >= running[-1] / 2)
        assert found.loc[kind, "median_miles"] == pytest.approx(middle, abs=0.01)
        assert found.loc[kind, "facilities"] == len(some)
    assert found.loc["any", "median_miles"] <= found[["median_miles"]].min().iloc[0]


def test_facilities_are_adult_outpatient_and_civilian(tables: Tables) -> None:
    facilities = tables["facilities"]
    chosen = facilities[open_to_adults(facilities)]
    assert chosen["outpatient"].all()
    assert chosen["serves_adults"].eq(True).all(), "what does not say whom it serves is not counted"
    assert not chosen["veterans_only"].any()
    # METHODS counts 241 of 395 with TMS or ECT in the published table; exact duplicates have gone from ours.
    assert (chosen["tms"] | chosen["ect"]).sum() == pytest.approx(241, abs=5)


def test_far_from_ketamine_is_not_far_from_care(tables: Tables) -> None:
    found = beside(Query(measure="barrier_class", place="28"), tables)
    assert found.care["median_miles"].iloc[0] < 10 < found.site_miles
    assert found.care_of_the_far["median_miles"].iloc[0] < 15, "half of those beyond 30 miles of a site have a facility this near"


def test_whoever_has_no_road_is_left_out_and_said(tables: Tables) -> None:
    alaska = care_nearby("02", tables).set_index("kind")
    assert 0 < alaska.loc["any", "no_road_share"] < 1
    assert np.isfinite(alaska.loc["any", "median_miles"])
    assert alaska.loc["tms", "no_road_share"] == 1, "no road within the United States leads from Alaska to TMS"
    assert np.isnan(alaska.loc["tms", "median_miles"])


def test_weights_are_one_a_block_group(tables: Tables) -> None:
    with pytest.raises(ValueError, match="give one number a block group"):
        care_nearby("us", tables, np.ones(3))
    with pytest.raises(ValueError, match="no place “nowhere”"):
        care_nearby("nowhere", tables)
    nobody = care_nearby(BOLIVAR, tables, np.zeros(len(demand(tables).adults)))
    assert nobody["median_miles"].isna().all()
