"""How far adults live from the nearest site, list by list. The nearest over several lists is the least of theirs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.cache import CACHE
from analytics.distance import Sites, nearest_site, within_by_draws
from analytics.query import Query
from analytics.rollup import demand
from analytics.supply import Mask, choose
from analytics.tables import Tables

Miles = npt.NDArray[np.float32]

DRAWS = 20
SEED = 2026
"""Draws of where a city-level site stands are seeded, so that the same question has the same answer."""


def site_points(tables: Tables) -> pd.DataFrame:
    """provider_points with the position of their provider in the providers table, sorted by it."""
    return CACHE.get((tables.version, "site points"), lambda: _site_points(tables))


def _site_points(tables: Tables) -> pd.DataFrame:
    order = pd.Series(np.arange(len(tables["providers"])), index=tables["providers"]["id"])
    points = tables["provider_points"].assign(position=lambda frame: frame["provider"].map(order))
    if points["position"].isna().any():
        raise ValueError("A point belongs to a provider that the table of providers does not have; run `python -m data check`.")
    return points.astype({"position": np.intp}).sort_values("position", kind="stable", ignore_index=True)


def sites(mask: Mask, tables: Tables) -> tuple[Sites, npt.NDArray[np.intp]]:
    """The sites of a mask over the providers, and their positions in the providers table.

    Raises ValueError when a provider has no point at all.
    """
    points = site_points(tables)
    kept = points[mask[points["position"].to_numpy()]]
    positions, site = np.unique(kept["position"].to_numpy(dtype=np.intp), return_inverse=True)
    if len(positions) != int(mask.sum()):
        raise ValueError("A provider has no point; run `python -m data check`.")
    return Sites(kept["latitude"], kept["longitude"], site, kept["weight"]), positions


def nearest_miles(query: Query, tables: Tables, possible: bool = False) -> Miles:
    """Straight-line miles from each block group's centre to the nearest site; inf where no site fits.

    With `possible`, sites whose record does not say whether they fit are counted too.
    """
    best = np.full(len(demand(tables).adults), np.inf, dtype=np.float32)
    for layer in query.layers:
        np.minimum(best, _nearest_on_list(query.with_(layers=(layer,)), tables, possible), out=best)
    return best


def _nearest_on_list(query: Query, tables: Tables, possible: bool) -> Miles:
    key = (tables.version, "nearest miles", query.layers, query.modality, query.population, possible)

    def compute() -> Miles:
        supply = choose(query, tables["providers"])
        chosen, _ = sites(supply.possible if possible else supply.known, tables)
        return nearest_site(demand(tables).xyz, chosen)[0].astype(np.float32)

    return CACHE.get(key, compute)


def within_draws(query: Query, tables: Tables, reach_miles: float, possible: bool = False) -> npt.NDArray[np.bool_]:
    """Whether a site lies within reach, in each of 20 seeded draws of where city-level sites stand: shape (20, n).

    With `possible`, sites whose record does not say whether they fit are counted too.
    """
    points = site_points(tables)
    counts = points.groupby("position")["weight"].size().to_numpy()
    cumulative = points.groupby("position")["weight"].cumsum().to_numpy()
    first = np.r_[0, np.cumsum(counts)[:-1]]
    toss = np.random.default_rng(SEED).random((DRAWS, len(counts)))
    drawn = np.empty(toss.shape, dtype=np.intp)
    for position, (start, count) in enumerate(zip(first, counts, strict=True)):
        drawn[:, position] = np.minimum(np.searchsorted(cumulative[start : start + count], toss[:, position]), count - 1)
    within = np.zeros((DRAWS, len(demand(tables).adults)), dtype=bool)
    supply = choose(query, tables["providers"])
    chosen, positions = sites(supply.possible if possible else supply.known, tables)
    within |= within_by_draws(demand(tables).xyz, chosen, reach_miles, drawn[:, positions])
    return within
