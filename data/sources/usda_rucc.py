"""USDA Rural-Urban Continuum Codes 2023: how rural a county is, from 1 (large metro area) to 9."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_counties, without_territories
from data.reading import counts, read_text
from data.source import PUBLIC_DOMAIN, Raw, Source

FILE = "usda/Ruralurbancontinuumcodes2023.csv"

SOURCE = Source(
    id="usda_rucc",
    publisher="US Department of Agriculture, Economic Research Service",
    title="Rural-Urban Continuum Codes",
    vintage="2023",
    url="https://ers.usda.gov/sites/default/files/_laserfiche/DataFiles/53251/Ruralurbancontinuumcodes2023.csv",
    licence=PUBLIC_DOMAIN,
    citation="USDA Economic Research Service. Rural-Urban Continuum Codes 2023.",
    read_on=date(2026, 11, 23),
    stale_after_days=3650,
    files=(FILE,),
)


def read_rurality(raw: Raw) -> pd.DataFrame:
    """geoid, rucc (1 to 3 metro, 4 to 9 not)."""
    frame = read_text(raw.path(FILE), encoding="latin-1", needs=("FIPS", "Attribute", "Value"))
    frame = frame[frame["Attribute"] == "RUCC_2023"]
    frame = without_territories(frame.assign(geoid=frame["FIPS"].str.zfill(5)), "geoid").sort_values("geoid", ignore_index=True)
    expect_counties(frame["geoid"], "RUCC")
    found = pd.DataFrame({"geoid": frame["geoid"], "rucc": counts(frame["Value"], "RUCC")})
    expect(bool(found["rucc"].between(1, 9).all()), "RUCC: a code is not between 1 and 9.")
    metro = int((found["rucc"] <= 3).sum())
    expect(metro == 1_186, f"RUCC: {metro:,} metro counties; 1,186 were expected.")
    return found
