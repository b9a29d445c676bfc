"""Coverage meets place: the make-up of counties, against slow loops over counties; unknown is neither yes nor no."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from analytics import meets_place, status
from analytics.assumptions import ordered
from analytics.coverage import medicare_split
from analytics.indicators import indicators
from analytics.meets_place import NEAR_CLASSES, far_counties, people_in_far_counties
from analytics.model import answer
from analytics.own import OWN_TRAVEL, check_travel
from analytics.query import Query
from analytics.reach import nearest_minutes
from analytics.refusal import refuse
from analytics.rollup import Membership
from analytics.supply import choose
from data.bundle import Tables

MEDICAID = Query(measure="medicaid_far", population="medicaid")
ESKETAMINE = Query(measure="medicare_beyond_esketamine", modality="esketamine")
NEAR = Query(measure="quarter_medicaid_none_near", population="medicaid")


def far_by_loop(query: Query, tables: Tables, minutes: float, share: float, possible: bool) -> set[str]:
    """Counties over the share of whose adults live beyond: block group by block group, from the nearest site without limit."""
    cost = nearest_minutes(query, tables, possible)
    adults: dict[str, float] = {}
    beyond: dict[str, float] = {}
    blocks = tables["block_groups"]
    for county, people, way in zip(blocks["county"], blocks["adults"], cost, strict=True):
        adults[county] = adults.get(county, 0.0) + people
        beyond[county] = beyond.get(county, 0.0) + (people if way > minutes else 0.0)
    return {county for county, all_of_them in adults.items() if beyond[county] > share * all_of_them}


@pytest.mark.parametrize(("minutes", "share"), [(60, 0.5), (30, 0.25), (150, 0.5)])
def test_people_with_medicaid_far_away_against_a_loop(minutes: int, share: float, tables: Tables) -> None:
    changed = ordered({"barriers/far_minutes": minutes, "barriers/far_share": share})
    query = MEDICAID.with_(assumptions=changed)
    with_medicaid = dict(zip(tables["counties"]["geoid"], tables["counties"]["medicaid_people_2024"], strict=True))
    far_known, far_if_all = (far_by_loop(query, tables, minutes, share, possible) for possible in (False, True))
    assert far_if_all < far_known, "more sites, fewer far"
    most, least = (sum(with_medicaid[county] for county in far) for far in (far_known, far_if_all))
    result = answer(query, tables)
    assert result.figure is not None
    assert (result.figure.value, result.figure.low, result.figure.high) == (most, least, most)
    counties = result.frame.set_index("geoid")
    assert set(counties.index[counties["value"] > 0]) == far_known
    assert counties["value"].sum() == most
    states = answer(query.with_(level="state"), tables).frame
    assert (states["value"].sum(), states["low"].sum()) == (most, least)


def test_a_county_counts_as_a_whole_or_not_at_all(tables: Tables) -> None:
    """Never a product of two shares."""
    counties = answer(MEDICAID, tables).frame
    whole = tables["counties"]["medicaid_people_2024"].to_numpy()
    assert ((counties["value"] == 0) | (counties["value"] == whole)).all()
    assert ((counties["low"] == 0) | (counties["low"] == whole)).all()
    surely_none = counties["status"] == status.ZERO
    assert (counties.loc[surely_none, "high"] == 0).all()


def test_traditional_medicare_beyond_esketamine_against_a_loop(tables: Tables) -> None:
    query = ESKETAMINE.with_(reach="90")
    far = {possible: far_by_loop(query, tables, 90, 0.5, possible) for possible in (False, True)}
    people = dict(zip(tables["counties"]["geoid"], medicare_split(tables)[1], strict=True))
    most, least = (sum(people[county] for county in far[possible] if not math.isnan(people[county])) for possible in (False, True))
    result = answer(query, tables)
    assert result.figure is not None
    assert result.figure.value == pytest.approx(most)
    assert result.figure.low == pytest.approx(least)
    withheld = {county for county in far[False] if math.isnan(people[county])}
    rows = result.frame.set_index("geoid")
    assert set(rows.index[rows["status"] == status.SUPPRESSED]) == withheld


def test_a_farther_reach_leaves_fewer_beyond(tables: Tables) -> None:
    figures = [answer(ESKETAMINE.with_(reach=reach), tables).figure for reach in ("60", "90", "120")]
    values = [one.value for one in figures if one is not None]
    assert len(values) == 3
    assert values == sorted(values, reverse=True)
    assert values[0] < 33_393_281


@dataclass
class ThreeCounties:
    """Two counties in one state, one in another; the second's people are withheld."""

    version: str = "three counties"

    def __getitem__(self, name: str) -> pd.DataFrame:
        return pd.DataFrame({"geoid": ["01001", "01003", "02013"]})


