"""Access scores at every block group for a question: its supply, its ways, its decay, its people."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analytics import access, decay
from analytics.assumptions import assumed
from analytics.cache import CACHE
from analytics.decay import Decay
from analytics.own import people_with_minutes
from analytics.query import Query
from analytics.reach import nearest_miles
from analytics.rollup import weighed
from analytics.supply import supply_key
from analytics.tables import Tables
from analytics.ways import sites_at, supply_at, travel_model, ways, widest_ways

Floats = npt.NDArray[np.float64]


def decay_of(query: Query) -> Decay:
    """The decay a question chose, laid into its reach in minutes; its numbers are parameters under access/."""
    reach = float(query.reach)
    shape = assumed("access/decay_shapes", query.assumptions)
    if query.decay == "flat":
        return decay.binary(reach)
    if query.decay == "gaussian":
        return decay.gaussian(shape["gaussian_scale"] * reach, reach)
    if query.decay == "exponential":
        return decay.exponential(shape["exponential_rate"] / reach, reach)
    if query.decay == "inverse_power":
        return decay.inverse_power(shape["inverse_power_scale"] * reach, shape["inverse_power"], reach)
    return decay.thirds(reach, assumed("access/e2sfca_weights", query.assumptions))


def sites_in_reach(query: Query, tables: Tables, possible: bool = False) -> Floats:
    """How many sites lie within the reach of each block group."""
    return access.opportunities(sites_at(query, tables, possible), ways(query, tables), decay.binary(float(query.reach)))


def two_step(query: Query, tables: Tables, possible: bool = False) -> Floats:
    """Sites for each person by floating catchment with the question's decay."""
    return access.two_step(weighed(query.weights, tables), supply_at(query, tables, possible), ways(query, tables), decay_of(query))


def two_step_flat(query: Query, tables: Tables, possible: bool = False) -> Floats:
    """The same with all sites within reach alike (2SFCA)."""
    return two_step(query.with_(decay="flat"), tables, possible)


def three_step(query: Query, tables: Tables, possible: bool = False) -> Floats:
    """The same with people shared out over the sites within reach first (3SFCA)."""
    supply = supply_at(query, tables, possible)
    # Sites that do not fit the question must not draw anybody.
    costs = ways(query, tables).only(supply > 0)
    number = sites_at(query, tables, possible)
    return access.three_step(weighed(query.weights, tables), supply, costs, decay_of(query), sites=number)


def raam(query: Query, tables: Tables, possible: bool = False) -> Floats:
    """Crowding plus way over tau at each place's best site, inf beyond the widest reach; supply is rescaled to equal the people."""
    costs = widest_ways(query, tables).only(supply_at(query, tables, possible) > 0)
    return access.least_crowded(crowding(query, tables, possible), costs, tau(query))


def tau(query: Query) -> float:
    """Minutes that weigh as much as a crowding of 1."""
    return float(assumed("access/raam_tau", query.assumptions))


def crowding(query: Query, tables: Tables, possible: bool = False) -> Floats:
    """RAAM's crowding at each address, inf where no site fits; kept, since it takes seconds to find."""
    key = (tables.version, "crowding", travel_model(query), tau(query), query.weights, supply_key(query), possible)

    def compute() -> Floats:
        people, supply = people_with_minutes(query, tables), supply_at(query, tables, possible)
        costs = widest_ways(query, tables).only(supply > 0)
        return access.raam_crowding(people, rescaled(supply, people), costs, tau(query))

    return CACHE.get(key, compute)


def rescaled(supply: Floats, people: Floats) -> Floats:
    """Supply with the same total as the people, so that a crowding of 1 is the average."""
    return supply * (people.sum() / supply.sum()) if supply.sum() > 0 else supply


def gradient_of(query: Query) -> Decay:
    """Use of esketamine by miles to the site, 1 next to it; nothing beyond the outer limit."""
    lost = assumed("access/esketamine_gradient", query.assumptions)
    limit = float(assumed("access/esketamine_gradient_limit", query.assumptions))
    return decay.from_lower_edges({float(edge): 1 - float(share) for edge, share in lost.items()}, limit)


def use_at_nearest(query: Query, tables: Tables, possible: bool = False) -> Floats:
    """The gradient at the nearest site: never summed over a catchment, since it already contains scarcity."""
    return gradient_of(query)(nearest_miles(query, tables, possible))
