"""Points and counties for sites: what the tables of providers and of facilities share."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data.checks import expect
from data.match import town_key
from data.placing import Atlas, place, read_cited_points
from data.source import Raw
from data.sources import samhsa
from data.tables.geography import nearest_county
from data.town_points import POINTS, People, town_points

TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP", "FM", "MH", "PW"})
"""Postal codes of the territories and associated states, which directories list beside the states."""

Frames = Mapping[str, pd.DataFrame]


def in_the_states(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the fifty states and DC; `state` is a postal code."""
    return frame[~frame["state"].isin(TERRITORIES)].reset_index(drop=True)


def atlas_of(raw: Raw, frames: Frames) -> Atlas:
    """What sites are placed by: the tables `zctas` and `towns`, SAMHSA's locator, and the cited points."""
    return Atlas.of(frames["zctas"], frames["towns"], samhsa.read_locator(raw), read_cited_points())


def people_of(block_groups: pd.DataFrame) -> People:
    """Where people lived in 2020; needs the table `block_groups`."""
    columns = ("latitude", "longitude", "population_2020")
    latitude, longitude, people = (block_groups[column].to_numpy(dtype=np.float64) for column in columns)
    return People.at(latitude, longitude, people)


def counties_of(sites: pd.DataFrame, frames: Frames) -> pd.Series:
    """The county of the nearest block group with people in the site's own state (so that no ZIP area pulls a site over the border).

    Needs the tables `counties` and `block_groups`.
    """
    counties = frames["counties"]
    fips = dict(zip(counties["state"], counties["geoid"].str[:2], strict=True))
    strange = sorted(set(sites["state"]) - set(fips))
    expect(not strange, f"There are no states {strange}.")
    return nearest_county(sites, sites["state"].map(fips), frames["block_groups"])


def placed(sites: pd.DataFrame, atlas: Atlas, people: People) -> pd.DataFrame:
    """`sites` with latitude, longitude, point_quality and town_land_sqmi; those that nothing places are left out (see `unplaced`)."""
    found = sites.join(place(sites, atlas))
    found = found[found["point_quality"] != ""].reset_index(drop=True)
    return among_people(found, atlas, people)


def among_people(sites: pd.DataFrame, atlas: Atlas, people: People) -> pd.DataFrame:
    """Towns whose circle holds under five block groups, moved to the median of SAMHSA's sites there if that circle holds more.

    The Gazetteer's point of San Francisco lies at sea, towards the Farallon Islands, 28 miles from its people.
    """
    towns = sites[(sites["point_quality"] == "city") & sites["town_land_sqmi"].notna()]
    moved = sites.copy()
    for index, latitude, longitude, land, city, state in zip(
        towns.index, *(towns[column] for column in ("latitude", "longitude", "town_land_sqmi", "city", "state")), strict=True
    ):
        count = people.count_in_town(latitude, longitude, land)
        key = (town_key(city), state)
        if count >= POINTS or key not in atlas.medians.index:
            continue
        median = atlas.medians.loc[key]
        if people.count_in_town(median["latitude"], median["longitude"], land) > count:
            moved.loc[index, ["latitude", "longitude"]] = median[["latitude", "longitude"]].to_numpy()
    return moved


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


def in_its_town(sites: pd.DataFrame, people: People) -> pd.DataFrame:
    """Sites known by their town alone are drawn at the centre of its people, not at the middle of its land."""
    points = points_of(sites, people)
    weighted = points.assign(latitude=points["latitude"] * points["weight"], longitude=points["longitude"] * points["weight"])
    centre = weighted.groupby("provider")[["latitude", "longitude"]].sum().reindex(sites["id"])
    return sites.assign(latitude=centre["latitude"].to_numpy(), longitude=centre["longitude"].to_numpy())
