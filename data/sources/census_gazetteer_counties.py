"""Census Gazetteer, counties: today's names and land areas, and with them the list of counties that everything else must match."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_counties, without_territories
from data.reading import numbers, read_text
from data.source import PUBLIC_DOMAIN, Raw, Source

FILE = "census/2025_Gaz_counties_national.txt"

SOURCE = Source(
    id="census_gazetteer_counties",
    publisher="US Census Bureau",
    title="Gazetteer files: counties",
    vintage="2025",
    url="https://www2.census.gov/geo/docs/maps-data/data/gazetteer/2025_Gazetteer/2025_Gaz_counties_national.zip",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau. 2025 Gazetteer Files, Counties.",
    read_on=date(2026, 11, 23),
    stale_after_days=400,
    files=(FILE,),
    note="Names and land area alone; the interior point is not used, as it can lie far from the people.",
)


def read_counties(raw: Raw) -> pd.DataFrame:
    """geoid, name, state (postal), state_fips, land_sqmi of the 3,144 counties, sorted by geoid."""
    frame = read_text(raw.path(FILE), separator="|", needs=("USPS", "GEOID", "NAME", "ALAND_SQMI"))
    frame = without_territories(frame, "GEOID").sort_values("GEOID", ignore_index=True)
    expect_counties(frame["GEOID"], "Gazetteer")
    expect(frame["USPS"].nunique() == 51, "Gazetteer: the counties are not those of 50 states and DC.")
    return pd.DataFrame(
        {
            "geoid": frame["GEOID"],
            "name": frame["NAME"].str.strip(),
            "state": frame["USPS"],
            "state_fips": frame["GEOID"].str[:2],
            "land_sqmi": numbers(frame["ALAND_SQMI"], "Gazetteer land area"),
        }
    )
