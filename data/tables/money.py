"""What Medicare allows, by locality, county, ZIP and year; hospital rates; published self-pay prices."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from data import parameter
from data.checks import expect, expect_counties
from data.source import Raw
from data.sources import cms_fee_schedule as fees
from data.sources import cms_opps, facts_prices
from data.table import Frames, Schema, Table

LOCALITY = r"\d{5}-\d{2}"
CODES = list(fees.CODES)
CURRENT, BEFORE = 2024, 2023
"""The years of the county lists: that of today's 109 localities, and the last one with 112."""


class MedicareAmounts(Schema):
    """Medicare allowed amount of an esketamine visit in an office, by locality and year."""

    year: Series[int] = pa.Field(ge=2020)
    hcpcs: Series[str] = pa.Field(isin=CODES)
    locality: Series[str] = pa.Field(str_matches=rf"^{LOCALITY}$")
    allowed_usd: Series[float] = pa.Field(gt=0)

    class Config:
        unique = ("year", "hcpcs", "locality")


class Localities(Schema):
    """Fee-schedule localities of 2020-2026, with the one that took over where a locality ended."""

    locality: Series[str] = pa.Field(str_matches=rf"^{LOCALITY}$", unique=True)
    name: Series[str]
    state: Series[str] = pa.Field(str_length=2)
    first_year: Series[int]
    last_year: Series[int]
    successor: Series[str] = pa.Field(nullable=True)


class CountyLocalities(Schema):
    """The one locality of each county, now and until 2023."""

    geoid: Series[str] = pa.Field(str_matches=r"^\d{5}$", unique=True)
    locality: Series[str] = pa.Field(str_matches=rf"^{LOCALITY}$")
    locality_until_2023: Series[str] = pa.Field(str_matches=rf"^{LOCALITY}$")


class MedicareNational(Schema):
    """Relative value units, conversion factor and the national amount of each year."""

    year: Series[int]
    hcpcs: Series[str] = pa.Field(isin=CODES)
    work_rvu: Series[float] = pa.Field(gt=0)
    pe_rvu: Series[float] = pa.Field(gt=0)
    mp_rvu: Series[float] = pa.Field(gt=0)
    conversion_factor: Series[float] = pa.Field(gt=0)
    allowed_usd: Series[float] = pa.Field(gt=0)

    class Config:
        unique = ("year", "hcpcs")


class Gpci(Schema):
    """Geographic practice cost indices of each locality and year."""

    year: Series[int]
    locality: Series[str] = pa.Field(str_matches=rf"^{LOCALITY}$")
    gpci_work: Series[float] = pa.Field(gt=0)
    gpci_pe: Series[float] = pa.Field(gt=0)
    gpci_mp: Series[float] = pa.Field(gt=0)

    class Config:
        unique = ("year", "locality")


class ZipLocalities(Schema):
    """The state and locality of each ZIP code; its amount is its locality's."""

    zip: Series[str] = pa.Field(str_matches=r"^\d{5}$", unique=True)
    state: Series[str] = pa.Field(str_length=2)
    locality: Series[str] = pa.Field(str_matches=rf"^{LOCALITY}$")


class HospitalRates(Schema):
    """National hospital outpatient rates, G-codes only."""

    year: Series[int]
    hcpcs: Series[str] = pa.Field(str_matches=r"^G\d{4}$")
    name: Series[str]
    payment_usd: Series[float] = pa.Field(gt=0)
    minimum_copayment_usd: Series[float] = pa.Field(gt=0)

    class Config:
        unique = ("year", "hcpcs")


