"""SAMHSA: the national directories of mental-health treatment facilities (2022, 2023, 2024) and the locator of 2020 with coordinates.

A facility says itself what it offers, as short codes; `KIT` is ketamine infusion therapy. The list turns over quickly:
a change between two years is a change of who answered as much as of who treats.
"""

from __future__ import annotations

import warnings
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from data.checks import expect
from data.source import PUBLIC_DOMAIN, Raw, Source

FILES = {
    2022: "samhsa/National_Directory_MH_Facilities_2022.xlsx",
    2023: "samhsa/national-directory-mh-facilities-2023.xlsx",
    2024: "samhsa/National_Directory_MH_2024_Final.xlsx",
}
LOCATOR_FILE = "samhsa/samhsa_locator_2020_coordinates.csv"
ROWS = {2022: 9_037, 2023: 8_707, 2024: 8_319}
KETAMINE = {2022: 104, 2023: 82, 2024: 138}
"""Facilities with the code KIT, of each year's directory (exact duplicates counted)."""
KETAMINE_SITES = 241
"""Distinct streets and ZIPs with the code KIT over the three years."""

PAYMENT_CODES = {
    "takes_medicaid": "MD",
    "takes_medicare": "MC",
    "takes_private": "PI",
    "takes_self_pay": "SF",
    "takes_military": "MI",
    "takes_veterans_funds": "VAF",
    "takes_state_financed": "SI",
    "sliding_fee": "SS",
    "payment_assistance": "PA",
}
ALL_PAYMENT_CODES = frozenset(
    ["CLF", "CMHG", "CSBG", "FG", "ITU", "MC", "MD", "MI", "OSF", "PI", "PCF", "SCJJ", "SEF", "SF", "SI", "SMHA", "SWFS", "VAF"]
)
AGE_CODES = frozenset(["CHLD", "YAD", "ADLT", "SNR"])
VETERANS_NAME = r"\bVA\b|VAMC|VAHCS|\bVeterans?\b|\bVet Affairs\b|\bCBOC\b"
CIVILIAN_NAME = r"^Spero Health"
"""Spero Health Martinsville VA: a civilian clinic in Virginia."""


def directory_source(year: int, released: str) -> Source:
    return Source(
        id=f"samhsa_directory_{year}",
        publisher="Substance Abuse and Mental Health Services Administration (SAMHSA)",
        title=f"National Directory of Mental Health Treatment Facilities {year}",
        vintage=str(year),
        url=released,
        licence=PUBLIC_DOMAIN,
        citation=f"SAMHSA, National Directory of Mental Health Treatment Facilities, {year}.",
        read_on=date(2026, 11, 23),
        stale_after_days=400,
        files=(FILES[year],),
        note="Self-reported by the facilities that answered; payment codes describe the facility, not its ketamine treatment.",
    )


DIRECTORIES = {
    2022: directory_source(2022, "https://www.samhsa.gov/data/report/national-directory-of-mental-health-treatment-facilities"),
    2023: directory_source(2023, "https://www.samhsa.gov/data/report/national-directory-of-mental-health-treatment-facilities-2023"),
    2024: directory_source(2024, "https://www.samhsa.gov/data/report/national-directory-mh-facilities-2024"),
}

LOCATOR = Source(
    id="samhsa_locator_2020",
    publisher="Substance Abuse and Mental Health Services Administration (SAMHSA)",
    title="Behavioral Health Treatment Services Locator, facilities with coordinates",
    vintage="2020",
    url="https://findtreatment.gov/",
    licence=PUBLIC_DOMAIN,
    citation="SAMHSA, Behavioral Health Treatment Services Locator, 2020.",
    read_on=date(2026, 11, 23),
    stale_after_days=1500,
    files=(LOCATOR_FILE,),
    note="Used for coordinates only, joined on street and ZIP.",
)


