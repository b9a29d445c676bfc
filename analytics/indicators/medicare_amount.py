"""Medicare's allowed amount for an esketamine visit over 56 mg (G2083) in an office."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators._shapes import divided, frame
from analytics.query import Query
from analytics.rollup import county_membership
from analytics.tables import Tables

YEAR = 2026


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """A county has its payment locality's amount; a state the mean of its counties' amounts by adults.

    The nation's is the fee schedule's own national amount, not a mean.
    """
    if query.level == "nation":
        national = tables["medicare_national"]
        rows = national[(national["year"] == YEAR) & (national["hcpcs"] == "G2083")]
        return frame(["us"], rows["allowed_usd"], status.OBSERVED)
    amounts = tables["medicare_amounts"]
    of_locality = amounts[(amounts["year"] == YEAR) & (amounts["hcpcs"] == "G2083")].set_index("locality")["allowed_usd"]
    locality = tables["county_localities"].set_index("geoid")["locality"]
    counties = tables["counties"]
    value = of_locality.reindex(locality.reindex(counties["geoid"])).to_numpy(dtype=float)
    if query.level == "county":
        return frame(counties["geoid"], value, status.OBSERVED)
    membership = county_membership(query.level, tables)
    people = counties["adults"].to_numpy(dtype=float)
    low = np.full(len(membership.geoids), np.inf)
    high = np.full(len(membership.geoids), -np.inf)
    np.minimum.at(low, membership.place, value[membership.row])
    np.maximum.at(high, membership.place, value[membership.row])
    mean = divided(membership.sums(value * people), membership.sums(people))
    # Where all counties share one amount, rounding may put their mean a hair outside of it.
    return frame(membership.geoids, np.clip(mean, low, high), status.MODELLED, low, high)


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
