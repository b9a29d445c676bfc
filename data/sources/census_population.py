"""Census population: ACS totals, Population Estimates by age, the yearly totals, and where a county's people live."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pandas as pd

from data.checks import expect, expect_counties, expect_total, without_territories
from data.errors import DataError
from data.reading import counts, expect_columns, numbers, read_text
from data.source import PUBLIC_DOMAIN, Raw, Source
from data.sources.census_block_groups import read_block_groups

ACS_FILE = "census/census_api_acs5_2023_county_B01003_B25001.json"
AGES_FILE = "census/cc-est2023-agesex-all.csv"
TOTALS_FILE = "census/pep_vintage2024_population.csv"
CENTRES_FILE = "census/county_population_centers_2022_geography.csv"

ACS_TOTAL = Source(
    id="census_acs5_b01003",
    publisher="US Census Bureau",
    title="American Community Survey 5-year, table B01003 (total population), counties",
    vintage="2019-2023",
    url="https://api.census.gov/data/2023/acs/acs5?get=NAME,B01003_001E,B25001_001E&for=county:*",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau. American Community Survey 5-Year Estimates 2019-2023, table B01003.",
    read_on=date(2026, 11, 23),
    stale_after_days=500,
    files=(ACS_FILE,),
)

AGES = Source(
    id="census_pep_ages",
    publisher="US Census Bureau",
    title="Population Estimates, Vintage 2023: counties by age and sex",
    vintage="1 July 2023",
    url="https://www2.census.gov/programs-surveys/popest/datasets/2020-2023/counties/asrh/cc-est2023-agesex-all.csv",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau, Population Division. Annual County Resident Population Estimates by Age and Sex, Vintage 2023.",
    read_on=date(2026, 11, 23),
    stale_after_days=800,
    files=(AGES_FILE,),
)

TOTALS = Source(
    id="census_pep_totals",
    publisher="US Census Bureau",
    title="Population Estimates, Vintage 2024: county totals",
    vintage="1 July 2024",
    url="https://www2.census.gov/programs-surveys/popest/datasets/2020-2024/counties/totals/co-est2024-alldata.csv",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau, Population Division. Annual County Resident Population Estimates, Vintage 2024.",
    read_on=date(2026, 11, 23),
    stale_after_days=500,
    files=(TOTALS_FILE,),
)

CENTRES = Source(
    id="census_cenpop_counties",
    publisher="US Census Bureau",
    title="Centers of Population 2020: counties",
    vintage="Census 2020",
    url="https://www2.census.gov/geo/docs/reference/cenpop2020/county/CenPop2020_Mean_CO.txt",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau. Centers of Population for the 2020 Census, counties.",
    read_on=date(2026, 11, 23),
    stale_after_days=3650,
    files=(CENTRES_FILE,),
    note="Connecticut's nine planning regions and Alaska's new areas are weighted from the block groups' centres of the same census.",
)

AGE_COLUMNS = {
    "POPESTIMATE": "population_2023",
    "AGE18PLUS_TOT": "adults",
    "AGE1824_TOT": "age_18_24",
    "AGE2544_TOT": "age_25_44",
    "AGE4564_TOT": "age_45_64",
    "AGE65PLUS_TOT": "age_65_plus",
}


def read_acs_population(raw: Raw) -> pd.DataFrame:
    """geoid, population (ACS 2019-2023), from the Census API's own answer: a JSON array whose first row is the header."""
    path = raw.path(ACS_FILE)
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        frame = pd.DataFrame(rows[1:], columns=rows[0], dtype="str")
    except (json.JSONDecodeError, IndexError, KeyError, TypeError, ValueError):
        raise DataError(f"{path.name} is no answer of the Census API (a JSON array with a header row); ask it again.") from None
    expect_columns(frame, ("state", "county", "B01003_001E"), path.name)
    frame["geoid"] = frame["state"] + frame["county"]
    frame = without_territories(frame, "geoid").sort_values("geoid", ignore_index=True)
    expect_counties(frame["geoid"], "ACS population")
    population = counts(frame["B01003_001E"], "ACS population")
    expect_total(population, 332_387_540, "ACS 2019-2023 people")
    return pd.DataFrame({"geoid": frame["geoid"], "population": population})


def read_ages(raw: Raw) -> pd.DataFrame:
    """geoid and the resident people of 1 July 2023: population_2023, adults (18 and over) and their four age bands."""
    frame = read_text(raw.path(AGES_FILE), encoding="latin-1", needs=("STATE", "COUNTY", "YEAR", *AGE_COLUMNS))
    frame = frame[frame["YEAR"] == "5"]  # 1 is the census base of April 2020, 2 to 5 are July 2020 to July 2023
    frame = frame.assign(geoid=frame["STATE"].str.zfill(2) + frame["COUNTY"].str.zfill(3))
    frame = without_territories(frame, "geoid").sort_values("geoid", ignore_index=True)
    expect_counties(frame["geoid"], "Population Estimates by age")
    found = pd.DataFrame({"geoid": frame["geoid"]} | {new: counts(frame[old], old) for old, new in AGE_COLUMNS.items()})
    expect_total(found["adults"], 262_083_034, "Adults on 1 July 2023")
    bands = found[["age_18_24", "age_25_44", "age_45_64", "age_65_plus"]].sum(axis=1)
    expect(bool((bands == found["adults"]).all()), "Population Estimates: the age bands do not add up to the adults in every county.")
    return found


