"""Minutes by road for the whole nation or a state, asked of an OSRM server that one names, as a table that the atlas takes.

Ids are those of an own table of travel times: an origin is a county (five digits) or a block group by its row (bg-17), a destination
a provider. The command is `python -m data minutes`; docs/own-data.md has the road from a server to the page.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.bundle import Tables
from data.errors import DataError
from data.osrm import MOST_COORDINATES, travel_minutes
from data.town_points import miles_between
from data.user_file import shown

LEVELS = ("county", "block-group")
KINDS = (*LEVELS, "provider")
SUFFIXES = (".csv", ".parquet")
AT_A_TIME = 64
"""Block groups of a county that are asked for together."""


def points(kind: str, tables: Tables, state: str = "") -> pd.DataFrame:
    """id, county, latitude, longitude of all counties, block groups or providers, or of those in a state (two digits).

    A county stands at the centre of its people of 2020; a provider known only by its town at the centre of that town's people.
    """
    if state and state not in set(tables["states"]["geoid"]):
        raise DataError(f"There is no state {shown(state)}; a state goes by its two digits, such as 30 for Montana.")
    if kind == "county":
        found = county_centres(tables)
    elif kind == "block-group":
        groups = tables["block_groups"]
        found = groups[["county", "latitude", "longitude"]].assign(id=[f"bg-{row}" for row in range(len(groups))])
    else:
        found = tables["providers"][["id", "county", "latitude", "longitude"]]
    some = found[found["county"].str[:2] == state] if state else found
    return some[["id", "county", "latitude", "longitude"]].astype({"latitude": "float64", "longitude": "float64"}).reset_index(drop=True)


def county_centres(tables: Tables) -> pd.DataFrame:
    """Counties at the mean of their block groups' centres, weighted by people."""
    groups = tables["block_groups"]
    people = groups["population_2020"].astype("float64")
    weighted = pd.DataFrame({column: groups[column].astype("float64") * people for column in ("latitude", "longitude")})
    sums = weighted.assign(people=people).groupby(groups["county"]).sum()
    centre = sums[["latitude", "longitude"]].div(sums["people"], axis=0).reset_index(names="county")
    return centre.assign(id=centre["county"])


def together(origins: pd.DataFrame) -> list[pd.DataFrame]:
    """Origins in groups that lie near each other: counties by state, block groups by county, and not too many in one."""
    by = origins["county"].str[:2] if (origins["id"] == origins["county"]).all() else origins["county"]
    return [part.iloc[low : low + AT_A_TIME] for _, part in origins.groupby(by) for low in range(0, len(part), AT_A_TIME)]


def asked_minutes(
    server: str,
    origins: pd.DataFrame,
    destinations: pd.DataFrame,
    reach_miles: float,
    profile: str = "driving",
    most_coordinates: int = MOST_COORDINATES,
    advance: Callable[[int], None] = lambda asked: None,
) -> pd.DataFrame:
    """origin, destination, minutes between ids, for pairs no farther apart than so many straight miles; the server is asked group
    by group, and `advance` told how many origins each had. An origin from which nothing lies within reach has one row without
    destination and minutes. Raises DataError as data.osrm does.
    """
    if not reach_miles > 0:
        raise DataError(f"The reach is {reach_miles:g} miles; it must be above 0.")
    parts = []
    for group in together(origins):
        parts.append(_of_group(server, group.reset_index(drop=True), destinations, reach_miles, profile, most_coordinates))
        advance(len(group))
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({"origin": [], "destination": [], "minutes": []})
    return found.astype({"origin": "str", "destination": "str", "minutes": "float64"})


def _of_group(
    server: str, group: pd.DataFrame, destinations: pd.DataFrame, reach_miles: float, profile: str, most_coordinates: int
) -> pd.DataFrame:
    near = pairs_near(group, destinations, reach_miles)
    # Providers known by the same town stand at one point: it is asked for once.
    place = ["latitude", "longitude"]
    spots = destinations.iloc[np.unique(near[1])][place].drop_duplicates(ignore_index=True)
    minutes = travel_minutes(server, group, spots, profile, most_coordinates)
    spot = dict(zip(spots.itertuples(index=False, name=None), range(len(spots)), strict=True))
    spot_of = np.array([spot.get(one, -1) for one in destinations[place].itertuples(index=False, name=None)], dtype=np.intp)
    table = np.full((len(group), max(len(spots), 1)), np.nan)
    table[minutes["origin"], minutes["destination"]] = minutes["minutes"]
    ways = table[near[0], spot_of[near[1]]]
    there = np.isfinite(ways)
    ids = group["id"].to_numpy(dtype=object)
    rows = pd.DataFrame(
        {
            "origin": ids[near[0][there]],
            "destination": destinations["id"].to_numpy(dtype=object)[near[1][there]],
            "minutes": ways[there].round(2),
        }
    )
    nothing = pd.DataFrame({"origin": ids[~np.isin(ids, rows["origin"])], "destination": None, "minutes": np.nan})
    return pd.concat([rows, nothing], ignore_index=True) if len(nothing) else rows


def pairs_near(origins: pd.DataFrame, destinations: pd.DataFrame, reach_miles: float) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the pairs no farther apart than so many straight miles."""
    n, m = len(origins), len(destinations)
    row, column = np.repeat(np.arange(n), m), np.tile(np.arange(m), n)
    sides = [
        frame[name].to_numpy(dtype=np.float64)[at]
        for frame, at in ((origins, row), (destinations, column))
        for name in ("latitude", "longitude")
    ]
    near = miles_between(*sides) <= reach_miles
    return row[near], column[near]


def expect_output(output: Path) -> None:
    """DataError before anything is asked, where the file could not be written."""
    if output.suffix.lower() not in SUFFIXES:
        raise DataError(f"The output {output.name} must end in .parquet or .csv.")
    if not output.parent.is_dir():
        raise DataError(f"There is no folder {output.parent}; make it, or name another --output.")


def write_whole(frame: pd.DataFrame, output: Path) -> None:
    """The frame as CSV or Parquet, by the end of the name; the file is there whole or not at all."""
    expect_output(output)
    half = output.with_name(f".{output.name}.part")
    try:
        if output.suffix.lower() == ".csv":
            frame.to_csv(half, index=False)
        else:
            texts = {column: "category" for column in frame if pd.api.types.is_string_dtype(frame[column])}
            table = pa.Table.from_pandas(frame.astype(texts), preserve_index=False).replace_schema_metadata(None)
            pq.write_table(table, half, compression="zstd")
        os.replace(half, output)
    finally:
        half.unlink(missing_ok=True)
