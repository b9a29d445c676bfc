"""One row of a person's own list of providers: its columns, what each may say, and every reason why a row can't be used."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from data.records import MODALITIES, OPEN_TO, PAYMENTS
from data.user_file import shown

YES_OR_NO = (*MODALITIES, *PAYMENTS, *OPEN_TO, "veterans_only")
TEXTS = ("name", "street", "city", "state", "zip", "phone", "website")
NUMBERS = ("latitude", "longitude", "capacity", "year")
COLUMNS = (
    "name",
    "street",
    "city",
    "state",
    "zip",
    "latitude",
    "longitude",
    "phone",
    "website",
    *MODALITIES,
    *PAYMENTS,
    *OPEN_TO,
    "veterans_only",
    "capacity",
    "year",
)
PLACED_BY = (("latitude", "longitude"), ("zip",), ("city", "state"))
ALIASES = {
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "long": "longitude",
    "zip_code": "zip",
    "zipcode": "zip",
    "postal_code": "zip",
    "address": "street",
    "medicaid": "takes_medicaid",
    "medicare": "takes_medicare",
    "town": "city",
    "url": "website",
}
YES, NO, UNKNOWN = (
    frozenset({"yes", "y", "true", "1", "x"}),
    frozenset({"no", "n", "false", "0"}),
    frozenset({"", "unknown", "?", "na", "n/a"}),
)
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")

LEAST_LETTERS, MOST_LETTERS = 2, 200
FIRST_YEAR, LAST_YEAR = 2016, 2026
"""As in the table `providers`."""
MOST_CAPACITY = 1e6
EXAMPLE = "Example clinic (delete this row)"

Entry = dict[str, Any]
"""One good row by column; what it does not say is None, or "" for texts."""


def read_entry(cells: Mapping[str, str], states: Mapping[str, str]) -> tuple[Entry, list[str]]:
    """The facts of a row, and every reason why it can't be used."""
    reasons: list[str] = []
    entry: Entry = {column: printable(cells.get(column, "")) for column in TEXTS}
    if entry["name"] == EXAMPLE:
        return entry, ["is the template's example"]
    if len(entry["name"]) < LEAST_LETTERS:
        reasons.append(f"the name {entry['name']} has one letter; {LEAST_LETTERS} are the least" if entry["name"] else "has no name")
    reasons += [
        f"the {column} has {len(entry[column]):,} letters; {MOST_LETTERS} are the most"
        for column in TEXTS
        if len(entry[column]) > MOST_LETTERS
    ]
    if entry["state"] and entry["state"].lower() not in states:
        reasons.append(f"the state {shown(entry['state'])} is none of the fifty states and DC")
    entry["state"] = states.get(entry["state"].lower(), "")
    entry["zip"], said = read_zip(entry["zip"])
    reasons += said
    entry["website"], said = read_website(entry["website"])
    reasons += said
    for column in YES_OR_NO:
        entry[column], said = read_yes_or_no(cells.get(column, ""), column)
        reasons += said
    for column in NUMBERS:
        entry[column], said = read_number(cells.get(column, ""), column)
        reasons += said
    if not reasons:
        reasons = what_is_out_of_range(entry) + what_is_nowhere(entry)
    return entry, reasons


def printable(text: str) -> str:
    """The text on one line, without signs that can't be seen."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def read_zip(text: str) -> tuple[str, list[str]]:
    """Five digits; of ZIP+4 the first five."""
    if not text:
        return "", []
    if re.fullmatch(r"\d{5}(?:-?\d{4})?", text):
        return text[:5], []
    hint = " (a spreadsheet may have dropped its zero)" if re.fullmatch(r"\d{3,4}", text) else ""
    return "", [f"the ZIP code {shown(text)} has not five digits{hint}"]


def read_website(text: str) -> tuple[str, list[str]]:
    """An address on the web, with its https."""
    if not text:
        return "", []
    whole = text if re.match(r"(?i)[a-z][a-z0-9+.-]*:", text) else f"https://{text}"
    if re.fullmatch(r"(?i)https?://[^\s/@\"'<>]+\.[^\s\"'<>]+", whole):
        return whole, []
    return "", [f"the website {shown(text)} is no address of a page"]


def read_yes_or_no(text: str, column: str) -> tuple[bool | None, list[str]]:
    """True, False, or None where the row does not say: unknown is not no."""
    word = text.strip().lower()
    if word in UNKNOWN:
        return None, []
    if word in YES or word in NO:
        return word in YES, []
    return None, [f"{column} says {shown(text)} (write yes, no or nothing)"]


def read_number(text: str, column: str) -> tuple[float | None, list[str]]:
    """A number with a point for its decimals, or None."""
    if not text:
        return None, []
    if NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return float(text), []
    hint = " (write a point for the decimals)" if "," in text else ""
    return None, [f"the {column} {shown(text)} is no number{hint}"]


def what_is_out_of_range(entry: Entry) -> list[str]:
    """Coordinates, capacity and year that can't be."""
    reasons = []
    latitude, longitude, capacity, year = (entry[column] for column in ("latitude", "longitude", "capacity", "year"))
    if (latitude is None) != (longitude is None):
        reasons.append(f"has a {'longitude' if latitude is None else 'latitude'} and no {'latitude' if latitude is None else 'longitude'}")
    elif latitude is not None and (reason := what_ails_a_point(latitude, longitude)):
        reasons.append(reason)
    if capacity is not None and not 0 <= capacity <= MOST_CAPACITY:
        reasons.append(f"the capacity {capacity:g} is not from 0 to {MOST_CAPACITY:,.0f}")
    if year is not None and not (FIRST_YEAR <= year <= LAST_YEAR and year == int(year)):
        reasons.append(f"the year {year:g} is not from {FIRST_YEAR} to {LAST_YEAR}")
    return reasons


def in_the_country(latitude: float, longitude: float) -> bool:
    """Whether a point lies in the box of the fifty states; the Aleutians run past 180 degrees."""
    return 18 <= latitude <= 72 and (-180 <= longitude <= -66 or 172 <= longitude <= 180)


def what_ails_a_point(latitude: float, longitude: float) -> str:
    """ "" for a point in the country, else what is most likely wrong with it.

    >>> what_ails_a_point(-111.04, 45.68)
    'latitude -111.04 and longitude 45.68 are swapped'
    >>> what_ails_a_point(45.68, 111.04)
    'longitude 111.04 lies in the east; its minus sign is missing'
    """
    said = f"latitude {latitude:g} and longitude {longitude:g}"
    if in_the_country(latitude, longitude):
        return ""
    if in_the_country(longitude, latitude):
        return f"{said} are swapped"
    if in_the_country(latitude, -longitude):
        return f"longitude {longitude:g} lies in the east; its minus sign is missing"
    if abs(latitude) > 90 or abs(longitude) > 180:
        return f"{said} are out of range"
    return f"{said} lie outside the fifty states and DC"


def what_is_nowhere(entry: Entry) -> list[str]:
    """A row that says nowhere where it lies."""
    by_point = entry["latitude"] is not None or entry["longitude"] is not None
    if by_point or entry["zip"] or (entry["city"] and entry["state"]):
        return []
    return ["has no place; give latitude and longitude, or a ZIP code, or city and state"]
