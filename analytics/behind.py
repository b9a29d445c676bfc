"""The sites behind a figure: what each gives to the value of one place, in the very numbers that the value is made of.

Catchment measures are means over people of sums over sites, and so fall into parts. Of a share within reach and of a median there is
only who is nearest to whom. Sites at one address, or known only by the same town, share what their address gives: by what they offer,
mostly 1 each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.spatial import cKDTree

from analytics import access, decay, scores
from analytics.distance import miles_from_chord
from analytics.given_way import cost_to
from analytics.indicators import within_10_miles
from analytics.indicators._shapes import PER_MILLION, counted, divided
from analytics.own import has_own_travel, own_ways, people_with_minutes
from analytics.pairs import addresses
from analytics.query import REACHES, Query
from analytics.reach import drawn_points, nearest_over_lists, sites
from analytics.rollup import Membership, demand, weighed
from analytics.supply import capacity_of, choose
from analytics.tables import Tables
from analytics.travel import TravelCosts
from analytics.travel_model import StraightMiles
from analytics.ways import measured_sites, people_at, sites_at, supply_at, travel_model, waters, ways, widest, widest_ways, without_road

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

CATCHMENTS: Final[Mapping[str, float]] = {"sites_in_reach": 1, "two_sfca": PER_MILLION, "e2sfca": PER_MILLION, "three_sfca": PER_MILLION}
"""Measures that add up over sites, and what their mean is multiplied by."""
MEDIANS: Final = {"miles_to_nearest": "miles", "minutes_to_nearest": "minutes"}
WITHIN: Final = re.compile(r"within_(\d+)_(miles|minutes)")
NUMBERS: Final = ("minutes", "miles", "weight", "sharing", "crowding", "people", "part")
"""Of each site: the mean way of the people it counts for, the mean weight of a person among them, how many people of the nation share
it (by weight; in RAAM those who go there), RAAM's crowding, the people here, and the part of the value (NaN where it has no parts)."""
EQUAL = 1e-9
"""Sums that differ by no more, relatively, are equally good: at RAAM's equilibrium many people are torn."""


@dataclass(frozen=True)
class Here:
    """The block groups of one place (positions) with the people that count, from which of them no road leads to a site, and their sum."""

    rows: Ints
    people: Floats
    roadless: Mask
    total: float


@dataclass(frozen=True)
class Behind:
    """`sites` has a row a site: its position among the providers, its address, how many stand there, and NUMBERS."""

    sites: pd.DataFrame
    reached: Floats
    """Of the people of each block group of the place the share that reaches a site: 0 or 1, but for draws."""
    limit: str
    """How far "reach" goes, in words; "" without a limit."""
    adds_people: bool
    """Whether the sites' people are different people."""
    address: Ints | None = None
    """Where each block group of the place is sent, where that is one site alone."""
    cost: Floats | None = None
    """What the middle person's block group is found by, where the value is a median."""


def people_here(query: Query, tables: Tables, membership: Membership, unit: str) -> Here:
    """The people of the one place of a membership whom a measure in miles or minutes counts."""
    rows = membership.row
    people = counted(query, tables, unit)[rows] * membership.share
    # Travel times of one's own know no roads: a way is in them or not.
    own = unit == "minutes" and has_own_travel(tables)
    roadless = np.zeros(len(rows), dtype=bool) if own else without_road(query, tables)[rows]
    return Here(rows, people, roadless, float(people.sum()))


def behind(query: Query, tables: Tables, here: Here) -> Behind | None:
    """What stands behind the query's measure, or None for a measure of which that can't be told."""
    within = WITHIN.fullmatch(query.measure)
    if query.measure in CATCHMENTS:
        return of_catchment(query, tables, here)
    if query.measure in MEDIANS:
        return of_median(query, tables, here)
    if query.measure == "within_10_miles":
        return of_draws(query, tables, here)
    if within is not None:
        return of_share(query, tables, here, float(within[1]), within[2])
    if query.measure == "use_gradient":
        return of_gradient(query, tables, here)
    if query.measure == "raam":
        return of_crowding(query, tables, here)
    return None


