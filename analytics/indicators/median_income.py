"""Median household income."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators._shapes import frame
from analytics.query import Query
from analytics.tables import Tables


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """The published median of each place with its 90 % margin; medians are never averaged."""
    rows = tables[{"county": "counties", "state": "states", "nation": "nation"}[query.level]]
    value = rows["median_household_income_usd"].to_numpy(dtype=float, na_value=np.nan)
    margin = rows["median_household_income_usd_moe"].to_numpy(dtype=float, na_value=np.nan)
    return frame(rows["geoid"], value, status.OBSERVED, value - margin, value + margin)


INDICATOR = Indicator(
    id="median_income",
    label="median household income",
    group="Who lives there",
    order=10,
    question="What does the household in the middle earn in a year?",
    finding="{value} a year is the median household income in {place}",
    why="The same price weighs twice as much where incomes are half.",
    unit="usd",
    unit_words="US dollars of 2023 a year",
    universe="households (ACS 2019-2023)",
    subject="cost",
    worse="low",
    sources=("census_acs5_2023",),
    vintage="2019-2023",
    modelled=False,
    method="income",
    levels=("state", "county"),
    breaks=(45000, 55000, 65000, 80000),
    caveat="A survey of five years; the interval is the published 90 % margin.",
    interval="the survey's margin (90 %)",
    compute=compute,
)
