"""Points and counties for sites: what the tables of providers and of facilities share."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.checks import expect
from data.placing import Atlas, place, read_cited_points
from data.source import Raw
from data.sources import samhsa
from data.town_points import People, town_points

TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP", "FM", "MH", "PW"})
"""Postal codes of the territories and associated states, which directories list beside the states."""

Frames = Mapping[str, pd.DataFrame]


def in_the_states(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the fifty states and DC; `state` is a postal code."""
    return frame[~frame["state"].isin(TERRITORIES)].reset_index(drop=True)


def atlas_of(raw: Raw, frames: Frames) -> Atlas:
    """What sites are placed by: the Gazetteer's ZIP areas and towns, SAMHSA's locator, and the cited points."""
    towns = gazetteer(raw, "census/2025_Gaz_place_national.txt").rename(columns={"NAME": "name", "USPS": "state"})
    zctas = gazetteer(raw, "census/2025_Gaz_zcta_national.txt").rename(columns={"GEOID": "zcta"})
    return Atlas.of(zctas, towns, samhsa.read_locator(raw), read_cited_points())


def gazetteer(raw: Raw, file: str) -> pd.DataFrame:
    """A Gazetteer file: its codes, latitude, longitude and land_sqmi."""
    read = pd.read_csv(raw.path(file), sep="|", dtype={"GEOID": "str", "USPS": "str"}, encoding="utf-8-sig")
    read.columns = read.columns.str.strip()
    return read.rename(columns={"INTPTLAT": "latitude", "INTPTLONG": "longitude", "ALAND_SQMI": "land_sqmi"})


def people_of(block_groups: pd.DataFrame) -> People:
    """Where people lived in 2020; needs the table `block_groups`."""
    columns = ("latitude", "longitude", "population_2020")
    latitude, longitude, people = (block_groups[column].to_numpy(dtype=np.float64) for column in columns)
    return People.at(latitude, longitude, people)


def counties_of(sites: pd.DataFrame, frames: Frames) -> pd.Series:
    """The county of the nearest block group with people in the site's own state (so that no ZIP area pulls a site over the border)."""
    groups = frames["block_groups"]
    fips = frames["counties"].groupby("state")["geoid"].first().str[:2]
    found = pd.Series("", index=sites.index, dtype="str")
    of_state = groups["county"].str[:2]
    for state, part in sites.groupby("state"):
        expect(state in fips.index, f"There is no state {state}.")
        own = groups[(of_state == fips[state]) & (groups["population_2020"] > 0)]
        nearest = people_of(own).nearest(part["latitude"].to_numpy(dtype=float), part["longitude"].to_numpy(dtype=float))
        found[part.index] = own["county"].to_numpy()[nearest]
    return found


def placed(sites: pd.DataFrame, atlas: Atlas) -> pd.DataFrame:
    """`sites` with latitude, longitude, point_quality and town_land_sqmi; those that nothing places are left out (see `unplaced`)."""
    points = place(sites, atlas)
    return sites.join(points)[points["point_quality"] != ""].reset_index(drop=True)


def points_of(sites: pd.DataFrame, people: People) -> pd.DataFrame:
    """The points that stand for each site: provider, latitude, longitude, weight (summing to 1), in the order of `sites`.

    One point for a street or ZIP; for a town at most five where its people live, worked out once a town.
    """
    known: dict[tuple[float, float, float], tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
    parts = []
    columns = ("id", "latitude", "longitude", "point_quality", "town_land_sqmi")
    for own, latitude, longitude, quality, land in zip(*(sites[column] for column in columns), strict=True):
        place_key = (latitude, longitude, land)
        if quality != "city" or np.isnan(land):
            found = np.array([latitude]), np.array([longitude]), np.array([1.0])
        else:
            if place_key not in known:
                known[place_key] = town_points(people, latitude, longitude, land)
            found = known[place_key]
        parts.append(pd.DataFrame({"provider": own, "latitude": found[0], "longitude": found[1], "weight": found[2]}))
    return pd.concat(parts, ignore_index=True).astype({"provider": "str"})
