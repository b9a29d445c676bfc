"""A town as at most five points where its people live, for sites of which only the town is known.

A single point in the middle of a town can lie miles from everybody (the Gazetteer's point of Anchorage: 17 miles). So a site
known by its town alone is spread over the block groups in the circle that has the town's land area, gathered into five.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

EARTH_RADIUS_MILES = 3_958.7613
POINTS = 5
ROUNDS = 100

Floats = NDArray[np.float64]


def unit_vectors(latitude: Floats, longitude: Floats) -> Floats:
    """Degrees to points on the unit sphere, shape (n, 3)."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def degrees(vectors: Floats) -> tuple[Floats, Floats]:
    """Points near the unit sphere to latitude and longitude in degrees."""
    x, y, z = vectors.T
    return np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))


def chord(miles: float) -> float:
    """The straight line through the unit sphere that spans this many miles on its surface."""
    return 2 * float(np.sin(miles / EARTH_RADIUS_MILES / 2))


def miles_between(latitude: Floats, longitude: Floats, other_latitude: Floats, other_longitude: Floats) -> Floats:
    """Great-circle miles between points, one by one."""
    half = np.linalg.norm(unit_vectors(latitude, longitude) - unit_vectors(other_latitude, other_longitude), axis=1) / 2
    return np.asarray(2 * EARTH_RADIUS_MILES * np.arcsin(np.minimum(half, 1.0)), dtype=np.float64)


@dataclass(frozen=True)
class People:
    """Where people live: block-group centres with people, as a search tree. Make with `People.at`."""

    vectors: Floats
    weights: Floats
    tree: cKDTree

    @classmethod
    def at(cls, latitude: Floats, longitude: Floats, people: Floats) -> People:
        """Block groups without people are left out. All three are arrays of one length."""
        lived_in = people > 0
        vectors = unit_vectors(latitude[lived_in], longitude[lived_in])
        return cls(vectors, people[lived_in].astype(np.float64), cKDTree(vectors))

    def nearest(self, latitude: Floats, longitude: Floats) -> NDArray[np.int64]:
        """The position (among those with people) of the block group nearest to each point."""
        _, found = self.tree.query(unit_vectors(latitude, longitude))
        return np.asarray(found, dtype=np.int64)

    def within(self, latitude: float, longitude: float, miles: float) -> NDArray[np.int64]:
        """The positions of the block groups within so many miles of a point, ascending."""
        centre = unit_vectors(np.array([latitude]), np.array([longitude]))[0]
        return np.array(sorted(self.tree.query_ball_point(centre, chord(miles))), dtype=np.int64)

    def count_in_town(self, latitude: float, longitude: float, land_square_miles: float) -> int:
        """How many block groups the circle with a town's land area holds."""
        return len(self.within(latitude, longitude, town_radius(land_square_miles)))


def town_radius(land_square_miles: float) -> float:
    """The radius, in miles, of the circle that has a town's land area."""
    return float(np.sqrt(land_square_miles / np.pi))


def town_points(people: People, latitude: float, longitude: float, land_square_miles: float) -> tuple[Floats, Floats, Floats]:
    """Latitude, longitude and weight (summing to 1) of at most five points that stand for a town.

    The circle round the town's point has the town's land area. Fewer than five block groups in it: the town's point alone,
    with weight 1, because so few say little about where in the town its people are.
    """
    alone = np.array([latitude]), np.array([longitude]), np.array([1.0])
    found = people.within(latitude, longitude, town_radius(land_square_miles))
    if len(found) < POINTS:
        return alone
    centres, weights = gather(people.vectors[found], people.weights[found], POINTS)
    lats, lons = degrees(centres)
    order = np.argsort(-weights, kind="stable")
    return lats[order], lons[order], weights[order] / weights.sum()


def gather(points: Floats, weights: Floats, k: int) -> tuple[Floats, Floats]:
    """Weighted k-means (Lloyd 1982, doi 10.1109/TIT.1982.1056489) from a fixed start: centres (k, d) and their weights.

    The start is the weightiest point and then, each time, the point whose weight times squared distance to the nearest
    centre so far is largest: no chance in it, so two builds agree. Centres that end up without points are dropped.
    """
    centres = points[[int(np.argmax(weights))]]
    for _ in range(k - 1):
        gap = ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2).min(axis=1)
        centres = np.vstack([centres, points[[int(np.argmax(gap * weights))]]])
    label = np.full(len(points), -1)
    for _ in range(ROUNDS):
        nearer = ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
        if np.array_equal(nearer, label):
            break
        label = nearer
        kept = [number for number in range(len(centres)) if np.any(label == number)]
        centres = np.array([np.average(points[label == number], axis=0, weights=weights[label == number]) for number in kept])
        label = np.searchsorted(kept, label)
    return centres, np.array([weights[label == number].sum() for number in range(len(centres))])
