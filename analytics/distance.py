"""Straight-line miles from people to sites. A site known only by its city is a handful of weighted points.

The nearest site has no limit here, and the miles are those of the bird: the ways round water and missing roads are found from these
by `nearest_way` and `pairing`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from analytics.checked import numbers
from analytics.travel_model import StraightMiles, TravelModel

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

EARTH_RADIUS_MILES = 3958.7613
"""Mean radius of the earth (IUGG, 6371.0088 km) in statute miles."""


def unit_vectors(latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> Floats:
    """Points on the unit sphere, shape (n, 3). Raises ValueError where a coordinate is missing or out of range."""
    lat, lon = numbers(latitude, "latitude"), numbers(longitude, "longitude")
    missing = np.flatnonzero(np.isnan(lat) | np.isnan(lon))
    if missing.size:
        first = int(missing[0])
        raise ValueError(
            f"Point {first} has latitude {lat[first]} and longitude {lon[first]}; give both in degrees, or leave the point out."
        )
    wrong = np.flatnonzero(~((np.abs(lat) <= 90) & (np.abs(lon) <= 180)))
    if wrong.size:
        first = int(wrong[0])
        raise ValueError(
            f"Point {first} has latitude {lat[first]} and longitude {lon[first]}; latitude must lie within ±90, longitude within ±180. Are they swapped?"
        )
    phi, lam = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def miles_from_chord(chord: npt.ArrayLike) -> Floats:
    """Great-circle miles from the straight chord between two unit vectors."""
    return 2 * EARTH_RADIUS_MILES * np.arcsin(np.clip(np.asarray(chord, dtype=float) / 2, 0, 1))


def chord_from_miles(miles: float) -> float:
    """The chord on the unit sphere that spans so many great-circle miles."""
    return float(2 * np.sin(min(miles / EARTH_RADIUS_MILES, np.pi) / 2))


MANY = 10_000
"""Questions to a tree from which on it pays to share them over all processors: starting them takes as long as some thousand answers."""


def asked(tree: cKDTree, origins: Floats, k: int | Ints) -> tuple[Floats, Ints]:
    """Chords to the nearest points of a tree, and which they are."""
    chord, found = tree.query(origins, k=k, workers=-1 if len(origins) >= MANY else 1)
    return np.asarray(chord), np.asarray(found)


class Sites:
    """Sites as weighted points, ready to be asked for the nearest.

    `site` gives the site (0..m-1) of each point and must be sorted; `weight` sums to 1 within a site.
    """

    def __init__(self, latitude: npt.ArrayLike, longitude: npt.ArrayLike, site: npt.ArrayLike, weight: npt.ArrayLike) -> None:
        self.points = unit_vectors(latitude, longitude)
        self.site = np.asarray(site, dtype=np.intp)
        self.weight = np.asarray(weight, dtype=float)
        if self.site.size and np.any(np.diff(self.site) < 0):
            raise ValueError("The points of the sites must be sorted by site.")
        self.starts: Ints = np.flatnonzero(np.r_[True, np.diff(self.site) > 0]) if self.site.size else np.empty(0, dtype=np.intp)
        self.counts: Ints = np.diff(np.r_[self.starts, self.site.size])
        weighted = self.points * self.weight[:, None]
        self.centres: Floats = np.add.reduceat(weighted, self.starts, axis=0) if self.site.size else np.empty((0, 3))

    def __len__(self) -> int:
        return len(self.starts)

    def distinct(self) -> Ints:
        """Sites that stand at different points: of those at the very same ones only the first, since the others are no nearer."""
        first: dict[tuple[bytes, bytes], int] = {}
        for site, (start, count) in enumerate(zip(self.starts, self.counts, strict=True)):
            own = slice(start, start + count)
            first.setdefault((self.points[own].tobytes(), self.weight[own].tobytes()), site)
        return np.fromiter(first.values(), dtype=np.intp, count=len(first))


def mean_cost(xyz: Floats, sites: Sites, site: Ints, start: float | Floats, end: float, model: TravelModel) -> Floats:
    """Mean cost over the points of the site beside each place (unit vectors), weighted by people. `start` is one pace, or one a pair."""
    count = sites.counts[site]
    first = np.cumsum(count) - count
    point = np.repeat(sites.starts[site] - first, count) + np.arange(int(count.sum()))
    chord = np.zeros(len(point))
    for axis in range(3):
        apart = np.repeat(xyz[:, axis], count) - sites.points[point, axis]
        chord += apart * apart
    cost = model.cost(miles_from_chord(np.sqrt(chord)), 0.0, 0.0, np.repeat(start, count) if np.ndim(start) else start, end)
    return np.add.reduceat(cost * sites.weight[point], first) if len(point) else cost


def nearest_site(origins: Floats, sites: Sites) -> tuple[Floats, Ints]:
    """Miles to the nearest site and which one it is, for each origin; (inf, -1) where there is no site.

    Sites with one point are asked of a tree. The mean distance to a site's several points is never less than the
    distance to their centre (the norm is convex), so only sites whose centre lies nearer than the best so far are
    measured, and an answer is final once the next centre is farther than it.
    """
    n = len(origins)
    best, which = np.full(n, np.inf), np.full(n, -1, dtype=np.intp)
    if len(sites) == 0 or n == 0:
        return best, which
    distinct = sites.distinct()
    alone, several = distinct[sites.counts[distinct] == 1], distinct[sites.counts[distinct] > 1]
    if alone.size:
        chord, found = asked(cKDTree(sites.points[sites.starts[alone]]), origins, 1)
        best, which = miles_from_chord(chord), alone[found]
    tree = cKDTree(sites.centres[several]) if several.size else None
    rows, k = np.arange(n), 1
    while tree is not None and rows.size:
        chord, found = asked(tree, origins[rows], np.arange(1, k + 1))
        # The centre lies a little inside the sphere, so the chord to it bounds the mean chord, and arcs exceed chords.
        row, column = np.nonzero(chord * EARTH_RADIUS_MILES < best[rows, None])
        miles = np.full(chord.shape, np.inf)
        if row.size:
            miles[row, column] = mean_cost(origins[rows[row]], sites, several[found[row, column]], 0.0, 0.0, StraightMiles())
        nearest = np.argmin(miles, axis=1)
        least = miles[np.arange(len(rows)), nearest]
        better = least < best[rows]
        best[rows[better]], which[rows[better]] = least[better], several[found[better, nearest[better]]]
        if k == several.size:
            break
        rows = rows[chord[:, -1] * EARTH_RADIUS_MILES < best[rows]]
        k = min(k * 4, several.size)
    return best, which


def within_by_draws(origins: Floats, sites: Sites, reach_miles: float, draws: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Whether some site lies within reach, when every site stands at one drawn point: shape (draws, n).

    `draws` holds, for each draw and site, which of the site's points it stands at (0..count-1).
    """
    n, rounds = len(origins), len(draws)
    within = np.zeros((rounds, n), dtype=bool)
    if len(sites) == 0 or n == 0:
        return within
    pairs = cKDTree(origins).query_ball_point(sites.points, chord_from_miles(reach_miles))
    for point, members in enumerate(pairs):
        if members:
            site = sites.site[point]
            rounds_here = np.flatnonzero(draws[:, site] == point - sites.starts[site])
            within[np.ix_(rounds_here, np.asarray(members))] = True
    return within
