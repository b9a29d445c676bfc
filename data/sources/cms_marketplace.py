"""CMS Marketplace open enrolment 2024: plan selections by county where HealthCare.gov sells, by state everywhere; and credits early in 2025."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_counties, expect_total
from data.reading import counts, numbers, read_text
from data.source import PUBLIC_DOMAIN, Raw, Source

COUNTY_FILE = "coverage/cms_marketplace_oep_county_2024.csv"
STATE_FILE = "coverage/cms_marketplace_oep_state_2024.csv"
CREDITS_FILE = "cms/aca_aptc_enrollment_2025_state.csv"

SOURCE = Source(
    id="cms_marketplace",
    publisher="Centers for Medicare & Medicaid Services",
    title="Marketplace open enrollment period public use files: counties and states",
    vintage="2024",
    url="https://www.cms.gov/data-research/statistics-trends-reports/marketplace-products/2024-marketplace-open-enrollment-period-public-use-files",
    licence=PUBLIC_DOMAIN,
    citation="Centers for Medicare & Medicaid Services. 2024 Marketplace Open Enrollment Period Public Use Files.",
    read_on=date(2026, 11, 23),
    stale_after_days=500,
    files=(COUNTY_FILE, STATE_FILE),
    note="Plans selected, not paid for. Counties in 32 HealthCare.gov states alone. The enhanced credits ended on 31 December 2025.",
)

CREDITS = Source(
    id="cms_aptc",
    publisher="Centers for Medicare & Medicaid Services",
    title="Effectuated enrollment, early 2025 snapshot: enrollees with advance premium tax credits by state",
    vintage="February 2025",
    url="https://www.cms.gov/files/document/effectuated-enrollment-early-snapshot-2025-and-full-year-2024-average.pdf",
    licence=PUBLIC_DOMAIN,
    citation="Centers for Medicare & Medicaid Services. Effectuated Enrollment: Early 2025 Snapshot and Full Year 2024 Average.",
    read_on=date(2026, 11, 23),
    stale_after_days=400,
    files=(CREDITS_FILE,),
    note="With the enhanced credits, which ended on 31 December 2025.",
)

COUNTY_TOTAL = 16_363_114
NATION_TOTAL = 21_446_150
HEALTHCARE_GOV = "HealthCare.gov"


def read_county_selections(raw: Raw, counties: pd.DataFrame) -> pd.DataFrame:
    """geoid, marketplace_selections_2024 and marketplace_suppressed for all of `counties` (geoid, state).

    Missing where the state sells on its own platform; missing and suppressed where CMS withholds a small county.
    """
    frame = read_text(raw.path(COUNTY_FILE), needs=("county_fips", "state_abbr", "plan_selections"))
    expect(frame["county_fips"].is_unique, "Marketplace: a county stands there twice.")
    stray = sorted(set(frame["county_fips"]) - set(counties["geoid"]))
    expect(not stray, f"Marketplace: {stray[:3]} are none of today's counties.")
    selections = numbers(frame["plan_selections"], "plan selections")
    expect_total(selections, COUNTY_TOTAL, "Marketplace selections of counties")
    platform_states = set(frame["state_abbr"])
    expect(len(platform_states) == 32, f"Marketplace: counties of {len(platform_states)} states; 32 were expected.")
    rows = pd.DataFrame({"geoid": frame["county_fips"], "marketplace_selections_2024": selections})
    found = counties[["geoid", "state"]].merge(rows, on="geoid", how="left", validate="one_to_one")
    here = found["state"].isin(platform_states)
    found["marketplace_suppressed"] = here & found["marketplace_selections_2024"].isna()
    expect_counties(found["geoid"], "Marketplace")
    return found.drop(columns="state")


def read_state_selections(raw: Raw) -> pd.DataFrame:
    """state (postal), marketplace_selections_2024, marketplace_platform, marketplace_aptc_people_2024, average premiums a month
    before and after the credit, basic_health_program_people (New York and Minnesota)."""
    frame = read_text(raw.path(STATE_FILE), needs=("state_abbr", "platform", "plan_selections", "consumers_with_aptc"))
    found = pd.DataFrame(
        {
            "state": frame["state_abbr"],
            "marketplace_selections_2024": counts(frame["plan_selections"], "plan selections"),
            "marketplace_platform": frame["platform"].replace({"HC.gov": HEALTHCARE_GOV, "SBM": "state"}),
            "marketplace_aptc_people_2024": counts(frame["consumers_with_aptc"], "consumers with credits"),
            "marketplace_premium_month_usd": numbers(frame["avg_premium_usd_month"], "average premium"),
            "marketplace_premium_after_credit_month_usd": numbers(frame["avg_premium_after_aptc_usd_month"], "premium after credit"),
            "basic_health_program_people": numbers(frame["basic_health_program_enrollment"], "Basic Health Program"),
        }
    )
    expect(len(found) == 51 and found["state"].is_unique, "Marketplace: 50 states and DC were expected, each once.")
    expect_total(found["marketplace_selections_2024"], NATION_TOTAL, "Marketplace selections of states")
    expect(set(found["marketplace_platform"]) == {HEALTHCARE_GOV, "state"}, "Marketplace: a platform is neither HC.gov nor SBM.")
    return found


def read_credits(raw: Raw) -> pd.DataFrame:
    """state (postal), aptc_people_2025."""
    frame = read_text(raw.path(CREDITS_FILE), needs=("state", "enrollment"))
    expect(len(frame) == 51 and frame["state"].is_unique, "Tax credits: 50 states and DC were expected, each once.")
    return pd.DataFrame({"state": frame["state"], "aptc_people_2025": counts(frame["enrollment"], "people with credits")})
