"""The cost of one given way from each place: to the site that a measure sends it to."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analytics.distance import mean_cost
from analytics.ends import Places, Points
from analytics.gated import through_gates
from analytics.nearest_way import part_of
from analytics.travel_model import TravelModel
from analytics.waters import Waters

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

ANYWHERE = 1e6
"""More minutes or miles than any way on earth takes."""


def cost_to(places: Places, points: Points, site: Ints, model: TravelModel, waters: Waters | None) -> Floats:
    """Cost of the way from each place to the site beside it (a position among the sites), n; inf where no road leads there.

    Both ends are ready to be measured by the model (analytics/ends.py). There is no reach: it is what `TravelCosts.between` has for the
    pair. On the same side of every water that is the mean over the site's points; each of the few others is asked through the gates.
    """
    cost = np.full(len(site), np.inf)
    straight = places.label == points.label[site]
    for end in np.unique(points.pace[site[straight]]):
        rows = np.flatnonzero(straight & (points.pace[site] == end))
        cost[rows] = mean_cost(places.xyz[rows], points.sites, site[rows], places.pace[rows], float(end), model)
    if waters is None:
        return cost
    for other in np.unique(site[~straight]):
        rows = np.flatnonzero(~straight & (site == other))
        alone = Points(part_of(points.sites, np.array([other])), points.pace[[other]], points.label[[other]])
        for row, _, found in through_gates(places.only(rows), alone, ANYWHERE, model, waters):
            cost[rows[row]] = found
    return cost
