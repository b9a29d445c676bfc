"""Census Bureau: cartographic boundaries of 2024, 1:20,000,000 (counties, and districts of the 119th Congress)."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pandas as pd
import shapely

from data.checks import COUNTIES, STATES, TERRITORIES, expect, expect_counties
from data.source import PUBLIC_DOMAIN, Raw, Source

COUNTY_FILE = "census/boundaries/cb_2024_us_county_20m.shp"
DISTRICT_FILE = "census/boundaries/cb_2024_us_cd119_20m_with_DISTRICT_ID.geojson"

SOURCE = Source(
    id="census_boundaries_counties",
    publisher="US Census Bureau",
    title="Cartographic boundary files, counties, 1:20,000,000",
    vintage="2024",
    url="https://www2.census.gov/geo/tiger/GENZ2024/shp/cb_2024_us_county_20m.zip",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau, Cartographic Boundary Files: counties (2024), 1:20,000,000.",
    read_on=date(2026, 11, 23),
    stale_after_days=500,
    files=tuple(COUNTY_FILE.replace(".shp", ending) for ending in (".shp", ".shx", ".dbf", ".prj", ".cpg")),
    note="NAD83 is read as WGS84: they differ by under two metres here, and coordinates are kept to about 100 metres.",
)

DISTRICT_SOURCE = Source(
    id="census_boundaries_districts",
    publisher="US Census Bureau",
    title="Cartographic boundary files, congressional districts of the 119th Congress, 1:20,000,000",
    vintage="2024 (119th Congress)",
    url="https://www2.census.gov/geo/tiger/GENZ2024/shp/cb_2024_us_cd119_20m.zip",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau, Cartographic Boundary Files: congressional districts, 119th Congress (2024), 1:20,000,000.",
    read_on=date(2026, 11, 23),
    stale_after_days=500,
    files=(DISTRICT_FILE,),
    note="The 119th Congress ends on 3 January 2027; the next sits on new maps in several states.",
)

SEATS = 436
"""435 seats and the delegate of the District of Columbia."""


def read_county_boundaries(raw: Raw) -> gpd.GeoDataFrame:
    """The 3,144 counties: geoid, name ("Autauga County"), state (postal), state_name, geometry (lon/lat), sorted by geoid."""
    read = gpd.read_file(raw.path(COUNTY_FILE))
    expect(len(read) == 3_222, f"{COUNTY_FILE}: {len(read):,} counties; 3,222 with Puerto Rico were expected.")
    kept = read[~read["STATEFP"].isin(TERRITORIES)].sort_values("GEOID", ignore_index=True)
    names = {"GEOID": "geoid", "NAMELSAD": "name", "STUSPS": "state", "STATE_NAME": "state_name", "geometry": "geometry"}
    counties = kept[list(names)].rename(columns=names)
    expect_counties(counties["geoid"], COUNTY_FILE)
    expect(len(counties) == COUNTIES and counties["state"].nunique() == STATES, f"{COUNTY_FILE}: not all 51 states are there.")
    expect_coverage(counties, COUNTY_FILE)
    return counties


def read_district_boundaries(raw: Raw) -> gpd.GeoDataFrame:
    """The 436 districts: geoid (state and seat, four digits; DC is 1198), geometry (lon/lat), sorted by geoid."""
    read = gpd.read_file(raw.path(DISTRICT_FILE))
    expect(len(read) == SEATS + 1, f"{DISTRICT_FILE}: {len(read)} districts; 437 with Puerto Rico were expected.")
    kept = read[~read["STATEFP"].isin(TERRITORIES)].sort_values("GEOID", ignore_index=True)
    districts = kept[["GEOID", "geometry"]].rename(columns={"GEOID": "geoid"})
    expect(len(districts) == SEATS and districts["geoid"].is_unique, f"{DISTRICT_FILE}: {len(districts)} districts; 436 were expected.")
    expect_coverage(districts, DISTRICT_FILE)
    return districts


def state_names(counties: pd.DataFrame) -> pd.DataFrame:
    """The 51 states by two-digit geoid, from the counties' own file: geoid, name, state (postal)."""
    states = counties.assign(geoid=counties["geoid"].str[:2])[["geoid", "state_name", "state"]].drop_duplicates("geoid")
    return pd.DataFrame(states.rename(columns={"state_name": "name"})).sort_values("geoid", ignore_index=True)


def expect_coverage(frame: gpd.GeoDataFrame, what: str) -> None:
    """Neighbours share their edges and nothing overlaps; all else (dissolving, simplifying) rests on it."""
    expect(
        bool(shapely.coverage_is_valid(frame.geometry.array)),
        f"{what}: the areas overlap or leave slivers between them; they are no coverage.",
    )
