"""Rural-Urban Continuum Code."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators._shapes import frame
from analytics.query import Query
from analytics.tables import Tables

METROPOLITAN = 3
"""The codes up to this one are metropolitan counties (USDA Economic Research Service, 2023)."""


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """The county's own code; larger places have none."""
    counties = tables["counties"]
    return frame(counties["geoid"], counties["rucc"].to_numpy(dtype=float, na_value=np.nan), status.OBSERVED)


INDICATOR = Indicator(
    id="rucc",
    label="rural-urban code (1 metro to 9 remote)",
    group="Who lives there",
    order=30,
    question="How urban or remote is the county?",
    finding="{value} is the rural-urban code of {place}, on a scale from 1 (metropolitan) to 9 (remote)",
    why="Distance, speed of travel and the choice of clinics all follow it.",
    unit="code",
    unit_words="Rural-Urban Continuum Code, 1 to 3 metropolitan, 4 to 9 not",
    universe="counties, 2023",
    subject="need",
    worse="high",
    sources=("usda_rucc",),
    vintage="2023",
    modelled=False,
    method="who-lives-there",
    levels=("county",),
    breaks=(2, 3, 4, 6, 8),
    compute=compute,
)
