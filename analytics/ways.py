"""The ways of a question: what travel costs under its assumptions, and every pair of block group and address within the widest reach."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from analytics.assumptions import assumed
from analytics.cache import CACHE
from analytics.ends import Places, Points, places_of, points_of
from analytics.own import has_own_travel, own_ways
from analytics.pairs import addresses, national_pairs, origins, pairs_within
from analytics.query import Query
from analytics.supply import capacity_of, choose, supply_key
from analytics.tables import Tables
from analytics.travel import TravelCosts
from analytics.travel_model import RoadMinutes, StraightMiles, TravelModel, road_minutes
from analytics.waters import Waters, read_waters
from data.parameter import load

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Numbers = TypeVar("Numbers", bound=npt.NDArray[Any])

TRAVEL = ("travel/detour_index", "travel/speed", "travel/speed_factor")
"""What modelled minutes rest on."""


def travel_model(query: Query) -> RoadMinutes:
    """Minutes by road under the question's assumptions."""
    detour, speed, factor = (assumed(name, query.assumptions) for name in TRAVEL)
    return road_minutes(detour, speed, float(factor))


@cache
def waters() -> Waters:
    """Water and missing roads, as the parameter travel/waters has them."""
    return read_waters(load("travel/waters").latest)


@cache
def widest() -> float:
    """The widest reach in minutes for which pairs are held."""
    return float(max(load("access/reach_minutes").latest["choices"]))


def measured_sites(model: TravelModel, tables: Tables) -> Points:
    """Every address of the lists, ready to be measured to."""
    key = (tables.version, "sites ready to be measured", model)
    return CACHE.get(key, lambda: points_of(addresses(tables).points, model, waters()))


def ways(query: Query, tables: Tables) -> TravelCosts:
    """Pairs of block groups and addresses within the question's reach in minutes: of one's own table where one was laid over, else
    modelled under the question's assumptions."""
    if has_own_travel(tables):
        return own_ways(tables, float(query.reach))
    return pairs_within(tables, travel_model(query), waters(), float(query.reach), widest())


def widest_ways(query: Query, tables: Tables) -> TravelCosts:
    """The same within the widest reach."""
    if has_own_travel(tables):
        return own_ways(tables, widest())
    return national_pairs(tables, travel_model(query), waters(), widest())


def sites_at(query: Query, tables: Tables, possible: bool = False) -> Floats:
    """How many sites that fit the question stand at each address."""
    supply = choose(query, tables["providers"])
    return addresses(tables).providers_at(supply.possible if possible else supply.known)


def supply_at(query: Query, tables: Tables, possible: bool = False) -> Floats:
    """What the sites that fit the question offer at each address: each counts as one (supply/capacity_per_site), unless its list
    gives a capacity."""

    def compute() -> Floats:
        supply = choose(query, tables["providers"])
        each = capacity_of(tables["providers"], float(load("supply/capacity_per_site").number()))
        return fixed(addresses(tables).sums(np.where(supply.possible if possible else supply.known, each, 0.0)))

    return CACHE.get((tables.version, "supply at", supply_key(query), possible), compute)


def without_road(query: Query, tables: Tables) -> Mask:
    """Block groups from which no road or ferry leads to any site that fits."""

    def compute() -> Mask:
        at = supply_at(query, tables) > 0
        points = addresses(tables).points
        labels = waters().labels(points[at[points["site"].to_numpy()]], "sites")
        return fixed(waters().without_road(people_at(StraightMiles(), tables).label, labels))

    return CACHE.get((tables.version, "without a road", supply_key(query)), compute)


def fixed(numbers: Numbers) -> Numbers:
    """The same array, which nobody may write to: what many share stays as it is."""
    numbers.setflags(write=False)
    return numbers


def people_at(model: TravelModel, tables: Tables) -> Places:
    """Block groups ready to be measured: as vectors, with the pace at their end and the side of the water they lie on."""
    return CACHE.get((tables.version, "people at", model), lambda: places_of(origins(tables), model, waters()))
