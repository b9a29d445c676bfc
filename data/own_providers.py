"""A list of providers that a person brings: a CSV, checked row by row, placed, and put beside ours as the layer "own".

Its columns mean what they mean in the table `providers`. A row that can't be used is named with its line and its reasons; all
others are used. Nothing is asked of a geocoder and nothing is written: the list lives where the caller keeps it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from data.bundle import Tables
from data.errors import DataError
from data.own_row import ALIASES, COLUMNS, EXAMPLE, NUMBERS, PLACED_BY, Entry, read_entry
from data.placing import Atlas, place, read_cited_points
from data.records import PAYMENTS
from data.site_facts import address_keys, slug
from data.sources.samhsa import for_veterans_by_name
from data.town_points import EARTH_RADIUS_MILES, unit_vectors
from data.user_file import BadRow, csv_bytes, defused, read_rows, shown

MOST_ROWS = 6_000
"""Enough for every site of one therapy in the nation. As many addresses give 24 million pairs at two hours: the process then takes
1.7 GB at its peak (1.1 GB with 3,000 rows, 0.7 GB with 1,500) and 0.8 GB after, and a first answer 5 to 13 seconds."""
FARTHEST_FROM_PEOPLE_MILES, FARTHEST_IN_ALASKA_MILES = 60.0, 250.0
"""A site farther than this from every block group's centre is not where its coordinates say; Adak is 199 miles from its own."""
ALASKA = "02"
OVER_THE_BORDER_MILES = 5.0
"""A point so much nearer to another state's people than to those of its own state lies in the other."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class OwnList:
    """A list as far as it can be used: its sites in the columns of `providers` with own (True) and capacity (missing where
    not given), their points, how many rows the file has, the rows that can't be used, and the columns nobody asked for."""

    name: str
    rows: int
    sites: pd.DataFrame
    points: pd.DataFrame
    bad: tuple[BadRow, ...]
    passed_over: tuple[str, ...]

    @property
    def said(self) -> str:
        """What became of it, in a sentence or two."""
        used = f"{len(self.sites):,} of {self.rows:,} rows {'is' if len(self.sites) == 1 else 'are'} used"
        qualities = {"street": "coordinates", "zip": "the middle of their ZIP area", "city": "their town alone"}
        counts = self.sites["point_quality"].value_counts()
        placed = ", ".join(f"{int(counts[one]):,} by {word}" for one, word in qualities.items() if one in counts)
        passed = f" Columns that mean nothing here: {', '.join(shown(one) for one in self.passed_over)}." if self.passed_over else ""
        return used + (f" (placed: {placed})." if placed else ".") + passed

    def laid_over(self, tables: Tables) -> Tables:
        """The tables with this list beside ours: `providers` with the columns own and capacity, and `provider_points`."""
        providers = pd.concat([with_own_columns(tables["providers"]), self.sites], ignore_index=True)
        points = pd.concat([tables["provider_points"], self.points], ignore_index=True)
        return tables.with_table("providers", providers).with_table("provider_points", points)

    def used_csv(self) -> bytes:
        """The rows in use as they were placed, with the ids that a table of travel times needs."""
        columns = ("id", "name", "street", "city", "state", "zip", "county", "latitude", "longitude", "point_quality", "capacity")
        cells = self.sites[list(columns)].astype(object).where(self.sites[list(columns)].notna(), "")
        harmless = cells.map(lambda cell: defused(cell) if isinstance(cell, str) else cell)
        return csv_bytes([columns, *harmless.itertuples(index=False)])


def template_csv() -> bytes:
    """The columns, and one row that shows how they are filled and is never used."""
    example = {
        "name": EXAMPLE,
        "street": "1 Main St",
        "city": "Bozeman",
        "state": "MT",
        "zip": "59715",
        "esketamine": "yes",
        "capacity": "1",
    }
    return csv_bytes([COLUMNS, [example.get(column, "") for column in COLUMNS]])


