"""Share of adults within 10 straight-line miles of a listed provider, as a range: many sites are known only by city."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.cache import CACHE
from analytics.indicator import Indicator
from analytics.indicators._shapes import Floats, divided, frame, has_silent_records, states
from analytics.query import Query
from analytics.reach import within_draws
from analytics.rollup import block_membership, weighed
from analytics.supply import supply_key
from analytics.tables import Tables

REACH_MILES = 10


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """Median of 20 seeded draws of where the city-level sites stand; the interval spans the 5th to 95th percentile.

    Where the record of some sites is silent on the kind of therapy or payment, its upper end counts them all.
    """
    membership = block_membership(query.level, tables)
    people = weighed(query.weights, tables)
    total = membership.sums(people)

    def quantiles(possible: bool) -> Floats:
        shares = np.array([divided(membership.sums(people * within), total) for within in draws(query, tables, possible)])
        return np.asarray(np.quantile(shares, [0.05, 0.5, 0.95], axis=0))

    low, value, high = quantiles(possible=False)
    if has_silent_records(query):
        high = quantiles(possible=True)[2]
    return frame(membership.geoids, value, states(query, tables, membership, "miles"), low, high)


def draws(query: Query, tables: Tables, possible: bool = False) -> npt.NDArray[np.bool_]:
    """Block groups within 10 miles of a site in each draw, (20, n)."""
    key = (tables.version, "draws", supply_key(query), possible)
    return CACHE.get(key, lambda: within_draws(query, tables, REACH_MILES, possible))


INDICATOR = Indicator(
    id="within_10_miles",
    label="adults within 10 miles (as a range)",
    group="Getting there",
    order=30,
    question="How many adults live within 10 miles of a listed ketamine provider?",
    finding="{value} of {people} in {place}{doubt} live within 10 miles of {providers}",
    why="Ten miles is a trip that fits a working day. Many sites are known only by their city, so this is a range.",
    unit="share",
    unit_words="share of {people}, straight-line miles, with the range that city-level sites leave open",
    universe="adults on 1 July 2023 at block-group centres of 2020",
    subject="distance",
    worse="low",
    sources=("census_block_group_centres", "census_pep_ages"),
    vintage="provider lists 2022-2026, people 2023",
    modelled=True,
    method="within-reach",
    uses_providers=True,
    asks=("weights",),
    bears="nearest",
    breaks=(0.2, 0.4, 0.6, 0.8, 0.95),
    caveat="A lower bound: no list of providers is complete.",
    interval="where in their city the sites stand of which only the city is known (5th to 95th percentile of 20 draws)",
    compute=compute,
)
