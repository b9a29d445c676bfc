"""The few shapes that measures have: shares within reach, sums, shares of two columns, values with an interval."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import status
from analytics.indicator import Compute
from analytics.query import Query
from analytics.reach import nearest_miles
from analytics.rollup import block_membership, county_membership, demand
from analytics.tables import Tables

Floats = npt.NDArray[np.float64]


def frame(
    geoids: npt.ArrayLike,
    value: npt.ArrayLike,
    state: npt.ArrayLike | str,
    low: npt.ArrayLike | None = None,
    high: npt.ArrayLike | None = None,
) -> pd.DataFrame:
    """The frame every measure returns. A value of exactly 0 gets the status "zero", but where its interval reaches above 0:
    unknown is not none. A missing value without a reason gets "no data".
    """
    values = np.array(value, dtype=float)
    states = np.full(len(values), state, dtype=object) if isinstance(state, str) else np.array(state, dtype=object)
    has_value = np.isin(states, list(status.WITH_VALUE))
    open_above = np.zeros(len(values), dtype=bool) if high is None else np.array(high, dtype=float) > 0
    states[has_value & (values == 0) & ~open_above] = status.ZERO
    states[has_value & np.isnan(values)] = status.NO_DATA
    values[~np.isin(states, list(status.WITH_VALUE))] = np.nan
    empty = np.full(len(values), np.nan)
    return pd.DataFrame(
        {
            "geoid": np.asarray(geoids, dtype=object),
            "value": values,
            "low": empty if low is None else np.where(np.isnan(values), np.nan, np.array(low, dtype=float)),
            "high": empty if high is None else np.where(np.isnan(values), np.nan, np.array(high, dtype=float)),
            "status": pd.Categorical(states, categories=list(status.ALL)),
        }
    )


def has_silent_records(query: Query) -> bool:
    """Whether the question asks what some records do not say: the kind of therapy, or whether Medicaid is taken."""
    return query.modality != "any" or query.population == "medicaid"


def divided(numerator: Floats, denominator: Floats) -> Floats:
    """numerator / denominator, NaN where there is nothing to divide by."""
    return np.asarray(np.divide(numerator, denominator, out=np.full(len(numerator), np.nan), where=denominator > 0))


def share_within(miles: float) -> Compute:
    """Share of adults whose block group's centre lies within so many straight-line miles (inclusive) of a site.

    Where the record of some sites is silent on the kind of therapy or payment, the interval runs from counting
    none of them (the value) to counting all.
    """

    def compute(query: Query, tables: Tables) -> pd.DataFrame:
        membership = block_membership(query.level, tables)
        people = demand(tables).adults
        total = membership.sums(people)

        def share(possible: bool) -> Floats:
            return divided(membership.sums(people * (nearest_miles(query, tables, possible) <= miles)), total)

        value = share(possible=False)
        if not has_silent_records(query):
            return frame(membership.geoids, value, status.MODELLED)
        return frame(membership.geoids, value, status.MODELLED, value, share(possible=True))

    return compute


OWN_ROWS = {"county": "counties", "state": "states", "nation": "nation"}
"""The table that holds a publisher's own figure for a level, where it publishes one."""


def published(column: str, query: Query, tables: Tables) -> pd.DataFrame | None:
    """The rows of the level's own table, if the publisher has a figure for that level; else None."""
    if query.level not in OWN_ROWS:
        return None
    rows = tables[OWN_ROWS[query.level]]
    return rows if column in rows.columns else None


def numbers(rows: pd.DataFrame, column: str) -> Floats:
    """A column as floats, NaN where it is empty."""
    return rows[column].to_numpy(dtype=float, na_value=np.nan)


def people_count(column: str, suppressed: str | None = None) -> Compute:
    """A published count of people: each level has its publisher's own figure; districts the sum of their shares of counties.

    `suppressed` names a true/false column of the counties that tells a withheld count from one that is not had.
    """

    def compute(query: Query, tables: Tables) -> pd.DataFrame:
        rows = published(column, query, tables)
        if rows is not None:
            value = numbers(rows, column)
            states = np.where(np.isnan(value), status.NO_DATA, status.OBSERVED).astype(object)
            if suppressed and suppressed in rows.columns:
                states[rows[suppressed].to_numpy(dtype=bool) & np.isnan(value)] = status.SUPPRESSED
            return frame(rows["geoid"], value, states)
        counties = tables["counties"]
        membership = county_membership(query.level, tables)
        value = numbers(counties, column)
        unknown = np.isnan(value)
        sums = membership.sums(np.where(unknown, 0, value))
        # A district with a county whose count is not had has no sum: less than all of it would read as all.
        states = np.where(membership.sums(unknown) > 0, status.NO_DATA, status.MODELLED).astype(object)
        return frame(membership.geoids, sums, states)

    return compute


def share_of_counts(part: str, whole: str) -> Compute:
    """Share of two counted columns: part / whole, both summed upwards (districts by the share of a county's people)."""

    def compute(query: Query, tables: Tables) -> pd.DataFrame:
        counties = tables["counties"]
        membership = county_membership(query.level, tables)
        top, bottom = numbers(counties, part), numbers(counties, whole)
        known = ~(np.isnan(top) | np.isnan(bottom))
        value = divided(membership.sums(np.where(known, top, 0)), membership.sums(np.where(known, bottom, 0)))
        return frame(membership.geoids, value, status.MODELLED if query.level == "district" else status.OBSERVED)

    return compute


def share_with_interval(value: str, low: str, high: str, weight: str, kind: str) -> Compute:
    """A share with its interval, as published for the level; where it is not, the mean of the counties weighted by `weight`,
    without an interval: the errors of counties are not independent, so their intervals do not add up to one of a state.
    """

    def compute(query: Query, tables: Tables) -> pd.DataFrame:
        rows = published(value, query, tables)
        if rows is not None:
            return frame(rows["geoid"], numbers(rows, value), kind, numbers(rows, low), numbers(rows, high))
        counties = tables["counties"]
        membership = county_membership(query.level, tables)
        values, weights = numbers(counties, value), numbers(counties, weight)
        known = ~(np.isnan(values) | np.isnan(weights))
        weights = np.where(known, weights, 0)
        mean = divided(membership.sums(np.where(known, values, 0) * weights), membership.sums(weights))
        return frame(membership.geoids, mean, status.MODELLED)

    return compute
