"""Of those with Medicare, the share in Medicare Advantage."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analytics import status
from analytics.coverage import medicare_split
from analytics.indicators._shapes import divided, frame
from analytics.indicators.medicare_people import INDICATOR as MEDICARE_PEOPLE
from analytics.query import Query
from analytics.rollup import county_membership
from analytics.tables import Tables


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """Advantage / (Advantage + traditional). A county whose split CMS withholds is suppressed, and left out of larger places."""
    membership = county_membership(query.level, tables)
    advantage, traditional = (np.nan_to_num(one) for one in medicare_split(tables))
    value = divided(membership.sums(advantage), membership.sums(advantage + traditional))
    if query.level == "county":
        withheld = tables["counties"]["medicare_suppressed"].to_numpy(dtype=bool) & np.isnan(value)
        return frame(membership.geoids, value, np.where(withheld, status.SUPPRESSED, status.OBSERVED))
    return frame(membership.geoids, value, status.MODELLED if query.level == "district" else status.OBSERVED)


INDICATOR = replace(
    MEDICARE_PEOPLE,
    id="medicare_advantage_share",
    label="share of Medicare in Medicare Advantage",
    order=32,
    question="How many of those with Medicare are in a Medicare Advantage plan?",
    finding="{value} of people with Medicare in {place} are in Medicare Advantage",
    why="A plan may ask for prior authorisation and sends its members to its network; traditional Medicare does neither.",
    unit="share",
    unit_words="share of people with Medicare, other plans than Advantage included",
    universe="people with Medicare by address, November 2025",
    caveat="Published for two pairs of Connecticut regions only as sums: Greater Bridgeport with Western Connecticut, Naugatuck Valley with South Central; both of a pair have the pair's share. Where CMS withholds the split there is none.",
    compute=compute,
)
