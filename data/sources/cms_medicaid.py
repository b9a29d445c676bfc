"""Medicaid by state: adults and all enrolled, who expanded and when, and the federal share of the bill."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_share, expect_total
from data.reading import counts, numbers, read_text
from data.source import FACTS_ONLY, PUBLIC_DOMAIN, Raw, Source

MONTHLY_FILE = "cms/medicaid_chip_enrollment_monthly.csv"
NOVEMBER_FILE = "cms/medicaid_enrollment_nov2025_state.csv"
EXPANSION_FILE = "cms/state_medicaid_expansion.csv"
FMAP_FILE = "cms/fmap_by_state_FY2018_FY2026.csv"

ENROLLMENT = Source(
    id="cms_medicaid_enrollment",
    publisher="Centers for Medicare & Medicaid Services",
    title="State Medicaid and CHIP Applications, Eligibility Determinations, and Enrollment Data",
    vintage="October and November 2025",
    url="https://data.medicaid.gov/dataset/6165f45b-ca93-5bb5-9d06-db29c692a360",
    licence=PUBLIC_DOMAIN,
    citation="Centers for Medicare & Medicaid Services. State Medicaid and CHIP Applications, Eligibility Determinations, and Enrollment Data.",
    read_on=date(2026, 11, 23),
    stale_after_days=200,
    files=(MONTHLY_FILE, NOVEMBER_FILE),
    note="October 2025 is preliminary. Adults apart from October 2025; all ages from November 2025.",
)

EXPANSION = Source(
    id="medicaid_expansion",
    publisher="Centers for Medicare & Medicaid Services; dates as compiled by KFF and PolicyEngine",
    title="Dates on which states expanded Medicaid",
    vintage="October 2025",
    url="https://data.medicaid.gov/dataset/6165f45b-ca93-5bb5-9d06-db29c692a360",
    licence=FACTS_ONLY,
    citation="Expansion flag: CMS, October 2025. Dates: KFF, Status of State Medicaid Expansion Decisions; CMS's first month of the flag.",
    read_on=date(2026, 11, 23),
    stale_after_days=200,
    files=(EXPANSION_FILE,),
)

FMAP = Source(
    id="hhs_fmap",
    publisher="US Department of Health and Human Services",
    title="Federal Medical Assistance Percentages, fiscal years 2018 to 2026",
    vintage="FY 2018-2026",
    url="https://aspe.hhs.gov/topics/health-health-care/medicaid/federal-medical-assistance-percentages-fmap",
    licence=PUBLIC_DOMAIN,
    citation="US Department of Health and Human Services. Federal Medical Assistance Percentages, FY 2018-2026.",
    read_on=date(2026, 11, 23),
    stale_after_days=400,
    files=(FMAP_FILE,),
    note="The regular rate, without the temporary increase of the public health emergency.",
)

MONTH = "202510"
ADULTS = 40_151_019
EXPANDED = 41
"""Forty states and DC."""


def read_enrollment(raw: Raw) -> pd.DataFrame:
    """state (postal), medicaid_adults and medicaid_expansion (October 2025), medicaid_enrollment_2025_11 (all ages)."""
    adults = "Total Adult Medicaid Enrollment"
    needs = ("State Abbreviation", "Reporting Period", "State Expanded Medicaid", "Preliminary or Updated", adults)
    frame = read_text(raw.path(MONTHLY_FILE), needs=needs)
    # a month stands there as preliminary and later as updated too: the updated row comes last and wins
    month = frame[frame["Reporting Period"] == MONTH].sort_values(["State Abbreviation", "Preliminary or Updated"])
    month = month.drop_duplicates("State Abbreviation", keep="last")
    found = pd.DataFrame(
        {
            "state": month["State Abbreviation"],
            "medicaid_adults": counts(month[adults], "adults with Medicaid"),
            "medicaid_expansion": month["State Expanded Medicaid"] == "Y",
        }
    )
    expect(len(found) == 51, f"Medicaid enrolment: {len(found)} states in {MONTH}; 51 were expected.")
    expect_total(found["medicaid_adults"], ADULTS, "Adults with Medicaid")
    expanded = int(found["medicaid_expansion"].sum())
    expect(expanded == EXPANDED, f"Medicaid: {expanded} states with expansion; 40 and DC were expected.")
    november = read_text(raw.path(NOVEMBER_FILE), needs=("state", "enrollment"))
    november = pd.DataFrame({"state": november["state"], "medicaid_enrollment_2025_11": counts(november["enrollment"], "Medicaid")})
    joined = found.merge(november, on="state", validate="one_to_one")
    expect(len(joined) == 51, "Medicaid: the files of October and November 2025 do not name the same states.")
    return joined


def read_expansion_dates(raw: Raw) -> pd.DataFrame:
    """state (postal), medicaid_expansion_date (ISO text, missing where not expanded)."""
    frame = read_text(raw.path(EXPANSION_FILE), needs=("state", "cms_expanded_flag_latest", "expansion_effective_date"))
    dates = frame["expansion_effective_date"].where(frame["expansion_effective_date"] != "")
    expect(bool((dates.notna() == (frame["cms_expanded_flag_latest"] == "Y")).all()), "Medicaid expansion: a flag and a date disagree.")
    expect(bool(dates.dropna().str.fullmatch(r"\d{4}-\d\d-\d\d").all()), "Medicaid expansion: a date is not written as 2014-01-01.")
    return pd.DataFrame({"state": frame["state"], "medicaid_expansion_date": dates})


def read_fmap(raw: Raw) -> pd.DataFrame:
    """state (postal), fiscal_year, effective_from (ISO text), fmap_share: 51 states x 9 years."""
    frame = read_text(raw.path(FMAP_FILE), needs=("state", "effective_from", "fiscal_year", "fmap"))
    found = pd.DataFrame(
        {
            "state": frame["state"],
            "fiscal_year": counts(frame["fiscal_year"], "fiscal year"),
            "effective_from": frame["effective_from"],
            "fmap_share": numbers(frame["fmap"], "FMAP"),
        }
    )
    expect(len(found) == 51 * 9 and not found.duplicated(["state", "fiscal_year"]).any(), "FMAP: 51 states in nine years were expected.")
    starts = (found["fiscal_year"] - 1).astype("str") + "-10-01"
    expect(bool((found["effective_from"] == starts).all()), "FMAP: a fiscal year does not begin on 1 October of the year before.")
    expect_share(found["fmap_share"], "FMAP")
    expect(bool((found["fmap_share"] >= 0.5).all()), "FMAP: a rate lies below the legal floor of 50 %.")
    return found
