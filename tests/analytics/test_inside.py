"""How many people of one place live within each reach."""

from __future__ import annotations

import pytest

from analytics.inside import shares_within
from analytics.model import answer
from analytics.query import Query
from data.bundle import Tables


@pytest.mark.parametrize("place", ["us", "48", "48201", "0601"])
def test_a_wider_reach_holds_more_people_and_each_is_the_measures_own_figure(place: str, tables: Tables) -> None:
    found = shares_within(Query(measure="e2sfca", place=place), tables)
    values = [one.value for one in found]
    assert values == sorted(values)
    assert len(values) == 4
    level = {2: "state", 4: "district", 5: "county"}[len(place)] if place != "us" else "state"
    hour = answer(Query(measure="within_60_minutes", place=place, level=level), tables).figure
    assert hour is not None
    assert values[1] == hour.value


def test_sixteen_sites_bear_no_share_of_veterans(tables: Tables) -> None:
    assert shares_within(Query(population="veteran"), tables) == ()