class PricesObserved(Schema):
    """Published self-pay prices, kinds told apart. `sessions` is known for packages only."""

    provider: Series[str]
    city: Series[str] = pa.Field(nullable=True)
    state: Series[str] = pa.Field(str_length=2, nullable=True)
    modality: Series[str] = pa.Field(isin=("iv", "im", "oral", "intranasal", "esketamine"), nullable=True)
    route: Series[str] = pa.Field(nullable=True)
    indication: Series[str] = pa.Field(isin=("depression", "pain", "unspecified"))
    unit: Series[str] = pa.Field(isin=tuple(facts_prices.UNITS.values()))
    sessions: Series[pd.Int64Dtype] = pa.Field(gt=0, nullable=True)
    price_usd: Series[float] = pa.Field(gt=0)
    price_high_usd: Series[float] = pa.Field(gt=0, nullable=True)
    kind: Series[str] = pa.Field(isin=facts_prices.KINDS)
    with_psychotherapy: Series[bool]
    telehealth: Series[bool]
    insurance_note: Series[str] = pa.Field(nullable=True)
    financing_note: Series[str] = pa.Field(nullable=True)
    page_year: Series[pd.Int64Dtype] = pa.Field(ge=2010, nullable=True)
    grade: Series[str] = pa.Field(isin=facts_prices.GRADES)
    source_url: Series[str] = pa.Field(str_startswith="http", nullable=True)


class PriceExamples(Schema):
    """Price ranges by city or state, with the grade of their source."""

    city: Series[str] = pa.Field(nullable=True)
    state: Series[str] = pa.Field(str_length=2)
    modality: Series[str] = pa.Field(isin=("iv", "im", "oral", "intranasal", "esketamine"))
    payment: Series[str] = pa.Field(isin=("self_pay", "insured"))
    unit: Series[str]
    price_low_usd: Series[float] = pa.Field(ge=0)
    price_high_usd: Series[float] = pa.Field(gt=0, nullable=True)
    year: Series[pd.Int64Dtype] = pa.Field(ge=2010, nullable=True)
    publisher: Series[str]
    grade: Series[str] = pa.Field(isin=("own_page", "newspaper", "compilation"))
    source_url: Series[str] = pa.Field(str_startswith="http")


def build_amounts(raw: Raw, frames: Frames) -> pd.DataFrame:
    return fees.read_amounts(raw)[["year", "hcpcs", "locality", "allowed_usd"]]


def build_localities(raw: Raw, frames: Frames) -> pd.DataFrame:
    """One row a locality, under its latest name."""
    frame = fees.read_amounts(raw).sort_values("year")
    grouped = frame.groupby("locality")
    found = grouped.agg(name=("name", "last"), state=("state", "last"), first_year=("year", "min"), last_year=("year", "max")).reset_index()
    found["name"] = [readable(name) for name in found["name"]]
    found["successor"] = found["locality"].map(fees.SUCCESSORS).astype("str")
    expect(int(found["successor"].notna().sum()) == 3, "Three of California's localities ended with 2023; the list says otherwise.")
    return found


ABBREVIATIONS = {
    "Surr. Cntys": "Surrounding Counties",
    "Cnty": "County",
    "Poughkpsie/N Nyc": "Poughkeepsie/North NYC",
    "Nyc": "NYC",
    "Nj": "NJ",
    "Dc +": "DC +",
    "Md/Va": "MD/VA",
    " Of ": " of ",
}


def readable(name: str) -> str:
    """A locality's name in sentence letters: CMS prints capitals and abbreviates."""
    small = name.title()
    for short, plain in ABBREVIATIONS.items():
        small = small.replace(short, plain)
    return small


def build_county_localities(raw: Raw, frames: Frames) -> pd.DataFrame:
    counties = frames["counties"]
    now = fees.county_localities(fees.read_county_text(raw, CURRENT), counties)
    before = fees.county_localities(fees.read_county_text(raw, BEFORE), counties)
    joined = now.merge(before.rename(columns={"locality": "locality_until_2023"}), on="geoid", validate="one_to_one")
    expect_counties(joined["geoid"], "Counties of the localities")
    moved = joined[joined["locality"] != joined["locality_until_2023"]]
    expect(
        bool((moved["locality_until_2023"].map(fees.SUCCESSORS) == moved["locality"]).all()),
        "A county changed its locality in another way than SUCCESSORS says.",
    )
    # Alameda, Contra Costa and San Mateo, and Orange.
    expect(len(moved) == 4, f"{len(moved)} counties changed their locality with 2024; 4 were expected.")
    amounts = fees.read_amounts(raw)
    unknown = set(joined["locality"]) - set(amounts.loc[amounts["year"] > BEFORE, "locality"])
    expect(not unknown, f"The localities {sorted(unknown)} have counties and no amounts.")
    return joined


