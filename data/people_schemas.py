"""The columns of the people tables, each with its meaning: what data/tables/people.py must deliver and nothing else.

Shares run from 0 to 1, `_usd` is dollars, `_moe` a 90 % margin, `_low` and `_high` the publisher's interval. Missing is null, never 0.
"""

from __future__ import annotations

from typing import Any

import pandera.pandas as pa

from data.table import Schema


def known() -> Any:
    """A count or amount that every place has."""
    return pa.Field(ge=0)


def maybe() -> Any:
    """A count or amount that some places lack."""
    return pa.Field(ge=0, nullable=True)


def share() -> Any:
    """A share of 0 to 1 that some places lack."""
    return pa.Field(ge=0, le=1, nullable=True)


class Figures(Schema):
    """What counties, states and the nation have in common."""

    geoid: str
    name: str
    state: str
    """Postal code."""
    state_fips: str
    state_name: str
    land_sqmi: float = pa.Field(gt=0)
    latitude: float = pa.Field(ge=18, le=72)
    longitude: float = pa.Field(ge=-180, le=-66)
    """Where the people live on average (Census 2020); of states and the nation weighted from the counties."""

    population: int = known()
    """ACS 2019-2023."""
    population_2020: int = known()
    """Census of April 2020."""
    population_2024: int = known()
    """1 July 2024."""
    adults: int = known()
    """18 and over on 1 July 2023; so are the four bands, which add up to it."""
    age_18_24: int = known()
    age_25_44: int = known()
    age_45_64: int = known()
    age_65_plus: int = known()

    svi_population: int = known()
    """ACS 2018-2022, as is all down to poverty_150_people; the next eight add up to it."""
    white_not_hispanic_people: int = known()
    black_people: int = known()
    asian_people: int = known()
    hispanic_people: int = known()
    american_indian_people: int = known()
    pacific_people: int = known()
    two_or_more_people: int = known()
    other_race_people: int = known()
    households_svi: int = known()
    no_vehicle_households: int = known()
    no_internet_households: int = known()
    uninsured_people_acs: int = known()
    """All ages, civilian noninstitutionalized."""
    poverty_150_people: int = known()
    """Below 150 % of the poverty line."""

    median_household_income_usd: float = maybe()
    """Dollars of 2023, ACS 2019-2023; so are those by race and the limits of the fifths."""
    median_household_income_usd_moe: float = maybe()
    median_household_income_black_usd: float = maybe()
    """2,499 and 250,001 are the ends of the published scale; a median there has no margin."""
    median_household_income_black_usd_moe: float = maybe()
    median_household_income_american_indian_usd: float = maybe()
    median_household_income_american_indian_usd_moe: float = maybe()
    median_household_income_asian_usd: float = maybe()
    median_household_income_asian_usd_moe: float = maybe()
    median_household_income_white_not_hispanic_usd: float = maybe()
    median_household_income_white_not_hispanic_usd_moe: float = maybe()
    median_household_income_hispanic_usd: float = maybe()
    median_household_income_hispanic_usd_moe: float = maybe()
    income_p20_usd: float = known()
    income_p80_usd: float = known()
    income_p80_topcoded: bool
    """True where the 80th percentile is 250,001: that or more."""
    broadband_share: float = share()
    """Of households, broadband of any kind."""

    households: int = known()
    """ACS 2019-2023; the fifteen brackets add up to it. The number is the bracket's lower edge in thousands; the last is open."""
    households_owner_0: int = known()
    households_owner_10k: int = known()
    households_owner_20k: int = known()
    households_owner_35k: int = known()
    households_owner_50k: int = known()
    households_owner_75k: int = known()
    households_owner_100k: int = known()
    households_owner_150k: int = known()
    households_renter_0: int = known()
    households_renter_10k: int = known()
    households_renter_20k: int = known()
    households_renter_35k: int = known()
    households_renter_50k: int = known()
    households_renter_75k: int = known()
    households_renter_100k: int = known()

    people_in_poverty: float = maybe()
    """SAIPE 2023, modelled, 90 % intervals; so are the next six."""
    poverty_share: float = share()
    poverty_low: float = share()
    poverty_high: float = share()
    saipe_median_income_usd: float = maybe()
    saipe_median_income_usd_low: float = maybe()
    saipe_median_income_usd_high: float = maybe()

    population_18_64: float = maybe()
    """SAHIE 2022, modelled, 95 % intervals; before the unwinding of Medicaid. Below: without insurance."""
    uninsured_18_64: float = maybe()
    uninsured_18_64_share: float = share()
    uninsured_18_64_low: float = share()
    uninsured_18_64_high: float = share()
    population_under_65: float = maybe()
    uninsured_under_65: float = maybe()
    uninsured_under_65_share: float = share()
    uninsured_under_65_low: float = share()
    uninsured_under_65_high: float = share()

    medicaid_people_2023: int = known()
    """Medicaid or means-tested cover, all ages, ACS windows ending 2023 and 2024; they overlap: no trend."""
    medicaid_people_2024: int = known()
    medicare_people: float = maybe()
    """November 2025, by address on file: never over people. States count Connecticut's pairs once."""
    medicare_advantage_people: float = maybe()
    """Advantage and other plans. The share of Advantage is this over this plus the next; states leave out the suppressed counties."""
    medicare_traditional_people: float = maybe()
    marketplace_selections_2024: float = maybe()
    """Plans selected, not paid for. Counties of 32 HealthCare.gov states only; every state; the nation."""


