"""Who goes where when everybody takes the site that costs them least, crowding included.

Crowding at a site is its load over its supply. At the equilibrium nobody gains by changing: the loads are unique and solve a
convex problem, minimise sum(load^2 / (2 supply)) + sum(flow x way). Its dual has one unknown a site, its crowding. The minimum
over sites is first taken softly, with a temperature, which Newton's method solves in a few steps; the temperature then falls to
nothing, and pairs that nobody would choose drop out on the way.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

from analytics.travel import TravelCosts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

COOLING = 0.1
COLDEST = 1e-12
"""Last temperature, as a share of the greatest cost."""
STEPS = 60
NEVER_CHOSEN = 100.0
"""Pairs that cost so many temperatures more than a place's best weigh less than 1e-43 and drop out."""


@dataclass
class Ways:
    """Pairs sorted by place: `first` is where each place's pairs begin, `people` how many live there."""

    first: Ints
    row: Ints
    site: Ints
    way: Floats
    people: Floats
    settled: Floats
    """People at each site who have no other choice."""
    everybody: float


def crowding(demand: Floats, supply: Floats, costs: TravelCosts, tau: float) -> Floats:
    """Load over supply of each site at the equilibrium, m; infinite for a site that supplies nothing, which nobody uses."""
    price = np.where(supply > 0, 0.0, np.inf)
    for sites, ways in apart(demand, supply, costs, tau):
        price[sites] = settled_prices(ways, supply[sites])
    return price


def apart(demand: Floats, supply: Floats, costs: TravelCosts, tau: float) -> Iterator[tuple[Ints, Ways]]:
    """The regions between which nobody travels, each with its sites: places where somebody lives, sites that supply, ways in tau."""
    origin = costs.origin
    kept = np.flatnonzero((demand[origin] > 0) & (supply[costs.destination] > 0))
    place, site = origin[kept].astype(np.intp), costs.destination[kept].astype(np.intp)
    n, m = costs.shape
    links = sparse.coo_array((np.ones(len(kept), dtype=np.int8), (place, n + site)), shape=(n + m, n + m))
    region = connected_components(links, directed=False)[1]
    order = np.argsort(region[place], kind="stable")
    bounds = np.flatnonzero(np.r_[True, np.diff(region[place[order]]) > 0, True]) if order.size else np.zeros(1, dtype=np.intp)
    for low, high in itertools.pairwise(bounds):
        own = order[low:high]
        people, row = np.unique(place[own], return_inverse=True)
        sites, column = np.unique(site[own], return_inverse=True)
        way = np.asarray(costs.cost[kept[own]], dtype=np.float64) / tau
        first = np.flatnonzero(np.r_[True, np.diff(row) > 0])
        yield sites, Ways(first, row, column, way, demand[people], np.zeros(len(sites)), float(demand[people].sum()))


def settled_prices(every: Ways, supply: Floats) -> Floats:
    """The crowding of each site of a region."""
    price = cooled(every, supply, NEVER_CHOSEN)
    if nothing_cheaper_was_dropped(every, price, supply):
        return price
    return cooled(every, supply, np.inf)  # with every pair kept: slow, and hardly ever needed


def cooled(every: Ways, supply: Floats, margin: float) -> Floats:
    """The crowding of each site, from a warm guess to the coldest temperature."""
    scale = float(every.way.max()) + float(every.people.sum() / supply.sum())
    ways, heat = every, scale
    price = balanced(ways, supply, np.zeros(len(supply)), heat)
    slope = np.zeros(len(supply))
    while heat > scale * COLDEST:
        if np.isfinite(margin):
            ways = narrowed(ways, price, margin * heat)
        if not len(ways.way):
            return ways.settled / supply
        colder = heat * COOLING
        # Prices move almost in proportion to the temperature, so the next ones are guessed on the line through the last two.
        new = balanced(ways, supply, better_guess(ways, supply, price, price + slope * (colder - heat), colder), colder)
        slope = (new - price) / (colder - heat)
        price, heat = new, colder
    return price - slope * heat


