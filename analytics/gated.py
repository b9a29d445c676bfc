"""Pairs with water or a missing road between them: the least sum through the gates that join the two labels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from analytics.distance import chord_from_miles, miles_from_chord
from analytics.ends import Places, Points
from analytics.travel_model import TravelModel
from analytics.waters import Chains, Waters

Floats = npt.NDArray[np.float64]

CELLS = 1_000_000
"""Most cells of a block of places and points measured at once."""
SLACK = 1 + 1e-9
"""Candidates are sought a hair wider; what is kept is decided by the cost itself."""


def through_gates(
    places: Places, points: Points, reach: float, model: TravelModel, waters: Waters
) -> Iterator[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Floats]]:
    """Pairs between different labels: the least over the gates, for each point of the site, then the mean over its points."""
    fastest = model.widest(reach, float(places.pace.min(initial=np.inf)), float(points.pace.min(initial=np.inf))) * SLACK
    point_label = np.repeat(points.label, points.sites.counts)
    by_a_gate = near_a_gate(places.xyz, waters.end_xyz, fastest)
    for (start, end), every in waters.chains(model).items():
        rows, sites = by_a_gate[places.label[by_a_gate] == start], np.flatnonzero(points.label == end)
        chains = near_enough(every, fastest)
        if not (rows.size and sites.size and chains.first.size):
            continue
        gates, number = np.unique(chains.first, return_inverse=True)
        rows = rows[near_a_gate(places.xyz[rows], waters.end_xyz[gates], fastest)]
        to_gate = miles_to(places.xyz[rows], waters.end_xyz[gates])[:, number] + chains.driven
        members = np.flatnonzero(point_label == end)
        from_gate = miles_to(points.sites.points[members], waters.end_xyz[chains.last])
        close = np.isin(sites, points.sites.site[members][(from_gate + chains.driven).min(axis=1) <= fastest])
        sites = sites[close]
        kept = np.isin(points.sites.site[members], sites)
        members, from_gate = members[kept], from_gate[kept]
        if not (rows.size and sites.size):
            continue
        first = np.flatnonzero(np.r_[True, np.diff(points.sites.site[members]) > 0])
        step = max(1, CELLS // len(members))
        for low in range(0, len(rows), step):
            part = slice(low, low + step)
            own = points.pace[points.sites.site[members]]
            cost = least_over_gates(to_gate[part], from_gate, chains, places.pace[rows[part]], own, model)
            mean = np.add.reduceat(cost * points.sites.weight[members], first, axis=1)
            row, column = np.nonzero(mean <= reach)
            yield rows[part][row].astype(np.int32), sites[column].astype(np.int32), mean[row, column]


def near_a_gate(xyz: Floats, gates: Floats, miles: float) -> npt.NDArray[np.intp]:
    """The points that lie within so many miles of some gate."""
    if not (len(xyz) and len(gates)):
        return np.empty(0, dtype=np.intp)
    chord, _ = cKDTree(gates).query(xyz, k=1, distance_upper_bound=chord_from_miles(miles) * SLACK, workers=-1)
    return np.flatnonzero(np.isfinite(chord))


def near_enough(chains: Chains, widest: float) -> Chains:
    """The ways that could be within reach at all."""
    kept = chains.driven <= widest
    return Chains(chains.first[kept], chains.last[kept], chains.driven[kept], chains.sailed[kept], chains.aboard[kept])


def least_over_gates(to_gate: Floats, from_gate: Floats, chains: Chains, start: Floats, end: Floats, model: TravelModel) -> Floats:
    """Least cost, (places, points): ways with the same crossing by ferry, mostly none, differ in miles alone."""
    best = np.full((len(to_gate), len(from_gate)), np.inf)
    ferries = np.column_stack([chains.sailed, chains.aboard])
    for sailed, aboard in np.unique(ferries, axis=0):
        same = np.flatnonzero((chains.sailed == sailed) & (chains.aboard == aboard))
        miles = np.full(best.shape, np.inf)
        for chain in same:
            np.minimum(miles, to_gate[:, chain, None] + from_gate[None, :, chain], out=miles)
        np.minimum(best, model.cost(miles, sailed, aboard, start[:, None], end[None, :]), out=best)
    return best


def miles_to(xyz: Floats, gates: Floats) -> Floats:
    """Great-circle miles from points to gates, (points, gates)."""
    square = np.zeros((len(xyz), len(gates)))
    for axis in range(3):
        apart = xyz[:, axis, None] - gates[None, :, axis]
        square += apart * apart
    return miles_from_chord(np.sqrt(square))
