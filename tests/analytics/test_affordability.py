"""Part B by hand, shares of households against a slow reference, the line of METHODS on the nation's own households, medians by group."""

from __future__ import annotations

import math
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import status
from analytics.affordability import (
    GROUPS,
    OWNER_EDGES,
    RENTER_EDGES,
    by_group,
    guideline,
    income_line,
    incomes,
    part_b_cost,
    poverty_line,
    range_of_households_over,
    share_of_households_over,
    share_of_median,
    share_over,
)
from analytics.rollup import county_membership
from data.bundle import Tables

HOUSEHOLDS = 127_482_865
G2082, G2083 = 952.59, 1_356.08


# --- Part B ---


@pytest.mark.parametrize("visits", [8, 12, 34, 56])
def test_part_b_of_2026_by_hand(visits: int) -> None:
    assert part_b_cost([G2083] * visits, 283, 0.2) == pytest.approx(283 + 0.20 * (visits * 1_356.08 - 283))
    with_first_at_56_mg = [G2082] + [G2083] * (visits - 1)
    assert part_b_cost(with_first_at_56_mg, 283, 0.2) == pytest.approx(283 + 0.20 * (952.59 + (visits - 1) * 1_356.08 - 283))


def test_part_b_below_the_deductible_is_all_of_it() -> None:
    assert part_b_cost([100, 50], 283, 0.2) == 150
    assert part_b_cost([], 283, 0.2) == 0
    assert part_b_cost([283], 283, 0.2) == 283


def test_part_b_of_several_places_at_once() -> None:
    costs = part_b_cost([[1_000, 1_000], [100, 50]], 283, 0.2)
    assert np.allclose(costs, [283 + 0.2 * (2_000 - 283), 150])


def visit_by_visit(amounts: list[float], deductible: float, coinsurance: float) -> float:
    """As a biller does it: one visit after another, with what is left of the deductible."""
    paid, left = 0.0, deductible
    for amount in amounts:
        met = min(amount, left)
        left -= met
        paid += met + coinsurance * (amount - met)
    return paid


amounts = st.lists(st.floats(0, 3_000), max_size=60)


@given(amounts, st.floats(0, 600), st.floats(0, 1))
def test_part_b_is_what_a_biller_reckons(visits: list[float], deductible: float, coinsurance: float) -> None:
    cost = part_b_cost(visits, deductible, coinsurance)
    assert cost == pytest.approx(visit_by_visit(visits, deductible, coinsurance))
    assert 0 <= cost <= sum(visits) * (1 + 1e-12)


@given(amounts, st.floats(0, 600), st.floats(0, 1), st.floats(0, 1))
def test_more_coinsurance_never_costs_less(visits: list[float], deductible: float, one: float, other: float) -> None:
    assert part_b_cost(visits, deductible, min(one, other)) <= part_b_cost(visits, deductible, max(one, other)) + 1e-6


