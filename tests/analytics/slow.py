"""The same measures again in plain Python: loops and dictionaries, slow and easy to see through. The tests compare both."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Pairs = Mapping[tuple[int, int], float]
"""Cost by (place, site); a pair that is not there has no way."""
Weight = Callable[[float], float]

EARTH_RADIUS_MILES = 3958.7613


def binary(reach: float) -> Weight:
    return lambda cost: 1.0 if cost <= reach else 0.0


def steps(weights: Mapping[float, float]) -> Weight:
    def weight(cost: float) -> float:
        for edge in sorted(weights):
            if cost <= edge:
                return weights[edge]
        return 0.0

    return weight


def gaussian(scale: float, reach: float) -> Weight:
    return lambda cost: math.exp(-((cost / scale) ** 2) / 2) if cost <= reach else 0.0


def exponential(rate: float, reach: float) -> Weight:
    return lambda cost: math.exp(-rate * cost) if cost <= reach else 0.0


def inverse_power(scale: float, power: float, reach: float) -> Weight:
    return lambda cost: (1.0 if cost <= scale else (scale / cost) ** power) if cost <= reach else 0.0


def nearest(n: int, pairs: Pairs) -> list[tuple[float, int]]:
    best = [(math.inf, -1)] * n
    for (place, site), cost in sorted(pairs.items()):
        if cost < best[place][0]:
            best[place] = (cost, site)
    return best


def opportunities(n: int, supply: Sequence[float], pairs: Pairs, weight: Weight) -> list[float]:
    total = [0.0] * n
    for (place, site), cost in pairs.items():
        total[place] += supply[site] * weight(cost)
    return total


def two_step(demand: Sequence[float], supply: Sequence[float], pairs: Pairs, weight: Weight) -> list[float]:
    ratio = []
    for site, offered in enumerate(supply):
        crowd = sum(demand[place] * weight(cost) for (place, other), cost in pairs.items() if other == site)
        ratio.append(offered / crowd if crowd > 0 else 0.0)
    return [sum(ratio[site] * weight(cost) for (other, site), cost in pairs.items() if other == place) for place in range(len(demand))]


def three_step(demand: Sequence[float], supply: Sequence[float], pairs: Pairs, weight: Weight) -> list[float]:
    """Selection weight of a pair = its weight over the sum of its place's weights; then two steps with people and sites so shared out."""
    selection = {}
    for (place, site), cost in pairs.items():
        everything = sum(weight(other) for (one, _), other in pairs.items() if one == place)
        selection[place, site] = weight(cost) / everything if everything > 0 else 0.0
    ratio = []
    for site, offered in enumerate(supply):
        crowd = sum(selection[pair] * demand[pair[0]] * weight(cost) for pair, cost in pairs.items() if pair[1] == site)
        ratio.append(offered / crowd if crowd > 0 else 0.0)
    return [
        sum(selection[pair] * ratio[pair[1]] * weight(cost) for pair, cost in pairs.items() if pair[0] == place)
        for place in range(len(demand))
    ]


def miles(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great circle by the haversine; points are (latitude, longitude)."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * math.asin(min(1.0, math.sqrt(h)))


def road_miles(straight: float, near: float = 1.417, near_miles: float = 10, far: float = 1.2, far_miles: float = 60) -> float:
    if straight <= near_miles:
        return straight * near
    if straight >= far_miles:
        return straight * far
    return straight * (near + (far - near) * (straight - near_miles) / (far_miles - near_miles))


def minutes(straight: float, start_mph: float, end_mph: float) -> float:
    """Half of the road at the speed of each end."""
    half = road_miles(straight) / 2
    return half / start_mph * 60 + half / end_mph * 60
