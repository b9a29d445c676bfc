"""The lists of ketamine sites as rows in common columns, told apart or joined: which rows are one site, which are closed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from data.checks import expect
from data.match import UNNAMED, Row, merge, name_key, same_name, town_key
from data.source import Raw
from data.sources import medicare_claims, named_directory, own_pages, samhsa

LAYERS = ("samhsa_2022", "samhsa_2023", "samhsa_2024", "named_2026", "own_pages", "medicare_claims_2024")
MODALITIES = ("iv", "im", "esketamine", "oral", "assisted_psychotherapy")
PAYMENTS = tuple(samhsa.PAYMENT_CODES)
OPEN_TO = ("outpatient", "residential", "serves_adults")
FACTS = (*MODALITIES, *PAYMENTS, *OPEN_TO)
TEXTS = ("name", "street", "city", "state", "zip", "phone", "website", "source_url", "source_name", "payment_applies_to")

BEST = ("site_details", "own_pages", "samhsa_2024", "samhsa_2023", "samhsa_2022", "medicare_claims_2024", "named_2026")
"""Whose street, phone and address on the web are taken first: the page read last, then the directory of the latest year."""
BEST_NAME = ("site_details", "named_2026", "own_pages", "samhsa_2024", "samhsa_2023", "samhsa_2022", "medicare_claims_2024")
PEOPLE = re.compile(
    r"(?:[A-Z][\w'’-]+(?: [A-Z]\b\.?)?(?: [A-Z][\w'’-]+){1,2},? (?:MD|DO|PhD|PsyD|LCSW|LICSW|LMFT|LPC|NP|PMHNP|APRN)\b"
    r"|^Adam O'Neill & Associates$)"
)
"""A clinician's full name before a degree, or a firm that is one person's full name."""
CLOSED_FILE = Path(__file__).parent / "parameters" / "closed_sites.yaml"


def public_name(name: str, part: str, city: str) -> str:
    """What a site is called here: a practice, never a person.

    >>> public_name("UAB Hospital", "Center for Psychiatric Medicine", "Birmingham")
    'UAB Hospital - Center for Psychiatric Medicine'
    >>> public_name("Jane Q Doe MD PA LLC DBA Calm Clinic", "", "Plano"), public_name("Jane Doe, LCSW", "", "Plano")
    ('Calm Clinic', 'Private practice in Plano')
    """
    said = [re.split(r"\bDBA\b", text)[-1].strip() for text in (name, part)]
    kept = [without_person(text) for text in said if text]
    whole = " - ".join(dict.fromkeys(text for text in kept if text))
    return whole or f"Private practice in {city}"


def without_person(text: str) -> str:
    """The text, or "" where it is a clinician's name and degree and nothing else of weight.

    >>> without_person("Action Recovery Nancy Roe Doe PhD and Associates"), without_person("Mind MD"), without_person("John Doe MD practice")
    ('', 'Mind MD', '')
    """
    return "" if PEOPLE.search(text) else text


def blank_records(count: int) -> dict[str, Any]:
    """Columns of `count` rows that know nothing yet."""
    columns: dict[str, Any] = {name: pd.Series([""] * count, dtype="str") for name in TEXTS}
    columns |= {name: pd.array([pd.NA] * count, dtype="boolean") for name in FACTS}
    columns |= {
        "part": pd.Series([""] * count, dtype="str"),
        "year": pd.array([pd.NA] * count, dtype="Int64"),
        "veterans_only": False,
        "lone": False,
        "person": False,
    }
    columns["overlaps"] = pd.Series([()] * count, dtype="object")
    return columns


def records(layer: str, frame: pd.DataFrame, **constant: Any) -> pd.DataFrame:
    """The rows of one list in the common columns; what a list does not have stays unknown."""
    found = pd.DataFrame(blank_records(len(frame)), index=range(len(frame)))
    plain = frame.reset_index(drop=True)
    for column in plain.columns.intersection(found.columns):
        found[column] = plain[column]
    found = found.assign(**constant, layer=layer)
    found["veterans_only"] |= samhsa.for_veterans_by_name(found["name"] + " " + found["part"])
    names = zip(found["name"], found["part"], found["city"], strict=True)
    public = pd.Series([public_name(*name) for name in names], dtype="str")
    found["person"] = public.str.startswith("Private practice in ")
    found["public_name"] = public.str.replace(r"\s*\([\w.]+\.(?:com|org|net)[^)]*\)", "", regex=True)
    return found


def samhsa_records(raw: Raw, year: int) -> pd.DataFrame:
    """The facilities of one directory that give ketamine; exact duplicates once. `lone`: no outpatient care."""
    directory = samhsa.read_directory(raw, year)
    ketamine = directory[samhsa.has_code(directory["codes"], "KIT")].drop_duplicates()
    facts = samhsa.facts(ketamine)
    both = pd.concat([ketamine, facts], axis=1).assign(iv=pd.array([True] * len(ketamine), dtype="boolean"))
    both["street"] = both["street"] + (", " + both["suite"]).where((both["suite"] != "") & (both["street"] != ""), "")
    source = samhsa.DIRECTORIES[year]
    found = records(
        f"samhsa_{year}", both, year=year, source_url=source.url, source_name=f"SAMHSA directory {year}", payment_applies_to="facility"
    )
    found["lone"] = ~found["outpatient"].fillna(False).astype(bool)
    return found


def page_records(layer: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Own pages or site details. What a page says of payment is said of the practice."""
    found = records(layer, frame)
    said = found[list(PAYMENTS)].notna().any(axis=1)
    found["payment_applies_to"] = pd.Series("practice", index=found.index, dtype="str").where(said, "")
    return found


