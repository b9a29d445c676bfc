"""Households for which this course alone is too much."""

from __future__ import annotations

import pandas as pd

from analytics import status
from analytics.affordability import share_over
from analytics.indicator import Indicator
from analytics.indicators._shapes import frame
from analytics.indicators.patient_cost import RULES
from analytics.out_of_pocket import patient_cost
from analytics.query import Query
from analytics.tables import Tables


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """Share of all households for which the patient's cost at their county is over the line.

    The interval runs from the least bill and none of an open top bracket to the greatest bill and all of it.
    """
    costs = patient_cost(query, tables, "county")
    shares = share_over(costs.value, costs.low, costs.high, query.level, tables, query.assumptions)
    return frame(shares.geoids, shares.value, status.MODELLED, shares.low, shares.high)


INDICATOR = Indicator(
    id="households_over",
    label="households for which the cost is too much",
    group="Price",
    order=40,
    question="For how many households would this course alone take too much of a year's income?",
    finding="for {value} of households in {place}, {treatment}, {payer}, takes more than {burden}",
    why="The same bill is a nuisance to one household and out of reach for another; this counts households by what they earn.",
    unit="share",
    unit_words="share of households for which {treatment}, {payer}, takes more than {burden}",
    universe="all households by income (ACS 2019-2023), in dollars of 2023",
    subject="cost",
    worse="high",
    sources=("census_acs5_2023", "census_acs5_b01003", "cms_fee_schedule", "facts_prices"),
    vintage="incomes of 2019-2023, prices of 2026",
    modelled=True,
    method="households-over",
    asks=("payer", "schedule", "modality"),
    assumes=(*RULES, "affordability/"),
    caveat="All households, whoever pays: incomes of people with Medicare alone are not in hand. Where a bill is the same everywhere, this maps incomes.",
    interval="the least and the greatest bill, and none or all of an open top bracket of incomes",
    compute=compute,
)
