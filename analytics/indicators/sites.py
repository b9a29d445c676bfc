"""Listed sites in a place."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators._shapes import frame, has_silent_records
from analytics.query import Query
from analytics.rollup import county_membership
from analytics.supply import choose
from analytics.tables import Tables


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """Sites by the county they stand in; a district takes the share of the county's people, as its seat is not known."""
    counties = tables["counties"]["geoid"]
    providers = tables["providers"]
    membership = county_membership(query.level, tables)

    def count(mask: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        by_county = providers.loc[mask, "county"].value_counts().reindex(counties, fill_value=0)
        return membership.sums(by_county)

    supply = choose(query, providers)
    value, most = count(supply.known), count(supply.possible)
    if not has_silent_records(query):
        return frame(membership.geoids, value, status.OBSERVED)
    return frame(membership.geoids, value, status.OBSERVED, value, most)


INDICATOR = Indicator(
    id="sites",
    label="listed providers",
    group="Getting there",
    order=50,
    question="How many ketamine providers do the chosen lists name here?",
    finding="the chosen lists name {value} in {place}",
    why="It shows what each list holds, and what it leaves out.",
    unit="sites",
    unit_words="sites on the chosen lists",
    universe="sites open to the chosen group of people",
    subject="distance",
    worse="low",
    sources=(),
    vintage="provider lists 2022-2026",
    modelled=False,
    method="lists",
    levels=("state", "county"),
    uses_providers=True,
    bears="count",
    breaks=(2, 3, 5, 10),
    caveat="A lower bound: 0 means that no list names one, not that none exists.",
    compute=compute,
)