def read_totals(raw: Raw) -> pd.DataFrame:
    """geoid, population_2024 (1 July 2024). Takes the official file (STATE, COUNTY) and the short one (fipscode)."""
    path = raw.path(TOTALS_FILE)
    frame = read_text(path, encoding="latin-1", needs=("POPESTIMATE2024",))
    if "fipscode" in frame.columns:
        frame = frame.assign(geoid=frame["fipscode"].str.zfill(5))
    else:
        expect_columns(frame, ("STATE", "COUNTY"), path.name)
        frame = frame.assign(geoid=frame["STATE"].str.zfill(2) + frame["COUNTY"].str.zfill(3))
    is_state = frame["geoid"].str.endswith("000")  # the short file's first row, the nation, is empty
    states = without_territories(frame[is_state & (frame["geoid"] != "00000")], "geoid").set_index("geoid")["POPESTIMATE2024"]
    frame = without_territories(frame[~is_state], "geoid").sort_values("geoid", ignore_index=True)
    expect_counties(frame["geoid"], "Population Estimates")
    population = counts(frame["POPESTIMATE2024"], "POPESTIMATE2024")
    summed = population.groupby(frame["geoid"].str[:2]).sum()
    stated = counts(states, "POPESTIMATE2024 of states").rename(index=lambda code: code[:2])
    expect(bool(summed.eq(stated).all()), "Population Estimates: counties do not add up to their states.")
    return pd.DataFrame({"geoid": frame["geoid"], "population_2024": population})


def mean_centres(block_groups: pd.DataFrame) -> pd.DataFrame:
    """Population-weighted centres by geoid from block groups (geoid, people, latitude, longitude).

    The Census Bureau's own formula: longitudes are weighted by people and by the cosine of the latitude.
    """
    people = block_groups["people"]
    east = people * np.cos(np.radians(block_groups["latitude"]))
    sums = pd.DataFrame(
        {
            "geoid": block_groups["geoid"],
            "people": people,
            "north": people * block_groups["latitude"],
            "east": east,
            "west_east": east * block_groups["longitude"],
        }
    )
    sums = sums.groupby("geoid", as_index=False).sum()
    return pd.DataFrame(
        {
            "geoid": sums["geoid"],
            "population_2020": sums["people"].astype("int64"),
            "latitude": (sums["north"] / sums["people"]).round(6),
            "longitude": (sums["west_east"] / sums["east"]).round(6),
        }
    )


def connecticut_centres(raw: Raw) -> pd.DataFrame:
    """The nine planning regions' centres, for the official county file, which still has the eight old counties."""
    groups = read_block_groups(raw)
    groups = groups[groups["county"].str.startswith("09")]
    return mean_centres(groups.rename(columns={"county": "geoid", "population_2020": "people"}))


def read_centres(raw: Raw) -> pd.DataFrame:
    """geoid, population_2020, latitude, longitude: where the people of each of today's counties live on average (Census 2020).

    Takes the official CenPop2020_Mean_CO.txt (STATEFP, COUNTYFP) and the one already on today's counties (GEOID).
    """
    path = raw.path(CENTRES_FILE)
    frame = read_text(path, needs=("POPULATION", "LATITUDE", "LONGITUDE"))
    official = "GEOID" not in frame.columns
    if official:
        expect_columns(frame, ("STATEFP", "COUNTYFP"), path.name)
        frame = frame.assign(GEOID=frame["STATEFP"].str.zfill(2) + frame["COUNTYFP"].str.zfill(3))
    frame = without_territories(frame, "GEOID")
    found = pd.DataFrame(
        {
            "geoid": frame["GEOID"],
            "population_2020": counts(frame["POPULATION"], "POPULATION"),
            "latitude": numbers(frame["LATITUDE"], "LATITUDE"),
            "longitude": numbers(frame["LONGITUDE"], "LONGITUDE"),
        }
    )
    if official:
        found = pd.concat([found[~found["geoid"].str.startswith("09")], connecticut_centres(raw)])
    found = found.sort_values("geoid", ignore_index=True)
    expect_counties(found["geoid"], "Centres of population")
    expect_total(found["population_2020"], 331_449_281, "People of the 2020 census")
    inside = found["latitude"].between(18, 72) & found["longitude"].between(-180, -66)
    expect(bool(inside.all()), "Centres of population: a county lies outside the United States; are latitude and longitude swapped?")
    return found