def read_own_list(content: bytes, name: str, tables: Tables) -> OwnList:
    """The list in a CSV (UTF-8; comma, semicolon or tab). Needs the tables providers, counties, states, block_groups, zctas, towns.

    Raises DataError where the file is none, is too large, has no rows, or lacks a column that it can't do without.
    """
    read = read_rows(content, name, (*COLUMNS, *ALIASES))
    columns = [ALIASES.get(column, column) for column in read.columns]
    expect_columns(columns, name)
    count = len(read.rows) + len(read.bad)
    if not count:
        raise DataError(f"The file {shown(name)} has a heading and no rows.")
    if count > MOST_ROWS:
        raise DataError(f"The file {shown(name)} has {count:,} rows; a list may have {MOST_ROWS:,}. Leave out what is not needed.")
    states = state_words(tables)
    entries: list[tuple[int, Entry]] = []
    bad = list(read.bad)
    seen: dict[tuple[Any, ...], int] = {}
    for line, cells in read.rows:
        entry, reasons = read_entry(dict(zip(columns, cells, strict=True)), states)
        first = seen.setdefault(tuple(entry.values()), line) if not reasons else line
        if first != line:
            reasons = [f"says the same as line {first}"]
        if reasons:
            bad.append(BadRow(line, "; ".join(reasons)))
        else:
            entries.append((line, entry))
    found = located(entries, tables)
    known = {*COLUMNS, ""}
    return OwnList(
        name=shown(name),
        rows=count,
        sites=as_providers(found.sites, tables),
        points=found.points,
        bad=tuple(sorted([*bad, *found.bad], key=lambda row: row.line)),
        passed_over=tuple(column for column in columns if column not in known),
    )


def expect_columns(columns: list[str], name: str) -> None:
    """A name, one way to place a site, and no column twice."""
    has = ", ".join(shown(column) for column in columns[:10] if column)
    if "name" not in columns:
        raise DataError(f"The file {shown(name)} has no column name; it has {has}. The template shows the columns.")
    if not any(set(needed) <= set(columns) for needed in PLACED_BY):
        raise DataError(f"The file {shown(name)} needs latitude and longitude, or zip, or city and state; it has {has}.")
    twice = [column for column in columns if column in COLUMNS and columns.count(column) > 1]
    if twice:
        raise DataError(f"The file {shown(name)} names the column {twice[0]} twice; keep one.")


def state_words(tables: Tables) -> dict[str, str]:
    """What a state may be called, in lower case -> its postal code."""
    states = tables["states"]
    pairs = list(zip(states["state"], states["name"], strict=True))
    return {word.lower(): postal for postal, name in pairs for word in (postal, name)}


@dataclass(frozen=True)
class Located:
    """Sites with id, latitude, longitude, point_quality, state and county; the points that stand for them (provider, latitude,
    longitude, weight); and the rows that lie nowhere."""

    sites: pd.DataFrame
    points: pd.DataFrame
    bad: tuple[BadRow, ...]


def located(entries: list[tuple[int, Entry]], tables: Tables) -> Located:
    """Where each row lies: by its coordinates (quality "street": the exact point), else by ZIP area, else by town, as our own lists
    are placed (data/placing.py)."""
    # Loaded when a list is brought: pandera comes with it.
    from data.sites import among_people, in_its_town, people_of, points_of

    sites = pd.DataFrame([{**entry, "line": line} for line, entry in entries])
    if sites.empty:
        return Located(sites, tables["provider_points"].iloc[:0], ())
    atlas = atlas_of_towns(tables)
    placed = placed_rows(sites.astype(dict.fromkeys(NUMBERS, "float64")), atlas)
    lost = placed["point_quality"] == ""
    bad = [BadRow(line, why_not_placed(*said)) for line, *said in columns_of(placed[lost], "line", "zip", "city", "state")]
    people = people_of(tables["block_groups"])
    sites, strayed = with_county(among_people(placed[~lost].reset_index(drop=True), atlas, people), tables)
    if sites.empty:
        return Located(sites, tables["provider_points"].iloc[:0], (*bad, *strayed))
    sites["id"] = give_own_ids(sites)
    return Located(in_its_town(sites, people), points_of(sites, people), (*bad, *strayed))


def atlas_of_towns(tables: Tables) -> Atlas:
    """What sites are placed by, without SAMHSA's locator of streets: that is no part of what is shipped."""
    texts = {column: pd.Series([], dtype="str") for column in ("street", "city", "state", "zip")}
    nothing = pd.DataFrame({**texts, "latitude": pd.Series([], dtype="float64"), "longitude": pd.Series([], dtype="float64")})
    return Atlas.of(tables["zctas"], tables["towns"], nothing, read_cited_points())


def placed_rows(sites: pd.DataFrame, atlas: Atlas) -> pd.DataFrame:
    """Rows with latitude, longitude, point_quality ("" where nothing places them) and town_land_sqmi."""
    given = sites["latitude"].notna()
    placed = place(sites, atlas)
    for column in ("latitude", "longitude"):
        placed[column] = sites[column].where(given, placed[column])
    placed["point_quality"] = placed["point_quality"].mask(given, "street")
    placed["town_land_sqmi"] = placed["town_land_sqmi"].mask(given)
    return sites.drop(columns=["latitude", "longitude"]).join(placed)