def of_catchment(query: Query, tables: Tables, here: Here) -> Behind:
    """Each site's part: scale x sum(people x weight) x what it has for each of those who share it, over the place's people."""
    supply, number = supply_at(query, tables), sites_at(query, tables)
    fitting = ways(query, tables).only(supply > 0)
    own = fitting.at(here.rows)
    weighted = np.asarray(pair_weights(query, own, number).T @ here.people, dtype=np.float64)
    people, cost = people_and_cost(own, here.people, np.ones(len(own), dtype=bool))
    by_place, each = {"people": people, "minutes": cost}, {"weight": divided(weighted, people)}
    scale = CATCHMENTS[query.measure] / here.total if here.total > 0 else 0.0
    limit, reached = REACHES[query.reach], (own.counts > 0).astype(float)
    if query.measure == "sites_in_reach":
        found = by_address(query, tables, each=by_place | each, alike={"part": scale * weighted * number})
        return Behind(found, reached, limit, adds_people=False)
    crowd = crowd_at(query, tables, fitting, number, np.bincount(own.destination, minlength=len(supply)) > 0)
    part = {"part": scale * weighted * access.for_each(supply, crowd)}
    if query.measure == "three_sfca":
        # People choose among sites, so those at one address share its pull and its crowd as well.
        found = by_address(query, tables, by_place, {"weight": each["weight"], "sharing": crowd}, part)
    else:
        found = by_address(query, tables, by_place | each | {"sharing": crowd}, by_capacity=part)
    return Behind(found, reached, limit, adds_people=False)


def pair_weights(query: Query, costs: TravelCosts, number: Floats) -> sparse.csr_array:
    """The weight of each pair in the query's measure: it depends on the pairs of its own place alone. `number` is that of sites."""
    if query.measure == "sites_in_reach":
        return costs.weights(decay.binary(float(query.reach)))
    if query.measure == "three_sfca":
        return access.chosen_weights(costs, scores.decay_of(query), number)
    return costs.weights(scores.decay_of(query.with_(decay="flat") if query.measure == "two_sfca" else query))


def crowd_at(query: Query, tables: Tables, fitting: TravelCosts, number: Floats, used: Mask) -> Floats:
    """Everybody in the nation who shares each used address, by weight."""
    sharers = np.flatnonzero(fitting.only(used).counts)
    return np.asarray(pair_weights(query, fitting.at(sharers), number).T @ weighed(query.weights, tables)[sharers], dtype=np.float64)


def of_share(query: Query, tables: Tables, here: Here, limit: float, unit: str) -> Behind:
    """Who has which site as the nearest, within so many miles or minutes: a site's part is its share of the place's people."""
    if unit == "miles":
        cost, address = nearest_here(query, tables, here, unit)
    else:
        cost, address = access.nearest(widest_ways(query, tables).at(here.rows).only(supply_at(query, tables) > 0))
    reaching = cost <= limit
    return sent(query, tables, here, (cost, address), unit, reaching, reaching.astype(float), f"{limit:g} {unit}")


def of_gradient(query: Query, tables: Tables, here: Here) -> Behind:
    """The same with what is left of use at that distance as the weight."""
    cost, address = nearest_here(query, tables, here, "miles")
    gradient = scores.gradient_of(query)
    weight = gradient(cost)
    return sent(query, tables, here, (cost, address), "miles", weight > 0, weight, f"{gradient.reach:g} miles")


def of_median(query: Query, tables: Tables, here: Here) -> Behind:
    """Who has which site as the nearest, however far. A median has no parts."""
    unit = MEDIANS[query.measure]
    cost, address = nearest_here(query, tables, here, unit)
    return sent(query, tables, here, (cost, address), unit, np.isfinite(cost), np.full(len(cost), np.nan), "", median_of=cost)


def nearest_here(query: Query, tables: Tables, here: Here, unit: str) -> tuple[Floats, Ints]:
    """(cost, address) of the nearest site of each block group of the place."""
    nearest = nearest_over_lists(query, tables, StraightMiles() if unit == "miles" else travel_model(query))
    return nearest.cost[here.rows].astype(np.float64), nearest.address[here.rows].astype(np.intp)


def sent(
    query: Query,
    tables: Tables,
    here: Here,
    nearest: tuple[Floats, Ints],
    unit: str,
    reaching: Mask,
    weight: Floats,
    limit: str,
    median_of: Floats | None = None,
) -> Behind:
    """Everybody who counts is sent to the nearest site; `weight` is what a person there adds to the value."""
    (cost, address), m = nearest, len(addresses(tables))
    to, people = address[reaching], here.people[reaching]

    def sums(values: Floats) -> Floats:
        return np.bincount(to, weights=values, minlength=m).astype(np.float64)

    gone, weighted = sums(people), sums(people * weight[reaching])
    each = {unit: divided(sums(people * cost[reaching]), gone), "weight": divided(weighted, gone)}
    part = weighted / here.total if here.total > 0 else np.zeros(m)
    found = by_address(query, tables, each, {"people": gone, "part": part})
    return Behind(found, reaching.astype(float), limit, adds_people=True, address=np.where(reaching, address, -1), cost=median_of)


