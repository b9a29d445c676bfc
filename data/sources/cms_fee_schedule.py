"""CMS Physician Fee Schedule: what Medicare allows for an esketamine visit, by payment locality, county, ZIP and year.

The allowed amount is (work x GPCI_work + practice expense x GPCI_pe + malpractice x GPCI_mp) x conversion factor; G2082 (up to
56 mg) and G2083 (over 56 mg) bundle the drug, the visit and two hours' watch. Only the office (non-facility) amount is read: the
facility amount leaves the drug out and is no price. A payment rule, not a market price.

Two layouts are read: the tables reworked for the project (amounts and indices of all years in one file each), and the official
files of one year (``PPRRVU2027*.csv`` beside ``GPCI2027*.csv``, ``27LOCCO.csv``, the fixed-width ``ZIP5_*.txt``), with which a new year
comes in.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from data.checks import expect
from data.errors import DataError
from data.source import PUBLIC_DOMAIN, Raw, Source

SOURCE = Source(
    id="cms_fee_schedule",
    publisher="Centers for Medicare & Medicaid Services",
    title="Physician Fee Schedule: relative values, geographic practice cost indices, localities and their counties, ZIP codes",
    vintage="2020-2026 (last release of each year; 2026 January, counties of localities 2023 and 2024)",
    url="https://www.cms.gov/medicare/payment/fee-schedules/physician",
    licence=PUBLIC_DOMAIN,
    citation=(
        "Centers for Medicare & Medicaid Services, Physician Fee Schedule relative value files RVU20D to RVU26A "
        "and ZIP Code to Carrier Locality file, 2020-2026."
    ),
    read_on=date(2026, 11, 23),
    stale_after_days=90,
    files=(
        "cms/medicare_esketamine_G2082_G2083_by_locality_2020_2026.csv",
        "cms/gpci_by_locality_2020_2026.csv",
        "cms/locality_county_crosswalk_text_2020_2024.csv",
        "cms/zip5_to_locality_and_2026_esketamine_allowed.csv",
    ),
    note="A payment rule, not a market price; office setting; Puerto Rico and the territories left out (Guam shares Hawaii's locality).",
)
AMOUNTS, INDICES, COUNTIES_OF, ZIPS = SOURCE.files

CODES = ("G2082", "G2083")
TERRITORIES = frozenset({"PR", "VI", "GU", "AS", "MP", "FM", "PW", "MH"})
CARRIER_STATES = {"EM": "MO", "WM": "MO", "EK": "KS", "WK": "KS"}
"""CMS's own codes for the halves of Missouri and Kansas."""

SUCCESSORS = {"01112-06": "01112-05", "01112-07": "01112-05", "01182-26": "01182-18"}
"""California's localities that ended with 2023, and where they went: 112 localities until then, 109 since."""

SPELLINGS = {"ORAGNGE": "ORANGE", "DADE": "MIAMI-DADE"}
"""County names as CMS's free text has them, and as they are."""

CENT = Decimal("0.01")


def allowed_amount(rvus: tuple[Decimal, Decimal, Decimal], gpcis: tuple[Decimal, Decimal, Decimal], factor: Decimal) -> Decimal:
    """USD to the cent, half to even: work, practice expense and malpractice, each times its index, times the conversion factor."""
    units = sum((rvu * gpci for rvu, gpci in zip(rvus, gpcis, strict=True)), Decimal(0))
    return (units * factor).quantize(CENT, ROUND_HALF_EVEN)


