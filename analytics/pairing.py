"""All pairs of places and sites within reach, by trees on the unit sphere; through gates where water or a missing road lies between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from analytics.distance import chord_from_miles, mean_cost, miles_from_chord
from analytics.ends import Places, Points, places_of, points_of
from analytics.gated import SLACK, through_gates
from analytics.travel_model import TravelModel
from analytics.waters import Waters

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

CHUNK = 5_000
"""Places asked of a tree at once: their candidates stay in the processor's cache, so that time grows with the pairs alone."""


@dataclass(frozen=True)
class Pairs:
    """Places and sites by position, with cost; `sites` is how many sites there are in all."""

    origin: npt.NDArray[np.int32]
    site: npt.NDArray[np.int32]
    cost: Floats
    sites: int


def pairs(origins: pd.DataFrame, destinations: pd.DataFrame, reach: float, model: TravelModel, waters: Waters | None) -> Pairs:
    """The pairs that cost `reach` or less, in no particular order."""
    places, points = places_of(origins, model, waters), points_of(destinations, model, waters)
    found = [
        *direct(places, points, reach, model),
        *(through_gates(places, points, reach, model, waters) if waters is not None else ()),
    ]
    none = np.empty(0, dtype=np.int32)
    origin, site, cost = (np.concatenate(parts) for parts in zip((none, none, np.empty(0)), *found, strict=True))
    return Pairs(origin, site, cost, len(points.sites))


def direct(
    places: Places, points: Points, reach: float, model: TravelModel
) -> Iterator[tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Floats]]:
    """Pairs on the same side of every barrier. Places and sites go by their pace, so that each tree is asked within one radius."""
    for label in np.intersect1d(places.label, points.label):
        sites_here = np.flatnonzero(points.label == label)
        trees = [
            (pace, chosen, cKDTree(points.sites.centres[chosen]))
            for pace in np.unique(points.pace[sites_here])
            if (chosen := sites_here[points.pace[sites_here] == pace]).size
        ]
        here = np.flatnonzero(places.label == label)
        for start in np.unique(places.pace[here]):
            rows = here[places.pace[here] == start]
            for low in range(0, len(rows), CHUNK):
                chunk = rows[low : low + CHUNK]
                tree = cKDTree(places.xyz[chunk], balanced_tree=False, compact_nodes=False)
                for end, chosen, sites_tree in trees:
                    radius = chord_from_miles(model.widest(reach, float(start), float(end)) * SLACK)
                    near = tree.sparse_distance_matrix(sites_tree, radius, output_type="ndarray")
                    row, site = chunk[near["i"]], chosen[near["j"]]
                    cost = measured(places, points, row, site, near["v"], float(start), float(end), model)
                    kept = cost <= reach
                    yield row[kept].astype(np.int32), site[kept].astype(np.int32), cost[kept]


def measured(places: Places, points: Points, row: Ints, site: Ints, chord: Floats, start: float, end: float, model: TravelModel) -> Floats:
    """Costs of candidate pairs: `chord` is that to the site's centre, which is the site itself where it has one point."""
    several = points.sites.counts[site] > 1
    cost = model.cost(miles_from_chord(chord), 0.0, 0.0, start, end)
    if several.any():
        cost[several] = mean_cost(places.xyz[row[several]], points.sites, site[several], start, end, model)
    return cost
