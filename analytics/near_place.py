"""The listed sites nearest to the people of a place: by distance and by nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.explain import explain
from analytics.near import miles_to_sites
from analytics.nearest_kinds import KINDS, middle
from analytics.places import level_of
from analytics.query import Query
from analytics.rollup import county_membership
from analytics.supply import choose
from analytics.tables import Tables


@dataclass(frozen=True)
class SitesNear:
    """`sites` are rows of the providers table with `miles`, straight from where the place's people live on average (NaN for a state);
    `inside` is how many listed sites stand in the place's counties, `by_people` whether the order is that of the adults for whom each is
    the nearest."""

    sites: pd.DataFrame
    inside: int
    by_people: bool


@dataclass(frozen=True)
class Inside:
    """How many listed sites stand in a place that are known to be of a kind (analytics/nearest_kinds.py), and how many of which the lists
    do not say whether they are."""

    kind: str
    known: int
    silent: int


def in_counties_of(geoid: str, tables: Tables) -> npt.NDArray[np.bool_]:
    """Which rows of the providers table stand in a county of the place."""
    own = county_membership(level_of(geoid), tables).of(geoid)
    return np.asarray(tables["providers"]["county"].isin(tables["counties"]["geoid"].iloc[own.row]))


def sites_inside(query: Query, tables: Tables) -> tuple[Inside, ...]:
    """The sites of the query's lists in its place, kind by kind, in the order of KINDS: counts of what is listed, and no rank."""
    here = in_counties_of(query.place, tables)
    found = []
    for kind, fields in KINDS.items():
        supply = choose(Query(layers=query.layers).with_(**fields), tables["providers"])
        known, silent = supply.known & here, supply.possible & ~supply.known & here
        found.append(Inside(kind, int(known.sum()), int(silent.sum())))
    return tuple(found)


def sites_near(query: Query, tables: Tables, most: int) -> SitesNear:
    """At most `most` sites of the query's lists that fit its question. For a county or district the nearest to the mean point of its adults;
    a state has no one such point: there they are the sites that are nearest for most of its adults."""
    providers, level = tables["providers"], level_of(query.place)
    known = choose(query, providers).known
    inside = int((known & in_counties_of(query.place, tables)).sum())
    if level in ("state", "nation"):
        ids = explain(query.with_(measure="miles_to_nearest"), query.place, tables).frame["provider"]
        order = pd.Index(providers["id"]).get_indexer(ids[ids != ""])[:most]
        return SitesNear(providers.iloc[order].assign(miles=np.nan).reset_index(drop=True), inside, True)
    miles = miles_to_sites(middle(query.place, tables), tables)
    order = np.lexsort((providers["id"].to_numpy(dtype=object).astype(str), miles))
    order = order[known[order]][:most]
    return SitesNear(providers.iloc[order].assign(miles=miles[order]).reset_index(drop=True), inside, False)