@pytest.mark.parametrize(
    ("visits", "deductible", "coinsurance", "said"),
    [
        ([1_356.08, -1], 283, 0.2, "allowed amounts"),
        ([math.nan], 283, 0.2, "allowed amounts"),
        (["a lot"], 283, 0.2, "not made of numbers"),
        ([1_356.08], -283, 0.2, "deductible"),
        ([1_356.08], 283, 1.2, "coinsurance is a share from 0 to 1"),
        ([1_356.08], 283, -0.2, "coinsurance"),
        ([1_356.08], 283, math.nan, "coinsurance"),
    ],
)
def test_part_b_refuses_what_cannot_be(visits: list[Any], deductible: float, coinsurance: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        part_b_cost(visits, deductible, coinsurance)


# --- Share of households ---


def household_by_household(cost: float, edges: list[float], counts: list[int], threshold: float, steps: int = 400) -> float:
    """Slow and plain: every closed bracket as many households evenly spread over it, each asked whether the cost is too much for it."""
    over = 0.0
    for lower, upper, count in zip(edges, edges[1:], counts, strict=False):
        spread = [lower + (upper - lower) * (step + 0.5) / steps for step in range(steps)]
        over += count * sum(cost > threshold * income for income in spread) / steps
    return over / sum(counts)


@st.composite
def brackets(draw: st.DrawFn) -> tuple[list[float], list[int]]:
    edges = sorted(draw(st.sets(st.integers(0, 200), min_size=1, max_size=9)))
    counts = draw(st.lists(st.integers(0, 50), min_size=len(edges), max_size=len(edges)).filter(any))
    return [1_000.0 * edge for edge in edges], counts


@given(st.floats(0, 30_000), brackets(), st.sampled_from([0.05, 0.1, 0.25, 1.0]))
def test_the_share_is_that_of_asking_every_household(cost: float, of: tuple[list[float], list[int]], threshold: float) -> None:
    edges, counts = of
    share = share_of_households_over(cost, edges, counts, threshold)
    assert share == pytest.approx(household_by_household(cost, edges, counts, threshold), abs=1 / 400)


@given(brackets(), st.floats(0, 30_000), st.floats(0, 30_000))
def test_a_dearer_course_is_too_much_for_no_fewer(of: tuple[list[float], list[int]], one: float, other: float) -> None:
    least, most = range_of_households_over([min(one, other), max(one, other)], *of, 0.1)
    assert least[0] <= least[1]
    assert (np.asarray(least) <= most).all()
    assert least[0] >= 0
    assert most[1] <= 1 + 1e-12


def test_the_share_by_hand() -> None:
    # 1,500 over a tenth of income: incomes under 15,000, which is all of the first bracket and half of the second.
    assert share_of_households_over(1_500, [0, 10_000, 20_000], [10, 10, 20], 0.10) == (10 + 10 / 2) / 40
    assert share_of_households_over(0, [0, 10_000], [10, 10], 0.10) == 0
    assert range_of_households_over(9_000, [0, 10_000, 20_000], [10, 10, 20], 0.10) == (20 / 40, 1.0)
    assert range_of_households_over(2_000, [0, 10_000, 20_000], [10, 10, 20], 0.10) == (20 / 40, 20 / 40), "at the open bracket's edge"


def test_places_at_once_are_each_place_by_itself() -> None:
    counts = [[10, 10, 20], [5, 0, 1]]
    together = share_of_households_over([1_500, 500], [0, 10_000, 20_000], counts, 0.1)
    alone = [share_of_households_over(cost, [0, 10_000, 20_000], row, 0.1) for cost, row in zip([1_500, 500], counts, strict=True)]
    assert np.asarray(together).tolist() == alone


@pytest.mark.parametrize(
    ("cost", "edges", "counts", "threshold", "said"),
    [
        (-1, [0, 10], [1, 1], 0.1, "the cost"),
        (math.inf, [0, 10], [1, 1], 0.1, "the cost"),
        (1, [0, 10, 10], [1, 1, 1], 0.1, "must rise"),
        (1, [10, 0], [1, 1], 0.1, "must rise"),
        (1, [], [], 0.1, "must rise"),
        (1, [0, 10], [1, 1, 1], 0.1, "2 lower bounds and 3 counts"),
        (1, [0, 10], 5, 0.1, "2 lower bounds and 1 counts"),
        (1, [0, 10], [1, -1], 0.1, "the households"),
        (1, [0, 10], [[1, 1], [1]], 0.1, "unequal length"),
        (1, [0, 10], [0, 0], 0.1, "no households"),
        (1, [0, 10], [1, 1], 0, "threshold"),
        (1, [0, 10], [1, 1], 10, "such as 0.1 for 10 %"),
    ],
)
def test_the_share_refuses_what_cannot_be(cost: float, edges: list[float], counts: Any, threshold: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        share_of_households_over(cost, edges, counts, threshold)


def test_inputs_are_not_changed() -> None:
    edges, counts = np.array([0.0, 10_000, 20_000]), np.array([10.0, 10, 20])
    share_of_households_over(1_500, edges, counts, 0.1)
    assert edges.tolist() == [0, 10_000, 20_000]
    assert counts.tolist() == [10, 10, 20]


# --- The line ---


def test_the_line_of_a_bill() -> None:
    # Six infusions at 500: 5 % of 60,000, so those under 45,683 are over the line.
    assert income_line(3_000, 45_683) == 45_683
    assert income_line(1_000, 45_683) == 20 * 1_000
    assert income_line(9_000, 45_683) == 10 * 9_000
    assert income_line(0, 45_683) == 0


def test_the_line_with_other_thresholds_and_incomes() -> None:
    assert income_line(3_000, 45_683, (("affordability/burden_share.others", 0.05),)) == pytest.approx(3_000 / 0.05)
    assert income_line(1_100, 45_683, (("affordability/income_factor", 1.1),)) == pytest.approx(20 * 1_000)


def test_twice_the_poverty_guideline() -> None:
    assert guideline(3) == 14_580 + 2 * 5_140
    assert poverty_line(1) == 2 * 14_580
    assert poverty_line(2.6) == pytest.approx(2 * (14_580 + 1.6 * 5_140))
    assert poverty_line(1, (("affordability/poverty_multiple", 3.0),)) == 3 * 14_580


# --- The nation's households ---


def test_households_of_all_brackets_are_all_households(tables: Tables) -> None:
    known = incomes(tables)
    assert known.households.sum() == HOUSEHOLDS
    assert (known.households == tables["counties"]["households"]).all()
    assert known.owners_open.sum() / HOUSEHOLDS == pytest.approx(0.185, abs=5e-4)
    assert known.renters_open.sum() / HOUSEHOLDS == pytest.approx(0.075, abs=5e-4)


def test_six_infusions_at_500_in_the_nation(tables: Tables) -> None:
    with_clause = share_over(6 * 500, 6 * 500, 6 * 500, "nation", tables)
    assert with_clause.value[0] == pytest.approx(0.29, abs=0.005)
    # At a multiple of poverty that nobody is under the clause falls away, and the line is a tenth of income.
    nation = tables["nation"].iloc[0]
    without = 0.0
    for tenure, edges in (("owner", OWNER_EDGES), ("renter", RENTER_EDGES)):
        names = [f"households_{tenure}_{edge // 1_000}k" if edge else f"households_{tenure}_0" for edge in edges]
        counts = [float(nation[name]) for name in names]
        without += float(share_of_households_over(6 * 500, edges, counts, 0.10)) * sum(counts)
    assert without / HOUSEHOLDS == pytest.approx(0.18, abs=0.005)


def slow_county(bill: float, county: Any) -> tuple[float, float]:
    """One county by the public functions: both tenures at the line, threshold 1."""
    size = county["population"] / county["households"]
    line = max(10 * bill, min(20 * bill, 2 * (14_580 + (size - 1) * 5_140)))
    least = most = 0.0
    for tenure, edges in (("owner", OWNER_EDGES), ("renter", RENTER_EDGES)):
        names = [f"households_{tenure}_{edge // 1_000}k" if edge else f"households_{tenure}_0" for edge in edges]
        counts = county[names].to_numpy(dtype=float)
        if counts.sum():
            low, high = range_of_households_over(line, edges, counts, 1.0)
            least, most = least + float(low) * counts.sum(), most + float(high) * counts.sum()
    return least / county["households"], most / county["households"]


@pytest.mark.parametrize("bill", [500, 3_000, 12_000, 20_000])
def test_counties_are_those_of_the_public_functions(bill: float, tables: Tables) -> None:
    shares = share_over(bill, bill, bill, "county", tables)
    counties = tables["counties"]
    for position in range(0, len(counties), 97):
        least, most = slow_county(bill, counties.iloc[position])
        assert shares.value[position] == pytest.approx(least)
        assert shares.high[position] == pytest.approx(most)
        assert shares.low[position] == shares.value[position]


def test_every_county_has_a_share_also_without_a_median(tables: Tables) -> None:
    shares = share_over(3_000, 2_000, 4_000, "county", tables)
    assert np.isfinite(shares.value).all()
    assert (shares.low <= shares.value).all()
    assert (shares.value <= shares.high).all()
    for geoid in ("32009", "48261"):
        assert tables["counties"].set_index("geoid").loc[geoid].isna()["median_household_income_usd"]
        assert 0 < shares.value[shares.geoids == geoid][0] < 1


@pytest.mark.parametrize("level", ["state", "district", "nation"])
def test_a_place_is_its_counties_households_added_up(level: str, tables: Tables) -> None:
    bills = np.linspace(500, 20_000, 3_144)
    above, counties = share_over(bills, bills, bills, level, tables), share_over(bills, bills, bills, "county", tables)
    membership, households = county_membership(level, tables), incomes(tables).households
    assert np.allclose(above.value * membership.sums(households), membership.sums(counties.value * households))


def test_a_new_bill_takes_well_under_100_ms(tables: Tables) -> None:
    bills = np.full(3_144, 3_000.0)
    share_over(bills, bills, bills, "county", tables)
    start = time.process_time()
    for _ in range(5):
        share_over(bills, bills, bills, "county", tables)
    assert (time.process_time() - start) / 5 < 0.1


# --- Beside a median ---


def test_a_bill_over_a_median_by_hand() -> None:
    value, low, high = share_of_median(3_000, [60_000], [6_000])
    assert value[0] == 3_000 / 60_000
    assert low[0] == 3_000 / 66_000
    assert high[0] == 3_000 / 54_000


def test_shaky_medians_and_ends_of_the_scale_are_left_out() -> None:
    # Coefficient of variation: 30,000 / 1.645 / 60,000 = 0.304, and 29,000 / 1.645 / 60,000 = 0.294.
    value, _, _ = share_of_median(3_000, [60_000, 60_000, 250_001, math.nan], [30_000, 29_000, math.nan, math.nan], 0.30)
    assert np.isnan(value).tolist() == [True, False, True, True]
    all_values, _, high = share_of_median(3_000, [60_000], [70_000])
    assert np.isfinite(all_values[0])
    assert high[0] == math.inf, "the margin reaches below nothing"


def test_groups_of_states_and_counties(tables: Tables) -> None:
    nation = by_group(3_000, "us", tables)
    assert nation["group"].tolist() == list(GROUPS)
    assert (nation["status"] == status.MODELLED).all()
    everybody = tables["nation"]["median_household_income_usd"].iloc[0]
    assert nation["value"].iloc[0] == pytest.approx(3_000 / everybody)
    had = dict.fromkeys(GROUPS, 0)
    for geoid in tables["states"]["geoid"]:
        for row in by_group(3_000, geoid, tables).itertuples():
            had[row.group] += row.status == status.MODELLED
    assert had == {"all": 51, "white_not_hispanic": 51, "black": 51, "hispanic": 51, "asian": 51, "american_indian": 48}
    assert (by_group(3_000, "32009", tables)["status"] == status.NO_DATA).all()
    with pytest.raises(ValueError, match="must not be averaged into a district"):
        by_group(3_000, "1707", tables)
