"""Census Gazetteer: points and land of ZIP areas (ZCTAs) and of places, here called towns; people of ZIP areas from the ACS."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pandas as pd

from data.checks import expect, without_territories
from data.errors import DataError
from data.reading import counts, expect_columns, numbers, read_text
from data.source import PUBLIC_DOMAIN, Raw, Source

ZCTA_FILE = "census/2025_Gaz_zcta_national.txt"
TOWN_FILE = "census/2025_Gaz_place_national.txt"
PEOPLE_FILE = "census/census_api_acs5_2023_zcta_B01003_B25001.json"
GAZETTEER = "https://www2.census.gov/geo/docs/maps-data/data/gazetteer/2025_Gazetteer/"

ZCTA_SOURCE = Source(
    id="census_gazetteer_zctas",
    publisher="US Census Bureau",
    title="Gazetteer files: ZIP Code Tabulation Areas",
    vintage="2025",
    url=GAZETTEER + "2025_Gaz_zcta_national.zip",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau. 2025 Gazetteer Files, ZIP Code Tabulation Areas.",
    read_on=date(2026, 11, 23),
    stale_after_days=400,
    files=(ZCTA_FILE,),
    note="A ZIP Code Tabulation Area is not a ZIP code: post-office boxes and single buildings have none.",
)

TOWN_SOURCE = Source(
    id="census_gazetteer_places",
    publisher="US Census Bureau",
    title="Gazetteer files: places",
    vintage="2025",
    url=GAZETTEER + "2025_Gaz_place_national.zip",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau. 2025 Gazetteer Files, Places.",
    read_on=date(2026, 11, 23),
    stale_after_days=400,
    files=(TOWN_FILE,),
    note="Cities, towns, villages, boroughs and census-designated places; townships of New England and New Jersey are no places.",
)

PEOPLE_SOURCE = Source(
    id="census_acs5_zctas",
    publisher="US Census Bureau",
    title="American Community Survey, 5-year estimates, B01003, ZIP Code Tabulation Areas",
    vintage="2019-2023",
    url="https://api.census.gov/data/2023/acs/acs5?get=NAME,B01003_001E,B25001_001E&for=zip%20code%20tabulation%20area:*",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau, American Community Survey 2019-2023, table B01003, ZIP Code Tabulation Areas.",
    read_on=date(2026, 11, 23),
    stale_after_days=400,
    files=(PEOPLE_FILE,),
)

KINDS = {
    "21": "borough",
    "25": "city",
    "37": "municipality",
    "43": "town",
    "47": "village",
    "53": "city and borough",
    "57": "CDP",
    "CG": "consolidated government",
    "CN": "corporation",
    "MG": "metropolitan government",
    "UC": "urban county",
    "UG": "unified government",
}
"""The Gazetteer's codes (LSAD) of what a place is in law; 00 names none, and is a city in all 13 cases."""

CALLED = {
    "1303440": "Athens",
    "1304204": "Augusta",
    "1321017": "Cusseta",
    "1332528": "Georgetown",
    "1349008": "Macon",
    "1571550": "Honolulu",
    "1608830": "Boise",
    "2146027": "Lexington",
    "2148006": "Louisville",
    "3001675": "Anaconda",
    "3011397": "Butte",
    "4732742": "Hartsville",
    "4744382": "Lynchburg",
    "4752006": "Nashville",
}
"""Cities joined with their county, and two more, as everybody calls them; by geoid."""


def read_zctas(raw: Raw) -> pd.DataFrame:
    """All 33,791 ZIP areas, territories among them: zcta, latitude, longitude (interior point), sorted."""
    read = read_text(raw.path(ZCTA_FILE), separator="|", needs=("GEOID", "INTPTLAT", "INTPTLONG"))
    expect(len(read) == 33_791, f"{ZCTA_FILE}: {len(read):,} ZIP areas; 33,791 were expected.")
    expect(read["GEOID"].is_unique, f"{ZCTA_FILE}: a ZIP area stands there twice.")
    return with_point(pd.DataFrame({"zcta": read["GEOID"]}), read, ZCTA_FILE).sort_values("zcta", ignore_index=True)


