"""The nation's pairs and what is worked out on them; pysal/access on the same pairs in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from analytics import access, decay
from analytics.decay import Decay
from analytics.ends import places_of, points_of
from analytics.nearest_way import nearest_anywhere
from analytics.pairs import addresses, origins
from analytics.query import DEFAULT_LAYERS, Query
from analytics.supply import choose
from analytics.travel import TravelCosts
from analytics.travel_model import StraightMiles, road_minutes
from analytics.waters import read_waters
from benchmarks.row import Row
from data.bundle import shipped
from data.parameter import load

ORDER = 40
ROUNDS = 5
BUILDS = 3
PLACES, SITES = 84_000, 4_000
BANDS = {20: 1.0, 40: 0.68, 60: 0.22}


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of several rounds."""
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def decays(reach: float) -> list[Decay]:
    return [
        decay.binary(reach),
        decay.thirds(reach, load("access/e2sfca_weights").latest),
        decay.gaussian(reach / 3, reach),
        decay.exponential(3 / reach, reach),
        decay.inverse_power(reach / 6, 2, reach),
    ]


def rows() -> Iterator[Row]:
    yield from on_the_nation()
    yield from beside_pysal()
    yield from with_more_sites()


def on_the_nation() -> Iterator[Row]:
    """Block groups and the shipped list by road, water and missing roads looked at."""
    tables = shipped()
    places, sites, adults = origins(tables), addresses(tables), tables["block_groups"]["adults"].to_numpy(dtype=float)
    model = road_minutes(load("travel/detour_index").latest, load("travel/speed").latest, load("travel/speed_factor").number())
    waters = read_waters(load("travel/waters").latest)

    def build() -> TravelCosts:
        return TravelCosts.between(places, sites.points, 120, model, waters).narrowed()

    pairs = build()
    built = seconds(build, BUILDS)
    yield Row("pairs of the shipped list within 120 minutes", len(pairs) / 1e6, "million", 6)
    yield Row("the same, built", built, "s", 3)
    yield Row("the same, built, by million pairs", built / len(pairs) * 1e6, "s")
    yield Row("the same, held", pairs.nbytes / 1e6, "MB")
    ends = {one: (places_of(places, one, waters), points_of(sites.points, one, waters)) for one in (model, StraightMiles())}
    yield Row("nearest site for everybody, with no limit", seconds(lambda: nearest_anywhere(pairs, *ends[model], model, waters)), "s")
    straight = StraightMiles()
    yield Row("the same in miles, without pairs", seconds(lambda: nearest_anywhere(None, *ends[straight], straight, waters)), "s")
    asked = [Query(layers=layers, population=who) for layers in (DEFAULT_LAYERS, ("samhsa_2024",)) for who in ("civilian", "medicaid")]
    supplies = [sites.providers_at(choose(query, tables["providers"]).known) for query in asked]
    for reach, limit in ((60, 0.15), (120, 0.3)):
        near = pairs.within(reach)
        for name, measure in (("2SFCA and its kin", access.two_step), ("3SFCA", access.three_step)):
            taken = [seconds(lambda m=measure, d=one, s=supply, p=near: m(adults, s, p, d)) for one in decays(reach) for supply in supplies]
            yield Row(f"{name} with another decay, layer or population at {reach} minutes: slowest", max(taken), "s", limit)
            yield Row(f"{name} at {reach} minutes, by million pairs", statistics.median(taken) / len(near) * 1e6, "s")
        nearest = seconds(lambda p=near, s=supplies[1]: access.nearest(p.only(s > 0)))
        yield Row(f"nearest site with another layer at {reach} minutes", nearest, "s", limit)
    outpatient = supplies[2]
    scaled = outpatient * adults.sum() / outpatient.sum()
    yield Row("RAAM on the federal directory at 120 minutes", seconds(lambda: access.raam(adults, scaled, pairs, 60), 1), "s")


def city(n: int, m: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Places and sites thrown over a square, the same each time."""
    rng = np.random.default_rng(20)
    frames = [pd.DataFrame({"latitude": rng.uniform(30, 46, size), "longitude": rng.uniform(-115, -80, size)}) for size in (n, m)]
    return frames[0], frames[1]


def beside_pysal() -> Iterator[Row]:
    """E2SFCA and 2SFCA on the same pairs; the peer is left out, and said to be, where it is not installed."""
    places, sites = city(PLACES, SITES)
    rng = np.random.default_rng(21)
    demand, supply = rng.integers(100, 3000, PLACES).astype(float), rng.integers(1, 5, SITES).astype(float)
    costs = TravelCosts.between(places, sites, 60)
    ours = {
        "2SFCA": seconds(lambda: access.two_step(demand, supply, costs, decay.binary(60))),
        "E2SFCA": seconds(lambda: access.two_step(demand, supply, costs, decay.steps(BANDS))),
    }
    yield Row(f"pairs of {PLACES:,} places and {SITES:,} sites", len(costs) / 1e6, "million")
    try:
        from access.fca import two_stage_fca
        from access.weights import step_fn
    except ImportError:
        yield from (Row(f"{name} on them (pysal/access is not installed)", value, "s") for name, value in ours.items())
        return
    frames = {
        "demand_df": pd.DataFrame({"demand": demand}, index=pd.RangeIndex(PLACES, name="geoid")),
        "supply_df": pd.DataFrame({"supply": supply}, index=pd.RangeIndex(SITES, name="geoid")),
        "cost_df": pd.DataFrame({"origin": costs.origin, "dest": costs.destination, "cost": costs.cost}),
    }
    for name, weight in (("2SFCA", None), ("E2SFCA", step_fn(BANDS))):
        theirs = seconds(lambda w=weight: two_stage_fca(**frames, max_cost=60, demand_index=True, weight_fn=w), 3)
        yield Row(f"{name} on them, beside pysal/access", ours[name], "s", None, theirs)
        limit = 1 / 50 if name == "E2SFCA" else None
        yield Row(f"{name} on them, share of the time of pysal/access", ours[name] / theirs, "", limit)


def with_more_sites() -> Iterator[Row]:
    """Building and E2SFCA by million pairs with 1, 2, 4 and 8 times the sites: level, if the cost grows with the pairs alone."""
    rng = np.random.default_rng(22)
    demand = rng.integers(100, 3000, PLACES).astype(float)
    per_pair: list[tuple[float, float]] = []
    for times in (1, 2, 4, 8):
        places, sites = city(PLACES, 1_000 * times)
        costs = TravelCosts.between(places, sites, 90)
        supply = np.ones(len(sites))
        build = seconds(lambda p=places, s=sites: TravelCosts.between(p, s, 90), BUILDS) / len(costs) * 1e6
        run = seconds(lambda s=supply, c=costs: access.two_step(demand, s, c, decay.thirds(90, (1, 0.68, 0.22)))) / len(costs) * 1e6
        per_pair.append((build, run))
        yield Row(f"{times} x the sites: pairs built, by million", build, "s")
        yield Row(f"{times} x the sites: E2SFCA, by million pairs", run, "s")
    for name, part in (("pairs built", 0), ("E2SFCA", 1)):
        yield Row(f"{name}: time a pair with 8 x the sites over that with 1 x", per_pair[-1][part] / per_pair[0][part], "", 1.25)
