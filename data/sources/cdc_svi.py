"""CDC/ATSDR Social Vulnerability Index 2022 (ACS 2018-2022): race and ethnicity, vehicles, internet, insurance, and the rank."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_counties, expect_share, expect_total
from data.reading import counts, numbers, read_text
from data.source import PUBLIC_DOMAIN, Raw, Source

FILE = "cdc/SVI_2022_US_county.csv"

SOURCE = Source(
    id="cdc_svi",
    publisher="Centers for Disease Control and Prevention / ATSDR",
    title="Social Vulnerability Index 2022, counties",
    vintage="ACS 2018-2022",
    url="https://svi.cdc.gov/Documents/Data/2022/csv/states_counties/SVI_2022_US_county.csv",
    licence=PUBLIC_DOMAIN,
    citation="Centers for Disease Control and Prevention / ATSDR. CDC/ATSDR Social Vulnerability Index 2022, United States.",
    read_on=date(2026, 11, 23),
    stale_after_days=900,
    files=(FILE,),
    note="Households, not people, without a vehicle or internet. Race groups other than Hispanic are not Hispanic.",
)

GROUPS = {
    "E_AFAM": "black_people",
    "E_ASIAN": "asian_people",
    "E_HISP": "hispanic_people",
    "E_AIAN": "american_indian_people",
    "E_NHPI": "pacific_people",
    "E_TWOMORE": "two_or_more_people",
    "E_OTHERRACE": "other_race_people",
}

HOUSEHOLDS = {
    "E_HH": "households_svi",
    "E_NOVEH": "no_vehicle_households",
    "E_NOINT": "no_internet_households",
}

PEOPLE = {
    "E_UNINSUR": "uninsured_people_acs",
    "E_POV150": "poverty_150_people",
}


def read_vulnerability(raw: Raw) -> pd.DataFrame:
    """geoid, svi_population and its race and ethnicity groups (which add up to it), households, and svi_rank.

    svi_rank runs from 0 (least vulnerable county of the nation) to 1.
    """
    columns = {"E_TOTPOP": "svi_population"} | GROUPS | HOUSEHOLDS | PEOPLE
    frame = read_text(raw.path(FILE), needs=("FIPS", "E_MINRTY", "RPL_THEMES", *columns))
    frame = frame.assign(geoid=frame["FIPS"].str.zfill(5)).sort_values("geoid", ignore_index=True)
    expect_counties(frame["geoid"], "SVI")
    found = pd.DataFrame({"geoid": frame["geoid"]} | {new: counts(frame[old], old) for old, new in columns.items()})
    minority = counts(frame["E_MINRTY"], "E_MINRTY")
    found.insert(2, "white_not_hispanic_people", found["svi_population"] - minority)
    expect_total(found["svi_population"], 331_097_593, "SVI people")
    added = found[list(GROUPS.values())].sum(axis=1)
    expect(bool((added == minority).all()), "SVI: the groups do not add up to E_MINRTY in every county.")
    expect(
        bool((found["no_vehicle_households"] <= found["households_svi"]).all()), "SVI: more households without a vehicle than households."
    )
    found["svi_rank"] = numbers(frame["RPL_THEMES"], "RPL_THEMES")
    expect_share(found["svi_rank"], "SVI rank")
    return found