def of_draws(query: Query, tables: Tables, here: Here) -> Behind:
    """Within 10 miles the value is the mean of the two middle draws of where city-level sites stand; so is each site's part."""
    within = within_10_miles.draws(query, tables)[:, here.rows]
    order = np.argsort(within @ here.people, kind="stable")
    middle = order[[(len(order) - 1) // 2, len(order) // 2]]
    chosen, positions = sites(choose(query, tables["providers"]).known, tables)
    people, miles = np.zeros(len(positions)), np.zeros(len(positions))
    for draw in middle:
        rows = np.flatnonzero(within[draw])
        tree = cKDTree(chosen.points[chosen.starts + drawn_points(tables)[draw, positions]])
        chord, site = tree.query(demand(tables).xyz[here.rows[rows]])
        for total, values in ((people, here.people[rows]), (miles, here.people[rows] * miles_from_chord(chord))):
            total += np.bincount(site, weights=values / len(middle), minlength=len(positions))
    frame = pd.DataFrame({"position": positions, "address": addresses(tables).of[positions], "many": 1})
    numbers = {"people": people, "miles": divided(miles, people), "part": people / here.total if here.total > 0 else people}
    found = frame.assign(**dict.fromkeys(NUMBERS, np.nan) | {"weight": 1.0} | numbers)
    return Behind(found[found["people"] > 0], within[middle].mean(axis=0), f"{within_10_miles.REACH_MILES} miles", adds_people=True)


def of_crowding(query: Query, tables: Tables, here: Here) -> Behind:
    """RAAM's loads: the sites that cost the people here least, crowding and way together. Those who are torn go in equal parts."""
    supply, people = supply_at(query, tables), people_with_minutes(query, tables)
    crowding, tau = scores.crowding(query, tables), scores.tau(query)
    own = widest_ways(query, tables).at(here.rows).only(supply > 0)
    least, sums = access.least_crowded(crowding, own, tau), access.crowded_ways(crowding, own, tau)
    best = sums <= least[own.origin] * (1 + EQUAL)
    torn = np.bincount(own.origin[best], minlength=len(here.rows))
    gone, minutes = people_and_cost(own, here.people / np.maximum(torn, 1), best)
    load = np.where(supply > 0, crowding, 0.0) * scores.rescaled(supply, people)
    found = by_address(query, tables, {"minutes": minutes, "crowding": crowding}, by_capacity={"people": gone, "sharing": load})
    address = np.full(len(here.rows), -1, dtype=np.intp)
    place, first = np.unique(own.origin[best], return_index=True)
    address[place] = own.destination[best][first]
    return Behind(found, (torn > 0).astype(float), f"{widest():g} minutes", adds_people=True, address=address, cost=least)


def minutes_to(query: Query, tables: Tables, rows: Ints, address: Ints) -> Floats:
    """Minutes from block groups to the address beside each: modelled, or of one's own table; inf without a way."""
    if not has_own_travel(tables):
        model = travel_model(query)
        return cost_to(people_at(model, tables).only(rows), measured_sites(model, tables), address, model, waters())
    held = own_ways(tables).at(rows)
    wide = held.shape[1]
    asked = np.arange(len(rows)) * wide + address
    pairs = np.append(held.origin.astype(np.intp) * wide + held.destination, -1)
    at = np.searchsorted(pairs[:-1], asked)
    return np.where(pairs[at] == asked, np.append(held.cost, np.inf)[at], np.inf)


def people_and_cost(costs: TravelCosts, people: Floats, kept: Mask) -> tuple[Floats, Floats]:
    """At each site of some pairs: how many people, and their mean cost."""
    there, here = costs.destination[kept], people[costs.origin[kept]]
    m = costs.shape[1]
    total = np.bincount(there, weights=here, minlength=m).astype(np.float64)
    return total, divided(np.bincount(there, weights=here * costs.cost[kept], minlength=m).astype(np.float64), total)


def by_address(
    query: Query,
    tables: Tables,
    each: Mapping[str, Floats],
    alike: Mapping[str, Floats] = MappingProxyType({}),
    by_capacity: Mapping[str, Floats] = MappingProxyType({}),
) -> pd.DataFrame:
    """One row a site that fits: numbers of its address that hold for each site there, that all share alike, or by what each offers."""
    known = choose(query, tables["providers"]).known
    where = addresses(tables)
    positions = np.flatnonzero(known)
    address = where.of[positions]
    many = where.providers_at(known)[address]
    offered = capacity_of(tables["providers"], 1.0)[positions]
    share = offered / np.bincount(address, weights=offered, minlength=len(where))[address]
    numbers: dict[str, Any] = dict.fromkeys(NUMBERS, np.nan)
    numbers |= {name: values[address] for name, values in each.items()}
    numbers |= {name: values[address] / many for name, values in alike.items()}
    numbers |= {name: values[address] * share for name, values in by_capacity.items()}
    frame = pd.DataFrame({"position": positions, "address": address, "many": many.astype(np.intp), **numbers})
    return frame[frame["people"] > 0]