@lru_cache(maxsize=3)
def _workbook(path: Path) -> pd.DataFrame:
    """The first sheet as text; kept, because two tables are made from the workbook of 2024."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Cannot parse header or footer")  # of the printed page; nothing is read from it
        return pd.read_excel(path, sheet_name=0, dtype="str", keep_default_na=False, engine="openpyxl")


def read_directory(raw: Raw, year: int) -> pd.DataFrame:
    """Every row of one year's directory, as text, in the file's order.

    name, part (the second line of the name), street, suite, city, state, zip (five digits), phone, codes (separated by single
    spaces). A withheld street is "".
    """
    read = _workbook(raw.path(FILES[year])).rename(columns=str.lower)
    expect(len(read) == ROWS[year], f"{FILES[year]}: {len(read):,} facilities; {ROWS[year]:,} were expected.")
    text = read.apply(lambda column: column.str.replace(r"\s+", " ", regex=True).str.strip())
    withheld = text["street1"].str.fullmatch(r"[\s-]*")
    frame = pd.DataFrame(
        {
            "name": text["name1"],
            "part": text["name2"],
            "street": text["street1"].mask(withheld, ""),
            "suite": text["street2"],
            "city": text["city"],
            "state": text["state"],
            "zip": text["zip"].str[:5].str.zfill(5),
            "phone": text["phone"],
            "codes": text["service_code_info"].str.replace("*", " ", regex=False).str.split().str.join(" "),
        }
    )
    found = int(has_code(frame["codes"], "KIT").sum())
    expect(found == KETAMINE[year], f"{FILES[year]}: {found} facilities with ketamine; {KETAMINE[year]} were expected.")
    return frame


def has_code(codes: pd.Series, code: str) -> pd.Series:
    """Whether each list of codes holds this code as a whole word."""
    return codes.str.contains(rf"(?:^| ){code}(?: |$)", regex=True)


def has_any_code(codes: pd.Series, wanted: frozenset[str]) -> pd.Series:
    """Whether each list of codes holds at least one of the wanted."""
    return codes.str.contains(rf"(?:^| )(?:{'|'.join(sorted(wanted))})(?: |$)", regex=True)


def facts(directory: pd.DataFrame) -> pd.DataFrame:
    """What the codes say, on the same index: payments (nullable), ages (nullable), outpatient, residential, veterans_only.

    A code that is not there means no, unless the facility gave no code of that kind at all: then nothing is known.
    """
    codes = directory["codes"]
    said_payment = has_any_code(codes, ALL_PAYMENT_CODES)
    said_age = has_any_code(codes, AGE_CODES)
    columns: dict[str, pd.Series] = {
        column: has_code(codes, code).astype("boolean").where(said_payment, pd.NA) for column, code in PAYMENT_CODES.items()
    }
    columns["outpatient"] = has_code(codes, "OP").astype("boolean")
    columns["residential"] = has_code(codes, "RES").astype("boolean")
    columns["serves_adults"] = has_any_code(codes, frozenset({"ADLT", "SNR"})).astype("boolean").where(said_age, pd.NA)
    columns["veterans_only"] = has_code(codes, "VAHC") | for_veterans_by_name(directory["name"] + " " + directory["part"])
    return pd.DataFrame(columns)


def for_veterans_by_name(names: pd.Series) -> pd.Series:
    """Whether a name says that the place belongs to Veterans Affairs; several such rows lack the code VAHC."""
    return names.str.contains(VETERANS_NAME, regex=True) & ~names.str.contains(CIVILIAN_NAME, regex=True)


def read_locator(raw: Raw) -> pd.DataFrame:
    """SAMHSA's own coordinates of 2020: street, city, state, zip (five digits, zeros restored), latitude, longitude."""
    read = pd.read_csv(raw.path(LOCATOR_FILE), dtype="str", keep_default_na=False)
    expect(len(read) == 11_375, f"{LOCATOR_FILE}: {len(read):,} facilities; 11,375 were expected.")
    frame = pd.DataFrame(
        {
            "street": read["street1"].str.strip(),
            "city": read["city"].str.strip(),
            "state": read["state"].str.strip(),
            "zip": read["zip"].str.strip().str[:5].str.zfill(5),
            "latitude": pd.to_numeric(read["latitude"], errors="coerce"),
            "longitude": pd.to_numeric(read["longitude"], errors="coerce"),
        }
    )
    return frame.dropna(subset=["latitude", "longitude"]).reset_index(drop=True)