def columns_of(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return list(zip(*(frame[column].tolist() for column in columns), strict=True))


def why_not_placed(zip_code: str, city: str, state: str) -> str:
    """What was looked for, and what would help."""
    tried = [f"the ZIP code {zip_code} has no area of its own"] if zip_code else []
    tried += [f"no town {shown(city)} is known in {state}"] if city and state else []
    return f"{' and '.join(tried)}; give latitude and longitude"


def with_county(sites: pd.DataFrame, tables: Tables) -> tuple[pd.DataFrame, list[BadRow]]:
    """Sites with the county (and state) of the nearest block group with people, in the state they name; and those that lie elsewhere."""
    counties, groups = tables["counties"], tables["block_groups"]
    postal = dict(zip(counties["geoid"], counties["state"], strict=True))
    lived_in = groups[groups["population_2020"] > 0]
    state_of = lived_in["county"].map(postal)
    county, miles = nearest_people(sites, lived_in)
    found = sites.assign(county=county, miles=miles)
    reasons: dict[int, str] = {}
    for state, part in found[(found["state"] != "") & (found["county"].map(postal) != found["state"])].groupby("state"):
        own_county, own_miles = nearest_people(part, lived_in[state_of == state])
        for row, at_home, there in zip(part.index, own_miles, part["miles"], strict=True):
            if at_home > there + OVER_THE_BORDER_MILES:
                by = {"street": "its coordinates", "zip": f"its ZIP code {part.loc[row, 'zip']}"}.get(
                    part.loc[row, "point_quality"], "its town"
                )
                reasons[row] = f"lies in {postal[part.loc[row, 'county']]} by {by} and not in {state}"
        found.loc[part.index, "county"] = own_county
    limit = np.where(found["county"].str[:2] == ALASKA, FARTHEST_IN_ALASKA_MILES, FARTHEST_FROM_PEOPLE_MILES)
    far = found[found["miles"] > limit]
    for row, there in zip(far.index, far["miles"], strict=True):
        reasons[row] = f"lies {there:,.0f} miles from where anybody lives in the fifty states and DC"
    lines = found["line"].to_dict()
    bad = [BadRow(lines[row], reason) for row, reason in reasons.items()]
    kept = found.drop(index=list(reasons)).drop(columns="miles").reset_index(drop=True)
    return kept.assign(state=kept["county"].map(postal).astype("str")), bad


def nearest_people(points: pd.DataFrame, groups: pd.DataFrame) -> tuple[npt.NDArray[np.object_], Floats]:
    """County of, and miles to, the block group nearest to each point."""
    here, there = (
        unit_vectors(frame["latitude"].to_numpy(dtype=np.float64), frame["longitude"].to_numpy(dtype=np.float64))
        for frame in (points, groups)
    )
    chord, position = cKDTree(there).query(here)
    return groups["county"].to_numpy(dtype=object)[position], np.asarray(2 * EARTH_RADIUS_MILES * np.arcsin(np.minimum(chord / 2, 1)))


def give_own_ids(sites: pd.DataFrame) -> pd.Series:
    """Ids like ours, with "own" where ours have the town: they follow from what a row says, not from its line."""
    ids, taken = [], set()
    for state, *said in columns_of(sites, "state", "name", "street", "city", "zip", "latitude", "longitude"):
        number = 0
        while True:
            code = hashlib.sha256(f"{said}{number or ''}".encode()).hexdigest()[:4]
            own = f"{state.lower()}-own-{slug(said[0])}-{code}"
            if own not in taken:
                break
            number += 1
        taken.add(own)
        ids.append(own)
    return pd.Series(ids, index=sites.index, dtype="str")


def with_own_columns(providers: pd.DataFrame) -> pd.DataFrame:
    """Our table with the columns that an own list adds."""
    return providers.assign(own=False, capacity=np.nan)


def as_providers(sites: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The sites in the columns and kinds of our table, with own and capacity."""
    blank = with_own_columns(tables["providers"].iloc[:0])
    if sites.empty:
        return blank
    paid = sites[list(PAYMENTS)].notna().any(axis=1)
    veterans = sites["veterans_only"].astype("boolean").fillna(for_veterans_by_name(sites["name"])).astype(bool)
    whole = sites.assign(
        address_key=address_keys(sites),
        payment_applies_to=np.where(paid, "practice", ""),
        veterans_only=veterans,
        civilian_outpatient=~veterans & sites["outpatient"].astype("boolean").fillna(True).astype(bool),
        first_year=sites["year"],
        last_year=sites["year"],
        source_name="Your own list",
        own=True,
    )
    columns = {}
    for column, kind in blank.dtypes.items():
        empty: Any = "" if pd.api.types.is_string_dtype(kind) else False if kind == np.dtype(bool) else pd.NA
        values = whole[column] if column in whole else pd.Series([empty] * len(whole), index=whole.index)
        columns[column] = values.astype(kind)
    return pd.DataFrame(columns)
