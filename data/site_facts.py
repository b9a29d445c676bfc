"""From the rows of several lists to one row a site: each fact from the best list that has it, a lasting id, an address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from data.checks import expect
from data.match import UNNAMED, name_key, street_key, town_key
from data.records import FACTS, LAYERS, MODALITIES, OPEN_TO, PAYMENTS

BEST = ("site_details", "own_pages", "samhsa_2024", "samhsa_2023", "samhsa_2022", "medicare_claims_2024", "named_2026")
"""Whose street, phone and address on the web are taken first: the page read last, then the directory of the latest year."""
BEST_NAME = ("site_details", "named_2026", "own_pages", "samhsa_2024", "samhsa_2023", "samhsa_2022", "medicare_claims_2024")

Entry = dict[str, Any]
"""One row of one list, by column; a fact that the list does not state is None."""


def one_row_a_site(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with `site` to one row a site, in order of state, city, name and address."""
    groups: dict[int, list[Entry]] = {}
    plain = rows.astype("object").where(rows.notna(), None)
    for entry in plain.to_dict("records"):
        groups.setdefault(entry["site"], []).append({str(column): value for column, value in entry.items()})
    sites = pd.DataFrame([one_site(group) for group in groups.values()])
    kinds = dict.fromkeys(FACTS, "boolean") | dict.fromkeys(("first_year", "last_year"), "Int64")
    return sites.astype(kinds).sort_values(["state", "city", "name", "street", "zip"], ignore_index=True)


def one_site(group: list[Entry]) -> Entry:
    """The facts of one site from all its rows."""
    best = sorted(group, key=lambda entry: BEST.index(entry["layer"]))
    directory = [entry for entry in best if entry["layer"].startswith("samhsa")]
    layers = {entry["layer"] for entry in group}
    years = [entry["year"] for entry in group if entry["year"] is not None]
    facts = {column: any_true(entry[column] for entry in group) for column in MODALITIES}
    facts |= {column: first_known(entry[column] for entry in directory[:1] + best) for column in (*PAYMENTS, *OPEN_TO)}
    return {
        "name": best_name(group),
        **best_address(best),
        **{column: first_text(best, column) for column in ("phone", "website", "source_url")},
        "source_name": "; ".join(dict.fromkeys(entry["source_name"] for entry in best if entry["source_name"])),
        "payment_applies_to": first_text(directory[:1] + best, "payment_applies_to"),
        **facts,
        "veterans_only": bool((directory or best)[0]["veterans_only"]),
        **{layer: layer in layers for layer in LAYERS},
        "own_pages": bool(layers & {"own_pages", "site_details"}),
        "first_year": min(years, default=None),
        "last_year": max(years, default=None),
    }


def best_name(group: list[Entry]) -> str:
    """The name of the best list that has a practice's name, not a person's and not a bare address."""
    named = sorted(group, key=lambda entry: BEST_NAME.index(entry["layer"]))
    calm = [entry for entry in named if not entry["person"] and not entry["public_name"].startswith(UNNAMED)]
    return str((calm or named)[0]["public_name"])


def best_address(best: list[Entry]) -> dict[str, str]:
    """Street, city, state and ZIP of one row: the first with a street, else the first with a ZIP, else the first.

    The ZIP of another row at the same street fills a gap. A street that the latest SAMHSA directory withholds stays withheld.
    """
    directory = [entry for entry in best if entry["layer"].startswith("samhsa")]
    withheld = bool(directory) and not directory[0]["street"]
    usable = [entry for entry in best if not (withheld and entry in directory and entry["street"])]
    with_street = [entry for entry in usable if street_key(entry["street"])]
    with_zip = [entry for entry in usable if entry["zip"]]
    chosen = (with_street or with_zip or usable)[0]
    found = {column: str(chosen[column]) for column in ("street", "city", "state", "zip")}
    if street_key(found["street"]) and not found["zip"]:
        same = (entry["zip"] for entry in with_zip if street_key(entry["street"]) == street_key(found["street"]))
        found["zip"] = str(next(same, ""))
    return found


def first_text(entries: list[Entry], column: str) -> str:
    """The first text that is not empty."""
    return next((str(entry[column]) for entry in entries if entry[column]), "")


def any_true(values: Iterable[bool | None]) -> bool | None:
    """True if one list says so, False if one denies it and none says so, else None: unknown is not no.

    >>> any_true([None, False, True]), any_true([None, False]), any_true([None])
    (True, False, None)
    """
    known = [value for value in values if value is not None]
    return any(known) if known else None


def first_known(values: Iterable[bool | None]) -> bool | None:
    """The first value that is not None."""
    return next((bool(value) for value in values if value is not None), None)


def slug(text: str, length: int = 32) -> str:
    """Lower-case words with hyphens.

    >>> slug("Crestline Health & Wellness")
    'crestline-health-wellness'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("'", "")).strip("-")[:length].strip("-")


def give_ids(sites: pd.DataFrame) -> pd.Series:
    """A readable, lasting name for each site: state, city, name and four signs of a hash of the three.

    Sites that share all three take the street and ZIP into the hash, so that the order of rows decides nothing until even those agree.
    """
    plain = sites["name"].map(name_key) + "|" + sites["city"].map(town_key) + "|" + sites["state"]
    full = plain.where(~plain.duplicated(keep=False), plain + "|" + sites["street"].str.lower() + "|" + sites["zip"])
    full = full + full.groupby(full).cumcount().map(lambda number: f"|{number + 1}" if number else "")
    short = full.map(lambda text: hashlib.sha256(text.encode()).hexdigest()[:4])
    ids = pd.Series(
        [
            f"{state.lower()}-{slug(city, 20)}-{slug(name)}-{code}"
            for state, city, name, code in zip(sites["state"], sites["city"], sites["name"], short, strict=True)
        ],
        index=sites.index,
        dtype="str",
    )
    expect(not ids.duplicated().any(), f"Two sites have the id {ids[ids.duplicated()].iloc[:1].tolist()}; lengthen the hash.")
    return ids


def address_keys(sites: pd.DataFrame) -> pd.Series:
    """One key an address: rows with the same key are one place, however many firms or rows stand there.

    A street counts without its suite. Where the street is not known, the same name in the same ZIP is one place, and a site known
    by its town alone is a place of its own.
    """
    keys: list[str] = []
    for state, city, street, zip_code, name, own in zip(
        *(sites[column] for column in ("state", "city", "street", "zip", "name", "id")), strict=True
    ):
        if street_key(street):
            keys.append(f"{state.lower()}-{slug(town_key(city))}-{slug(street_key(street), 60)}")
        else:
            keys.append(f"{state.lower()}-{zip_code}-{slug(name)}" if zip_code else own)
    return pd.Series(keys, index=sites.index, dtype="str")


def unplaced(sites: pd.DataFrame, quality: pd.Series) -> Iterable[str]:
    """A line for each site that nothing places."""
    lost = sites[quality == ""]
    return (
        f"cannot be placed: {name}, {city} {state}" for name, city, state in zip(lost["name"], lost["city"], lost["state"], strict=True)
    )
