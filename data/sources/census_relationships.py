"""Census relationship files: which county holds which part of a ZIP area, and which counties touch."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, without_territories
from data.reading import numbers, read_text
from data.source import PUBLIC_DOMAIN, Raw, Source

LAND_FILE = "census/zcta520_county20_land_area.csv"
OFFICIAL_LAND_FILE = "census/tab20_zcta520_county20_natl.txt"
ADJACENCY_FILE = "census/county_adjacency2024.txt"

LAND_SOURCE = Source(
    id="census_zcta_county",
    publisher="US Census Bureau",
    title="Relationship file: ZIP Code Tabulation Areas and counties, 2020",
    vintage="2020",
    url="https://www2.census.gov/geo/docs/maps-data/data/rel2020/zcta520/tab20_zcta520_county20_natl.txt",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau, 2020 relationship file, ZCTA to county.",
    read_on=date(2026, 11, 23),
    stale_after_days=1500,
    files=(f"{LAND_FILE}|{OFFICIAL_LAND_FILE}",),
    note="Land, not people: good for saying in which county a ZIP area lies, never for counting.",
)

ADJACENCY_SOURCE = Source(
    id="census_county_adjacency",
    publisher="US Census Bureau",
    title="County adjacency file",
    vintage="2024",
    url="https://www2.census.gov/geo/docs/reference/county_adjacency/county_adjacency2024.txt",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau, County Adjacency File, 2024.",
    read_on=date(2026, 11, 23),
    stale_after_days=500,
    files=(ADJACENCY_FILE,),
)


def read_zcta_land(raw: Raw) -> pd.DataFrame:
    """Land of each ZIP area in each county of 2020 (Connecticut's old ones): zcta, county_2020, land (one unit throughout).

    Reads the official relationship file where it is there, else the derived one.
    """
    if (raw.root / OFFICIAL_LAND_FILE).is_file():
        return official_land(raw)
    read = read_text(raw.path(LAND_FILE), needs=("ZCTA5", "County GEOID", "Land Area"))
    expect(len(read) == 46_953, f"{LAND_FILE}: {len(read):,} rows; 46,953 were expected.")
    return pd.DataFrame(
        {"zcta": read["ZCTA5"], "county_2020": read["County GEOID"], "land": numbers(read["Land Area"], f"{LAND_FILE}: land")}
    )


def official_land(raw: Raw) -> pd.DataFrame:
    """The official file: pipe-delimited, GEOID_ZCTA5_20, GEOID_COUNTY_20, AREALAND_PART; rows of land in no ZIP area are left out."""
    needs = ("GEOID_ZCTA5_20", "GEOID_COUNTY_20", "AREALAND_PART")
    read = read_text(raw.path(OFFICIAL_LAND_FILE), separator="|", needs=needs)
    read = read[read["GEOID_ZCTA5_20"].str.strip() != ""].reset_index(drop=True)
    land = numbers(read["AREALAND_PART"], f"{OFFICIAL_LAND_FILE}: land")
    return pd.DataFrame({"zcta": read["GEOID_ZCTA5_20"], "county_2020": read["GEOID_COUNTY_20"], "land": land})


def county_of_most_land(land: pd.DataFrame) -> pd.DataFrame:
    """zcta and county_2020: of the counties that share a ZIP area the one with most of its land, of equals the lower code."""
    order = land.sort_values(["zcta", "land", "county_2020"], ascending=[True, False, True], kind="stable")
    return order.drop_duplicates("zcta")[["zcta", "county_2020"]].reset_index(drop=True)


def read_adjacency(raw: Raw) -> pd.DataFrame:
    """Counties of today that touch: county, neighbor, both ways, none with itself; sorted."""
    read = read_text(raw.path(ADJACENCY_FILE), separator="|", needs=("County GEOID", "Neighbor GEOID"))
    expect(len(read) == 22_196, f"{ADJACENCY_FILE}: {len(read):,} rows; 22,196 were expected.")
    pairs = read[["County GEOID", "Neighbor GEOID"]].set_axis(["county", "neighbor"], axis=1)
    pairs = without_territories(without_territories(pairs, "county"), "neighbor")
    pairs = pairs[pairs["county"] != pairs["neighbor"]]
    expect(not pairs.duplicated().any(), f"{ADJACENCY_FILE}: a pair of counties stands there twice.")
    there = pd.MultiIndex.from_frame(pairs)
    expect(bool(there.isin(there.swaplevel()).all()), f"{ADJACENCY_FILE}: a county is its neighbour's neighbour one way only.")
    return pairs.sort_values(["county", "neighbor"], ignore_index=True)