class Counties(Figures):
    geoid: str = pa.Field(str_matches=r"^\d{5}$", unique=True)
    state: str = pa.Field(str_matches=r"^[A-Z]{2}$")
    state_fips: str = pa.Field(str_matches=r"^\d{2}$")

    medicare_suppressed: bool
    """CMS withholds the split into Advantage and traditional (23 counties, their medicare_people is known) or all (Kalawao)."""
    medicare_combined_with: str = pa.Field(nullable=True)
    """Geoids of a pair known only as a sum, such as 09120+09190; the sum stands on both rows and counts once."""
    medicare_combined_people: float = maybe()
    medicare_combined_advantage_people: float = maybe()
    marketplace_suppressed: bool
    """In a HealthCare.gov state, but the count is withheld."""

    employer_alone_share: float = share()
    """ACS 2018-2022, of people; kinds overlap and do not add up to 1. Missing in twelve counties."""
    direct_purchase_alone_share: float = share()
    direct_purchase_any_share: float = share()
    tricare_alone_share: float = share()
    tricare_any_share: float = share()
    medicare_any_share: float = share()
    medicaid_any_share: float = share()
    va_any_share: float = share()

    svi_rank: float = share()
    """0 least, 1 most vulnerable county of the nation."""
    rucc: int = pa.Field(ge=1, le=9)

    depression_share: float = share()
    """Adults ever told they have depression, PLACES 2024 release (BRFSS 2022), modelled, 95 % intervals, crude."""
    depression_low: float = share()
    depression_high: float = share()
    depression_adjusted_share: float = share()
    """The same adjusted for age: for comparing places, not for counting people."""
    depression_adjusted_low: float = share()
    depression_adjusted_high: float = share()
    distress_share: float = share()
    """Adults with 14 or more of 30 days of poor mental health; crude."""
    distress_low: float = share()
    distress_high: float = share()

    drug_deaths: float = pa.Field(ge=10, nullable=True)
    """2011-2020 together. Null and suppressed: fewer than ten. Null and not suppressed: not available on today's counties."""
    drug_person_years: float = maybe()
    drug_deaths_suppressed: bool
    suicide_deaths: float = pa.Field(ge=10, nullable=True)
    suicide_person_years: float = maybe()
    suicide_deaths_suppressed: bool
    alcohol_deaths: float = pa.Field(ge=10, nullable=True)
    alcohol_person_years: float = maybe()
    alcohol_deaths_suppressed: bool


class StateFigures(Figures):
    """What states and the nation have beyond the counties."""

    medicaid_adults: int = known()
    """October 2025, preliminary; CMS's own counts of adults."""
    medicaid_enrollment_2025_11: int = known()
    """All ages, November 2025."""
    marketplace_aptc_people_2024: int = known()
    aptc_people_2025: int = known()
    """With advance premium tax credits, February 2025."""
    basic_health_program_people: float = maybe()
    """2024; New York and Minnesota."""
    depression_survey_share: float = share()
    """The survey itself (BRFSS 2022), adjusted for age, 95 %: a check on depression_adjusted_share of the counties."""
    depression_survey_low: float = share()
    depression_survey_high: float = share()


class States(StateFigures):
    geoid: str = pa.Field(str_matches=r"^\d{2}$", unique=True)
    state: str = pa.Field(str_matches=r"^[A-Z]{2}$", unique=True)
    state_fips: str = pa.Field(str_matches=r"^\d{2}$", unique=True)

    medicaid_expansion: bool
    medicaid_expansion_date: str = pa.Field(str_matches=r"^\d{4}-\d\d-\d\d$", nullable=True)
    fmap_2026_share: float = pa.Field(ge=0.5, le=1)
    """The federal share of Medicaid's bill, fiscal year 2026, regular rate."""
    marketplace_platform: str = pa.Field(isin=["HealthCare.gov", "state"])
    marketplace_premium_month_usd: float = known()
    """Average of selected plans in 2024, before and after the credit."""
    marketplace_premium_after_credit_month_usd: float = known()


class Nation(StateFigures):
    """One row: geoid `us`, state `US`, state_fips `00`."""

    geoid: str = pa.Field(eq="us", unique=True)


class Fmap(Schema):
    geoid: str = pa.Field(str_matches=r"^\d{2}$")
    state: str = pa.Field(str_matches=r"^[A-Z]{2}$")
    fiscal_year: int = pa.Field(ge=2018, le=2026)
    effective_from: str = pa.Field(str_matches=r"^\d{4}-10-01$")
    fmap_share: float = pa.Field(ge=0.5, le=1)