def read_zcta_people(raw: Raw) -> pd.DataFrame:
    """People of 33,772 ZIP areas, 2019-2023: zcta, population (whole people)."""
    try:
        head, *rows = json.loads(raw.path(PEOPLE_FILE).read_text(encoding="utf-8"))
    except (json.JSONDecodeError, TypeError):
        raise DataError(f"{PEOPLE_FILE} is no answer of the Census Data API; an HTML page instead means that a key is needed.") from None
    read = pd.DataFrame(rows, columns=head, dtype="str")
    code = "zip code tabulation area" if "zip code tabulation area" in read else "zip code tabulation area (or part)"
    expect_columns(read, ("B01003_001E", code), PEOPLE_FILE)
    expect(len(read) == 33_772, f"{PEOPLE_FILE}: {len(read):,} ZIP areas; 33,772 were expected.")
    return pd.DataFrame({"zcta": read[code], "population": counts(read["B01003_001E"], f"{PEOPLE_FILE}: people")})


def read_towns(raw: Raw) -> pd.DataFrame:
    """The 32,058 places of 50 states and DC: geoid (7 digits), name, also, kind, state, latitude, longitude, land_sqmi; by geoid."""
    read = read_text(raw.path(TOWN_FILE), separator="|", needs=("USPS", "GEOID", "NAME", "LSAD", "ALAND_SQMI", "INTPTLAT", "INTPTLONG"))
    expect(len(read) == 32_350, f"{TOWN_FILE}: {len(read):,} places; 32,350 with Puerto Rico were expected.")
    read = without_territories(read, "GEOID").sort_values("GEOID", ignore_index=True)
    expect(len(read) == 32_058 and read["GEOID"].is_unique, f"{TOWN_FILE}: {len(read):,} places of 50 states and DC; 32,058 were expected.")
    strange = sorted(set(read["LSAD"]) - {*KINDS, "00"})
    expect(not strange, f"{TOWN_FILE}: unknown kinds of place {strange}.")
    names = [town_name(*row) for row in zip(read["GEOID"], read["NAME"], read["LSAD"], strict=True)]
    towns = pd.DataFrame(names, columns=["name", "also"], dtype="str").assign(
        geoid=read["GEOID"],
        kind=read["LSAD"].map(KINDS).fillna("city"),
        state=read["USPS"],
        land_sqmi=numbers(read["ALAND_SQMI"], f"{TOWN_FILE}: land"),
    )
    towns = with_point(towns, read, TOWN_FILE)
    return towns[["geoid", "name", "also", "kind", "state", "latitude", "longitude", "land_sqmi"]]


def town_name(geoid: str, name: str, code: str) -> tuple[str, str | None]:
    """What people call a place, and the other name it also goes by, if any, from its full name and its kind's code.

    >>> town_name("0100124", "Abbeville city", "25"), town_name("3209700", "Carson City", "00")
    (('Abbeville', None), ('Carson City', None))
    >>> town_name("4752006", "Nashville-Davidson metropolitan government (balance)", "00")
    ('Nashville', 'Nashville-Davidson')
    >>> town_name("0665042", "San Buenaventura (Ventura) city", "25")
    ('San Buenaventura (Ventura)', 'Ventura')
    """
    plain = name.removesuffix(" (balance)")
    endings = (*KINDS.values(), "metro government") if code == "00" else (KINDS[code],)
    ending = next((ending for ending in endings if plain.endswith(f" {ending}")), "")
    plain = plain.removesuffix(f" {ending}")
    if geoid in CALLED:
        return CALLED[geoid], plain
    if "(" in plain:
        return plain, plain.partition("(")[2].partition(")")[0]
    return plain, None


def with_point(frame: pd.DataFrame, read: pd.DataFrame, what: str) -> pd.DataFrame:
    """The frame with latitude and longitude from the Gazetteer's interior point, which must lie in the United States."""
    latitude = numbers(read["INTPTLAT"], f"{what}: latitude")
    longitude = numbers(read["INTPTLONG"], f"{what}: longitude")
    sound = latitude.between(-15, 72) & (longitude.between(-180, -60) | longitude.between(140, 180))
    expect(bool(np.all(sound)), f"{what}: a point lies outside the United States and its territories.")
    return frame.assign(latitude=latitude, longitude=longitude)
