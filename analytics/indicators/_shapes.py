"""The few shapes that measures have: shares within reach, sums, shares of two columns, values with an interval."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import status
from analytics.indicator import Compute
from analytics.own import hardly_asked, has_own_travel, people_with_minutes
from analytics.query import Query
from analytics.reach import nearest_miles, nearest_minutes, nearest_within_minutes
from analytics.rollup import Membership, block_membership, county_membership, demand, weighed
from analytics.tables import Tables
from analytics.ways import without_road

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


def class_frame(
    geoids: npt.ArrayLike,
    position: npt.ArrayLike,
    state: npt.ArrayLike | str,
    low: npt.ArrayLike | None = None,
    high: npt.ArrayLike | None = None,
) -> pd.DataFrame:
    """The frame of a measure of classes: the value is a position in its categories, so that 0 is the first of them and no zero."""
    rows = frame(geoids, position, state, low, high)
    zero = (rows["status"] == status.ZERO).to_numpy()
    rows.loc[zero, "status"] = np.broadcast_to(np.asarray(state, dtype=object), len(rows))[zero]
    return rows


def has_silent_records(query: Query) -> bool:
    """Whether the question asks what some records do not say: the kind of therapy, or what is taken as payment."""
    return query.modality != "any" or query.population == "medicaid" or query.payment != "any"


def divided(numerator: Floats, denominator: Floats) -> Floats:
    """numerator / denominator, NaN where there is nothing to divide by."""
    return np.asarray(np.divide(numerator, denominator, out=np.full(len(numerator), np.nan), where=denominator > 0))


def roadless(query: Query, tables: Tables, membership: Membership) -> npt.NDArray[np.bool_]:
    """Places all of whose people have no road or ferry to any site that is known to fit."""
    people = demand(tables).adults
    on_roads = membership.sums(people * ~without_road(query, tables))
    return np.asarray((on_roads <= 0) & (membership.sums(people) > 0))


def states(query: Query, tables: Tables, membership: Membership, unit: str) -> npt.NDArray[np.object_]:
    """Modelled, or why a place has no figure: no road to any site, or travel times of one's own that leave it out."""
    if unit == "minutes" and has_own_travel(tables):
        return np.where(hardly_asked(tables, membership), status.NO_DATA, status.MODELLED).astype(object)
    return np.where(roadless(query, tables, membership), status.NO_ROAD, status.MODELLED).astype(object)


def counted(query: Query, tables: Tables, unit: str) -> Floats:
    """People whom a measure in this unit weighs, at each block group."""
    return people_with_minutes(query, tables) if unit == "minutes" else weighed(query.weights, tables)


def within(limit: float, unit: str, query: Query, tables: Tables, possible: bool) -> npt.NDArray[np.bool_]:
    """Block groups with a site within so many straight-line miles or modelled minutes, inclusive."""
    cost = nearest_miles(query, tables, possible) if unit == "miles" else nearest_within_minutes(query, tables, possible)
    return np.asarray(cost <= limit)


def share_within(limit: float, unit: str = "miles") -> Compute:
    """Share of people whose block group's centre lies within so many straight-line miles, or modelled minutes, of a site (inclusive).

    Where the record of some sites is silent on the kind of therapy or payment, the interval runs from counting
    none of them (the value) to counting all. People whom no road leads to a site are counted as people.
    """

    def compute(query: Query, tables: Tables) -> pd.DataFrame:
        membership = block_membership(query.level, tables)
        people = counted(query, tables, unit)
        total = membership.sums(people)
        state = states(query, tables, membership, unit)

        def share(possible: bool) -> Floats:
            return divided(membership.sums(people * within(limit, unit, query, tables, possible)), total)

        value = share(possible=False)
        if not has_silent_records(query):
            return frame(membership.geoids, value, state)
        return frame(membership.geoids, value, state, value, share(possible=True))

    return compute


SPREAD = (0.1, 0.5, 0.9)
"""Of the people of a place: the tenth that has it best or least, the middle, the ninetieth per cent."""


