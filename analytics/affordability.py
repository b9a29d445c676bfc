"""For how many households a bill is too much, from households counted by income bracket; and a bill beside a group's median income.

The line is adapted from the Commonwealth Fund's: a bill of over 10 % of a year's income, or of over 5 % for a household under 200 % of
poverty. Here the bill is *this course alone*, so what comes out is never called underinsurance, which is defined over all care.
Incomes are those of all households, in dollars of 2023, whoever pays the bill: incomes of people with Medicare alone are not in hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import status
from analytics.assumptions import Assumptions, assumed
from analytics.cache import CACHE
from analytics.rollup import county_membership
from analytics.tables import Tables

Floats = npt.NDArray[np.float64]

OWNER_EDGES: Final = (0, 10_000, 20_000, 35_000, 50_000, 75_000, 100_000, 150_000)
"""Lower edges of the brackets of ACS table B25095 (households that own), in dollars; the last one is open."""
RENTER_EDGES: Final = OWNER_EDGES[:-1]
"""Of table B25074 (households that rent): open from 100,000."""
Z_90: Final = 1.645
"""A published margin of error is 90 %: so many standard errors."""


def part_b_cost(allowed_amounts: npt.ArrayLike, deductible: float, coinsurance: float) -> float | Floats:
    """What a person on traditional Medicare without a supplement pays for visits in one calendar year, in USD.

    `allowed_amounts` has one amount a visit in USD, in order; with several places the visits are the last axis, and one cost a place
    comes back. The deductible is met first, of every dollar after it the patient pays `coinsurance` (42 CFR 410.152, 410.160).
    ValueError for a negative or missing amount or deductible, and for a coinsurance outside of 0 to 1.

    >>> part_b_cost([1_356.08] * 8, deductible=283, coinsurance=0.2) == 283 + 0.2 * (8 * 1_356.08 - 283)
    True
    """
    amounts = _numbers(allowed_amounts, "the allowed amounts")
    paid = after_deductible(amounts.sum(axis=-1) if amounts.ndim else amounts, deductible, coinsurance)
    return float(paid) if paid.ndim == 0 else paid


def after_deductible(charge: npt.ArrayLike, deductible: float, coinsurance: float) -> Floats:
    """The patient's part of a year's charges: the deductible, and of what lies above it the coinsurance. Shapes as `charge`."""
    charges = _numbers(charge, "the charge")
    _numbers(deductible, "the deductible")
    if not 0 <= coinsurance <= 1:
        raise ValueError(f"The coinsurance is a share from 0 to 1, such as 0.2 for 20 %; {coinsurance:g} is none.")
    met = np.minimum(charges, deductible)
    return np.asarray(met + coinsurance * (charges - met))


def share_of_households_over(
    cost: npt.ArrayLike, lower_bounds: npt.ArrayLike, households: npt.ArrayLike, threshold: float
) -> float | Floats:
    """Share of households for which `cost` is more than `threshold` times their income.

    `cost` in USD, one or one a place (n). `lower_bounds` (k) are the brackets' lower edges in USD, rising, the last bracket open above.
    `households` (k), or (n, k) with one row a place, counts them. `threshold` is a share of income over 0, at most 1.
    Incomes are spread evenly inside a bracket (linear interpolation); of the open bracket it is not known, and it contributes nothing:
    the share is the least there can be, and `range_of_households_over` has the most too. ValueError for what cannot be so.

    >>> share_of_households_over(1_500, [0, 10_000, 20_000], [10, 10, 20], threshold=0.10)
    0.375
    """
    return range_of_households_over(cost, lower_bounds, households, threshold)[0]


def range_of_households_over(
    cost: npt.ArrayLike, lower_bounds: npt.ArrayLike, households: npt.ArrayLike, threshold: float
) -> tuple[float | Floats, float | Floats]:
    """The same as a range: with none, and with all, of the open bracket where the line falls into it."""
    costs = _numbers(cost, "the cost")
    edges = _numbers(lower_bounds, "the lower bounds of the brackets")
    counts = _numbers(households, "the households")
    if not 0 < threshold <= 1:
        raise ValueError(f"The threshold is a share of income over 0 and at most 1, such as 0.1 for 10 %; {threshold:g} is none.")
    if edges.ndim != 1 or not len(edges) or (np.diff(edges) <= 0).any():
        raise ValueError("The lower bounds of the brackets must rise from each to the next; put them in order and leave doubles out.")
    if counts.ndim == 0 or counts.shape[-1] != len(edges):
        there = counts.shape[-1] if counts.ndim else 1
        raise ValueError(f"There are {len(edges)} lower bounds and {there} counts of households; every bracket needs one of each.")
    total = counts.sum(axis=-1)
    if (total <= 0).any():
        raise ValueError("The brackets hold no households, so there is no share of them; leave out the places without any.")
    line = costs / threshold
    least = households_below(line, edges, at_edges(counts)) / total
    most = least + np.where(line > edges[-1], counts[..., -1], 0) / total
    return (float(least), float(most)) if least.ndim == 0 else (least, most)


def at_edges(counts: Floats) -> Floats:
    """Households under each lower edge, (..., k), from the counts of the brackets."""
    return np.asarray(np.cumsum(counts, axis=-1) - counts)


def households_below(line: Floats, edges: Floats, below: Floats) -> Floats:
    """Households whose income is under `line`, without those of the open bracket, from those `below` each edge; no checks."""
    if len(edges) == 1:
        return np.zeros(np.broadcast_shapes(line.shape, below.shape[:-1]))
    lines = np.broadcast_to(line, np.broadcast_shapes(line.shape, below.shape[:-1]))
    bracket = np.clip(np.searchsorted(edges, lines, side="right") - 1, 0, len(edges) - 2)
    inside = np.clip((lines - edges[bracket]) / (edges[bracket + 1] - edges[bracket]), 0, 1)
    everywhere = np.broadcast_to(below, (*lines.shape, len(edges)))
    start, end = (np.take_along_axis(everywhere, at[..., None], axis=-1)[..., 0] for at in (bracket, bracket + 1))
    return np.asarray(start + inside * (end - start))


def _numbers(given: npt.ArrayLike, what: str) -> Floats:
    """Finite numbers of at least 0, or a ValueError that says what they are of."""
    try:
        values = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"What is given as {what} is not made of numbers, or its rows are of unequal length.") from None
    if not (np.isfinite(values) & (values >= 0)).all():
        raise ValueError(f"A number in {what} is missing, endless or below 0; give amounts of 0 or more.")
    return values


# --- The brackets of every county ---


@dataclass(frozen=True)
class Incomes:
    """Households of every county by income, in the order of the table of counties."""

    households: Floats
    """(n), of all incomes."""
    below: Floats
    """(n, 8) households under each of OWNER_EDGES: those that own and those that rent; of renters over 100,000 none, since where
    they stand is not known."""
    renters_open: Floats
    """(n) households that rent and have 100,000 or more."""
    owners_open: Floats
    """(n) households that own and have 150,000 or more."""
    household_size: Floats
    """(n) people over households, both of ACS 2019-2023. People in group quarters are in it, so that it is too large where there is
    a prison or a campus."""


def incomes(tables: Tables) -> Incomes:
    return CACHE.get((tables.version, "incomes"), lambda: _incomes(tables))


def _incomes(tables: Tables) -> Incomes:
    counties = tables["counties"]

    def brackets(tenure: str, edges: tuple[int, ...]) -> Floats:
        names = [f"households_{tenure}_{edge // 1_000}k" if edge else f"households_{tenure}_0" for edge in edges]
        return np.asarray(counties[names].to_numpy(dtype=float))

    owners, renters = brackets("owner", OWNER_EDGES), brackets("renter", RENTER_EDGES)
    closed = owners.copy()
    closed[:, : len(RENTER_EDGES) - 1] += renters[:, :-1]
    households = owners.sum(axis=1) + renters.sum(axis=1)
    size = counties["population"].to_numpy(dtype=float) / counties["households"].to_numpy(dtype=float)
    return Incomes(households, at_edges(closed), renters[:, -1], owners[:, -1], size)


def guideline(household_size: npt.ArrayLike, assumptions: Assumptions = ()) -> Floats:
    """The federal poverty guideline for a household of that (mean) size, in USD a year."""
    amounts = assumed("affordability/poverty_guideline", assumptions)
    return np.asarray(amounts["first_person"] + amounts["further_person"] * (np.asarray(household_size, dtype=float) - 1))


def poverty_line(household_size: npt.ArrayLike, assumptions: Assumptions = ()) -> Floats:
    """The income under which the lower threshold holds, for a household of that (mean) size: 200 % of the guideline, in USD."""
    return np.asarray(float(assumed("affordability/poverty_multiple", assumptions)) * guideline(household_size, assumptions))


def income_line(bill: npt.ArrayLike, poor_below: npt.ArrayLike, assumptions: Assumptions = ()) -> Floats:
    """The income, in USD of 2023, under which `bill` is too much: max(10 x bill, min(20 x bill, 200 % of poverty)).

    A household is over the line if the bill is more than 10 % of its income, or if it has less than `poor_below` and the bill is
    more than 5 %. Shapes broadcast. Incomes of 2023 grow by affordability/income_factor, and the guideline with them.
    """
    burden = assumed("affordability/burden_share", assumptions)
    bills = np.asarray(bill, dtype=float) / float(assumed("affordability/income_factor", assumptions))
    for_poor = np.minimum(bills / burden["under_poverty_multiple"], np.asarray(poor_below, dtype=float))
    return np.asarray(np.maximum(bills / burden["others"], for_poor))


def households_over(bill: npt.ArrayLike, incomes_: Incomes, assumptions: Assumptions = ()) -> tuple[Floats, Floats]:
    """Households of each county for which `bill` (n, or one for all) is over the line: without, and with, all of the open brackets."""
    line = income_line(bill, poverty_line(incomes_.household_size, assumptions), assumptions)
    least = households_below(line, np.array(OWNER_EDGES, dtype=float), incomes_.below)
    unknown = np.where(line > RENTER_EDGES[-1], incomes_.renters_open, 0) + np.where(line > OWNER_EDGES[-1], incomes_.owners_open, 0)
    return least, least + unknown


@dataclass(frozen=True)
class Shares:
    """A share of households for each place. `low` counts none, `high` all of an open bracket that the line falls into; `value` none."""

    geoids: npt.NDArray[np.object_]
    value: Floats
    low: Floats
    high: Floats


def share_over(
    value: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike, level: str, tables: Tables, assumptions: Assumptions = ()
) -> Shares:
    """Share of households over the line in the places of a level, for a bill in USD (one for all, or one a county) with its range.

    A state, the nation and a district (by its part of each county's people) add up households of their counties, each at its own bill
    and household size: never a mean of shares.
    """
    incomes_, membership = incomes(tables), county_membership(level, tables)
    total = membership.sums(incomes_.households)
    counted = [households_over(bill, incomes_, assumptions) for bill in (value, low, high)]
    found = [membership.sums(households) / total for households in (counted[0][0], counted[1][0], counted[2][1])]
    return Shares(membership.geoids, *found)


# --- Beside a group's median income ---

GROUPS: Final = {
    "all": ("all households", ""),
    "white_not_hispanic": ("white, not Hispanic", "_white_not_hispanic"),
    "black": ("Black", "_black"),
    "hispanic": ("Hispanic, of any race", "_hispanic"),
    "asian": ("Asian", "_asian"),
    "american_indian": ("American Indian or Alaska Native", "_american_indian"),
}
"""Groups with a published median household income: their words, and what their columns end in. Groups by race include people of
Hispanic origin where they don't say otherwise, so that they overlap."""


def share_of_median(
    bill: npt.ArrayLike, median: npt.ArrayLike, margin: npt.ArrayLike, largest_variation: float | None = None
) -> tuple[Floats, Floats, Floats]:
    """`bill` over the median income, with the ends of the median's published 90 % margin: value, low, high, each (n).

    NaN where there is no median, where it stands at the end of the published scale (no margin), or, with `largest_variation`, where the
    coefficient of variation (margin / 1.645 / median) is not under it.
    """
    bills, medians, margins = (np.asarray(one, dtype=float) for one in (bill, median, margin))
    with np.errstate(invalid="ignore", divide="ignore"):
        known = (medians > 0) & np.isfinite(margins)
        if largest_variation is not None:
            known &= margins / Z_90 / medians < largest_variation
        least_income = np.where(known & (medians > margins), medians - margins, np.nan)
        value, low = (np.where(known, bills / income, np.nan) for income in (medians, medians + margins))
        high = np.where(known, np.where(np.isnan(least_income), np.inf, bills / least_income), np.nan)
    return value, low, high


def by_group(bill: float, place: str, tables: Tables, assumptions: Assumptions = ()) -> pd.DataFrame:
    """A bill as a share of each group's median household income: group, words, median_usd, value, low, high, status.

    For the nation, a state or a county, and only of medians that are steady enough (affordability/largest_variation). There are no
    households by income and race, so no share of households by race. ValueError for a district, which has no medians.
    """
    levels = {2: "nation" if place == "us" else "states", 5: "counties"}
    if len(place) not in levels:
        raise ValueError("Medians by group are published for counties, states and the nation, and must not be averaged into a district.")
    rows = tables[levels[len(place)]]
    row = rows[rows["geoid"] == place].iloc[0]
    limit = float(assumed("affordability/largest_variation", assumptions))
    found = []
    for group, (words, ending) in GROUPS.items():
        column = f"median_household_income{ending}_usd"
        median, margin = (pd.to_numeric(row[name], errors="coerce") for name in (column, f"{column}_moe"))
        value, low, high = (float(one) for one in share_of_median(bill, median, margin, limit))
        state = status.MODELLED if np.isfinite(value) else status.NO_DATA
        found.append((group, words, median if np.isfinite(value) else np.nan, value, low, high, state))
    return pd.DataFrame(found, columns=["group", "words", "median_usd", "value", "low", "high", "status"])
