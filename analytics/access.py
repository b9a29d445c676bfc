"""Measures of access over the ways within reach. The order of the arguments is the same everywhere: demand, supply, costs, decay.

`demand` is people at each of n places, `supply` what each of m sites offers, `costs` the ways between them. Catchment measures
are supply for each person. A place that can reach nothing has 0 for them, and an infinite cost for `nearest` and `raam`.
Inputs are never changed. Errors are ValueErrors that name what and where.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analytics.checked import above_zero, numbers
from analytics.decay import Decay
from analytics.travel import TravelCosts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


def nearest(costs: TravelCosts) -> tuple[Floats, Ints]:
    """(cost n, destination n): the least cost of each place and the site it leads to, of equal ones the first; (inf, -1) without one.

    A measure of impedance to the nearest provider, as Guagliardo 2004 (doi 10.1186/1476-072X-3-3) reviews them.
    """
    n = costs.shape[0]
    least, which = np.full(n, np.inf), np.full(n, -1, dtype=np.intp)
    reached = np.flatnonzero(costs.counts > 0)
    if reached.size:
        best = np.minimum.reduceat(costs.cost, costs.start[reached])
        least[reached] = best
        equal = np.flatnonzero(costs.cost == np.repeat(best, costs.counts[reached]))
        row = np.searchsorted(costs.start, equal, side="right") - 1
        place, first = np.unique(row, return_index=True)
        which[place] = costs.destination[equal[first]]
    return least, which


def gradient_at_nearest(costs: TravelCosts, decay: Decay) -> Floats:
    """The decay's weight at each place's nearest site, n; 0 where none is within reach.

    Use by distance, as published for esketamine (Joshi et al. 2024, J Clin Psychiatry 85(2):23m15102), already contains scarcity:
    so it is read at the nearest site and never summed over a catchment.
    """
    costs.weights(decay)  # refuses what is no decay
    return decay(nearest(costs)[0])


def opportunities(supply: npt.ArrayLike, costs: TravelCosts, decay: Decay) -> Floats:
    """Supply within reach of each place, weighted by the decay, n.

    With `decay.binary` it is cumulative opportunities (Wachs & Kumagai 1973, doi 10.1016/0038-0121(73)90041-4), with a decay that falls
    potential accessibility (Hansen 1959, doi 10.1080/01944365908978307).
    """
    return np.asarray(costs.weights(decay) @ amounts(supply, costs.shape[1], "supply"), dtype=np.float64)


def two_step(demand: npt.ArrayLike, supply: npt.ArrayLike, costs: TravelCosts, decay: Decay) -> Floats:
    """Two-step floating catchment area, n: supply for each person.

    With `decay.binary` it is 2SFCA (Luo & Wang 2003, doi 10.1068/b29120), with `decay.steps` E2SFCA (Luo & Qi 2009,
    doi 10.1016/j.healthplace.2009.06.002), with `decay.gaussian` the Gaussian kind, and so on.

    >>> from analytics import decay
    >>> costs = TravelCosts.from_pairs([0, 1, 1], [0, 0, 1], [10.0, 20.0, 5.0], shape=(3, 2))
    >>> two_step([100, 300, 50], [2, 3], costs, decay.binary(30)).tolist()  # 2 / (100 + 300), that + 3 / 300, nothing
    [0.005, 0.015, 0.0]
    """
    people, offered = amounts(demand, costs.shape[0], "demand"), amounts(supply, costs.shape[1], "supply")
    weights = costs.weights(decay)
    return np.asarray(weights @ for_each(offered, np.asarray(weights.T @ people, dtype=np.float64)), dtype=np.float64)


def three_step(
    demand: npt.ArrayLike, supply: npt.ArrayLike, costs: TravelCosts, decay: Decay, sites: npt.ArrayLike | None = None
) -> Floats:
    """Three-step floating catchment area (Wan, Zou & Sternberg 2012, doi 10.1080/13658816.2011.624987), n: supply for each person.

    A place's people are first shared out over the sites within reach in proportion to the decay's weights; a site beyond the reach
    takes no part, so the answer does not depend on how wide the costs were made. Every site in `costs` takes part, whatever it
    supplies: leave sites out with ``costs.only(mask)``. `sites` says how many sites stand at each destination (1 unless given).
    """
    people, offered = amounts(demand, costs.shape[0], "demand"), amounts(supply, costs.shape[1], "supply")
    chosen = chosen_weights(costs, decay, sites)
    return np.asarray(chosen @ for_each(offered, np.asarray(chosen.T @ people, dtype=np.float64)), dtype=np.float64)


def chosen_weights(costs: TravelCosts, decay: Decay, sites: npt.ArrayLike | None = None) -> sparse.csr_array:
    """The weight of each pair in 3SFCA, n x m: the decay's weight times the share of the place's people who choose the site."""
    weights = costs.weights(decay)
    if sites is not None:
        # c sites at one address, each with 1/c of its supply, are chosen c times as often and share its crowd.
        many = amounts(sites, costs.shape[1], "number of sites")
        choice = weights.multiply(many[None, :]).tocsr()
    else:
        choice = weights
    total = np.asarray(choice.sum(axis=1), dtype=np.float64).ravel()
    share = for_each(np.ones_like(total), total)
    chosen = choice.copy()
    chosen.data = choice.data * np.repeat(share, np.diff(choice.indptr)) * weights.data
    return chosen


def amounts(given: npt.ArrayLike, size: int, what: str) -> Floats:
    """One number, 0 or more, for each place or site; ValueError that names the first that is not."""
    array = numbers(given, what)
    if array.shape != (size,):
        raise ValueError(f"The {what} has the shape {array.shape}; the costs are for {size:,}, so it must be ({size},).")
    wrong = np.flatnonzero(~(np.isfinite(array) & (array >= 0)))
    if wrong.size:
        raise ValueError(f"The {what} at position {wrong[0]} is {array[wrong[0]]}; it must be a number, 0 or more.")
    return array


def for_each(what: Floats, people: Floats) -> Floats:
    """what / people, and 0 where there is nobody: a site whose catchment holds nobody gives nothing."""
    return np.divide(what, people, out=np.zeros_like(what), where=people > 0)


def raam(demand: npt.ArrayLike, supply: npt.ArrayLike, costs: TravelCosts, tau: float) -> Floats:
    """Rational agent access model (Saxon & Snow 2020, doi 10.1080/24694452.2019.1629870), n: **lower is better**.

    Everybody takes the site with the least crowding + way / tau, where crowding is its load over its supply; the answer is that
    least sum at the equilibrium, infinite for a place that reaches no site. `tau` has the unit of the costs. Demand and supply are
    taken as given: rescale them to equal totals first if a crowding of 1 is to mean the average. Raises ValueError for a tau that
    is not above 0.
    """
    people, offered = amounts(demand, costs.shape[0], "demand"), amounts(supply, costs.shape[1], "supply")
    return least_crowded(raam_crowding(people, offered, costs, tau), costs, tau)


def least_crowded(crowding: Floats, costs: TravelCosts, tau: float) -> Floats:
    """Crowding + way / tau at each place's best site, n; infinite for a place that reaches none."""
    sums = crowded_ways(crowding, costs, tau)
    least = np.full(costs.shape[0], np.inf)
    reached = np.flatnonzero(costs.counts > 0)
    if reached.size:
        least[reached] = np.minimum.reduceat(sums, costs.start[reached])
    return least


def crowded_ways(crowding: Floats, costs: TravelCosts, tau: float) -> Floats:
    """Crowding + way / tau of each pair."""
    return np.asarray(costs.cost, dtype=np.float64) / tau + crowding[costs.destination]


def raam_crowding(demand: npt.ArrayLike, supply: npt.ArrayLike, costs: TravelCosts, tau: float) -> Floats:
    """Load over supply of each site at RAAM's equilibrium, m; times supply it is the people who go there."""
    from analytics.equilibrium import crowding

    weighing = above_zero(tau, "tau of RAAM", "a number of minutes or miles above 0")
    return crowding(amounts(demand, costs.shape[0], "demand"), amounts(supply, costs.shape[1], "supply"), costs, weighing)
