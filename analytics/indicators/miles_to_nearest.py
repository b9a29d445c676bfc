"""Straight-line miles to the nearest listed provider: the median over adults."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators._shapes import frame, has_silent_records
from analytics.query import Query
from analytics.reach import nearest_miles
from analytics.rollup import block_membership, demand
from analytics.tables import Tables


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """Half of a place's adults live nearer than this, half farther. There is no limit to the search."""
    membership = block_membership(query.level, tables)
    people = demand(tables).adults

    def median(possible: bool) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        miles = membership.weighted_medians(nearest_miles(query, tables, possible), people)
        return np.where(np.isfinite(miles), miles, np.nan)

    value = median(possible=False)
    if not has_silent_records(query):
        return frame(membership.geoids, value, status.MODELLED)
    return frame(membership.geoids, value, status.MODELLED, median(possible=True), value)


INDICATOR = Indicator(
    id="miles_to_nearest",
    label="miles to the nearest provider",
    group="Getting there",
    order=40,
    question="How far is the nearest listed ketamine provider for the adult in the middle?",
    finding="the typical adult in {place}{doubt} lives {value} from {providers}",
    why="Esketamine must be taken at a certified site, week after week, with someone else driving home.",
    unit="miles",
    unit_words="straight-line miles, median over adults",
    universe="adults on 1 July 2023 at block-group centres of 2020",
    subject="distance",
    worse="high",
    sources=("census_block_group_centres", "census_pep_ages"),
    vintage="provider lists 2022-2026, people 2023",
    modelled=True,
    method="nearest",
    uses_providers=True,
    bears="nearest",
    breaks=(10, 20, 30, 60, 100, 150),
    caveat="Upper end of the true distance: a site on no list may be nearer. Straight lines cross water and mountains.",
    compute=compute,
)
