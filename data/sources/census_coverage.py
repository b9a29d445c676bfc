"""ACS health insurance by type: people with Medicaid (C27007), and percent of people by kind of cover (S2703, S2704)."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.checks import expect, expect_counties, expect_share, expect_total, without_territories
from data.reading import counts, read_text, share_of_percent
from data.source import PUBLIC_DOMAIN, Raw, Source

MEDICAID_FILE = "coverage/acs5_c27007_medicaid_persons_county_2018_2024.csv"
TYPES_FILE = "coverage/acs5_2022_s2703_s2704_coverage_pct_county.csv"

MEDICAID = Source(
    id="census_acs5_c27007",
    publisher="US Census Bureau",
    title="American Community Survey 5-year, table C27007: people with Medicaid or means-tested cover",
    vintage="2019-2023 and 2020-2024",
    url="https://www2.census.gov/programs-surveys/acs/summary_file/2024/table-based-SF/data/5YRData/acsdt5y2024-c27007.dat",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau. American Community Survey 5-Year Estimates 2019-2023 and 2020-2024, table C27007.",
    read_on=date(2026, 11, 23),
    stale_after_days=500,
    files=(MEDICAID_FILE,),
    note="Of the civilian noninstitutionalized population, all ages, no margins. The two windows overlap: no trend between them.",
)

TYPES = Source(
    id="census_acs5_coverage_types",
    publisher="US Census Bureau",
    title="American Community Survey 5-year, subject tables S2703 and S2704: cover by type",
    vintage="2018-2022",
    url="https://data.census.gov/table/ACSST5Y2022.S2703",
    licence=PUBLIC_DOMAIN,
    citation="US Census Bureau. American Community Survey 5-Year Estimates 2018-2022, tables S2703 and S2704.",
    read_on=date(2026, 11, 23),
    stale_after_days=800,
    files=(TYPES_FILE,),
    note="Kinds of cover overlap and do not add up to 100 %. Not available for Connecticut's nine regions and three other counties.",
)

MEDICAID_TOTALS = {2023: 67_698_700, 2024: 68_918_083}

SHARES = {
    "employer_alone_pct": "employer_alone_share",
    "direct_purchase_alone_pct": "direct_purchase_alone_share",
    "direct_purchase_any_pct": "direct_purchase_any_share",
    "tricare_alone_pct": "tricare_alone_share",
    "tricare_any_pct": "tricare_any_share",
    "medicare_any_pct": "medicare_any_share",
    "medicaid_any_pct": "medicaid_any_share",
    "va_any_pct": "va_any_share",
}

WITHOUT_TYPES = frozenset({"02063", "02066", "51019", *(f"091{tens}0" for tens in range(1, 10))})


def read_medicaid(raw: Raw) -> pd.DataFrame:
    """geoid, medicaid_people_2023, medicaid_people_2024: windows that end in these years, on today's counties."""
    needs = ("county_fips", "acs5_end_year", "medicaid_or_means_tested_persons")
    frame = without_territories(read_text(raw.path(MEDICAID_FILE), needs=needs), "county_fips")
    found: pd.DataFrame | None = None
    for year, total in MEDICAID_TOTALS.items():
        rows = frame[frame["acs5_end_year"] == str(year)].sort_values("county_fips", ignore_index=True)
        expect_counties(rows["county_fips"], f"C27007 {year}")
        people = counts(rows["medicaid_or_means_tested_persons"], f"C27007 {year}")
        expect_total(people, total, f"C27007 {year}: people with Medicaid")
        column = pd.DataFrame({"geoid": rows["county_fips"], f"medicaid_people_{year}": people})
        found = column if found is None else found.merge(column, on="geoid", validate="one_to_one")
    assert found is not None
    return found


def read_cover_by_type(raw: Raw) -> pd.DataFrame:
    """geoid and eight shares of people by kind of cover; missing for the twelve counties in WITHOUT_TYPES."""
    frame = read_text(raw.path(TYPES_FILE), needs=("county_fips", *SHARES))
    frame = without_territories(frame, "county_fips")
    expect_counties(frame["county_fips"], "S2703 and S2704", missing=WITHOUT_TYPES)
    stray = sorted(WITHOUT_TYPES & set(frame["county_fips"]))
    expect(not stray, f"S2703 and S2704: {stray} were not expected in the file.")
    found = pd.DataFrame({"geoid": frame["county_fips"]} | {new: share_of_percent(frame[old], old) for old, new in SHARES.items()})
    for share in SHARES.values():
        expect_share(found[share], share)
    for kind in ("direct_purchase", "tricare"):
        alone, together = found[f"{kind}_alone_share"], found[f"{kind}_any_share"]
        expect(bool((alone <= together).all()), f"S2703: somewhere {kind} alone exceeds {kind} at all.")
    return pd.concat([found, pd.DataFrame({"geoid": sorted(WITHOUT_TYPES)})]).sort_values("geoid", ignore_index=True)