def read_amounts(raw: Raw) -> pd.DataFrame:
    """Columns year, hcpcs, locality (contractor-number), state, name, allowed_usd; 50 states and DC.

    Official files of further years in ``cms/`` are added to the reworked table.
    """
    frame = pd.read_csv(raw.path(AMOUNTS), dtype="str")
    expect(len(frame) == 1_550, f"{AMOUNTS} has {len(frame):,} rows; 1,550 were expected.")
    frame = frame.assign(
        year=frame["year"].astype("int64"),
        locality=frame["mac"] + "-" + frame["locality"],
        allowed_usd=frame["nonfacility_allowed_usd"].astype("float64"),
        name=frame["locality_name"],
    )
    frame = frame.loc[:, ["year", "hcpcs", "locality", "state", "name", "allowed_usd"]]
    official = read_official_years(raw.root / "cms")
    frame = pd.concat([frame[~frame["year"].isin(official["year"])], official], ignore_index=True)
    expect(set(frame["hcpcs"]) == set(CODES), f"{AMOUNTS}: codes other than {', '.join(CODES)}.")
    counts = frame[frame["hcpcs"] == "G2083"].groupby("year").size()
    expect(bool((counts[counts.index <= 2023] == 112).all()), f"{AMOUNTS}: not 112 localities in each year to 2023.")
    expect(bool((counts[counts.index >= 2024] == 109).all()), f"{AMOUNTS}: not 109 localities in each year from 2024.")
    expect(not frame.duplicated(["year", "hcpcs", "locality"]).any(), f"{AMOUNTS}: a locality stands twice in one year.")
    expect(
        bool(frame["allowed_usd"].between(400, 3_000).all()), f"{AMOUNTS}: amounts outside 400 to 3,000 USD; is the facility column read?"
    )
    gone = set(frame.loc[frame["year"] <= 2023, "locality"]) - set(frame.loc[frame["year"] >= 2024, "locality"])
    expect(gone == set(SUCCESSORS), f"{AMOUNTS}: the localities {sorted(gone)} end with 2023; {sorted(SUCCESSORS)} were expected.")
    frame = frame[~frame["state"].isin(TERRITORIES)]
    return frame.sort_values(["year", "hcpcs", "locality"], ignore_index=True)


def read_indices(raw: Raw) -> pd.DataFrame:
    """Geographic practice cost indices, last release of each year: year, locality, state, gpci_work, gpci_pe, gpci_mp."""
    frame = pd.read_csv(raw.path(INDICES), dtype={"mac": "str", "locality": "str"})
    expect(len(frame) == 2_446, f"{INDICES} has {len(frame):,} rows; 2,446 were expected.")
    last = frame.groupby("year")["release"].transform("max")
    frame = frame[frame["release"] == last]
    # Three decimals is all CMS publishes; the rest is binary noise of a spreadsheet.
    frame = frame.assign(
        locality=frame["mac"] + "-" + frame["locality"], **{name: frame[name].round(3) for name in ("gpci_work", "gpci_pe", "gpci_mp")}
    )
    expect(not frame.duplicated(["year", "locality"]).any(), f"{INDICES}: a locality stands twice in the last release of a year.")
    frame = frame[~frame["state"].isin(TERRITORIES)]
    columns = ["year", "locality", "state", "gpci_work", "gpci_pe", "gpci_mp"]
    return frame.loc[:, columns].sort_values(["year", "locality"], ignore_index=True)


def recover_rvus(amounts: pd.DataFrame, indices: pd.DataFrame, factors: dict[int, Decimal]) -> pd.DataFrame:
    """Relative value units of each code and year, by least squares over the localities, to the two decimals CMS publishes.

    They stand in PPRRVU, which the reworked table leaves out. DataError unless they give back every locality's amount within
    half a cent of rounding. Columns year, hcpcs, work_rvu, pe_rvu, mp_rvu, conversion_factor.
    """
    rows: list[dict[str, object]] = []
    joined = amounts.merge(indices.drop(columns="state"), on=["year", "locality"], validate="many_to_one")
    expect(len(joined) == len(amounts), "Some localities of the amounts have no geographic indices in their year.")
    for _, group in joined.groupby(["year", "hcpcs"]):
        year, code = int(group["year"].iloc[0]), str(group["hcpcs"].iloc[0])
        expect(year in factors, f"There is no conversion factor for {year}; add it to data/parameters/medicare.yaml.")
        weights = group[["gpci_work", "gpci_pe", "gpci_mp"]].to_numpy(dtype=float)
        units, *_ = np.linalg.lstsq(weights, group["allowed_usd"].to_numpy(dtype=float) / float(factors[year]), rcond=None)
        rounded = units.round(2)
        error = float(np.abs(weights @ rounded * float(factors[year]) - group["allowed_usd"].to_numpy(dtype=float)).max())
        expect(error < 0.006, f"{code} {year}: the recovered relative values miss a locality's amount by {error:.4f} USD.")
        rows.append(
            {
                "year": year,
                "hcpcs": code,
                **dict(zip(("work_rvu", "pe_rvu", "mp_rvu"), rounded, strict=True)),
                "conversion_factor": float(factors[year]),
            }
        )
    return pd.DataFrame(rows)