@pytest.mark.parametrize(
    ("known", "possible", "counties", "states"),
    [
        ([True, True, False], [False, False, False], [("modelled", 100, 0), ("suppressed", None, None), ("zero", 0, 0)], [100, 0]),
        ([False, False, True], [False, False, True], [("zero", 0, 0), ("zero", 0, 0), ("modelled", 7, 7)], [0, 7]),
    ],
)
def test_by_hand(
    known: list[bool],
    possible: list[bool],
    counties: list[tuple[str, float | None, float | None]],
    states: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = np.array([100.0, math.nan, 7.0])
    rows = np.arange(3)
    levels = {"county": Membership(np.array(["01001", "01003", "02013"], dtype=object), rows, rows, np.ones(3))}
    levels["state"] = Membership(np.array(["01", "02"], dtype=object), rows, np.array([0, 0, 1]), np.ones(3))
    monkeypatch.setattr(meets_place, "county_membership", lambda level, _: levels[level])
    monkeypatch.setattr(meets_place, "far_counties", lambda *_: np.array(possible if _[-1] else known))
    monkeypatch.setattr(meets_place, "not_asked", lambda level, _: np.zeros(len(levels[level].geoids), dtype=bool))
    found = people_in_far_counties(people, Query(level="county"), ThreeCounties(), 60)
    said = [
        (str(row.status), None if math.isnan(row.value) else row.value, None if math.isnan(row.low) else row.low)
        for row in found.itertuples()
    ]
    assert said == counties
    assert people_in_far_counties(people, Query(level="state"), ThreeCounties(), 60)["value"].tolist() == states


def test_the_class_of_a_county_against_a_loop(tables: Tables) -> None:
    share = tables["counties"].set_index("geoid")["medicaid_any_share"]
    none_known, none_possible = (far_by_loop(NEAR, tables, 60, 0.5, possible) for possible in (False, True))
    rows = answer(NEAR, tables).frame.set_index("geoid")["value"]
    for county, value in rows.items():
        if county not in none_known:
            wanted = 0.0
        elif math.isnan(share[county]):
            wanted = math.nan
        elif share[county] <= 0.25:
            wanted = 1.0
        else:
            wanted = 3.0 if county in none_possible else 2.0
        assert value == wanted or (math.isnan(value) and math.isnan(wanted)), county
    assert set(rows.dropna()) == set(range(len(NEAR_CLASSES)))


def test_a_county_without_a_share_has_a_class_only_where_a_site_is_near(tables: Tables) -> None:
    rows = answer(NEAR, tables).frame.set_index("geoid")
    without = tables["counties"].set_index("geoid")["medicaid_any_share"].isna()
    assert without.sum() == 12
    missing = set(rows.index[rows["value"].isna()])
    assert missing <= set(without.index[without])
    assert set(rows.loc[list(missing), "status"]) == {status.NO_DATA}
    assert (rows.loc[without[without].index.difference(list(missing)), "value"] == 0).all()


def test_the_line_can_be_changed(tables: Tables) -> None:
    strict = NEAR.with_(assumptions=ordered({"barriers/medicaid_share": 0.4}))
    many = [(answer(query, tables).frame["value"] >= 2).sum() for query in (NEAR, strict)]
    assert many[1] < many[0]


def test_far_counties_are_never_far_from_more_sites_only(tables: Tables) -> None:
    assert not (far_counties(MEDICAID, tables, 60, True) & ~far_counties(MEDICAID, tables, 60, False)).any()


@pytest.mark.parametrize(
    ("measure", "asked", "offered"),
    [
        ("medicaid_far", {}, {"population": "medicaid"}),
        ("medicaid_far", {"population": "veteran"}, {"population": "medicaid"}),
        ("medicare_beyond_esketamine", {}, {"modality": "esketamine"}),
        ("medicare_beyond_esketamine", {"modality": "iv", "population": "medicaid"}, {"modality": "esketamine", "population": "civilian"}),
        ("quarter_medicaid_none_near", {"level": "state"}, {"level": "county", "population": "medicaid"}),
    ],
)
def test_a_measure_bound_to_its_sites_offers_them(measure: str, asked: dict[str, str], offered: dict[str, str], tables: Tables) -> None:
    query = Query(measure=measure).with_(**asked)
    refusal = refuse(query, indicators()[measure], tables)
    assert refusal is not None
    assert refusal.sentence.endswith(".")
    assert refusal.query == query.with_(**offered)
    assert answer(refusal.query, tables).refusal is None


def test_what_they_rest_on_is_declared() -> None:
    for measure in ("medicaid_far", "quarter_medicaid_none_near"):
        assert {"barriers/far_share", "barriers/far_minutes", "travel/speed"} <= set(indicators()[measure].assumes)
    assert "barriers/medicaid_share" in indicators()["quarter_medicaid_none_near"].assumes


def test_with_travel_times_of_ones_own_a_county_left_out_is_not_called_near_or_far(tables: Tables) -> None:
    """Hinds County is 20 minutes from a site that takes Medicaid, Rankin County 90; the table is silent on all others."""
    providers = tables["providers"]
    takes = choose(MEDICAID, providers).known
    site = providers.loc[takes, "id"].iloc[0]
    times = pd.DataFrame({"origin": ["28049", "28121"], "destination": [site, site], "minutes": [20.0, 90.0]})
    own = tables.with_table(OWN_TRAVEL, check_travel(times, tables).table)
    rows = answer(MEDICAID, own).frame.set_index("geoid")
    people = tables["counties"].set_index("geoid")["medicaid_people_2024"]
    assert rows.loc["28049", "value"] == 0
    assert rows.loc["28121", ["value", "low"]].tolist() == [people["28121"]] * 2
    others = rows.drop(index=["28049", "28121"])
    assert set(others["status"]) == {status.NO_DATA}
    classes = answer(NEAR, own).frame.set_index("geoid")["value"]
    assert classes["28049"] == 0
    assert classes.drop(index=["28049", "28121"]).isna().all()
