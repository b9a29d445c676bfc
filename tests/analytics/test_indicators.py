"""What every measure declares, and the shapes they are made of, on tables small enough to reckon by hand."""

from __future__ import annotations

import math
import string
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics import status
from analytics.indicator import GROUPS, Indicator
from analytics.indicators import indicators
from analytics.indicators._shapes import divided, frame, people_count, share_of_counts, share_with_interval
from analytics.model import answer
from analytics.query import LEVELS, NATION, Query
from data.bundle import Tables
from maps.words import asked_words
from tests.sound import sound

ALL = list(indicators().values())
SHARES = [one.id for one in ALL if one.unit == "share"]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_a_measure_declares_what_others_rely_on(one: Indicator, tables: Tables) -> None:
    assert indicators()[one.id] is one
    assert one.group in GROUPS
    assert one.subject in {"distance", "cost", "need", "barrier"}
    assert one.worse in {"high", "low", ""}
    assert set(one.levels) <= set(LEVELS)
    assert one.bears in ({"nearest", "count", "rate"} if one.uses_providers else {""})
    assert list(one.breaks) == sorted(set(one.breaks))
    assert one.question.endswith("?")
    assert one.why.endswith(".")
    for source in one.sources:
        (known,) = tables.sources_of(source)
        assert known["id"] == source
        assert known["title"]


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.id)
def test_a_finding_has_the_blanks_that_are_filled(one: Indicator) -> None:
    blanks = {name for _, name, _, _ in string.Formatter().parse(one.finding) if name}
    assert {"value", "place"} <= blanks <= {"value", "place", "doubt", "providers", "none", *asked_words(Query())}
    assert {name for _, name, _, _ in string.Formatter().parse(one.unit_words) if name} <= set(asked_words(Query()))
    if one.bears == "nearest":
        assert {"doubt", "providers"} <= blanks, "a figure that rests on the lists says so in the headline"
    said = one.finding.format(value="7", place="here", doubt="", providers="a site", none="1 %", **asked_words(Query()))
    assert "  " not in said
    assert not said.endswith("."), "a title is no paragraph"


def test_measures_on_lists_say_that_they_are_bounds() -> None:
    for one in ALL:
        if one.uses_providers:
            assert "lower bound" in one.caveat or "Upper end" in one.caveat


@pytest.mark.parametrize("measure", SHARES)
def test_the_nation_lies_between_its_states_and_they_between_their_counties(measure: str, tables: Tables) -> None:
    query = sound(measure, tables, level="state")
    states = answer(query, tables)
    assert states.figure is not None
    assert states.frame["value"].min() <= states.figure.value <= states.frame["value"].max()
    counties = answer(query.with_(level="county"), tables).frame.copy()
    # People whom no road leads to a site are counted as people: they reach nothing.
    counties["value"] = counties["value"].where(counties["status"] != status.NO_ROAD, 0.0)
    counties = counties.dropna(subset=["value"])
    spread = counties.groupby(counties["geoid"].str[:2])["value"].agg(["min", "max"])
    inside = states.frame.set_index("geoid")["value"].loc[spread.index]
    # Publishers model states apart from their counties (SAHIE), so the bounds have half a point of room.
    assert (inside >= spread["min"] - 0.005).all()
    assert (inside <= spread["max"] + 0.005).all()


@pytest.mark.parametrize("measure", ["within_30_miles", "within_60_miles", "depression", "distress"])
def test_the_nation_is_its_states_weighted_by_adults(measure: str, tables: Tables) -> None:
    result = answer(Query(measure=measure, level="state"), tables)
    assert result.figure is not None
    by_hand = (result.frame["value"] * result.frame["people"]).sum() / result.frame["people"].sum()
    assert result.figure.value == pytest.approx(by_hand, abs=2e-4)


@pytest.mark.parametrize("measure", ["medicaid_people", "medicare_people"])
def test_people_of_the_states_are_those_of_the_nation(measure: str, tables: Tables) -> None:
    result = answer(Query(measure=measure, level="state"), tables)
    assert result.figure is not None
    assert result.frame["value"].sum() == result.figure.value
    published = {"medicaid_people": 68_918_083, "medicare_people": 68_343_524}
    assert result.figure.value == published[measure]


def test_the_listed_sites_are_counted_once(tables: Tables) -> None:
    directory = ("samhsa_2024",)
    for level in ("county", "state"):
        assert answer(Query(measure="sites", level=level, layers=directory), tables).frame["value"].sum() == 94
    rates = answer(Query(measure="sites_per_100k", level="state", layers=directory), tables).frame
    assert (rates["value"] * rates["people"] / 100_000).sum() == pytest.approx(94)


# --- The shapes, by hand ---