def with_spread(rows: pd.DataFrame, membership: Membership, values: npt.ArrayLike, people: Floats) -> pd.DataFrame:
    """The frame with p10, p50 and p90: how the measure is spread over the people inside each place; infinite is left empty."""
    quantiles = membership.weighted_quantiles(values, people, SPREAD)
    finite = np.where(np.isfinite(quantiles), quantiles, np.nan)
    return rows.assign(p10=finite[0], p50=finite[1], p90=finite[2])


def median_nearest(unit: str) -> Compute:
    """Median over people of the straight-line miles, or modelled minutes, to the nearest site. There is no limit to the search.

    People whom no road leads to a site stay out of the median; a place of which that holds for all has the status "no road".
    Travel times of one's own do have a limit: where over half have no way in them, the median lies beyond reach.
    """

    def compute(query: Query, tables: Tables) -> pd.DataFrame:
        membership = block_membership(query.level, tables)
        people = counted(query, tables, unit)
        state = states(query, tables, membership, unit)

        def cost(possible: bool) -> Floats:
            return np.asarray((nearest_miles if unit == "miles" else nearest_minutes)(query, tables, possible), dtype=float)

        def weight(costs: Floats) -> Floats:
            return people if unit == "minutes" and has_own_travel(tables) else people * np.isfinite(costs)

        def median(costs: Floats) -> Floats:
            found = membership.weighted_medians(costs, weight(costs))
            return np.where(np.isfinite(found), found, np.nan)

        known = cost(possible=False)
        value = median(known)
        state[(state == status.MODELLED) & np.isnan(value) & (membership.sums(people) > 0)] = status.BEYOND_REACH
        if not has_silent_records(query):
            rows = frame(membership.geoids, value, state)
        else:
            rows = frame(membership.geoids, value, state, median(cost(possible=True)), value)
        return with_spread(rows, membership, known, weight(known))

    return compute


PER_MILLION = 1_000_000

Score = Callable[[Query, Tables, bool], Floats]
"""A measure at each block group: (query, tables, whether silent sites count) -> n."""


def mean_score(score: Score, scale: float, grows_with_sites: bool = True, unit: str = "minutes") -> Compute:
    """A catchment measure as the mean over people, times `scale` (a million for a rate). A place that reaches nothing has 0;
    the column `none` is the share of people for whom that is so.

    With silent records the interval runs from counting none to counting all; where more sites may also take away from a place
    (they draw people elsewhere), it is the lesser and the greater of the two. `unit` is that of the ways it rests on.
    """

    def compute(query: Query, tables: Tables) -> pd.DataFrame:
        membership = block_membership(query.level, tables)
        people = counted(query, tables, unit)
        total = membership.sums(people)

        def mean(scores: Floats) -> Floats:
            return scale * divided(membership.sums(people * scores), total)

        known = score(query, tables, False)
        value = mean(known)
        state = states(query, tables, membership, unit)
        if not has_silent_records(query):
            rows = frame(membership.geoids, value, state)
        else:
            most = mean(score(query, tables, True))
            low = value if grows_with_sites else np.minimum(value, most)
            rows = frame(membership.geoids, value, state, low, np.maximum(value, most))
        return with_spread(rows, membership, scale * known, people).assign(none=divided(membership.sums(people * (known == 0)), total))

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


def published_share(column: str, weight: str) -> Compute:
    """A share published for counties alone; for larger places the mean of the counties that have it, weighted by the people it is of."""

    def compute(query: Query, tables: Tables) -> pd.DataFrame:
        counties = tables["counties"]
        membership = county_membership(query.level, tables)
        values, weights = numbers(counties, column), numbers(counties, weight)
        if query.level == "county":
            return frame(membership.geoids, values, status.OBSERVED)
        weights = np.where(np.isnan(values), 0, weights)
        mean = divided(membership.sums(np.nan_to_num(values) * weights), membership.sums(weights))
        return frame(membership.geoids, mean, status.MODELLED)

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
