"""Places: counties, states, districts and the nation, by one id each; and what a person types to find one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import pandas as pd

from analytics.cache import CACHE
from analytics.query import NATION
from analytics.tables import Tables, version_without_sites
from data.parameter import load

LEVEL_BY_LENGTH = {2: "state", 4: "district", 5: "county"}


@dataclass(frozen=True)
class Place:
    """One place. `state` is the two-digit code of its state ("" for the nation)."""

    geoid: str
    level: str
    name: str
    """As it stands in a sentence: "Cook County, IL", "the US"."""
    short: str
    """As it stands in a table or list: "Cook County, IL", "United States"."""
    state: str


def level_of(geoid: str) -> str:
    """nation, state, district or county, by the form of the id."""
    return "nation" if geoid == NATION else LEVEL_BY_LENGTH[len(geoid)]


def places(tables: Tables) -> dict[str, Place]:
    """Every place by id: the nation first, then states, districts and counties."""
    return CACHE.get((version_without_sites(tables), "places"), lambda: _places(tables))


def in_territory(zip_code: str) -> bool:
    """Whether a ZIP code of five digits lies in a territory, which the atlas does not cover."""
    return zip_code.startswith(tuple(load("prices/territory_zips").latest))


def known_place(geoid: str, tables: Tables) -> None:
    """ValueError for a place nobody knows."""
    if geoid not in places(tables):
        raise ValueError(f"There is no place “{geoid}”; a place is us, a state's two digits, a district's four or a county's five.")


def _places(tables: Tables) -> dict[str, Place]:
    found = {NATION: Place(NATION, "nation", "the US", "United States", "")}
    states = tables["states"]
    for geoid, name in zip(states["geoid"], states["name"], strict=True):
        found[geoid] = Place(geoid, "state", "the District of Columbia" if geoid == "11" else name, name, geoid)
    for geoid, name in zip(tables["districts"]["geoid"], tables["districts"]["name"], strict=True):
        found[geoid] = Place(geoid, "district", name, name, geoid[:2])
    counties = tables["counties"]
    for geoid, name, state in zip(counties["geoid"], counties["name"], counties["state"], strict=True):
        found[geoid] = Place(geoid, "county", f"{name}, {state}", f"{name}, {state}", geoid[:2])
    return found


SHORT_WORDS = {"saint": "st", "fort": "ft", "mount": "mt"}


def folded(text: str) -> str:
    """Lower case, without accents, dots, apostrophes or doubled blanks: "Doña Ana" and "dona ana" are one, "Saint" and "St." too."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(
        char if char.isalnum() else " "
        for char in plain.replace("'", "").replace("’", "").replace(".", "")
        if not unicodedata.combining(char)
    )
    return " ".join(SHORT_WORDS.get(word, word) for word in kept.lower().split())


@dataclass(frozen=True)
class Hit:
    """A place found by what was typed, and how (a ZIP code's county, a town's county ...)."""

    geoid: str
    label: str


def search(text: str, tables: Tables, most: int = 8) -> tuple[list[Hit], str]:
    """Places that fit a ZIP code, county, district, state or town, best first; and a sentence when there are none, or only a larger one.

    The text itself is not kept: a ZIP becomes its county here and nowhere else.
    """
    wanted = folded(text)
    if not wanted:
        return [], ""
    digits = wanted.replace(" ", "")
    if digits.isdigit():
        with_four_more = len(digits) == 9 and len(wanted.split()[0]) in (5, 9)  # ZIP+4, such as 59718-1234
        return _by_zip(digits[:5] if with_four_more else digits, tables)
    index = CACHE.get((version_without_sites(tables), "search"), lambda: _search_index(tables))
    whole = index.index[index["key"] == wanted]
    starts = index.index[index["key"].str.startswith(wanted)]
    words = wanted.split()
    loose = index.index[index["key"].map(lambda key: all(f" {word}" in f" {key}" for word in words))]
    order = list(dict.fromkeys([*whole, *starts, *loose]))[: 4 * most]
    hits = dict.fromkeys(
        Hit(str(geoid), str(label)) for geoid, label in zip(index.loc[order, "geoid"], index.loc[order, "label"], strict=True)
    )
    if hits:
        return list(hits)[:most], ""
    return (
        [],
        "No ZIP code, county, town, district or state of that name is known here. Try the county's name, or a ZIP code of five digits.",
    )


def _by_zip(digits: str, tables: Tables) -> tuple[list[Hit], str]:
    if len(digits) != 5:
        return [], f"A ZIP code has five digits; this one has {len(digits)}."
    zctas = tables["zctas"]
    row = zctas[zctas["zcta"] == digits]
    if not row.empty:
        county = str(row["county"].iloc[0])
        return [Hit(county, f"{digits}: {places(tables)[county].short}")], ""
    zips = tables["zip_localities"]
    known = zips[zips["zip"] == digits]
    if not known.empty:
        states = tables["states"]
        state = states[states["state"] == known["state"].iloc[0]].iloc[0]
        said = f"The ZIP code {digits} has no area of its own, as those of post-office boxes and single buildings; its state is shown."
        return [Hit(str(state["geoid"]), f"{digits}: {state['name']}")], said
    if in_territory(digits):
        return [], f"The ZIP code {digits} is in a US territory; the atlas covers the fifty states and DC. Try one of a state."
    return [], f"The ZIP code {digits} is not in the fifty states or DC, or not in use. Try a neighbouring ZIP or the county's name."


STATE_WORDS = {"dc": "11", "washington dc": "11", "usa": NATION, "us": NATION, "united states": NATION, "nation": NATION}


def _search_index(tables: Tables) -> pd.DataFrame:
    """One row a name: states, then counties, towns by size of their land, and districts, also as "TX 5" and "TX 05"."""
    known = places(tables)
    rows: list[tuple[str, str, str]] = [(word, geoid, known[geoid].short) for word, geoid in STATE_WORDS.items()]
    states, counties, towns, districts = tables["states"], tables["counties"], tables["towns"], tables["districts"]
    full = dict(zip(states["state"], states["name"], strict=True))
    for geoid, name, postal in zip(states["geoid"], states["name"], states["state"], strict=True):
        rows += [(folded(name), geoid, name), (folded(postal), geoid, name)]
    for geoid, name, postal in zip(counties["geoid"], counties["name"], counties["state"], strict=True):
        rows += [(folded(f"{name} {state}"), geoid, known[geoid].short) for state in (postal, full[postal])]
    towns = towns.sort_values("land_sqmi", ascending=False, kind="stable")
    for name, also, postal, county in zip(towns["name"], towns["also"].fillna(""), towns["state"], towns["county"], strict=True):
        label = f"{name}, {postal} (in {known[county].short})"
        rows += [(folded(f"{one} {state}"), county, label) for one in (name, also) if one for state in (postal, full[postal])]
    for geoid, name, postal in zip(districts["geoid"], districts["name"], districts["state"], strict=True):
        number = geoid[2:]
        rows += [(folded(one), geoid, known[geoid].short) for one in (name, f"{postal} {int(number)}", f"{postal} {number}")]
    return pd.DataFrame(rows, columns=["key", "geoid", "label"]).drop_duplicates(ignore_index=True)
