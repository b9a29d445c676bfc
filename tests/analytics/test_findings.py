"""The three findings against loops over a small country, and against the answers behind their doors."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from analytics import barriers, model
from analytics import findings as module
from analytics.affordability import OWNER_EDGES
from analytics.findings import FAR, PRICED_OUT, START, Both, findings
from analytics.indicators import households_over
from analytics.model import LIST_STEPS, answer
from analytics.out_of_pocket import Costs
from analytics.query import Query
from data.bundle import Tables
from data.parameter import load
from tests.analytics.small import COUNTIES, RUCC, Small

BILLS = (2_000.0, 3_000.0, 6_000.0)
"""Least, typical and most. Ten times as much is the line, and 30,000 dollars lie over 200 % of poverty of one (29,160)."""
POOR = (10, 40, 60, 80)
"""Of 100 households in each county: under 10,000 dollars; the others have between 75,000 and 100,000."""
SITES = 9


@pytest.fixture(params=[3, 4, 5])
def country(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Small:
    """A small country with households by income, one bill, and a first list of three sites in place of all nine."""
    made = Small(request.param, sites=SITES, change={"samhsa_2024": [one < 3 for one in range(SITES)]})
    names = {"owner": [f"{edge // 1_000}k" for edge in OWNER_EDGES[1:]], "renter": [f"{edge // 1_000}k" for edge in OWNER_EDGES[1:-1]]}
    columns = {f"households_{tenure}_{part}": 0 for tenure, parts in names.items() for part in ("0", *parts)}
    poor = {"households_owner_0": POOR, "households_owner_75k": [100 - one for one in POOR]}
    made.frames["counties"] = made.frames["counties"].assign(**{**columns, **poor, "households": 100, "population": 100})

    def cost(query: Query, tables: Any, level: str) -> Costs:
        size = 1 if level == "nation" else len(COUNTIES)
        low, value, high = (np.full(size, bill) for bill in BILLS)
        return Costs(np.array(COUNTIES[:size], dtype=object), value, low, high)

    for one in (barriers, module, households_over):
        monkeypatch.setattr(one, "patient_cost", cost)
    for one in (barriers, model):
        monkeypatch.setattr(one, "refuse", lambda *given: None)
    return made


def loops(country: Small, sites: range) -> tuple[float, int]:
    """(share of adults within 30 miles of one of the sites, counties that are far and costly), one block group after another."""
    costs, blocks = country.costs("miles"), country.frames["block_groups"]
    near, all_, both = 0.0, 0.0, 0
    for county, poor in zip(COUNTIES, POOR, strict=True):
        beyond, own = 0.0, 0.0
        for block, row in enumerate(blocks.itertuples()):
            if row.county != county:
                continue
            own += row.adults
            if min(costs[block, site] for site in sites) > 30:
                beyond += row.adults
        near, all_ = near + own - beyond, all_ + own
        both += own > 0 and beyond > own / 2 and poor / 100 >= 0.33
    return near / all_, both


def test_the_three_against_loops(country: Small) -> None:
    found = findings(country)
    few, all_ = loops(country, range(3)), loops(country, range(SITES))
    adults = float(country.frames["block_groups"]["adults"].sum())
    assert found.far.share == pytest.approx(all_[0])
    assert (found.far.least_share, found.far.most_share) == pytest.approx((few[0], all_[0])), "more sites bring nobody farther away"
    assert (found.far.least_adults, found.far.most_adults) == pytest.approx((adults * (1 - all_[0]), adults * (1 - few[0])), rel=1e-3)
    assert (found.both.counties, found.both.least, found.both.most) == (all_[1], all_[1], few[1])
    assert found.both.of == sum(country.frames["counties"]["adults"] > 0)
    # At 20,000 and 30,000 dollars the poor are over the line and nobody else; at 60,000 too.
    assert found.priced_out.share == found.priced_out.least_share == found.priced_out.most_share == sum(POOR) / 400
    assert (found.priced_out.least_price, found.priced_out.price, found.priced_out.most_price) == BILLS


def test_counties_outside_the_metropolitan_areas_are_counted_one_by_one(country: Small) -> None:
    found = findings(country)
    classes = dict(zip(*(answer(START, country).frame[name] for name in ("geoid", "value")), strict=True))
    assert found.both.outside_metropolitan == sum(classes[geoid] == 3 and code > 3 for geoid, code in zip(COUNTIES, RUCC, strict=True))


def test_without_people_nothing_is_known(country: Small) -> None:
    country.frames["block_groups"]["adults"] = 0.0
    country.frames["counties"]["adults"] = 0.0
    found = findings(country)
    assert math.isnan(found.far.share)
    assert math.isnan(found.far.most_adults)
    assert found.both == Both(START, 0, 0, 0, 0, 0)


def test_a_finding_has_the_numbers_of_the_answer_behind_its_door(tables: Tables) -> None:
    found = findings(tables)
    far = answer(found.far.door, tables)
    assert far.list_range == (found.far.least_share, found.far.most_share)
    assert len(far.lists) == len(LIST_STEPS)
    costly = answer(found.priced_out.door, tables).figure
    assert costly is not None
    assert (costly.value, costly.low, costly.high) == (found.priced_out.share, found.priced_out.least_share, found.priced_out.most_share)
    counties = answer(found.both.door, tables).frame["value"]
    assert found.both.counties == int((counties == 3).sum())
    assert found.both.of == len(counties) == 3_144
    assert found.both.least <= found.both.counties <= found.both.most < found.both.of
    assert 0 < found.both.outside_metropolitan < found.both.counties


def test_thirty_miles_are_far_in_all_three(tables: Tables) -> None:
    """The first finding's question has its distance in its name; the third's is a parameter."""
    assert load("barriers/far_miles").number() == 30
    found = barriers.people(START, tables)
    both_far = [float(one.adults[2] + one.adults[3]) for one in found.lists]
    far = findings(tables).far
    assert (far.least_adults, far.most_adults) == pytest.approx((min(both_far), max(both_far)), rel=1e-5)
    assert {FAR.place, PRICED_OUT.place, START.place} == {"us"}