def balanced(ways: Ways, supply: Floats, price: Floats, heat: float) -> Floats:
    """The prices at which supply x price = load, when places choose softly at this temperature: Newton's method on a convex problem."""
    load, share = chosen(ways, price, heat)
    lack = supply * price - load
    for _ in range(STEPS):
        if np.abs(lack).sum() <= 1e-14 * ways.everybody:
            break
        step = -np.asarray(spsolve(rise_of_lack(ways, supply, load, share, heat), lack))
        if np.abs(step).max() <= max(1e-10 * heat, 1e-15 * np.abs(price).max()):
            price = price + step
            break
        price, load, share = as_far_as_it_falls(ways, supply, price, step, lack, heat)
        lack = supply * price - load
    return price


def better_guess(ways: Ways, supply: Floats, one: Floats, other: Floats, heat: float) -> Floats:
    """Of two prices those whose loads are nearer to what they should be."""
    lacks = [np.abs(supply * price - chosen(ways, price, heat)[0]).sum() for price in (one, other)]
    return one if lacks[0] <= lacks[1] else other


def as_far_as_it_falls(ways: Ways, supply: Floats, price: Floats, step: Floats, lack: Floats, heat: float) -> tuple[Floats, Floats, Floats]:
    """The whole step, or where it overshoots the point on it at which the way down is at least halved.

    Along the step the slope rises from below 0; it is looked at instead of the height, which rounding would hide when it is cold.
    """
    start, low, high, size = float(lack @ step), 0.0, 1.0, 1.0
    while True:
        at = price + size * step
        load, share = chosen(ways, at, heat)
        slope = float((supply * at - load) @ step)
        if (slope <= -0.5 * start and (slope >= 0.5 * start or size == 1.0)) or high - low < 1e-12:
            return at, load, share
        low, high = (size, high) if slope < 0 else (low, size)
        size = (low + high) / 2


def chosen(ways: Ways, price: Floats, heat: float) -> tuple[Floats, Floats]:
    """(load of each site, share of its place's people that takes each pair)."""
    if not len(ways.way):
        return ways.settled, ways.way
    total = ways.way + price[ways.site]
    weight = np.exp((np.minimum.reduceat(total, ways.first)[ways.row] - total) / heat)
    share = weight / np.add.reduceat(weight, ways.first)[ways.row]
    return ways.settled + np.bincount(ways.site, weights=share * ways.people[ways.row], minlength=len(price)), share


def rise_of_lack(ways: Ways, supply: Floats, load: Floats, share: Floats, heat: float) -> sparse.csc_array:
    """How supply x price - load changes with the prices, m x m: symmetric, and positive since every supply is."""
    shape = (len(ways.people), len(supply))
    choice = sparse.csr_array((share * np.sqrt(ways.people)[ways.row], ways.site, np.r_[ways.first, len(share)]), shape=shape)
    return sparse.csc_array(sparse.diags_array(supply + (load - ways.settled) / heat) - choice.T @ choice / heat)


def narrowed(ways: Ways, price: Floats, margin: float) -> Ways:
    """Without the pairs that cost over `margin` more than a place's best; places with one pair left are settled there."""
    if not len(ways.way):
        return ways
    total = ways.way + price[ways.site]
    kept = total - np.minimum.reduceat(total, ways.first)[ways.row] <= margin
    count = np.add.reduceat(kept.astype(np.intp), ways.first)
    single = count == 1
    settled = ways.settled + np.bincount(ways.site[kept & single[ways.row]], weights=ways.people[single], minlength=len(price))
    kept &= ~single[ways.row]
    number = np.cumsum(~single) - 1
    row = number[ways.row[kept]]
    first = np.flatnonzero(np.r_[True, np.diff(row) > 0]) if row.size else row
    return Ways(first, row, ways.site[kept], ways.way[kept], ways.people[~single], settled, ways.everybody)


def nothing_cheaper_was_dropped(every: Ways, price: Floats, supply: Floats) -> bool:
    """Whether everybody at their best site makes the loads that the prices say, but for places that are torn between sites."""
    total = every.way + price[every.site]
    best = np.minimum.reduceat(total, every.first)[every.row]
    torn = total - best <= 1e-9 * (1 + np.abs(best))
    surely = np.add.reduceat(torn.astype(np.intp), every.first) == 1
    least = np.bincount(every.site[torn & surely[every.row]], weights=every.people[surely], minlength=len(price))
    most = np.bincount(every.site[torn], weights=every.people[every.row[torn]], minlength=len(price))
    load, room = supply * price, 1e-7 * every.people.sum()
    return bool(np.all((load >= least - room) & (load <= most + room)))
