"""The nearest site however far, by road where waters say so."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from analytics.access import nearest
from analytics.distance import Sites, asked, mean_cost, miles_from_chord, nearest_site
from analytics.ends import Places, Points
from analytics.gated import CELLS, miles_to
from analytics.travel import TravelCosts
from analytics.travel_model import StraightMiles, TravelModel
from analytics.waters import Chains, Waters

TOWNS_GAIN = 1.1
"""How much less a town may cost by the best gate of each of its points than by one for all: gates of a border stand five miles apart."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


def nearest_anywhere(
    costs: TravelCosts | None, places: Places, points: Points, model: TravelModel, waters: Waters | None, at: Mask | None = None
) -> tuple[Floats, Ints]:
    """(cost n, site n) of the nearest site without a limit; (inf, -1) where no road leads to any. Both ends are ready to be measured
    (analytics/ends.py); `at` is a mask over the sites that takes some of them alone.

    Places that reach a site in `costs` (pairs of these very ends, model and waters, within any reach; None where there are none) have
    it from there. For the others it is sought by straight mean miles within each class of speed: exact where the detour index is
    level, so the pairs should reach beyond that (two hours do).
    """
    chosen = np.arange(len(points.sites)) if at is None else np.flatnonzero(at)
    if costs is None:
        cost, site = np.full(len(places.xyz), np.inf), np.full(len(places.xyz), -1, dtype=np.intp)
    else:
        cost, site = nearest(costs if at is None else costs.only(at))
    rows = np.flatnonzero(site < 0)
    if not rows.size:
        return cost, site
    some = Points(part_of(points.sites, chosen), points.pace[chosen], points.label[chosen])
    cost[rows], found = nearest_among(places.only(rows), some, model, waters)
    site[rows] = np.r_[chosen, -1][found]  # -1, none, stays -1
    return cost, site


def nearest_among(places: Places, points: Points, model: TravelModel, waters: Waters | None) -> tuple[Floats, Ints]:
    """The same for places that have no pair: each class of sites alike in label and speed is asked for its nearest."""
    best, which = np.full(len(places.xyz), np.inf), np.full(len(places.xyz), -1, dtype=np.intp)
    for label, end in np.unique(np.column_stack([points.label, points.pace]), axis=0):
        chosen = np.flatnonzero((points.label == label) & (points.pace == end))
        some = part_of(points.sites, chosen)
        rows = places.on_side(int(label))
        miles, near = nearest_site(places.xyz[rows], some)
        if not isinstance(model, StraightMiles):
            miles = mean_cost(places.xyz[rows], some, near, places.pace[rows], float(end), model)
        keep_less(best, which, rows, miles, chosen[near])
        if waters is not None:
            through_gates(places, some, chosen, (int(label), float(end)), model, waters, best, which)
    return best, which


def through_gates(
    places: Places,
    some: Sites,
    chosen: Ints,
    side: tuple[int, float],
    model: TravelModel,
    waters: Waters,
    best: Floats,
    which: Ints,
) -> None:
    """Lowers `best` where a site of one label and pace is nearer through a gate: from each gate its nearest site is looked at.

    Who has a site nearer than the nearest gate of his own side, and than what lies beyond any gate, can gain by none.
    """
    label, end = side
    to_gate = places.miles_to_gates(waters)
    ends_onward, ends_near = nearest_site(waters.end_xyz, some)
    for (start, goal), chains in waters.chains(model).items():
        if goal != label:
            continue
        rows = places.on_side(start)
        if not rows.size:
            continue
        onward, near = ends_onward[chains.last] + chains.driven, ends_near[chains.last]
        fastest = float(places.pace[rows].min())
        rows = rows[best[rows] > model.cost(to_gate[rows] + onward.min(), 0.0, 0.0, fastest, end)]
        if not rows.size:
            continue
        rows = rows[could_gain(places, rows, best[rows], chains, float(onward.min()), fastest, end, model, waters)]
        if not rows.size:
            continue
        least = least_of_each(chains, onward)
        gates, aside = waters.end_xyz[chains.first[least]], (chains.sailed[least], chains.aboard[least])
        step = max(1, CELLS // len(chains.first))
        for low in range(0, len(rows), step):
            part = rows[low : low + step]
            miles = miles_to(places.xyz[part], gates) + onward[least]
            cost = model.cost(miles, *aside, places.pace[part, None], end)
            by = np.argmin(cost, axis=1)
            site, cost = near[least[by]], cost[np.arange(len(part)), by]
            keep_less(best, which, part, cost, chosen[site])
            towns = np.flatnonzero((some.counts[site] > 1) & (cost <= TOWNS_GAIN * best[part]))
            part, site = part[towns], site[towns]
            keep_less(best, which, part, by_its_points(places.only(part), some, site, chains, end, model, waters), chosen[site])


def by_its_points(places: Places, some: Sites, site: Ints, chains: Chains, end: float, model: TravelModel, waters: Waters) -> Floats:
    """Cost of the way from each place to the site beside it: to each point of a town through the gate that is best for that point, then
    the mean, as pairs have it. One gate for a whole town would make it farther than it is.
    """
    to_gate = miles_to(places.xyz, waters.end_xyz[chains.first]) + chains.driven
    cost = np.zeros(len(site))
    for nth in range(int(some.counts[site].max(initial=0))):
        rows = np.flatnonzero(some.counts[site] > nth)
        point = some.starts[site[rows]] + nth
        miles = to_gate[rows] + miles_to(some.points[point], waters.end_xyz[chains.last])
        ways = model.cost(miles, chains.sailed, chains.aboard, places.pace[rows, None], end)
        cost[rows] += some.weight[point] * ways.min(axis=1)
    return cost


def could_gain(
    places: Places, rows: Ints, best: Floats, chains: Chains, onward: float, fastest: float, end: float, model: TravelModel, waters: Waters
) -> npt.NDArray[np.bool_]:
    """Which places have a best that is more than the least any gate could cost them: the way to the nearest gate at the best speed,
    and on from there as from the best of them. Most places lie nowhere near a gate and need no further look.
    """
    gates = waters.end_xyz[np.unique(chains.first)]
    chord, _ = asked(cKDTree(gates), places.xyz[rows], 1)
    return best > model.cost(miles_from_chord(chord) + onward, 0.0, 0.0, fastest, end)


def least_of_each(chains: Chains, onward: Floats) -> Ints:
    """Of the ways with the same first gate and the same crossings by ferry only the one with the fewest miles."""
    order = np.lexsort((onward, chains.aboard, chains.sailed, chains.first))
    keys = np.column_stack([chains.first, chains.sailed, chains.aboard])[order]
    return np.asarray(order[np.r_[True, np.any(np.diff(keys, axis=0) != 0, axis=1)]], dtype=np.intp)


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
