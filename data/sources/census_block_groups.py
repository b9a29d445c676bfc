"""Census Bureau: population-weighted centres of the block groups, 2020, on today's counties."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_total, without_territories
from data.source import FACTS_ONLY, PUBLIC_DOMAIN, Raw, Source

FILE = "census/block_group_population_centers_2020.csv.gz"
OFFICIAL_FILE = "census/CenPop2020_Mean_BG.txt"
TRACT_FILE = "census/ct_tract2020_to_planning_region2022.csv"

SOURCE = Source(
    id="census_block_group_centres",
    publisher="US Census Bureau",
    title="Centers of population by block group",
    vintage="2020 census",
    url="https://www2.census.gov/geo/docs/reference/cenpop2020/blkgrp/CenPop2020_Mean_BG.txt",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau, Centers of Population, 2020: block groups.",
    read_on=date(2026, 11, 23),
    stale_after_days=1500,
    files=(f"{FILE}|{OFFICIAL_FILE}",),
    note="Four empty block groups of Connecticut lie in no planning region and are left out; 1,339 others without people are kept.",
)

TRACT_SOURCE = Source(
    id="connecticut_tracts",
    publisher="CT Data Collaborative, from US Census Bureau files",
    title="Connecticut's tracts of 2020 and the planning regions of 2022",
    vintage="2022",
    url="https://github.com/CT-Data-Collaborative/2022-tract-crosswalk",
    licence=FACTS_ONLY,
    citation="CT Data Collaborative, 2022 tract crosswalk (Census Bureau tracts by planning region).",
    read_on=date(2026, 11, 23),
    stale_after_days=1500,
    files=(TRACT_FILE,),
)

ROWS = 239_776
PEOPLE = 331_449_281
WITHOUT_REGION = ["09001", "09007", "09009", "09011"]
"""Old counties of the four empty Connecticut block groups (open water) that belong to no planning region."""


def read_block_groups(raw: Raw) -> pd.DataFrame:
    """One row a block group of the 50 states and DC, sorted by county, latitude and longitude.

    county (five digits, today's), county_2020 (as at the census), latitude, longitude (degrees), population_2020.
    Reads the official CenPop2020_Mean_BG.txt where it is there, else the file derived from it.
    """
    if (raw.root / OFFICIAL_FILE).is_file():
        read = from_official(raw)
        what = OFFICIAL_FILE
    else:
        read = from_derived(raw)
        what = FILE
    states = without_territories(read, "county_2020")
    expect_total(states["population_2020"], PEOPLE, f"{what}: people")
    groups = without_empty_connecticut(states, what)
    expect(len(groups) == ROWS, f"{what}: {len(groups):,} block groups; {ROWS:,} were expected.")
    expect_total(groups["population_2020"], PEOPLE, f"{what}: people after the empty rows were dropped")
    return groups.sort_values(["county", "latitude", "longitude"], ignore_index=True)


def from_derived(raw: Raw) -> pd.DataFrame:
    """The derived file: ST,county_fips_2020,county_geoid_2022,lat,lon,pop2020,zero_pop_boundary."""
    read = pd.read_csv(raw.path(FILE), dtype={"county_fips_2020": "str", "county_geoid_2022": "str"})
    names = {
        "county_geoid_2022": "county",
        "county_fips_2020": "county_2020",
        "lat": "latitude",
        "lon": "longitude",
        "pop2020": "population_2020",
    }
    return read[list(names)].rename(columns=names)


def from_official(raw: Raw) -> pd.DataFrame:
    """The official file: STATEFP,COUNTYFP,TRACTCE,BLKGRPCE,POPULATION,LATITUDE,LONGITUDE, with a byte order mark."""
    codes = dict.fromkeys(("STATEFP", "COUNTYFP", "TRACTCE", "BLKGRPCE"), "str")
    read = pd.read_csv(raw.path(OFFICIAL_FILE), dtype=codes, encoding="utf-8-sig")
    old = read["STATEFP"] + read["COUNTYFP"]
    regions = read_connecticut_tracts(raw).set_index("tract_2020")["county"]
    today = old.where(read["STATEFP"] != "09", (old + read["TRACTCE"]).map(regions))
    return pd.DataFrame(
        {
            "county": today,
            "county_2020": old,
            "latitude": read["LATITUDE"],
            "longitude": read["LONGITUDE"],
            "population_2020": read["POPULATION"],
        }
    )


def read_connecticut_tracts(raw: Raw) -> pd.DataFrame:
    """Connecticut's tracts: tract_2020 (11 digits, old counties) and county (planning region of today)."""
    read = pd.read_csv(raw.path(TRACT_FILE), dtype="str", encoding="utf-8-sig", usecols=["tract_fips_2020", "ce_fips_2022"])
    expect(len(read) == 879, f"{TRACT_FILE}: {len(read)} tracts; 879 were expected.")
    expect(read["ce_fips_2022"].nunique() == 9, f"{TRACT_FILE}: not nine planning regions.")
    return read.rename(columns={"tract_fips_2020": "tract_2020", "ce_fips_2022": "county"})


def without_empty_connecticut(groups: pd.DataFrame, what: str) -> pd.DataFrame:
    """Drop the four block groups of open water that no planning region claims, and nothing else."""
    nowhere = groups["county"].isna()
    found = sorted(groups.loc[nowhere, "county_2020"])
    expect(
        found == WITHOUT_REGION,
        f"{what}: block groups without a county of today lie in {found}; one each in {WITHOUT_REGION} was expected.",
    )
    expect_total(groups.loc[nowhere, "population_2020"], 0, f"{what}: people in the Connecticut rows without a planning region")
    return groups[~nowhere]
