"""The middle of a place's people by plain sums, and the nearest sites from it by a loop over all of them."""

from __future__ import annotations

import math

import pytest

from analytics.near import near, question
from analytics.nearest_kinds import KINDS, middle, nearest_kinds
from analytics.query import DEFAULT_LAYERS, Query
from data.bundle import Tables
from tests.analytics import slow
from tests.analytics.small import Small


@pytest.mark.parametrize("place", ["20003", "2001"])
def test_the_middle_is_the_mean_of_block_groups_by_adults(place: str) -> None:
    """Beta County, and a district that holds a part of it: a share of a block group's people counts as that share."""
    tables = Small(3)
    x = y = z = 0.0
    for block, people in zip(tables["block_groups"].itertuples(), tables.people_of(place), strict=True):
        phi, lam = math.radians(block.latitude), math.radians(block.longitude)
        x, y, z = (
            x + people * math.cos(phi) * math.cos(lam),
            y + people * math.cos(phi) * math.sin(lam),
            z + people * math.sin(phi),
        )
    found = middle(place, tables)
    assert found.latitude == pytest.approx(math.degrees(math.atan2(z, math.hypot(x, y))))
    assert found.longitude == pytest.approx(math.degrees(math.atan2(y, x)))
    assert found.state == "KS"
    assert place != "20003" or found.county == place


@pytest.mark.parametrize("place", ["us", "35", "72001", ""])
def test_a_state_has_no_middle_to_set_out_from(place: str, tables: Tables) -> None:
    with pytest.raises(ValueError, match=r"too large for that|There is no place"):
        middle(place, tables)


def test_the_nearest_of_each_kind_is_the_first_of_the_list_of_near_me(tables: Tables) -> None:
    """Near me asks the same of a point; here of the middle of Doña Ana County, without a limit."""
    found = {one.kind: one for one in nearest_kinds(Query(place="35013"), tables)}
    assert tuple(found) == tuple(KINDS)
    point = middle("35013", tables)
    assert slow.miles((point.latitude, point.longitude), (32.3, -106.8)) < 10, "south of Las Cruces"
    asked = {"any": ("any", "any"), "iv": ("iv", "any"), "esketamine": ("esketamine", "any"), "medicaid": ("any", "medicaid")}
    for kind, (modality, paying) in asked.items():
        listed = near(point, question(modality, paying), tables, 10_000).sites
        listed = listed[listed["open"] & listed["road"]]
        first = listed[listed["known"]].iloc[0]
        assert (found[kind].name, found[kind].city) == (first["name"], first["city"])
        assert found[kind].miles == pytest.approx(first["miles"])
        assert found[kind].minutes == pytest.approx(first["minutes"])
        silent = listed[~listed["known"]]["miles"].min()
        assert found[kind].silent_miles == pytest.approx(silent if silent < first["miles"] else math.nan, nan_ok=True)


def test_where_no_road_leads_nothing_is_named(tables: Tables) -> None:
    for one in nearest_kinds(Query(place="02016"), tables):
        assert (one.name, one.lists) == ("", ())
        assert math.isnan(one.miles)


def test_only_the_chosen_lists_count(tables: Tables) -> None:
    every, directory = (nearest_kinds(Query(place="35013", layers=one), tables)[0] for one in (DEFAULT_LAYERS, ("samhsa_2024",)))
    assert directory.miles > every.miles
    assert directory.lists == ("SAMHSA directory 2024",)
