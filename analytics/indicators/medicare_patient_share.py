"""The coinsurance of one esketamine visit under Medicare's Part B."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analytics.assumptions import assumed
from analytics.indicators._shapes import frame
from analytics.indicators.medicare_amount import INDICATOR as AMOUNT
from analytics.indicators.medicare_amount import compute as amount
from analytics.query import Query
from analytics.tables import Tables

COINSURANCE = "medicare/part_b_coinsurance"


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """The coinsurance's share of the allowed amount, with the same bounds."""
    rows = amount(query, tables)
    share = float(assumed(COINSURANCE, query.assumptions))
    return frame(rows["geoid"], rows["value"] * share, rows["status"], rows["low"] * share, rows["high"] * share)


INDICATOR = replace(
    AMOUNT,
    id="medicare_patient_share",
    label="patient's share of an esketamine visit under Medicare",
    order=15,
    question="What does one esketamine visit cost a person on traditional Medicare without a supplement?",
    finding="{value} is the patient's share of an esketamine visit over 56 mg under traditional Medicare in {place}",
    why="Without a supplement it is due again at every visit, dozens of times in a first year per label.",
    unit_words="US dollars a visit, office setting, 2026: the coinsurance, after the yearly deductible",
    assumes=(COINSURANCE,),
    caveat=(
        "One visit after the yearly deductible, without a supplement, Medicaid or Medicare Advantage. It follows from a payment rule. "
        "Above the county: mean by adults, with the least and greatest county."
    ),
    compute=compute,
)
