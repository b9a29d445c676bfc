"""The nearest sites from the middle of a place's people, one for each kind of therapy and for Medicaid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.cache import CACHE
from analytics.near import ways_to_sites
from analytics.near_point import Point
from analytics.places import known_place, level_of, places
from analytics.query import LAYERS, Query
from analytics.rollup import block_membership, demand
from analytics.supply import choose
from analytics.tables import Tables

KINDS: Final = {
    "any": {"modality": "any"},
    "iv": {"modality": "iv"},
    "esketamine": {"modality": "esketamine"},
    "medicaid": {"modality": "any", "population": "medicaid"},
}
"""What is looked for -> the fields of a query that ask for it."""


@dataclass(frozen=True)
class Nearest:
    """The nearest site known to be of a kind that a road leads to; `name` is "" where the lists name none.

    `miles` straight, `minutes` modelled, from the middle of the place's people. `silent_miles` is how far the nearest site is of which the
    lists do not say whether it is of the kind, where that is nearer; else NaN.
    """

    kind: str
    name: str
    city: str
    state: str
    lists: tuple[str, ...]
    miles: float
    minutes: float
    by_city: bool
    """Whether only the site's city is known."""
    silent_miles: float


def middle(geoid: str, tables: Tables) -> Point:
    """The middle of a county's or district's adults: the mean of its block groups' centres on the sphere, weighted by adults, in the county
    of the block group nearest to it. ValueError for other places: from the middle of a state nobody sets out."""
    known_place(geoid, tables)
    if level_of(geoid) not in ("county", "district"):
        raise ValueError("The middle of people is told of a county or a district; a state or the nation is too large for that.")
    here, own = demand(tables), block_membership(level_of(geoid), tables).of(geoid)
    weight = own.share * here.adults[own.row]
    xyz = here.xyz[own.row]
    mean = (xyz * (weight if weight.sum() > 0 else np.ones(len(weight)))[:, None]).sum(axis=0)
    mean /= np.linalg.norm(mean)
    closest = own.row[int(np.argmax(xyz @ mean))]
    latitude, longitude = float(np.degrees(np.arcsin(mean[2]))), float(np.degrees(np.arctan2(mean[1], mean[0])))
    county = str(here.county_geoids[here.county[closest]])
    postal = dict(zip(tables["states"]["geoid"], tables["states"]["state"], strict=True))[county[:2]]
    return Point(f"middle:{geoid}", places(tables)[geoid].name, latitude, longitude, county, postal, float("nan"))


def nearest_kinds(query: Query, tables: Tables) -> tuple[Nearest, ...]:
    """The nearest site of each of KINDS for the query's place and lists, in the order of KINDS. ValueError as `middle` has it."""
    asked = Query(place=query.place, layers=query.layers, assumptions=query.assumptions)
    return CACHE.get((tables.version, "nearest kinds", asked), lambda: _nearest_kinds(asked, tables))


def _nearest_kinds(query: Query, tables: Tables) -> tuple[Nearest, ...]:
    providers, point = tables["providers"], middle(query.place, tables)
    ways = ways_to_sites(point, query, tables)
    road = np.isfinite(ways.minutes)
    found = []
    for kind, fields in KINDS.items():
        supply = choose(query.with_(**fields), providers)
        known, silent = supply.known & road, supply.possible & ~supply.known & road
        best = int(np.argmin(np.where(known, ways.miles, np.inf)))
        nearest_silent = float(np.min(ways.miles[silent], initial=np.inf))
        if not known.any():
            beside = nearest_silent if np.isfinite(nearest_silent) else np.nan
            found.append(Nearest(kind, "", "", "", (), np.nan, np.nan, False, beside))
            continue
        miles, row = float(ways.miles[best]), providers.iloc[best]
        nearer = nearest_silent if nearest_silent < miles else np.nan
        by_city, minutes = bool(row["point_quality"] == "city"), float(ways.minutes[best])
        found.append(
            Nearest(kind, str(row["name"]), str(row["city"]), str(row["state"]), listed(row, query), miles, minutes, by_city, nearer)
        )
    return tuple(found)


def listed(row: pd.Series, query: Query) -> tuple[str, ...]:
    """The chosen lists that name a site, in words."""
    return tuple(LAYERS[one] for one in query.layers if one in row and bool(row[one]))
