"""The listed sites nearest to the people of a place: by distance and by nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.explain import explain
from analytics.near import miles_to_sites
from analytics.nearest_kinds import middle
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


def sites_near(query: Query, tables: Tables, most: int) -> SitesNear:
    """At most `most` sites of the query's lists that fit its question. For a county or district the nearest to the mean point of its adults;
    a state has no one such point: there they are the sites that are nearest for most of its adults."""
    providers, level = tables["providers"], level_of(query.place)
    known = choose(query, providers).known
    own = county_membership(level, tables).of(query.place)
    counties = tables["counties"]["geoid"].iloc[own.row]
    inside = int((known & providers["county"].isin(counties).to_numpy()).sum())
    if level in ("state", "nation"):
        ids = explain(query.with_(measure="miles_to_nearest"), query.place, tables).frame["provider"]
        order = pd.Index(providers["id"]).get_indexer(ids[ids != ""])[:most]
        return SitesNear(providers.iloc[order].assign(miles=np.nan).reset_index(drop=True), inside, True)
    miles = miles_to_sites(middle(query.place, tables), tables)
    order = np.lexsort((providers["id"].to_numpy(dtype=object).astype(str), miles))
    order = order[known[order]][:most]
    return SitesNear(providers.iloc[order].assign(miles=miles[order]).reset_index(drop=True), inside, False)
