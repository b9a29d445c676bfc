"""Share of adults within 10 straight-line miles of a listed provider, as a range: many sites are known only by city."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics import status
from analytics.cache import CACHE
from analytics.indicator import Indicator
from analytics.indicators._shapes import Floats, divided, frame, has_silent_records
from analytics.query import Query
from analytics.reach import within_draws
from analytics.rollup import block_membership, demand
from analytics.tables import Tables


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """Median of 20 seeded draws of where the city-level sites stand; the interval spans the 5th to 95th percentile.

    Where the record of some sites is silent on the kind of therapy or payment, its upper end counts them all.
    """
    membership = block_membership(query.level, tables)
    people = demand(tables).adults
    total = membership.sums(people)

    def quantiles(possible: bool) -> Floats:
        key = (tables.version, "draws", query.layers, query.modality, query.population, possible)
        draws = CACHE.get(key, lambda: within_draws(query, tables, 10, possible))
        shares = np.array([divided(membership.sums(people * within), total) for within in draws])
        return np.asarray(np.quantile(shares, [0.05, 0.5, 0.95], axis=0))

    low, value, high = quantiles(possible=False)
    if has_silent_records(query):
        high = quantiles(possible=True)[2]
    return frame(membership.geoids, value, status.MODELLED, low, high)


INDICATOR = Indicator(
    id="within_10_miles",
    label="adults within 10 miles (as a range)",
    group="Getting there",
    order=30,
    question="How many adults live within 10 miles of a listed ketamine provider?",
    finding="{value} of adults in {place}{doubt} live within 10 miles of {providers}",
    why="Ten miles is a trip that fits a working day. Many sites are known only by their city, so this is a range.",
    unit="share",
    unit_words="share of adults, straight-line miles, with the range that city-level sites leave open",
    universe="adults on 1 July 2023 at block-group centres of 2020",
    subject="distance",
    worse="low",
    sources=("census_block_group_centres", "census_pep_ages"),
    vintage="provider lists 2022-2026, people 2023",
    modelled=True,
    method="within-reach",
    uses_providers=True,
    bears="nearest",
    breaks=(0.2, 0.4, 0.6, 0.8, 0.95),
    caveat="A lower bound: no list of providers is complete.",
    compute=compute,
)