@dataclass
class ByHand:
    """Two counties in one state, one in another; a district made of all of the first and a quarter of the second."""

    version: str = field(default_factory=lambda: f"by hand {next(NUMBERS)}")

    def __getitem__(self, name: str) -> pd.DataFrame:
        return {
            "counties": pd.DataFrame(
                {
                    "geoid": ["01001", "01003", "02013"],
                    "adults": [100, 300, 50],
                    "count": [10.0, 40.0, math.nan],
                    "whole": [20.0, 160.0, 10.0],
                    "share": [0.1, 0.3, 0.5],
                    "low": [0.05, 0.2, 0.4],
                    "high": [0.15, 0.4, 0.6],
                    "count_suppressed": [False, False, True],
                }
            ),
            "states": pd.DataFrame({"geoid": ["01", "02"], "share": [0.26, 0.5], "low": [0.2, 0.4], "high": [0.3, 0.6]}),
            "districts": pd.DataFrame({"geoid": ["0101", "0102", "0200"]}),
            "county_districts": pd.DataFrame(
                {
                    "county": ["01001", "01003", "01003", "02013"],
                    "district": ["0101", "0101", "0102", "0200"],
                    "share_of_county": [1.0, 0.25, 0.75, 1.0],
                }
            ),
            "nation": pd.DataFrame({"geoid": [NATION]}),
        }[name]

    def sources_of(self, name: str) -> list[dict[str, Any]]:
        return []


NUMBERS = iter(range(1_000))


def test_a_suppressed_count_is_not_a_missing_one_and_a_sum_without_it_is_none() -> None:
    compute = people_count("count", suppressed="count_suppressed")
    counties = compute(Query(level="county"), ByHand())
    assert counties["status"].tolist() == [status.OBSERVED, status.OBSERVED, status.SUPPRESSED]
    assert counties["value"].tolist()[:2] == [10, 40]
    assert math.isnan(counties["value"].iloc[2])
    districts = compute(Query(level="district"), ByHand())
    assert districts["value"].tolist()[:2] == [10 + 40 / 4, 40 * 3 / 4]
    assert districts["status"].tolist() == [status.MODELLED, status.MODELLED, status.NO_DATA]


def test_a_share_of_counts_is_the_share_of_their_sums() -> None:
    compute = share_of_counts("count", "whole")
    assert compute(Query(level="county"), ByHand())["value"].tolist()[:2] == [10 / 20, 40 / 160]
    states = compute(Query(level="state"), ByHand())
    assert states["value"].iloc[0] == (10 + 40) / (20 + 160)
    assert states["status"].tolist() == [status.OBSERVED, status.NO_DATA]
    districts = compute(Query(level="district"), ByHand())
    assert districts["value"].iloc[0] == (10 + 40 / 4) / (20 + 160 / 4)
    assert districts["status"].iloc[0] == status.MODELLED


def test_a_published_share_stays_as_published_and_elsewhere_is_weighted_without_an_interval() -> None:
    compute = share_with_interval("share", "low", "high", "adults", status.OBSERVED)
    states = compute(Query(level="state"), ByHand())
    assert states[["value", "low", "high"]].iloc[0].tolist() == [0.26, 0.2, 0.3]
    districts = compute(Query(level="district"), ByHand())
    assert districts["value"].iloc[0] == pytest.approx((0.1 * 100 + 0.3 * 300 / 4) / (100 + 300 / 4))
    assert districts[["low", "high"]].isna().all(axis=None)
    assert (districts["status"] == status.MODELLED).all()


def test_status_and_value_never_contradict_each_other() -> None:
    made = frame(
        list("abcde"),
        [0.0, 0.0, math.nan, 0.4, 7.0],
        [status.OBSERVED, status.OBSERVED, status.OBSERVED, status.MODELLED, status.SUPPRESSED],
        [0.0, 0.0, 0.1, 0.3, 1.0],
        [0.0, 0.5, 0.2, 0.5, 9.0],
    )
    assert made["status"].tolist() == [status.ZERO, status.OBSERVED, status.NO_DATA, status.MODELLED, status.SUPPRESSED]
    np.testing.assert_array_equal(made["value"], [0, 0, math.nan, 0.4, math.nan])
    np.testing.assert_array_equal(made["high"], [0, 0.5, math.nan, 0.5, math.nan])


def test_nobody_to_divide_by_is_no_data_not_zero() -> None:
    np.testing.assert_array_equal(divided(np.array([0.0, 1.0]), np.array([0.0, 4.0])), [math.nan, 0.25])


def test_a_survey_without_its_margin_says_so() -> None:
    surveys = [one for one in indicators().values() if "ACS" in one.universe and not one.modelled and not one.interval]
    assert {"medicaid_share", "employer_share", "no_vehicle", "medicaid_people"} <= {one.id for one in surveys}
    assert [one.id for one in surveys if "margin" not in one.caveat] == []
