"""Where a person looks from: a ZIP code or a town as a point, or why there is none and what to try instead.

Nothing that is typed here is kept: no answer of this module goes into the cache. Reasons are words of a few kinds, and what they mean in
a sentence stands in maps/near_words.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from analytics.cache import CACHE
from analytics.distance import miles_from_chord, unit_vectors
from analytics.places import folded, in_territory
from analytics.tables import Tables, version_without_sites

MOST = 8
"""Suggestions at once: as many as a person reads."""
TOWNS = 60
"""So many towns are looked at for each ZIP area."""
SMALLEST = 0.3
"""Miles; no town counts as smaller."""
CLOSE = 0.8
"""How alike (difflib's ratio) a mistyped name must be to be suggested."""

REASONS: Final = ("", "empty", "digits", "mixed", "no_area", "territory", "not_in_use", "several", "goes_on", "area", "unknown")
"""Why there is no point: "" where there is one, nothing typed, not five digits, digits and letters mixed, a ZIP of post-office boxes,
of a territory, unknown here, towns of one name, names that begin so, a county or state, a name for which we have no point."""


@dataclass(frozen=True)
class Point:
    """The middle of a ZIP code area or town, degrees. `radius_miles` is that of a circle of the town's land; NaN for a ZIP code."""

    key: str
    label: str
    latitude: float
    longitude: float
    county: str
    state: str
    radius_miles: float

    @property
    def is_zip(self) -> bool:
        return self.key.startswith("zip:")


@dataclass(frozen=True)
class Suggestion:
    """`key` is what `point_of` takes; `label` stands on the button."""

    key: str
    label: str


@dataclass(frozen=True)
class Found:
    """A point, or the reason why there is none, with what was typed (shortened) and what to try."""

    point: Point | None
    reason: str = ""
    typed: str = ""
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class Towns:
    """Towns by name. `keys` are sorted, each with the town's row in `rows`: the name alone, and with its state in short and in full."""

    keys: npt.NDArray[np.object_]
    rows: npt.NDArray[np.intp]
    people: npt.NDArray[np.float64]
    """About how many live in each: people of the ZIP areas nearest to it, measured in its own radius. For order, never for show."""
    of_zcta: npt.NDArray[np.intp]
    """The nearest town of each ZIP area."""

    def named(self, key: str) -> list[int]:
        """Rows of the towns of exactly that name (folded)."""
        low, high = self.between(key, f"{key}\0")
        return [int(row) for row in self.rows[low:high]]

    def between(self, first: str, last: str) -> tuple[int, int]:
        """Where the keys from `first` on stand, up to but without `last`."""
        return bisect_left(self.keys, first), bisect_left(self.keys, last)


def towns(tables: Tables) -> Towns:
    return CACHE.get((version_without_sites(tables), "towns by name"), lambda: _towns(tables))


def _towns(tables: Tables) -> Towns:
    frame, areas, states = tables["towns"], tables["zctas"], tables["states"]
    endings = {state: ("", f" {folded(state)}", f" {folded(name)}") for state, name in zip(states["state"], states["name"], strict=True)}
    pairs: set[tuple[str, int]] = set()
    for row, (name, also, postal) in enumerate(zip(frame["name"], frame["also"].fillna(""), frame["state"], strict=True)):
        for one in (folded(name), folded(also)) if also else (folded(name),):
            pairs.update((one + ending, row) for ending in endings[postal])
    keys, rows = zip(*sorted(pairs), strict=True)
    nearest, radius = np.zeros(len(areas), dtype=np.intp), np.maximum(radius_of(frame["land_sqmi"]), SMALLEST)
    for state in states["state"]:  # a ZIP code of Manhattan is not called by the town across the river
        own, there = np.flatnonzero(frame["state"] == state), np.flatnonzero(areas["state"] == state)
        tree = cKDTree(unit_vectors(frame["latitude"].iloc[own], frame["longitude"].iloc[own]))
        asked = unit_vectors(areas["latitude"].iloc[there], areas["longitude"].iloc[there])
        chord, few = (np.asarray(part) for part in tree.query(asked, k=list(range(1, min(TOWNS, len(own)) + 1))))
        # Miles count by the radius of the town: the middle of a suburb is often nearer than that of the city one lives in.
        best = np.argmin(miles_from_chord(chord) / radius[own[few]], axis=1)
        nearest[there] = own[few[np.arange(len(there)), best]]
    people = np.bincount(nearest, weights=areas["population"].fillna(0).to_numpy(dtype=float), minlength=len(frame)).astype(np.float64)
    return Towns(np.array(keys, dtype=object), np.array(rows, dtype=np.intp), people, nearest)


def find(text: str, tables: Tables) -> Found:
    """The point of a ZIP code or town, or why there is none, with suggestions."""
    typed = " ".join(text.split())[:40]
    wanted = folded(text[:80])
    if not wanted:
        return Found(None, "empty" if not typed else "unknown", typed)
    numbers = re.findall(r"(?<![\w-])(\d{5})(?:-?\d{4})?(?![\w-])", text)
    if len(numbers) == 1:
        return by_zip(numbers[0], typed, tables)
    digits = wanted.replace(" ", "")
    if digits.isdigit():
        return not_five(digits, typed, tables)
    if any(char.isdigit() for char in wanted):
        return Found(None, "mixed", typed)
    return by_name(wanted, typed, tables)


def by_zip(digits: str, typed: str, tables: Tables) -> Found:
    areas, zips = tables["zctas"], tables["zip_localities"]
    row = int(np.searchsorted(areas["zcta"].to_numpy(), digits)) if digits.isascii() else len(areas)
    if row < len(areas) and areas["zcta"].iloc[row] == digits:
        return Found(zip_point(row, tables))
    if in_territory(digits):
        return Found(None, "territory", typed)
    if (zips["zip"] == digits).any():
        return Found(None, "no_area", typed, zips_beside(digits, tables))
    return Found(None, "not_in_use", typed, zips_beside(digits, tables))


def not_five(digits: str, typed: str, tables: Tables) -> Found:
    """Four digits are mostly a ZIP code whose leading 0 a spreadsheet dropped; six hold one digit too many."""
    tries = {4: [f"0{digits}"], 6: [digits[:5], digits[1:]]}.get(len(digits), [])
    known = tables["zctas"]["zcta"]
    rows = [int(np.flatnonzero(known == one)[0]) for one in tries if (known == one).any()]
    return Found(None, "digits", typed, zip_suggestions(rows, tables))


def zips_beside(digits: str, tables: Tables) -> tuple[Suggestion, ...]:
    """ZIP codes with an area that begin with the same three digits, those with the nearest numbers: mostly the same town."""
    areas = tables["zctas"]["zcta"]
    rows = np.flatnonzero(areas.str.startswith(digits[:3]))
    apart = np.abs(areas.iloc[rows].astype(int).to_numpy() - int(digits))
    return zip_suggestions(rows[np.argsort(apart, kind="stable")][:4].tolist(), tables)


def zip_suggestions(rows: list[int], tables: Tables) -> tuple[Suggestion, ...]:
    areas, frame, known = tables["zctas"], tables["towns"], towns(tables)
    nearest = [int(known.of_zcta[row]) for row in rows]
    return tuple(
        Suggestion(f"zip:{areas['zcta'].iloc[row]}", f"{areas['zcta'].iloc[row]} ({frame['name'].iloc[town]}, {frame['state'].iloc[town]})")
        for row, town in zip(rows, nearest, strict=True)
    )


def town_suggestions(rows: list[int], tables: Tables) -> tuple[Suggestion, ...]:
    """Towns with their state and county, those with most people first."""
    frame, people = tables["towns"], towns(tables).people
    counties = tables["counties"].set_index("geoid")["name"]
    ordered = sorted(dict.fromkeys(rows), key=lambda row: (-people[row], row))[:MOST]
    return tuple(
        Suggestion(f"town:{one['geoid']}", f"{one['name']}, {one['state']} ({counties[one['county']]})")
        for one in frame.iloc[ordered].to_dict("records")
    )


def by_name(wanted: str, typed: str, tables: Tables) -> Found:
    known = towns(tables)
    low, high = known.between(wanted, f"{wanted}\uffff")
    exact = known.named(wanted)
    areas = zips_of_area(wanted, tables)
    if areas:
        return Found(None, "area", typed, (*town_suggestions(exact, tables)[:2], *areas)[:MOST])
    if len(exact) == 1:
        return Found(town_point(exact[0], tables))
    if exact:
        return Found(None, "several", typed, town_suggestions(exact, tables))
    if high > low and len(wanted) > 1:
        return Found(None, "goes_on", typed, town_suggestions(known.rows[low:high].tolist(), tables))
    # Few people mistype the first two letters.
    near = [key for key in known.keys[slice(*known.between(wanted[:2], f"{wanted[:2]}\uffff"))] if abs(len(key) - len(wanted)) <= 2]
    close = get_close_matches(wanted, list(dict.fromkeys(near)), n=MOST, cutoff=CLOSE)
    rows = [row for key in close for row in known.named(key)]
    return Found(None, "unknown", typed, town_suggestions(rows, tables))


def zips_of_area(wanted: str, tables: Tables) -> tuple[Suggestion, ...]:
    """Where a county or state is meant: its ZIP codes with most people. A county is too large to look from."""
    areas, named = tables["zctas"], area_names(tables)
    if wanted not in named:
        return ()
    inside = np.flatnonzero(areas["county"].str.startswith(named[wanted]))
    people = areas["population"].fillna(0).to_numpy(dtype=float)[inside]
    return zip_suggestions(inside[np.argsort(-people, kind="stable")][:MOST].tolist(), tables)


def area_names(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Folded name -> two digits of a state, or five of each county of that name."""
    return CACHE.get((version_without_sites(tables), "names of areas"), lambda: _area_names(tables))


def _area_names(tables: Tables) -> dict[str, tuple[str, ...]]:
    states, counties = tables["states"], tables["counties"]
    full = dict(zip(states["state"], states["name"], strict=True))
    named: dict[str, set[str]] = {}
    for geoid, name, postal in zip(counties["geoid"], counties["name"], counties["state"], strict=True):
        for words in (name, f"{name} {postal}", f"{name} {full[postal]}"):
            named.setdefault(folded(words), set()).add(geoid)
    for geoid, name, postal in zip(states["geoid"], states["name"], states["state"], strict=True):
        named[folded(name)] = named[folded(postal)] = {geoid}
    return {name: tuple(sorted(geoids)) for name, geoids in named.items()}


def point_of(key: str, tables: Tables) -> Point | None:
    """The point of a suggestion; None for a key that no suggestion has."""
    kind, _, wanted = key.partition(":")
    name, column = {"zip": ("zctas", "zcta"), "town": ("towns", "geoid")}.get(kind, ("zctas", "zcta"))
    rows = np.flatnonzero(tables[name][column] == wanted)
    if not rows.size:
        return None
    return zip_point(int(rows[0]), tables) if name == "zctas" else town_point(int(rows[0]), tables)


def zip_point(row: int, tables: Tables) -> Point:
    one = tables["zctas"].iloc[row]
    return Point(
        f"zip:{one['zcta']}", str(one["zcta"]), float(one["latitude"]), float(one["longitude"]), one["county"], one["state"], np.nan
    )


def town_point(row: int, tables: Tables) -> Point:
    one = tables["towns"].iloc[row]
    radius = radius_of(pd.Series([one["land_sqmi"]])).item()
    label = f"{one['name']}, {one['state']}"
    return Point(f"town:{one['geoid']}", label, float(one["latitude"]), float(one["longitude"]), one["county"], one["state"], radius)


def radius_of(land_sqmi: pd.Series) -> npt.NDArray[np.float64]:
    """Radius in miles of a circle with that much land."""
    return np.asarray(np.sqrt(land_sqmi.to_numpy(dtype=float) / np.pi))
