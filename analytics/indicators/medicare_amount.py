"""Medicare's allowed amount for an esketamine visit over 56 mg (G2083) in an office."""

from __future__ import annotations

import pandas as pd

from analytics.indicator import Indicator
from analytics.prices import allowed_amounts, years
from analytics.query import Query
from analytics.tables import Tables


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """A county has its payment locality's amount; a state or district the mean of its counties' amounts by adults.

    The nation's is the fee schedule's own national amount, not a mean.
    """
    return allowed_amounts("G2083", years(tables)[-1], query.level, tables)


INDICATOR = Indicator(
    id="medicare_amount",
    label="Medicare's amount for an esketamine visit",
    group="Price",
    order=10,
    question="What does Medicare allow for one esketamine visit with over 56 mg?",
    finding="{value} is what Medicare allows for an esketamine visit over 56 mg in {place}",
    why="It is the one price that is published for every county. A fifth of it is the patient's share under Part B.",
    unit="usd",
    unit_words="US dollars a visit, office setting, 2026",
    universe="G2083: drug, visit and two hours of observation",
    subject="cost",
    worse="high",
    sources=("cms_fee_schedule",),
    vintage="2026",
    modelled=False,
    method="medicare-amount",
    caveat="A payment rule, right for coinsurance, not a market price. Above the county: mean by adults, with the least and greatest county.",
    compute=compute,
)
