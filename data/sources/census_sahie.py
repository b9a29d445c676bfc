"""Small Area Health Insurance Estimates 2022: adults of 18 to 64 and people under 65 without insurance."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_counties, expect_interval, expect_share, expect_total
from data.reading import counties_of, nation_of, numbers, place_codes, read_text, states_of
from data.source import PUBLIC_DOMAIN, Raw, Source

ADULTS_FILE = "sahie/sahie2022_uninsured_adults_18_64.csv"
UNDER_65_FILE = "sahie/sahie2022_uninsured_under_65.csv"

SOURCE = Source(
    id="census_sahie",
    publisher="US Census Bureau",
    title="Small Area Health Insurance Estimates: uninsured adults 18-64 and people under 65",
    vintage="2022",
    url="https://www2.census.gov/programs-surveys/sahie/datasets/time-series/estimates-acs/sahie-2022-csv.zip",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau. Small Area Health Insurance Estimates 2022.",
    read_on=date(2026, 11, 23),
    stale_after_days=500,
    files=(ADULTS_FILE, UNDER_65_FILE),
    note="Modelled by the Census Bureau; intervals widened to 95 %. 2022 predates the unwinding of continuous Medicaid enrolment.",
)

KALAWAO = "15005"


def read_uninsured(raw: Raw, file: str, code: str, suffix: str) -> pd.DataFrame:
    """One of the files: geoid, population_{suffix}, uninsured_{suffix}, uninsured_{suffix}_share, uninsured_{suffix}_low and _high.

    Connecticut stands there twice; the rows marked U are the eight old counties and are left out.
    The nation has no interval.
    """
    frame = read_text(raw.path(file), needs=("statecode", "countycode", f"{code}_numerator", f"{code}_cilow", f"{code}_flag_CT"))
    frame = frame[frame[f"{code}_flag_CT"] != "U"]
    share, low, high = (f"uninsured_{suffix}_{ending}" for ending in ("share", "low", "high"))
    found = pd.DataFrame(
        {
            "geoid": place_codes(frame["statecode"], frame["countycode"]),
            f"population_{suffix}": numbers(frame[f"{code}_denominator"], "SAHIE people"),
            f"uninsured_{suffix}": numbers(frame[f"{code}_numerator"], "SAHIE uninsured"),
            share: numbers(frame[f"{code}_rawvalue"], "SAHIE rate").round(6),
            low: numbers(frame[f"{code}_cilow"], "SAHIE lower bound").round(6),
            high: numbers(frame[f"{code}_cihigh"], "SAHIE upper bound").round(6),
        }
    ).sort_values("geoid", ignore_index=True)
    what = f"SAHIE {suffix}"
    counties, states = counties_of(found), states_of(found)
    expect_counties(counties["geoid"], what)
    unknown = counties.loc[counties[share].isna(), "geoid"].tolist()
    expect(unknown == [KALAWAO], f"{what}: rates are missing for {unknown}; only Kalawao {KALAWAO} was expected.")
    for column in (f"population_{suffix}", f"uninsured_{suffix}"):
        nation = float(nation_of(found)[column].iloc[0])
        expect_total(counties[column], nation, f"{what}: the counties' {column}")
        expect_total(states[column], nation, f"{what}: the states' {column}")
    expect_share(found[share], what)
    expect_interval(found, low, share, high, what)
    return found


def read_uninsured_adults(raw: Raw) -> pd.DataFrame:
    """Adults of 18 to 64 (v003)."""
    return read_uninsured(raw, ADULTS_FILE, "v003", "18_64")


def read_uninsured_under_65(raw: Raw) -> pd.DataFrame:
    """People under 65 (v085)."""
    return read_uninsured(raw, UNDER_65_FILE, "v085", "under_65")
