"""What is paid for, and who counted what: national use of esketamine and ketamine."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from data.checks import expect
from data.source import Raw
from data.sources import cms_fee_schedule, medicare_claims, use_statistics
from data.table import Frames, Schema, Table

YEAR = 2024
"""Year of the claims by address."""


class UseNational(Schema):
    """One figure a row, each with its caveat; payers and sources are never added up."""

    payer: Series[str] = pa.Field(isin=("medicaid", "medicaid_providers", "medicare_part_b", "medicare_part_d"))
    period: Series[str]
    year: Series[int] = pa.Field(ge=2019)
    code: Series[str] = pa.Field(isin=("G2082", "G2083", "S0013"), nullable=True)
    measure: Series[str] = pa.Field(isin=("claims", "units", "spending", "people", "visits"))
    value: Series[float] = pa.Field(gt=0)
    unit: Series[str]
    complete_year: Series[bool]
    caveat: Series[str]
    source: Series[str]


class UsePublished(Schema):
    """Counts others published; grade D is left out."""

    measure: Series[str]
    value_text: Series[str]
    unit: Series[str]
    period: Series[str]
    place: Series[str]
    grade: Series[str] = pa.Field(isin=("A", "B", "C"))
    note: Series[str]
    citation: Series[str]
    source_url: Series[str] = pa.Field(str_startswith="http")


class MedicarePayments(Schema):
    """What Medicare paid in 2024 against the locality's amount: a check on our amounts, no map."""

    zip: Series[str] = pa.Field(str_matches=r"^\d{5}$")
    state: Series[str] = pa.Field(str_length=2)
    locality: Series[str] = pa.Field(str_matches=r"^\d{5}-\d{2}$")
    hcpcs: Series[str] = pa.Field(isin=cms_fee_schedule.CODES)
    services: Series[int] = pa.Field(gt=0)
    beneficiaries: Series[int] = pa.Field(ge=11)
    average_payment_usd: Series[float] = pa.Field(gt=0)
    allowed_usd: Series[float] = pa.Field(gt=0)
    office: Series[bool]


class KetamineFacilities2020(Schema):
    """Facilities of the survey of 2020 by state."""

    geoid: Series[str] = pa.Field(str_matches=r"^\d{2}$", unique=True)
    state: Series[str] = pa.Field(str_length=2, unique=True)
    facilities: Series[int] = pa.Field(ge=0)
    ketamine_facilities: Series[int] = pa.Field(ge=0)
    ketamine_outpatient: Series[int] = pa.Field(ge=0)
    ketamine_medicaid: Series[int] = pa.Field(ge=0)
    ketamine_medicare: Series[int] = pa.Field(ge=0)
    ketamine_self_pay: Series[int] = pa.Field(ge=0)
    tms_facilities: Series[int] = pa.Field(ge=0)
    ect_facilities: Series[int] = pa.Field(ge=0)


def build_use(raw: Raw, frames: Frames) -> pd.DataFrame:
    return use_statistics.read_use(raw)


def build_published(raw: Raw, frames: Frames) -> pd.DataFrame:
    return use_statistics.read_published(raw)


def build_payments(raw: Raw, frames: Frames) -> pd.DataFrame:
    """Each payment beside its locality's amount of 2024; `office` is False where the money says facility (drug not included)."""
    paid = use_statistics.read_payments(raw)
    amounts = frames["medicare_amounts"]
    zips = frames["zip_localities"][["zip", "locality"]]
    joined = paid.merge(zips, on="zip", how="left", validate="many_to_one")
    expect(bool(joined["locality"].notna().all()), f"{int(joined['locality'].isna().sum())} ZIP codes of the claims have no locality.")
    joined = joined.merge(
        amounts.loc[amounts["year"] == YEAR, ["hcpcs", "locality", "allowed_usd"]],
        on=["hcpcs", "locality"],
        how="left",
        validate="many_to_one",
    )
    # A facility payment is about 26 USD: the hospital bills the drug apart.
    joined["office"] = joined["average_payment_usd"] > 0.2 * joined["allowed_usd"]
    expect(int((~joined["office"]).sum()) == 2, f"{int((~joined['office']).sum())} rows are facility payments; 2 were expected.")
    return joined.loc[:, list(MedicarePayments.to_schema().columns)]


def build_facilities(raw: Raw, frames: Frames) -> pd.DataFrame:
    return use_statistics.read_facilities_2020(raw)


TABLES = (
    Table(
        name="use_national",
        title="Claims, people and gross spending on esketamine in Medicaid and Medicare by year",
        stands_for=(
            "CMS Medicaid and Part D Spending by Drug 2019-2023; Medicaid State Drug Utilization 2025 Q1-Q3; "
            "HHS Medicaid Provider Spending 2018-2024; CMS Physician & Other Practitioners 2024"
        ),
        schema=UseNational,
        sources=(
            use_statistics.MEDICAID_DRUG,
            use_statistics.PART_D,
            use_statistics.STATE_DRUG,
            use_statistics.MEDICAID_PROVIDERS,
            medicare_claims.SOURCE,
        ),
        build=build_use,
    ),
    Table(
        name="use_published",
        title="Counts of clinics, prescriptions and use that others published",
        stands_for="No official file: counts read one by one from the works cited in each row",
        schema=UsePublished,
        sources=(use_statistics.PUBLISHED,),
        build=build_published,
    ),
    Table(
        name="medicare_payments_2024",
        title="What Medicare paid for esketamine visits in 2024, beside its locality's allowed amount",
        stands_for="CMS Medicare Physician & Other Practitioners by Provider and Service, 2024: G2082 and G2083, without names, numbers and streets",
        schema=MedicarePayments,
        sources=(medicare_claims.SOURCE, cms_fee_schedule.SOURCE),
        build=build_payments,
        needs=("medicare_amounts", "zip_localities"),
    ),
    Table(
        name="ketamine_facilities_2020",
        title="Mental-health facilities that reported ketamine infusion therapy in 2020, by state",
        stands_for="SAMHSA National Mental Health Services Survey (N-MHSS) 2020",
        schema=KetamineFacilities2020,
        sources=(use_statistics.NMHSS,),
        build=build_facilities,
    ),
)
