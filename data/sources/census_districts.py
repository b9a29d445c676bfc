"""Census Bureau: congressional districts of the 119th Congress: adults, and how many of a county's people live in which."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd

from data.checks import expect, expect_total, without_territories
from data.errors import DataError
from data.reading import expect_columns
from data.source import FACTS_ONLY, PUBLIC_DOMAIN, Raw, Source
from data.sources.census_boundaries import SEATS

ADULTS_FILE = "census/acs1_2024_S0101_congressional_district.json"
OFFICIAL_OVERLAP_FILE = "census/dec2020_cd119_county_parts.json"
OVERLAP_FILE = "census/county2020_cd119_population_weights.csv"

ADULTS_SOURCE = Source(
    id="acs1_2024_districts",
    publisher="US Census Bureau",
    title="American Community Survey, 1-year estimates, S0101 Age and Sex, congressional districts",
    vintage="2024",
    url="https://api.census.gov/data/2024/acs/acs1/subject?get=group(S0101)&for=congressional%20district:*",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau, American Community Survey 2024, 1-year estimates, table S0101.",
    read_on=date(2026, 11, 23),
    stale_after_days=400,
    files=(ADULTS_FILE,),
)

OVERLAP_SOURCE = Source(
    id="county_district_people",
    publisher="US Census Bureau, reworked from PolicyEngine's count of 2020 blocks by district",
    title="People of 2020 in each county and congressional district",
    vintage="2020 census, 119th Congress",
    url="https://api.census.gov/data/2020/dec/cd119?get=P1_001N&for=county%20(or%20part):*&in=congressional%20district:*&in=state:*",
    licence=FACTS_ONLY,
    citation="US Census Bureau, 2020 census, 119th Congressional District Summary File: people by county and district.",
    read_on=date(2026, 11, 23),
    stale_after_days=400,
    files=(f"{OVERLAP_FILE}|{OFFICIAL_OVERLAP_FILE}",),
    note="Connecticut on its eight old counties. Where a county holds several whole seats (in AZ CA FL IL MD MI NV NY PA TX WA) the people "
    "are split equally between them; seven seats miss their state's mean by over 1 % and are flagged.",
)

PEOPLE = 331_449_281


def read_district_adults(raw: Raw) -> pd.DataFrame:
    """The 436 districts: geoid, adults (18 and over, 2024, survey) and adults_moe (90 % margin)."""
    read = read_answer(raw, ADULTS_FILE)
    columns = {"S0101_C01_026E": "adults", "S0101_C01_026M": "adults_moe"}
    expect_columns(read, ("state", "congressional district", *columns), ADULTS_FILE)
    read = read.assign(geoid=read["state"] + read["congressional district"])
    states = without_territories(read, "geoid").sort_values("geoid", ignore_index=True)
    districts = states[["geoid"]].assign(**{name: pd.to_numeric(states[code]) for code, name in columns.items()})
    expect(len(districts) == SEATS and districts["geoid"].is_unique, f"{ADULTS_FILE}: {len(districts)} districts; 436 were expected.")
    expect(bool(districts["adults"].between(300_000, 1_000_000).all()), f"{ADULTS_FILE}: adults of a seat outside 300,000 to 1,000,000.")
    expect(bool((districts["adults_moe"] >= 0).all()), f"{ADULTS_FILE}: a margin is missing or a code such as -555555555.")
    return districts.astype({"adults": "int64", "adults_moe": "int64"})


def read_overlaps(raw: Raw) -> pd.DataFrame:
    """People of 2020 by county and district: county_2020 (as at the census), district, population_2020; sorted.

    Reads the answer of the Census Data API (119th Congressional District Summary File) where it is there, else the derived file.
    """
    official = (raw.root / OFFICIAL_OVERLAP_FILE).is_file()
    what = OFFICIAL_OVERLAP_FILE if official else OVERLAP_FILE
    overlaps = official_overlaps(raw) if official else derived_overlaps(raw)
    expect(not overlaps.duplicated(["county_2020", "district"]).any(), f"{what}: a county and district stand there twice.")
    expect(bool((overlaps["population_2020"] > 0).all()), f"{what}: a county and district without people.")
    expect(overlaps["county_2020"].nunique() == 3_143, f"{what}: not the 3,143 counties of 2020.")
    expect(overlaps["district"].nunique() == SEATS, f"{what}: not all 436 districts are there.")
    expect_total(overlaps["population_2020"], PEOPLE, f"{what}: people", tolerance=0 if official else 11)
    return overlaps.sort_values(["county_2020", "district"], ignore_index=True)


def derived_overlaps(raw: Raw) -> pd.DataFrame:
    """The derived file; its shares are rounded, so that nine counties miss the census by up to five people, eleven in all."""
    read = pd.read_csv(raw.path(OVERLAP_FILE), dtype={"county_fips_2020": "str", "cd119_geoid": "str"})
    expect(len(read) == 3_742, f"{OVERLAP_FILE}: {len(read):,} rows; 3,742 were expected.")
    names = {"county_fips_2020": "county_2020", "cd119_geoid": "district", "pop2020_overlap": "population_2020"}
    return read[list(names)].rename(columns=names)


def official_overlaps(raw: Raw) -> pd.DataFrame:
    """The API's answer: P1_001N by state, congressional district and county (or part of one); parts without people are left out."""
    read = read_answer(raw, OFFICIAL_OVERLAP_FILE).rename(columns={"county (or part)": "county"})
    expect_columns(read, ("P1_001N", "state", "congressional district", "county"), OFFICIAL_OVERLAP_FILE)
    overlaps = pd.DataFrame(
        {
            "county_2020": read["state"] + read["county"],
            "district": read["state"] + read["congressional district"],
            "population_2020": pd.to_numeric(read["P1_001N"]).astype("int64"),
        }
    )
    return without_territories(overlaps[overlaps["population_2020"] > 0], "county_2020")


def read_answer(raw: Raw, file: str) -> pd.DataFrame:
    """An answer of the Census Data API, a list of rows of text with the header first; a repeated column is kept once."""
    try:
        head, *rows = json.loads(raw.path(file).read_text(encoding="utf-8"))
    except (json.JSONDecodeError, TypeError):
        raise DataError(f"{file} is no answer of the Census Data API; an HTML page instead means that a key is needed.") from None
    read = pd.DataFrame(rows, columns=head)
    return read.loc[:, ~read.columns.duplicated()]