def conversion_factors() -> dict[int, Any]:
    """Conversion factor by year, exact."""
    return {start.year: fees.exact(value) for start, value in parameter.load("medicare/conversion_factor").values}


def build_national(raw: Raw, frames: Frames) -> pd.DataFrame:
    rvus = fees.recover_rvus(fees.read_amounts(raw), fees.read_indices(raw), conversion_factors())
    return fees.national_amounts(rvus)


def build_gpci(raw: Raw, frames: Frames) -> pd.DataFrame:
    return fees.read_indices(raw).drop(columns="state")


def build_zips(raw: Raw, frames: Frames) -> pd.DataFrame:
    """The file's own amounts are only compared: a ZIP's amount is its locality's."""
    zips = fees.read_zips(raw)
    amounts = fees.read_amounts(raw)
    amounts = amounts[amounts["year"] == 2026].set_index("locality")
    for code in fees.CODES:
        expected = zips["locality"].map(amounts.loc[amounts["hcpcs"] == code, "allowed_usd"])
        wrong = zips[(expected - zips[code]).abs().fillna(1.0) > 0.005]
        expect(
            wrong.empty,
            f"{len(wrong):,} ZIP codes have another {code} amount than their locality, the first {wrong['zip'].head(1).tolist()}.",
        )
    return zips[["zip", "state", "locality"]]


def build_opps(raw: Raw, frames: Frames) -> pd.DataFrame:
    return cms_opps.read_opps(raw)


def build_prices(raw: Raw, frames: Frames) -> pd.DataFrame:
    return facts_prices.read_prices(raw)


def build_examples(raw: Raw, frames: Frames) -> pd.DataFrame:
    return facts_prices.read_examples(raw)


TABLES = (
    Table(
        name="medicare_amounts",
        title="What Medicare allows for an esketamine visit in an office, by locality and year",
        stands_for="CMS Physician Fee Schedule: PPRRVU, GPCI and conversion factors of 2020-2026",
        schema=MedicareAmounts,
        sources=(fees.SOURCE,),
        build=build_amounts,
    ),
    Table(
        name="localities",
        title="Medicare's payment localities",
        stands_for="CMS Physician Fee Schedule: localities of 2020-2026",
        schema=Localities,
        sources=(fees.SOURCE,),
        build=build_localities,
    ),
    Table(
        name="county_localities",
        title="The one payment locality of each county",
        stands_for="CMS Physician Fee Schedule: counties included in localities, 2023 and 2024 (free text)",
        schema=CountyLocalities,
        sources=(fees.SOURCE,),
        build=build_county_localities,
        needs=("counties",),
    ),
    Table(
        name="medicare_national",
        title="The national Medicare amount of an esketamine visit and what it is made of",
        stands_for="CMS Physician Fee Schedule: relative value units (recovered from the localities' amounts) and conversion factors",
        schema=MedicareNational,
        sources=(fees.SOURCE,),
        build=build_national,
    ),
    Table(
        name="gpci",
        title="Geographic practice cost indices by locality and year",
        stands_for="CMS Physician Fee Schedule: GPCI, last release of each year 2020-2026",
        schema=Gpci,
        sources=(fees.SOURCE,),
        build=build_gpci,
    ),
    Table(
        name="zip_localities",
        title="State and payment locality of each ZIP code",
        stands_for="CMS ZIP Code to Carrier Locality file, 2026",
        schema=ZipLocalities,
        sources=(fees.SOURCE,),
        build=build_zips,
    ),
    Table(
        name="opps",
        title="What Medicare pays a hospital's outpatient department for an esketamine visit",
        stands_for="CMS Hospital Outpatient Prospective Payment System, Addendum B, 2025",
        schema=HospitalRates,
        sources=(cms_opps.SOURCE,),
        build=build_opps,
    ),
    Table(
        name="prices_observed",
        title="Self-pay prices that providers publish, and prices others state of them",
        stands_for="No official file: prices read one by one from the pages named in each row",
        schema=PricesObserved,
        sources=(facts_prices.SOURCE,),
        build=build_prices,
    ),
    Table(
        name="price_examples",
        title="Published price ranges by city or state",
        stands_for="No official file: ranges read one by one from the pages named in each row",
        schema=PriceExamples,
        sources=(facts_prices.SOURCE,),
        build=build_examples,
    ),
)
