"""Sites per 100,000 adults, for lists that bear a rate."""

from __future__ import annotations

import pandas as pd

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators._shapes import Floats, divided, frame
from analytics.indicators.sites import compute as count_sites
from analytics.query import Query
from analytics.rollup import adults
from analytics.tables import Tables


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """100,000 x sites / adults of the place, with the interval of the count where some records are silent."""
    counted = count_sites(query, tables)
    people = adults(query.level, tables).reindex(counted["geoid"]).to_numpy(dtype=float)

    def rate(column: str) -> Floats:
        return 100_000 * divided(counted[column].to_numpy(dtype=float), people)

    return frame(counted["geoid"], rate("value"), status.OBSERVED, rate("low"), rate("high"))


INDICATOR = Indicator(
    id="sites_per_100k",
    label="providers per 100,000 adults",
    group="Getting there",
    order=60,
    question="How many sites of the chosen list are there for 100,000 adults?",
    finding="the chosen list names {value} adults in {place}",
    why="A rate compares places of different size, and so asks for a list that treats them alike.",
    unit="rate",
    unit_words="sites per 100,000 adults",
    universe="adults on 1 July 2023",
    subject="distance",
    worse="low",
    sources=("census_pep_ages",),
    vintage="SAMHSA directories 2022-2024, people 2023",
    modelled=False,
    method="lists",
    levels=("state",),
    uses_providers=True,
    bears="rate",
    caveat="A lower bound: no list is complete. The federal directory is self-reported and changes by a third from year to year.",
    compute=compute,
)
