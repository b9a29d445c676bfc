"""How far adults live from the nearest site, list by list. The nearest over several lists is the least of theirs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.access import nearest
from analytics.cache import CACHE
from analytics.distance import Sites, within_by_draws
from analytics.nearest_way import nearest_anywhere
from analytics.own import has_own_travel, own_ways
from analytics.pairs import site_points
from analytics.query import Query
from analytics.rollup import demand
from analytics.supply import Mask, choose, supply_key
from analytics.tables import Tables
from analytics.travel_model import RoadMinutes, StraightMiles, TravelModel
from analytics.ways import measured_sites, people_at, supply_at, travel_model, waters, widest_ways

Costs = npt.NDArray[np.float32]

DRAWS = 20
SEED = 2026
"""Draws of where a city-level site stands are seeded, so that the same question has the same answer."""


def sites(mask: Mask, tables: Tables) -> tuple[Sites, npt.NDArray[np.intp]]:
    """The sites of a mask over the providers, and their positions in the providers table.

    Raises ValueError when a provider has no point at all.
    """
    points = site_points(tables)
    kept = points[mask[points["position"].to_numpy()]]
    positions, site = np.unique(kept["position"].to_numpy(dtype=np.intp), return_inverse=True)
    if len(positions) != int(mask.sum()):
        raise ValueError("A provider has no point; run `python -m data check`.")
    return Sites(kept["latitude"], kept["longitude"], site, kept["weight"]), positions


@dataclass(frozen=True)
class Nearest:
    """The nearest site of each block group: its cost (inf where no road leads to one) and its address, -1 without one."""

    cost: Costs
    address: npt.NDArray[np.int32]


def nearest_miles(query: Query, tables: Tables, possible: bool = False) -> Costs:
    """Straight-line miles from each block group's centre to the nearest site, round water by its bridges and ferries; inf where
    no site fits or no road leads to one. With `possible`, sites whose record does not say whether they fit are counted too.
    """
    return nearest_over_lists(query, tables, StraightMiles(), possible).cost


def nearest_minutes(query: Query, tables: Tables, possible: bool = False) -> Costs:
    """The same in modelled minutes by road, under the question's assumptions, without a limit to the search; or in the minutes of
    one's own table, inf where it has no way."""
    return nearest_over_lists(query, tables, travel_model(query), possible).cost


def nearest_within_minutes(query: Query, tables: Tables, possible: bool = False) -> Costs:
    """The same up to the widest reach, inf beyond: from the pairs alone."""
    key = (tables.version, "nearest within", travel_model(query), supply_key(query), possible)
    return CACHE.get(key, lambda: nearest(widest_ways(query, tables).only(supply_at(query, tables, possible) > 0))[0].astype(np.float32))


def nearest_over_lists(query: Query, tables: Tables, model: TravelModel, possible: bool = False) -> Nearest:
    """The nearest site over the question's lists: the nearest of each list's nearest."""
    size = len(demand(tables).adults)
    best = Nearest(np.full(size, np.inf, dtype=np.float32), np.full(size, -1, dtype=np.int32))
    for layer in query.layers:
        one = _nearest_on_list(query.with_(layers=(layer,)), tables, model, possible)
        nearer = one.cost < best.cost
        best = Nearest(np.where(nearer, one.cost, best.cost), np.where(nearer, one.address, best.address))
    return best


def _nearest_on_list(query: Query, tables: Tables, model: TravelModel, possible: bool) -> Nearest:
    key = (tables.version, "nearest", model, supply_key(query), possible)

    def compute() -> Nearest:
        at = supply_at(query, tables, possible) > 0
        if isinstance(model, RoadMinutes) and has_own_travel(tables):
            cost, address = nearest(own_ways(tables).only(at))
            return Nearest(cost.astype(np.float32), address.astype(np.int32))
        # Within the widest reach the pairs are there already.
        pairs = widest_ways(query, tables) if isinstance(model, RoadMinutes) else None
        cost, address = nearest_anywhere(pairs, people_at(model, tables), measured_sites(model, tables), model, waters(), at)
        return Nearest(cost.astype(np.float32), address.astype(np.int32))

    return CACHE.get(key, compute)


def within_draws(query: Query, tables: Tables, reach_miles: float, possible: bool = False) -> npt.NDArray[np.bool_]:
    """Whether a site lies within reach, in each of 20 seeded draws of where city-level sites stand: shape (20, n).

    With `possible`, sites whose record does not say whether they fit are counted too.
    """
    supply = choose(query, tables["providers"])
    chosen, positions = sites(supply.possible if possible else supply.known, tables)
    return within_by_draws(demand(tables).xyz, chosen, reach_miles, drawn_points(tables)[:, positions])


def drawn_points(tables: Tables) -> npt.NDArray[np.intp]:
    """At which of its points each provider stands in each draw: shape (20, providers)."""
    points = site_points(tables)
    counts = points.groupby("position")["weight"].size().to_numpy()
    cumulative = points.groupby("position")["weight"].cumsum().to_numpy()
    first = np.r_[0, np.cumsum(counts)[:-1]]
    toss = np.random.default_rng(SEED).random((DRAWS, len(counts)))
    drawn = np.empty(toss.shape, dtype=np.intp)
    for position, (start, count) in enumerate(zip(first, counts, strict=True)):
        drawn[:, position] = np.minimum(np.searchsorted(cumulative[start : start + count], toss[:, position]), count - 1)
    return drawn
