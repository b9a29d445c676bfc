"""Classes: zero apart, the worst end strongest, borders in order, and frames that have next to nothing in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators import indicators
from maps.breaks import round_border
from maps.classes import MISSING_CLASS, ZERO_CLASS, classify, zero_is_apart
from maps.legend import legend
from maps.palette import DARK, LIGHT, Scheme

BY_ID = indicators()


def places(values: list[float], states: list[str] | None = None) -> pd.DataFrame:
    """A result's frame with these values; 0 is a true zero and NaN is no data where no states are given."""
    said = states or [status.NO_DATA if np.isnan(one) else status.ZERO if one == 0 else status.OBSERVED for one in values]
    return pd.DataFrame({"value": values, "status": pd.Categorical(said, categories=list(status.ALL))})


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("indicator", [one for one in BY_ID.values() if not one.categories], ids=lambda one: one.id)
@settings(deadline=None)
@given(
    st.lists(
        st.one_of(st.just(0.0), st.just(float("nan")), st.sampled_from([0.2, 2.0, 10.0, 45_000.0]), st.floats(0.001, 200_000)), max_size=30
    )
)
def test_any_frame_has_classes_and_a_legend(scheme: Scheme, indicator: Indicator, values: list[float]) -> None:
    frame = places(values)
    classes = classify(frame, indicator, scheme)
    assert list(classes.breaks) == sorted(set(classes.breaks))
    assert len(classes.colours) == len(classes.breaks) + 1 == len(classes.labels())
    drawn = [*classes.colours, *([classes.zero] if classes.zero else [])]
    assert len(set(drawn)) == len(drawn), "two classes share a colour"
    assert scheme.page not in drawn
    edges = [-np.inf, *classes.breaks, np.inf]
    for value, code in zip(values, classes.code, strict=True):
        if np.isnan(value):
            assert code == MISSING_CLASS
        elif value == 0 and zero_is_apart(indicator):
            assert code == ZERO_CLASS
        else:
            assert edges[code] <= value < edges[code + 1]
    assert sum(classes.missing.values()) == sum(np.isnan(values))
    assert legend(classes, indicator, scheme, sites=False).count('role="listitem"') == len(drawn) + len(classes.missing)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("indicator", [one for one in BY_ID.values() if one.categories], ids=lambda one: one.id)
def test_every_category_is_a_class_in_every_view(scheme: Scheme, indicator: Indicator) -> None:
    count = len(indicator.categories)
    for values in ([*map(float, range(count)), np.nan], [0.0], [np.nan]):
        classes = classify(places(values, [status.NO_DATA if np.isnan(one) else status.OBSERVED for one in values]), indicator, scheme)
        assert classes.code.tolist() == [MISSING_CLASS if np.isnan(one) else int(one) for one in values]
        assert len(set(classes.colours)) == count
        assert classes.zero is None
        assert classes.labels() == list(indicator.categories)
        assert legend(classes, indicator, scheme, sites=False).count('role="listitem"') == count + len(classes.missing)


def test_zero_is_apart_only_where_it_means_none_or_nobody() -> None:
    """Shares of people within reach, counts of sites and what is made of them; never a share of people with an illness, nor dollars."""
    apart = {one.id for one in BY_ID.values() if zero_is_apart(one)}
    assert {"within_10_miles", "within_60_minutes", "sites", "sites_per_100k", "e2sfca", "sites_in_reach"} <= apart
    assert not apart & {"depression", "uninsured", "medicare_amount", "miles_to_nearest", "minutes_to_nearest", "raam", "rucc"}
    assert all(BY_ID[one].uses_providers for one in apart)


def test_a_nought_that_may_be_more_is_no_zero() -> None:
    frame = places([0.0, 0.0, 0.5], [status.ZERO, status.MODELLED, status.MODELLED])
    assert classify(frame, BY_ID["within_30_miles"], LIGHT).code.tolist() == [ZERO_CLASS, 0, 2]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_end_that_is_worse_is_the_strong_one(scheme: Scheme) -> None:
    values = [float(one) for one in range(1, 101)]
    ramp = scheme.ramps["need"]
    for worse, ends in (("high", (ramp[0], ramp[-1])), ("low", (ramp[-1], ramp[0])), ("", (ramp[0], ramp[-1]))):
        classes = classify(places(values), replace(BY_ID["depression"], worse=worse, unit="code"), scheme)
        assert (classes.colours[0], classes.colours[-1]) == ends


def test_quantiles_hold_about_a_fifth_each_and_ties_make_fewer_classes() -> None:
    indicator = BY_ID["medicare_people"]
    even = classify(places([float(one) for one in range(1_000, 11_000)]), indicator, LIGHT)
    assert even.breaks == (3_000, 5_000, 7_000, 9_000)
    assert [int((even.code == one).sum()) for one in range(5)] == [2_000] * 5
    tied = classify(places([5.0] * 90 + [1.0] * 5 + [9.0] * 5), indicator, LIGHT)
    assert tied.breaks == (5.0,)
    same = classify(places([7.0] * 9), indicator, LIGHT)
    assert (same.breaks, same.labels(), set(same.code)) == ((), ["all places"], {0})


@given(st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.5, 0.9, 0.95, 1.0]), min_size=1, max_size=8))
def test_where_borders_are_the_measures_own_a_value_has_one_colour_in_every_view(values: list[float]) -> None:
    indicator = BY_ID["within_30_miles"]
    nation = classify(places([0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0]), indicator, LIGHT)
    state = classify(places(values), indicator, LIGHT)
    assert state.breaks == nation.breaks == indicator.breaks
    assert state.colours == nation.colours
    assert state.zero == (nation.zero if 0 in values else None)


def test_every_kind_of_missing_is_counted_apart() -> None:
    frame = places(
        [np.nan] * 5 + [3.0], [status.NO_DATA, status.SUPPRESSED, status.SUPPRESSED, status.BEYOND_REACH, status.NO_ROAD, status.OBSERVED]
    )
    classes = classify(frame, BY_ID["medicare_people"], LIGHT)
    assert classes.missing == {status.NO_DATA: 1, status.SUPPRESSED: 2, status.BEYOND_REACH: 1, status.NO_ROAD: 1}
    said = legend(classes, BY_ID["medicare_people"], LIGHT, sites=True)
    for words in (
        "no data (1)",
        "withheld by the publisher (2)",
        "beyond the reach of the search (1)",
        "no road or ferry to a listed site (1)",
        "listed provider",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("value", "unit", "border"),
    [(0.12345, "share", 0.12), (1_356.08, "usd", 1_360), (48_123, "people", 48_000), (0.0, "people", 0.0), (12.34, "miles", 12.3)],
)
def test_borders_can_be_remembered(value: float, unit: str, border: float) -> None:
    assert round_border(value, unit) == border


def test_labels_touch_without_a_gap() -> None:
    labels = classify(places([0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99]), BY_ID["within_30_miles"], LIGHT).labels()
    assert labels == ["under 20 %", "20–40 %", "40–60 %", "60–80 %", "80–95 %", "95 % and over"]