def national_amounts(rvus: pd.DataFrame) -> pd.DataFrame:
    """`rvus` with allowed_usd: units x conversion factor, all indices 1, exact in Decimal and half to even."""
    one = (Decimal(1), Decimal(1), Decimal(1))
    amounts = [
        allowed_amount((exact(row.work_rvu), exact(row.pe_rvu), exact(row.mp_rvu)), one, exact(row.conversion_factor))
        for row in rvus.itertuples()
    ]
    return rvus.assign(allowed_usd=[float(amount) for amount in amounts])


def exact(value: object) -> Decimal:
    """A number as it is printed, without binary noise."""
    return Decimal(str(value))


# --- counties of a locality, from CMS's free text ---------------------------------------------------------------------


def read_county_text(raw: Raw, year: int) -> pd.DataFrame:
    """CMS's list of localities of one year: locality, state (postal), counties (free text). One row a locality."""
    frame = pd.read_csv(raw.path(COUNTIES_OF), dtype="str")
    frame = frame[(frame["year"] == str(year)) & frame["locality_number"].notna()]
    expect(not frame.empty, f"{COUNTIES_OF} has no rows for {year}.")
    # The text gives no postal code where a locality crosses a border.
    across = {"HAWAII/GUAM": "HI", "DISTRICT OF COLUMBIA": "DC", "PUERTO RICO": "PR", "VIRGIN ISLANDS": "VI"}
    frame = frame.assign(
        locality=frame["mac"] + "-" + frame["locality_number"], state=frame["state_abb"].fillna(frame["state"].str.strip().map(across))
    )
    expect(bool(frame["state"].notna().all()), f"{COUNTIES_OF}: a locality of {year} without a state.")
    # Missouri's rest of state stands twice: it had two carriers once.
    frame = frame.loc[:, ["locality", "state", "counties"]].drop_duplicates()
    expect(not frame["locality"].duplicated().any(), f"{COUNTIES_OF}: a locality of {year} stands twice with different counties.")
    return frame[~frame["state"].isin(TERRITORIES)].reset_index(drop=True)


def read_official_county_text(path: Path, postal: Mapping[str, str]) -> pd.DataFrame:
    """The official list of localities and their counties (LOCCO, as CSV): locality, state, counties, as read_county_text gives them.

    `postal` maps a state's name to its code. The file names a state once, above its localities; contractors may lack a leading zero.
    """
    with path.open(encoding="latin-1", newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file)]
    codes = {name.upper(): code for name, code in postal.items()}
    codes |= {"HAWAII/GUAM": "HI", "DISTRICT OF COLUMBIA": "DC", "PUERTO RICO": "PR", "VIRGIN ISLANDS": "VI"}
    found: list[tuple[str, str, str]] = []
    state = ""
    for number, row in enumerate(rows, 1):
        if len(row) < 5 or not re.fullmatch(r"\d{4,5}", row[0]) or not re.fullmatch(r"\d{1,2}", row[1]):
            continue
        state = row[2].upper() or state
        expect(state in codes, f"{path.name}, line {number}: {state or 'nothing'} is no state that is known.")
        found.append((f"{row[0].zfill(5)}-{row[1].zfill(2)}", codes[state], row[4].upper()))
    expect(bool(found), f"{path.name}: no line with contractor, locality, state, area and counties; is it LOCCO?")
    frame = pd.DataFrame(found, columns=["locality", "state", "counties"], dtype="str").drop_duplicates()
    return frame[~frame["state"].isin(TERRITORIES)].reset_index(drop=True)


