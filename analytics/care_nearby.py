"""Far from ketamine is not far from care: how far the nearest TMS, ECT and mental-health facility is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.barriers import asked, beyond
from analytics.cache import CACHE
from analytics.ends import points_of
from analytics.nearest_way import nearest_anywhere
from analytics.places import known_place, level_of
from analytics.query import Query
from analytics.reach import nearest_miles
from analytics.rollup import block_membership, demand, weighted_median
from analytics.supply import Mask, open_to_adults
from analytics.tables import Tables
from analytics.travel_model import StraightMiles
from analytics.ways import people_at, waters

Floats = npt.NDArray[np.float64]

KINDS: Final = {"any": "a mental-health facility", "tms": "TMS (magnetic stimulation)", "ect": "ECT (electroconvulsive therapy)"}
"""Kinds of care, as they stand in a sentence; all but the first are columns of the table of facilities."""
CARE_COLUMNS: Final = ("kind", "words", "facilities", "median_miles", "no_road_share")


def care_nearby(place: str, tables: Tables, weights: npt.ArrayLike | None = None) -> pd.DataFrame:
    """The nearest care for the adults of a place, one row a kind: CARE_COLUMNS.

    `facilities` is how many there are in the nation (SAMHSA's directory of 2024, which is not complete), `median_miles` the straight miles
    within which half of adults have one (round water by bridges and ferries; facilities in the next state count), `no_road_share` the
    share of adults from whom no road leads to any, who stay out of the median. `weights` counts others than all adults, one number a
    block group of the nation: those far from a provider, say. ValueError for a place nobody knows and for weights of another shape.
    """
    known_place(place, tables)
    size = len(demand(tables).adults)
    people = demand(tables).adults if weights is None else np.asarray(weights, dtype=float)
    if people.shape != (size,):
        raise ValueError(f"There are {size:,} block groups and weights of the shape {people.shape}; give one number a block group.")
    own = block_membership(level_of(place), tables).of(place)
    rows, weight = own.row, own.share * people[own.row]
    facilities = tables["facilities"]
    fits = open_to_adults(facilities)
    found = []
    for kind, words in KINDS.items():
        chosen = fits if kind == "any" else fits & facilities[kind].to_numpy(dtype=bool)
        miles = miles_to(kind, chosen, place, rows, tables)
        reached = np.isfinite(miles)
        found.append((kind, words, int(chosen.sum()), weighted_median(miles[reached], weight[reached]), part(weight[~reached], weight)))
    return pd.DataFrame(found, columns=list(CARE_COLUMNS))


def miles_to(kind: str, chosen: Mask, place: str, rows: npt.NDArray[np.intp], tables: Tables) -> Floats:
    """Straight miles from block groups (the place's own) to the nearest of the chosen facilities, inf where no road leads to one."""

    def compute() -> npt.NDArray[np.float32]:
        some = tables["facilities"][chosen]
        points = some[["latitude", "longitude", "county"]].reset_index(drop=True)
        straight = StraightMiles()
        starts, sites = people_at(straight, tables).only(rows), points_of(points, straight, waters())
        return nearest_anywhere(None, starts, sites, straight, waters())[0].astype(np.float32)

    return np.asarray(CACHE.get((tables.version, "care", kind, place), compute), dtype=np.float64)


def part(some: Floats, whole: Floats) -> float:
    return float(some.sum() / whole.sum()) if whole.sum() > 0 else float("nan")


@dataclass(frozen=True)
class Beside:
    """What stands beside a far place: other care near all its adults, and near those of them who are far by their own block group; and the
    straight miles within which half of both have a site of the question, inf where no road leads to one."""

    care: pd.DataFrame
    care_of_the_far: pd.DataFrame
    site_miles: float
    site_miles_of_the_far: float


def beside(query: Query, tables: Tables) -> Beside:
    """The nearest care and the nearest site for the adults of the question's place. ValueError for what is refused."""
    own = asked(query, tables)
    return CACHE.get((tables.version, "beside", own), lambda: _beside(own, tables))


def _beside(own: Query, tables: Tables) -> Beside:
    adults = demand(tables).adults
    far = adults * beyond(own, tables)
    here = block_membership(level_of(own.place), tables).of(own.place)
    sites = np.asarray(nearest_miles(own, tables), dtype=np.float64)[here.row]

    def to_site(people: Floats) -> float:
        middle = weighted_median(sites, here.share * people[here.row] * np.isfinite(sites))
        return middle if np.isfinite(middle) else float("inf")

    return Beside(care_nearby(own.place, tables), care_nearby(own.place, tables, far), to_site(adults), to_site(far))