def claims_records(raw: Raw) -> pd.DataFrame:
    """Addresses that bill Medicare for esketamine: a practice without a name, unless its "street" is an institution's name."""
    billing = medicare_claims.read_billing(raw)
    institution = ~billing["street"].str.contains(r"\d", regex=True)
    called = billing["street"].where(institution, f"{UNNAMED}, " + billing["street"].str.lstrip("# ").str.replace(", ", " "))
    yes = pd.array([True] * len(billing), dtype="boolean")
    known = billing.assign(name=called, street=billing["street"].where(~institution, ""), esketamine=yes, takes_medicare=yes)
    return records(
        "medicare_claims_2024",
        known,
        year=2024,
        source_url=medicare_claims.SOURCE.url,
        source_name="Medicare claims 2024",
        payment_applies_to="practice",
    )


def named_records(raw: Raw) -> pd.DataFrame:
    named = named_directory.read_named_providers(raw)
    return records(
        "named_2026",
        named.assign(source_url=named["website"]),
        year=2026,
        source_name="Named providers 2026 (Elevated States Project's atlas)",
    )


def all_records(raw: Raw) -> pd.DataFrame:
    """Every row of every list, the latest SAMHSA directory first; `closed` marks the rows that a list calls closed."""
    details = own_pages.read_site_details(raw)
    frames = [samhsa_records(raw, year) for year in (2024, 2023, 2022)]
    frames += [
        page_records("site_details", details),
        named_records(raw),
        page_records("own_pages", own_pages.read_own_pages(raw)),
        claims_records(raw),
    ]
    frames[3]["closed"] = details["closed"].to_numpy()
    together = pd.concat(frames, ignore_index=True)
    together["closed"] = together["closed"].fillna(False).astype(bool)
    return without_personal_addresses(together)


def without_personal_addresses(rows: pd.DataFrame) -> pd.DataFrame:
    """Practices that bear a clinician's name keep neither it nor a web address, which mostly holds it too."""
    return rows.assign(**{column: rows[column].mask(rows["person"], "") for column in ("website", "source_url")})


def stated_pairs(rows: pd.DataFrame) -> list[tuple[int, int]]:
    """Pairs of row numbers that a list itself calls one site. DataError if it names a row that no list has."""
    where: dict[tuple[str, str, str], list[int]] = {}
    columns = ("layer", "name", "part", "city", "overlaps")
    all_rows = list(enumerate(zip(*(rows[column] for column in columns), strict=True)))
    for number, (layer, name, part, city, _) in all_rows:
        short = "samhsa" if layer.startswith("samhsa") else layer
        for called in {name_key(name), name_key(f"{name} {part}")}:
            where.setdefault((short, called, town_key(city)), []).append(number)
    pairs: list[tuple[int, int]] = []
    for number, (own_layer, _, _, _, overlaps) in all_rows:
        for layer, name, city in overlaps:
            found = where.get((layer, name_key(name), town_key(city)), [])
            expect(bool(found), f"{own_layer}: {name} in {city} is said to stand in {layer}, and does not.")
            pairs += [(min(number, other), max(number, other)) for other in found]
    return pairs


def match_rows(rows: pd.DataFrame) -> list[Row]:
    """The rows as `data.match` needs them."""
    columns = ["layer", "name", "street", "city", "state", "zip", "phone", "lone", "part"]
    together = rows[columns].rename(columns={"part": "unit"}).assign(named=~rows["name"].str.startswith(UNNAMED))
    return [Row(**{str(key): value for key, value in row.items()}) for row in together.to_dict("records")]


def drop_closed(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows without those that are closed or share name and town with a closed site; and a line for each of the latter."""
    columns = ("layer", "name", "city", "state", "closed")
    all_rows = list(zip(*(rows[column] for column in columns), strict=True))
    closed = [row for row in all_rows if row[4]]
    gone: list[bool] = []
    lines: list[str] = []
    for layer, name, city, state, is_closed in all_rows:
        same = any(state == other[3] and town_key(city) == town_key(other[2]) and same_name(name, other[1], city) for other in closed)
        gone.append(is_closed or same)
        if same and not is_closed:
            lines.append(f"left out as closed: {name}, {city} {state} ({layer})")
    return rows[~np.array(gone, dtype=bool)].reset_index(drop=True), lines


def read_closed(path: Path = CLOSED_FILE) -> pd.DataFrame:
    """The dated list of closed sites: name, city, state, closed_on (text: day, month or ""), why, source_name, source_url."""
    values = yaml.safe_load(path.read_text(encoding="utf-8"))["values"]
    return pd.DataFrame(
        [
            {
                **{key: value[key] for key in ("name", "city", "state", "closed_on", "why")},
                "source_name": value["reference"]["title"],
                "source_url": value["reference"]["url"],
            }
            for value in values
        ]
    ).astype("str")


def assign_sites(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `site`, the number of the first row of the same site."""
    return rows.assign(site=merge(match_rows(rows), stated_pairs(rows)))