def plain(name: str) -> str:
    """A county's name as CMS writes it: capitals, no accents, no "County" or "Parish"; independent cities keep "CITY"."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper().strip()
    bare = re.sub(r"\s+(COUNTY|PARISH|CNTY)$", "", bare)
    return SPELLINGS.get(bare, bare)


def named_counties(text: str, state: str) -> list[tuple[str, str]]:
    """(state, plain name) of each county the text names; empty where it says "all (other) counties".

    >>> named_counties("DC; FAIRFAX, FAIRFAX CITY IN VIRGINIA", "DC")
    [('DC', 'DC'), ('VA', 'FAIRFAX'), ('VA', 'FAIRFAX CITY')]
    """
    if text.startswith("ALL "):
        return []
    found: list[tuple[str, str]] = []
    for part in text.split(";"):
        where, within = state, part.strip()
        for ending, postal in ((" IN VIRGINIA", "VA"), (" IN MARYLAND", "MD")):
            if within.endswith(ending):
                where, within = postal, within.removesuffix(ending)
        names = re.split(r",\s*AND\s+|,|/|\s+AND\s+", within)
        found += [(where, plain(name)) for name in names if name.strip()]
    return found


def county_localities(text: pd.DataFrame, counties: pd.DataFrame) -> pd.DataFrame:
    """The one locality of each county: geoid, locality.

    `text` as read_county_text gives it; `counties` with geoid, name, state. A county that is named belongs to the locality that
    names it, wherever that lies; every other one to its state's locality of "all (other) counties". DataError if a name matches
    no county or two, or if a county gets none or two.
    """
    keys = pd.DataFrame({"geoid": counties["geoid"], "state": counties["state"], "plain": counties["name"].map(plain)})
    lookup = keys.groupby(["state", "plain"])["geoid"].agg(list).to_dict()
    given: dict[str, str] = {}
    rest: dict[str, str] = {}
    for row in text.itertuples():
        named = named_counties(str(row.counties), str(row.state))
        if not named:
            expect(
                row.state not in rest,
                f"Two localities claim the other counties of {row.state}: {rest.get(str(row.state))} and {row.locality}.",
            )
            rest[str(row.state)] = str(row.locality)
        for key in named:
            matches = lookup.get(key, [])
            expect(
                len(matches) == 1,
                f"Locality {row.locality} names {key[1]} in {key[0]}, which matches {len(matches)} counties; add it to SPELLINGS.",
            )
            expect(
                matches[0] not in given, f"The county {matches[0]} is named by two localities, {given.get(matches[0])} and {row.locality}."
            )
            given[matches[0]] = str(row.locality)
    unplaced = sorted(set(keys.loc[~keys["geoid"].isin(given), "state"]) - set(rest))
    expect(not unplaced, f"No locality takes the other counties of {', '.join(unplaced)}.")
    localities = [given.get(geoid) or rest[state] for geoid, state in zip(keys["geoid"], keys["state"], strict=True)]
    return pd.DataFrame({"geoid": keys["geoid"].to_numpy(), "locality": localities}).sort_values("geoid", ignore_index=True)


# --- ZIP codes --------------------------------------------------------------------------------------------------------


def read_zips(raw: Raw) -> pd.DataFrame:
    """Columns zip, state, locality, G2082, G2083 (USD, 2026); 50 states and DC; CMS's half states are Missouri and Kansas."""
    frame = pd.read_csv(raw.path(ZIPS), dtype="str")
    expect(len(frame) == 42_956, f"{ZIPS} has {len(frame):,} rows; 42,956 were expected.")
    halves = int(frame["state"].isin(CARRIER_STATES).sum())
    expect(halves == 1_975, f"{ZIPS}: {halves:,} ZIP codes carry EM, WM, EK or WK; 1,975 were expected.")
    frame = frame.rename(columns={"zip_code": "zip"}).assign(locality=frame["carrier"] + "-" + frame["locality_code"])
    frame = settle_zips(frame)
    return frame.assign(**{code: frame[code].astype("float64") for code in CODES}).loc[:, ["zip", "state", "locality", *CODES]]


def read_official_zips(path: Path) -> pd.DataFrame:
    """The official fixed-width ZIP5 file: zip, state, locality; 50 states and DC."""
    lines = [line for line in path.read_text(encoding="latin-1").splitlines() if line.strip()]
    bad = next((number for number, line in enumerate(lines, 1) if not re.match(r"[A-Z]{2}\d{5}\d{5}\d{2}", line)), None)
    expect(bad is None, f"{path.name}, line {bad}: not state, ZIP, carrier and locality in columns 1 to 14; is it the ZIP5 text file?")
    rows = [(line[2:7], line[0:2], f"{line[7:12]}-{line[12:14]}") for line in lines]
    return settle_zips(pd.DataFrame(rows, columns=["zip", "state", "locality"], dtype="str"))


def settle_zips(frame: pd.DataFrame) -> pd.DataFrame:
    """Postal states for CMS's half states, no territories, each ZIP once, sorted."""
    frame = frame.assign(state=frame["state"].replace(CARRIER_STATES))
    frame = frame[~frame["state"].isin(TERRITORIES)]
    expect(bool(frame["zip"].str.fullmatch(r"\d{5}").all()), "The ZIP file has codes that are not five digits.")
    expect(not frame["zip"].duplicated().any(), "The ZIP file has a ZIP code twice.")
    return frame.sort_values("zip", ignore_index=True)


