"""How Medicare's amount for an esketamine visit has changed since there is one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analytics import status
from analytics.indicators._shapes import frame
from analytics.indicators.medicare_amount import INDICATOR as AMOUNT
from analytics.prices import county_amounts, national_amount, over_counties, years
from analytics.query import NATION, Query
from analytics.tables import Tables


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """Amount of the last year over that of the first, less 1.

    A county's two amounts are those of its localities then and now, also where its locality was taken over by another. A state's or
    district's is the change of the mean by adults, with the least and greatest county. The nation's is the fee schedule's own.
    """
    first, last = years(tables)[0], years(tables)[-1]
    before, now = county_amounts("G2083", first, tables), county_amounts("G2083", last, tables)
    change = now / before - 1
    if query.level == "county":
        return frame(tables["counties"]["geoid"], change, status.OBSERVED)
    if query.level == "nation":
        own = national_amount("G2083", last, tables) / national_amount("G2083", first, tables) - 1
        return frame([NATION], [own], status.OBSERVED, [np.min(change)], [np.max(change)])
    # The change of a mean is the mean of the changes, each weighted by adults times the first year's amount.
    adults = tables["counties"]["adults"].to_numpy(dtype=float)
    return over_counties(query.level, change, adults * before, tables)


INDICATOR = replace(
    AMOUNT,
    id="medicare_change",
    label="change of Medicare's amount since 2020",
    order=20,
    question="By how much has Medicare's amount for an esketamine visit changed since 2020?",
    finding="Medicare's amount for an esketamine visit in {place} has changed by {value} since 2020",
    why="A patient's share is a fifth of the amount and goes up with it.",
    unit="share",
    unit_words="change from 2020 to 2026 as a share of the amount of 2020",
    vintage="2020 and 2026",
    caveat=(
        "Of a payment rule, not of a market price, and in the dollars of each year: inflation is not taken out. "
        "Above the county: change of the mean by adults, with the least and greatest county."
    ),
    compute=compute,
)
