"""The worked cases of the methods page, put to the real functions. The tests compare what comes out with the sums that stand in the files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import access, decay
from analytics.affordability import part_b_cost, share_of_households_over
from analytics.decay import Decay
from analytics.rollup import Membership
from analytics.travel import TravelCosts
from analytics.travel_model import road_minutes
from data.examples import Example

Floats = npt.NDArray[np.float64]

DECAYS: Final[dict[str, Callable[..., Decay]]] = {
    "binary": decay.binary,
    "steps": decay.steps,
    "gaussian": decay.gaussian,
    "exponential": decay.exponential,
    "inverse_power": decay.inverse_power,
    "from_lower_edges": decay.from_lower_edges,
}


def solve(example: Example) -> Floats:
    """What the function gives, one number a row of the example's results. ValueError for a function that no example may call."""
    if example.calls not in CALLS:
        raise ValueError(f"The example {example.id} calls {example.calls}; there are {', '.join(CALLS)}.")
    return np.asarray(CALLS[example.calls](example), dtype=np.float64)


def costs(example: Example) -> TravelCosts:
    """The ways of its small map, places and sites in the order in which they are named."""
    place = {name: row for row, (name, _) in enumerate(example.places)}
    site = {name: column for column, (name, _) in enumerate(example.sites)}
    return TravelCosts.from_pairs(
        [place[one] for one, _, _ in example.ways],
        [site[other] for _, other, _ in example.ways],
        [cost for _, _, cost in example.ways],
        shape=(len(place), len(site)),
    )


def demand(example: Example) -> Floats:
    return np.array([people for _, people in example.places])


def supply(example: Example) -> Floats:
    return np.array([offered for _, offered in example.sites])


def decay_of(example: Example) -> Decay:
    """The decay it states; ValueError for a kind that is not known."""
    stated: dict[str, Any] = dict(example.decay)
    kind = stated.pop("kind", "")
    if kind not in DECAYS:
        raise ValueError(f"The example {example.id} has the decay “{kind}”; there are {', '.join(DECAYS)}.")
    return DECAYS[kind](**stated)


def one_place(example: Example) -> Membership:
    """All places of the example as the neighbourhoods of one county."""
    rows = np.arange(len(example.places))
    return Membership(np.array(["county"], dtype=object), rows, np.zeros(len(rows), dtype=np.intp), np.ones(len(rows)))


def share_within(example: Example) -> Floats:
    people, county = demand(example), one_place(example)
    within = decay_of(example)(access.nearest(costs(example))[0])
    return county.sums(people * within) / county.sums(people)


def by_road(example: Example) -> Floats:
    """Minutes of ways that are given by straight miles and the Rural-Urban Continuum Codes of both ends."""
    given = example.given
    model = road_minutes(given["detour_index"], given["miles_an_hour"])
    start, end = (model.pace(pd.DataFrame({"rucc": given[f"code_at_the_{side}"]}), f"ways ({side})") for side in ("start", "end"))
    return model.cost(np.asarray(given["straight_miles"], dtype=np.float64), 0.0, 0.0, start, end)


CALLS: Final[dict[str, Callable[[Example], Floats]]] = {
    "nearest": lambda one: access.nearest(costs(one))[0],
    "weighted_median": lambda one: one_place(one).weighted_medians(access.nearest(costs(one))[0], demand(one)),
    "share_within": share_within,
    "road_minutes": by_road,
    "opportunities": lambda one: access.opportunities(supply(one), costs(one), decay_of(one)),
    "two_step": lambda one: access.two_step(demand(one), supply(one), costs(one), decay_of(one)),
    "three_step": lambda one: access.three_step(demand(one), supply(one), costs(one), decay_of(one)),
    "raam": lambda one: access.raam(demand(one), supply(one), costs(one), one.tau or 0.0),
    "part_b_cost": lambda one: np.atleast_1d(part_b_cost(**one.given)),
    "share_of_households_over": lambda one: np.atleast_1d(share_of_households_over(**one.given)),
    "gradient_at_nearest": lambda one: access.gradient_at_nearest(costs(one), decay_of(one)),
}
"""What an example may call, by the name in its file."""
