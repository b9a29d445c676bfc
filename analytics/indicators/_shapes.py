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
    """The frame every measure returns. A value that is exactly 0 gets the status "zero"; a missing one without a reason "no data"."""
    values = np.array(value, dtype=float)
    states = np.full(len(values), state, dtype=object) if isinstance(state, str) else np.array(state, dtype=object)
    has_value = np.isin(states, list(status.WITH_VALUE))
    states[has_value & (values == 0)] = status.ZERO
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
        if query.modality == "any" and query.population != "medicaid":
            return frame(membership.geoids, value, status.MODELLED)
        return frame(membership.geoids, value, status.MODELLED, value, share(possible=True))

    return compute


def county_sum(column: str, kind: str = status.OBSERVED, suppressed: str | None = None) -> Compute:
    """A count of people by county, summed upwards; a place with an unknown part has no sum.

    `suppressed` names a true/false column that tells a withheld count from one that is not had.
    """

    def compute(query: Query, tables: Tables) -> pd.DataFrame:
        counties = tables["counties"]
        value = counties[column].to_numpy(dtype=float, na_value=np.nan)
        unknown = np.isnan(value)
        withheld = counties[suppressed].to_numpy(dtype=bool) if suppressed else np.zeros(len(value), dtype=bool)
        membership = county_membership(query.level, tables)
        sums = membership.sums(np.where(unknown, 0, value))
        states = np.full(len(sums), status.MODELLED if query.level == "district" else kind, dtype=object)
        if query.level == "county":
            states[unknown] = status.NO_DATA
            states[withheld] = status.SUPPRESSED
        return frame(membership.geoids, sums, states)

    return compute


def county_share(part: str, whole: str) -> Compute:
    """Share of two counted columns: part / whole, both summed upwards (districts by the share of a county's people)."""

    def compute(query: Query, tables: Tables) -> pd.DataFrame:
        counties = tables["counties"]
        membership = county_membership(query.level, tables)
        top, bottom = counties[part].to_numpy(dtype=float, na_value=np.nan), counties[whole].to_numpy(dtype=float, na_value=np.nan)
        known = ~(np.isnan(top) | np.isnan(bottom))
        value = divided(membership.sums(np.where(known, top, 0)), membership.sums(np.where(known, bottom, 0)))
        return frame(membership.geoids, value, status.MODELLED if query.level == "district" else status.OBSERVED)

    return compute


def county_estimate(value: str, low: str, high: str, weight: str, kind: str) -> Compute:
    """A share with its interval by county; above the county a mean weighted by `weight`, without an interval.

    The errors of counties are not independent, so their intervals do not add up to one of a state.
    """

    def compute(query: Query, tables: Tables) -> pd.DataFrame:
        counties = tables["counties"]
        values = counties[value].to_numpy(dtype=float, na_value=np.nan)
        if query.level == "county":
            return frame(
                counties["geoid"],
                values,
                kind,
                counties[low].to_numpy(dtype=float, na_value=np.nan),
                counties[high].to_numpy(dtype=float, na_value=np.nan),
            )
        membership = county_membership(query.level, tables)
        known = ~np.isnan(values)
        weights = np.where(known, counties[weight].to_numpy(dtype=float, na_value=0), 0)
        mean = divided(membership.sums(np.where(known, values, 0) * weights), membership.sums(weights))
        return frame(membership.geoids, mean, status.MODELLED if query.level == "district" else kind)

    return compute
