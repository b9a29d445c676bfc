"""American Community Survey 2019-2023: median incomes by race, quintile limits, broadband, and households by income bracket."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_counties, expect_share, expect_total, without_territories
from data.reading import counties_of, counts, numbers, place_codes, read_text, states_of
from data.source import PUBLIC_DOMAIN, Raw, Source

FILE = "census/acs5_2023_county_selected_tables.csv"

SOURCE = Source(
    id="census_acs5_2023",
    publisher="US Census Bureau",
    title="American Community Survey 5-year: B19013 (and B, C, D, H, I), B19080, B25074, B25095, S2801",
    vintage="2019-2023",
    url="https://api.census.gov/data/2023/acs/acs5",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau. American Community Survey 5-Year Estimates 2019-2023.",
    read_on=date(2026, 11, 23),
    stale_after_days=500,
    files=(FILE,),
    note="In dollars of 2023, not inflated. Margins are 90 %. A median of 2,499 or 250,001 is the end of the published scale and has no margin.",
)

MEDIANS = {
    "B19013": "median_household_income",
    "B19013B": "median_household_income_black",
    "B19013C": "median_household_income_american_indian",
    "B19013D": "median_household_income_asian",
    "B19013H": "median_household_income_white_not_hispanic",
    "B19013I": "median_household_income_hispanic",
}
"""B, C and D are the group alone, Hispanic or not; I is Hispanic of any race."""

BOTTOM_CODE, TOP_CODE = 2_499, 250_001

OWNERS = {
    "002": "households_owner_0",
    "011": "households_owner_10k",
    "020": "households_owner_20k",
    "029": "households_owner_35k",
    "038": "households_owner_50k",
    "047": "households_owner_75k",
    "056": "households_owner_100k",
    "065": "households_owner_150k",
}
"""Table B25095 by the lower edge of the bracket in thousands of dollars; the last one is open."""

RENTERS = {
    "002": "households_renter_0",
    "011": "households_renter_10k",
    "020": "households_renter_20k",
    "029": "households_renter_35k",
    "038": "households_renter_50k",
    "047": "households_renter_75k",
    "056": "households_renter_100k",
}
"""Table B25074 likewise."""

HOUSEHOLDS = 127_482_865


def read_places(raw: Raw) -> pd.DataFrame:
    """The file as text with geoid: the nation (`us`), 51 states, 3,144 counties."""
    frame = read_text(raw.path(FILE), needs=("statecode", "countycode", "NAME", *(f"{table}_001E" for table in MEDIANS)))
    frame = without_territories(frame.assign(geoid=place_codes(frame["statecode"], frame["countycode"])), "geoid")
    frame = frame.sort_values("geoid", ignore_index=True)
    expect_counties(counties_of(frame)["geoid"], "ACS selected tables")
    expect(len(states_of(frame)) == 51, "ACS selected tables: 50 states and DC were expected.")
    return frame


def read_state_names(raw: Raw) -> pd.DataFrame:
    """state_fips, state_name."""
    states = states_of(read_places(raw))
    return pd.DataFrame({"state_fips": states["geoid"], "state_name": states["NAME"].str.strip()})


def read_incomes(raw: Raw) -> pd.DataFrame:
    """Medians with margins, the lowest and highest fifth's limits and the share with broadband; nation, states, counties."""
    frame = read_places(raw)
    found = pd.DataFrame({"geoid": frame["geoid"]})
    for table, name in MEDIANS.items():
        found[f"{name}_usd"] = numbers(frame[f"{table}_001E"], table)
        found[f"{name}_usd_moe"] = numbers(frame[f"{table}_001M"], f"margin of {table}")
        coded = found[f"{name}_usd"].isin([BOTTOM_CODE, TOP_CODE])
        expect(bool(found.loc[coded, f"{name}_usd_moe"].isna().all()), f"ACS: a coded median of {table} has a margin of error.")
    blank = counties_of(found)
    blank = blank[blank["median_household_income_usd"].isna()]
    expect(set(blank["geoid"]) <= {"32009", "48261"}, f"ACS: no median income for {blank['geoid'].head(5).tolist()}.")
    found["income_p20_usd"] = numbers(frame["B19080_001E"], "B19080_001")
    found["income_p80_usd"] = numbers(frame["B19080_004E"], "B19080_004")
    found["income_p80_topcoded"] = found["income_p80_usd"] >= TOP_CODE
    expect(
        bool((found["income_p20_usd"] < found["income_p80_usd"]).all()), "ACS: somewhere the lowest fifth's limit exceeds the highest's."
    )
    broadband, households = numbers(frame["S2801_C01_014E"], "S2801_C01_014"), numbers(frame["S2801_C01_001E"], "S2801_C01_001")
    found["broadband_share"] = (broadband / households).round(6)
    expect_share(found["broadband_share"], "ACS households with broadband of any kind")
    return found


def read_income_brackets(raw: Raw) -> pd.DataFrame:
    """geoid, households and their fifteen brackets by tenure and income; nation, states, counties.

    The brackets add up to all households everywhere, the counties to the states and to the nation's 127,482,865.
    """
    frame = read_places(raw)
    brackets = {f"B25095_{cell}E": name for cell, name in OWNERS.items()} | {f"B25074_{cell}E": name for cell, name in RENTERS.items()}
    found = pd.DataFrame({"geoid": frame["geoid"], "households": counts(frame["S2801_C01_001E"], "ACS households")})
    for cell, name in brackets.items():
        found[name] = counts(frame[cell], cell)
    added = found[list(brackets.values())].sum(axis=1)
    expect(bool((added == found["households"]).all()), "ACS: the income brackets of owners and renters do not add up to all households.")
    counties, states = counties_of(found), states_of(found).set_index("geoid")
    expect_total(counties["households"], HOUSEHOLDS, "Households of all counties")
    summed = counties.drop(columns="geoid").groupby(counties["geoid"].str[:2]).sum()
    expect(bool((summed == states).all(axis=None)), "ACS: the counties' income brackets do not add up to the states'.")
    return found
