"""What a treatment costs its patient, by who pays."""

from __future__ import annotations

import pandas as pd

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators._shapes import frame
from analytics.out_of_pocket import patient_cost
from analytics.query import Query
from analytics.tables import Tables

RULES = ("treatment/", "medicare/", "medicaid/", "commercial/", "copay_programme/", "va/", "affordability/iv_session_price")


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """The patient's total in one calendar year at the place's own charges, with its range."""
    costs = patient_cost(query, tables, query.level)
    return frame(costs.geoids, costs.value, status.MODELLED, costs.low, costs.high)


INDICATOR = Indicator(
    id="patient_cost",
    label="what a patient pays",
    group="Price",
    order=30,
    question="What does a first course, or a first year, cost a person in this payer situation?",
    finding="{treatment} costs {value} in {place}, {payer}",
    why="The price of a visit says little: what a person pays hangs on who else pays, and on how many visits there are.",
    unit="usd",
    unit_words="US dollars out of pocket, {treatment}, {payer}",
    universe="one adult's treatment in one calendar year; the way there is not in it",
    subject="cost",
    worse="high",
    sources=("cms_fee_schedule", "facts_prices"),
    vintage="2026",
    modelled=True,
    method="patient-cost",
    asks=("payer", "schedule", "modality"),
    assumes=RULES,
    caveat="Each payer is a situation of its own and there is no mean over them. What infusions cost is one national number; plans differ inside the range.",
    interval="the least and the greatest bill",
    compute=compute,
)