# --- the official files of one year -----------------------------------------------------------------------------------


def read_official_rvus(path: Path) -> dict[str, tuple[Decimal, Decimal, Decimal]]:
    """Work, non-facility practice expense and malpractice units of G2082 and G2083 from PPRRVU (CSV).

    Its header is spread over several lines, so columns go by position, and the file's own total proves them.
    """
    found: dict[str, tuple[Decimal, Decimal, Decimal]] = {}
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.reader(file):
            if row and row[0].strip() in CODES and not row[1].strip():
                work, expense, malpractice, total = (Decimal(row[column].strip()) for column in (5, 6, 10, 11))
                expect(
                    work + expense + malpractice == total,
                    f"{path.name}: the units of {row[0]} do not add up to its non-facility total; have columns moved?",
                )
                found[row[0].strip()] = (work, expense, malpractice)
    expect(set(found) == set(CODES), f"{path.name}: {', '.join(sorted(set(CODES) - set(found)))} not found; is it PPRRVU?")
    return found


def read_official_factor(path: Path) -> Decimal:
    """The conversion factor that PPRRVU prints in each row, in the column headed FACTOR."""
    column: int | None = None
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.reader(file):
            cells = [cell.strip() for cell in row]
            if cells and cells[0] == "HCPCS" and "FACTOR" in cells:
                column = cells.index("FACTOR")
            if cells and cells[0] in CODES and column is not None:
                return Decimal(cells[column])
    raise DataError(f"{path.name}: no header line from HCPCS to FACTOR above a row of G2082 or G2083, so no conversion factor.")


def read_official_indices(path: Path) -> pd.DataFrame:
    """The GPCI file of one year: locality, state, name, gpci_work, gpci_pe, gpci_mp as Decimal; with the 1.0 floor where it has both."""
    rows = list(csv.reader(path.open(encoding="latin-1", newline="")))
    start = next((number for number, row in enumerate(rows) if row and "Medicare Admin" in row[0]), None)
    if start is None:
        raise DataError(f"{path.name}: no header line that begins with Medicare Administrative Contractor.")
    header = [" ".join(cell.split()) for cell in rows[start]]
    works = [place for place, cell in enumerate(header) if "PW GPCI" in cell]
    floors = [place for place in works if "with 1.0 Floor" in header[place]]
    places = [(floors or works)[:1], *([place for place, cell in enumerate(header) if kind in cell][:1] for kind in ("PE GPCI", "MP GPCI"))]
    expect(all(places), f"{path.name}: the header names no work, practice expense and malpractice index.")
    work, expense, malpractice = (place[0] for place in places)
    body = [[cell.strip() for cell in row] for row in rows[start + 1 :] if row and re.fullmatch(r"\d{4,5}", row[0].strip())]
    return pd.DataFrame(
        {
            "locality": [f"{row[0].zfill(5)}-{row[2].zfill(2)}" for row in body],
            "state": [row[1] for row in body],
            "name": [row[3].rstrip("*") for row in body],
            "gpci_work": [Decimal(row[work]) for row in body],
            "gpci_pe": [Decimal(row[expense]) for row in body],
            "gpci_mp": [Decimal(row[malpractice]) for row in body],
        }
    )


def read_official_years(folder: Path) -> pd.DataFrame:
    """Amounts of every year for which the folder holds PPRRVU and GPCI: year, hcpcs, locality, state, name, allowed_usd."""
    rows: list[tuple[int, str, str, str, str, float]] = []
    for path in sorted(folder.glob("PPRRVU20*.csv")):
        year = int(path.name[6:10])
        indices = sorted(folder.glob(f"GPCI{year}*.csv"))
        expect(len(indices) == 1, f"{path.name} needs exactly one GPCI{year}*.csv beside it; {len(indices)} were found.")
        factor = read_official_factor(path)
        for code, rvus in sorted(read_official_rvus(path).items()):
            for row in read_official_indices(indices[0]).itertuples():
                amount = allowed_amount(rvus, (exact(row.gpci_work), exact(row.gpci_pe), exact(row.gpci_mp)), factor)
                rows.append((year, code, str(row.locality), str(row.state), str(row.name), float(amount)))
    frame = pd.DataFrame(rows, columns=["year", "hcpcs", "locality", "state", "name", "allowed_usd"])
    return frame.astype({"year": "int64", "allowed_usd": "float64", **dict.fromkeys(("hcpcs", "locality", "state", "name"), "str")})
