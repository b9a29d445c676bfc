"""The nearest site however far, by road where barriers say so."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.access import nearest
from analytics.barriers import Barriers, Chains
from analytics.distance import Sites, nearest_site
from analytics.ends import Places, places_of, points_of
from analytics.gated import miles_to
from analytics.pairing import mean_cost
from analytics.travel import TravelCosts
from analytics.travel_model import StraightMiles, TravelModel

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


def nearest_anywhere(
    costs: TravelCosts,
    origins: pd.DataFrame,
    destinations: pd.DataFrame,
    model: TravelModel | None = None,
    barriers: Barriers | None = None,
) -> tuple[Floats, Ints]:
    """(cost n, site n) of the nearest site without a limit; (inf, -1) where no road leads to any.

    Places that reach a site in `costs` (pairs of these very frames, model and barriers, within any reach) have it from there.
    For the others it is sought by straight mean miles within each class of speed: exact where the detour index is level,
    so the pairs should reach beyond that (two hours do).
    """
    cost, site = nearest(costs)
    rows = np.flatnonzero(site < 0)
    cost[rows], site[rows] = nearest_of(origins.iloc[rows], destinations, model or StraightMiles(), barriers)
    return cost, site


def nearest_of(origins: pd.DataFrame, destinations: pd.DataFrame, model: TravelModel, barriers: Barriers | None) -> tuple[Floats, Ints]:
    """The same for places that have no pair: each class of sites alike in label and speed is asked for its nearest."""
    places, points = places_of(origins, model, barriers), points_of(destinations, model, barriers)
    best, which = np.full(len(places.xyz), np.inf), np.full(len(places.xyz), -1, dtype=np.intp)
    for label, end in np.unique(np.column_stack([points.label, points.pace]), axis=0):
        chosen = np.flatnonzero((points.label == label) & (points.pace == end))
        some = part_of(points.sites, chosen)
        rows = np.flatnonzero(places.label == label)
        _, near = nearest_site(places.xyz[rows], some)
        keep_less(best, which, rows, mean_cost(places.xyz[rows], some, near, places.pace[rows], float(end), model), chosen[near])
        if barriers is not None:
            through_gates(places, some, chosen, (int(label), float(end)), model, barriers, best, which)
    return best, which


def through_gates(
    places: Places, some: Sites, chosen: Ints, side: tuple[int, float], model: TravelModel, barriers: Barriers, best: Floats, which: Ints
) -> None:
    """Lowers `best` where a site of one label and pace is nearer through a gate: from each gate its nearest site is enough."""
    label, end = side
    for (start, goal), chains in barriers.chains(model).items():
        rows = np.flatnonzero(places.label == start)
        if goal != label or not rows.size:
            continue
        onward, near = nearest_site(barriers.end_xyz[chains.last], some)
        onward = onward + chains.driven
        fastest = places.pace[rows].min()
        # From the gate itself, at the best speed: a place that has something nearer than that need not look.
        bound = model.cost(onward, chains.sailed, chains.aboard, fastest, end)
        for chain in least_of_each(chains, onward, bound):
            some_rows = rows[best[rows] > bound[chain]]
            if some_rows.size:
                miles = miles_to(places.xyz[some_rows], barriers.end_xyz[chains.first[[chain]]])[:, 0] + onward[chain]
                cost = model.cost(miles, chains.sailed[chain], chains.aboard[chain], places.pace[some_rows], end)
                keep_less(best, which, some_rows, cost, np.full(len(some_rows), chosen[near[chain]]))


def least_of_each(chains: Chains, onward: Floats, bound: Floats) -> Ints:
    """Of the ways with the same first gate and the same crossings by ferry only the one with the fewest miles; the nearest first."""
    order = np.lexsort((onward, chains.aboard, chains.sailed, chains.first))
    keys = np.column_stack([chains.first, chains.sailed, chains.aboard])[order]
    least = order[np.r_[True, np.any(np.diff(keys, axis=0) != 0, axis=1)]]
    return least[np.argsort(bound[least], kind="stable")]


def keep_less(best: Floats, which: Ints, rows: Ints, cost: Floats, site: Ints) -> None:
    """Writes cost and site to the rows where the cost is less than the best so far."""
    less = cost < best[rows]
    best[rows[less]], which[rows[less]] = cost[less], site[less]


def part_of(sites: Sites, chosen: Ints) -> Sites:
    """Some of the sites, numbered anew in their order."""
    number = np.full(len(sites), -1, dtype=np.intp)
    number[chosen] = np.arange(len(chosen))
    kept = number[sites.site] >= 0
    part = Sites.__new__(Sites)
    part.points, part.site, part.weight = sites.points[kept], number[sites.site[kept]], sites.weight[kept]
    part.starts = np.flatnonzero(np.r_[True, np.diff(part.site) > 0])
    part.counts = sites.counts[chosen]
    part.centres = sites.centres[chosen]
    return part
