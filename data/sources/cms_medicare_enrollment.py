"""CMS Medicare Monthly Enrollment, November 2025: people with Medicare, in Advantage and in traditional Medicare."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_counties, expect_total, without_territories
from data.reading import numbers, read_text
from data.source import PUBLIC_DOMAIN, Raw, Source

FILE = "coverage/cms_medicare_enrollment_county_2025_11.csv"

SOURCE = Source(
    id="cms_medicare_enrollment",
    publisher="Centers for Medicare & Medicaid Services",
    title="Medicare Monthly Enrollment, counties",
    vintage="November 2025",
    url="https://data.cms.gov/summary-statistics-on-beneficiary-enrollment/medicare-and-medicaid-reports/medicare-monthly-enrollment",
    licence=PUBLIC_DOMAIN,
    citation="Centers for Medicare & Medicaid Services. Medicare Monthly Enrollment, November 2025.",
    read_on=date(2026, 11, 23),
    stale_after_days=400,
    files=(FILE,),
    note="By the address on file: never divided by people. Two pairs of Connecticut's regions are known as sums only; 23 counties are "
    "suppressed between Advantage and traditional, Kalawao altogether.",
)

PEOPLE = 68_343_524
IN_ADVANTAGE = 34_941_232
PAIRS = {"09120": "09120+09190", "09190": "09120+09190", "09140": "09140+09170", "09170": "09140+09170"}
KALAWAO = "15005"


def read_medicare(raw: Raw) -> pd.DataFrame:
    """geoid, medicare_people, medicare_advantage_people, medicare_traditional_people, medicare_suppressed, and for the two pairs
    medicare_combined_with (their geoids, joined by +), medicare_combined_people and medicare_combined_advantage_people.

    A pair's sum stands on both of its rows and counts once.
    """
    needs = ("county_fips", "medicare_beneficiaries", "ma_and_other_beneficiaries", "original_medicare_beneficiaries", "suppressed")
    frame = read_text(raw.path(FILE), needs=(*needs, "combined_with", "combined_medicare_beneficiaries"))
    frame = without_territories(frame, "county_fips").sort_values("county_fips", ignore_index=True)
    expect_counties(frame["county_fips"], "Medicare enrolment")
    combined = frame["combined_with"].where(frame["combined_with"] != "")
    found = pd.DataFrame(
        {
            "geoid": frame["county_fips"],
            "medicare_people": numbers(frame["medicare_beneficiaries"], "people with Medicare"),
            "medicare_advantage_people": numbers(frame["ma_and_other_beneficiaries"], "people in Advantage"),
            "medicare_traditional_people": numbers(frame["original_medicare_beneficiaries"], "people in traditional Medicare"),
            "medicare_suppressed": frame["suppressed"] == "1",
            "medicare_combined_with": combined,
            "medicare_combined_people": numbers(frame["combined_medicare_beneficiaries"], "people of a pair"),
            "medicare_combined_advantage_people": numbers(frame["combined_ma_and_other_beneficiaries"], "Advantage of a pair"),
        }
    )
    check_medicare(found)
    return found


def check_medicare(found: pd.DataFrame) -> None:
    """The pairs are the known ones, the parts add up, the nation is CMS's."""
    pairs = found.dropna(subset="medicare_combined_with")
    expect(
        dict(zip(pairs["geoid"], pairs["medicare_combined_with"], strict=True)) == PAIRS, "Medicare enrolment: other pairs than expected."
    )
    split = found.dropna(subset=["medicare_advantage_people", "medicare_traditional_people"])
    added = split["medicare_advantage_people"] + split["medicare_traditional_people"]
    expect(bool((added == split["medicare_people"]).all()), "Medicare enrolment: Advantage and traditional do not add up somewhere.")
    blank = found.loc[found["medicare_people"].isna() & found["medicare_combined_with"].isna(), "geoid"].tolist()
    expect(blank == [KALAWAO], f"Medicare enrolment is blank for {blank}; only Kalawao {KALAWAO} was expected.")
    suppressed = int((found["medicare_suppressed"] & found["medicare_people"].notna()).sum())
    expect(suppressed == 23, f"Medicare enrolment: {suppressed} counties are suppressed; 23 were expected.")
    once = pairs.drop_duplicates("medicare_combined_with")
    people = pd.concat([found["medicare_people"], once["medicare_combined_people"]])
    advantage = pd.concat([found["medicare_advantage_people"], once["medicare_combined_advantage_people"]])
    expect_total(people, PEOPLE, "People with Medicare")
    expect_total(advantage, IN_ADVANTAGE, "People in Medicare Advantage")


def sum_by_state(found: pd.DataFrame) -> pd.DataFrame:
    """geoid (state), medicare_people and its two parts, each pair counted once.

    The parts leave out the suppressed counties: Advantage over Advantage plus traditional is the share, not over medicare_people.
    """
    pairs = found.dropna(subset="medicare_combined_with").drop_duplicates("medicare_combined_with")
    sums = pd.DataFrame(
        {
            "geoid": pairs["geoid"],
            "medicare_people": pairs["medicare_combined_people"],
            "medicare_advantage_people": pairs["medicare_combined_advantage_people"],
            "medicare_traditional_people": pairs["medicare_combined_people"] - pairs["medicare_combined_advantage_people"],
        }
    )
    rows = pd.concat([found[sums.columns], sums])
    by_state = rows.drop(columns="geoid").groupby(rows["geoid"].str[:2]).sum().astype("int64")
    return by_state.rename_axis("geoid").reset_index()
