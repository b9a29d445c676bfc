"""From block groups and counties up to counties, districts, states and the nation, always weighted by people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.cache import CACHE
from analytics.distance import unit_vectors
from analytics.query import NATION
from analytics.tables import Tables, version_without_sites

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Membership:
    """Which rows belong to which places, with what share: row i of `row`, `place`, `share` is one membership."""

    geoids: npt.NDArray[np.object_]
    row: Ints
    place: Ints
    share: Floats

    def of(self, geoid: str) -> Membership:
        """The membership of one place alone."""
        position = int(np.flatnonzero(self.geoids == geoid)[0])
        own = self.place == position
        row = self.row[own]
        return Membership(self.geoids[[position]], row, np.zeros(len(row), dtype=np.intp), self.share[own])

    def sums(self, values: npt.ArrayLike) -> Floats:
        """Sum of value x share in each place; `values` has one number a row (block group or county)."""
        weighted = np.asarray(values, dtype=float)[self.row] * self.share
        return np.bincount(self.place, weights=weighted, minlength=len(self.geoids)).astype(float)

    def weighted_medians(self, values: npt.ArrayLike, weights: npt.ArrayLike) -> Floats:
        """The least value at which half of the weight of a place is reached; NaN where there is no weight."""
        return np.asarray(self.weighted_quantiles(values, weights, (0.5,))[0])

    def weighted_quantiles(self, values: npt.ArrayLike, weights: npt.ArrayLike, at: tuple[float, ...]) -> Floats:
        """For each share in `at` the least value at which that share of a place's weight is reached, (len(at), places); NaN without weight."""
        value = np.asarray(values, dtype=float)[self.row]
        weight = np.asarray(weights, dtype=float)[self.row] * self.share
        order = np.lexsort((value, self.place))
        value, weight, place = value[order], weight[order], self.place[order]
        running = np.r_[0.0, np.cumsum(weight)]
        starts = np.searchsorted(place, np.arange(len(self.geoids)), side="left")
        ends = np.searchsorted(place, np.arange(len(self.geoids)), side="right")
        before, total = running[starts], running[ends] - running[starts]
        peopled = total > 0
        found = np.full((len(at), len(self.geoids)), np.nan)
        for row, share in enumerate(at):
            position = np.searchsorted(running[1:], before + share * total, side="left")
            # Rounding of the running sum must not lead out of the place.
            found[row, peopled] = value[np.clip(position, starts, np.maximum(ends - 1, starts))[peopled]]
        return found


def weighted_median(values: Floats, weights: Floats) -> float:
    """The least value at which half of the weight is reached; NaN without weight.

    >>> weighted_median(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0]))
    2.0
    """
    if not weights.sum() > 0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    running = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(running, running[-1] / 2, side="left")])


@dataclass(frozen=True)
class Demand:
    """Where adults live: block-group centres as unit vectors (n, 3), and adults at each (modelled)."""

    xyz: Floats
    adults: Floats
    county: Ints
    county_geoids: npt.NDArray[np.object_]


def demand(tables: Tables) -> Demand:
    return CACHE.get((version_without_sites(tables), "demand"), lambda: _demand(tables))


def _demand(tables: Tables) -> Demand:
    blocks = tables["block_groups"]
    geoids = tables["counties"]["geoid"].to_numpy(dtype=object)
    county = pd.Categorical(blocks["county"], categories=pd.Index(geoids)).codes.astype(np.intp)
    if (county < 0).any():
        raise ValueError("A block group lies in a county that the table of counties does not have; run `python -m data check`.")
    return Demand(unit_vectors(blocks["latitude"], blocks["longitude"]), blocks["adults"].to_numpy(dtype=float), county, geoids)


def weighed(weights: str, tables: Tables) -> Floats:
    """People at each block group that demand counts: adults, or of them the county's share (one constant inside it) with a
    diagnosis of depression or frequent distress. 0 where the county's share is not had.
    """
    people = demand(tables)
    if weights == "adults":
        return people.adults
    share = tables["counties"][f"{weights}_share"].to_numpy(dtype=float, na_value=0.0)
    return np.asarray(people.adults * share[people.county])


def block_membership(level: str, tables: Tables) -> Membership:
    """Block groups to the places of a level."""
    return CACHE.get((version_without_sites(tables), "blocks", level), lambda: _block_membership(level, tables))


def _block_membership(level: str, tables: Tables) -> Membership:
    people = demand(tables)
    rows = np.arange(len(people.adults))
    ones = np.ones(len(rows))
    if level == "county":
        return Membership(people.county_geoids, rows, people.county, ones)
    if level == "district":
        parts = tables["block_group_districts"]
        geoids = tables["districts"]["geoid"].to_numpy(dtype=object)
        place = pd.Categorical(parts["district"], categories=pd.Index(geoids)).codes.astype(np.intp)
        return Membership(geoids, parts["block_group"].to_numpy(dtype=np.intp), place, parts["share"].to_numpy(dtype=float))
    of_county = county_membership(level, tables)
    return Membership(of_county.geoids, rows, of_county.place[people.county], ones)


def county_membership(level: str, tables: Tables) -> Membership:
    """Counties (in the order of their table) to the places of a level; districts take the share of a county's people."""
    return CACHE.get((version_without_sites(tables), "counties", level), lambda: _county_membership(level, tables))


def _county_membership(level: str, tables: Tables) -> Membership:
    counties = tables["counties"]["geoid"]
    rows, ones = np.arange(len(counties)), np.ones(len(counties))
    if level == "county":
        return Membership(counties.to_numpy(dtype=object), rows, rows, ones)
    if level == "state":
        geoids = tables["states"]["geoid"].to_numpy(dtype=object)
        return Membership(geoids, rows, pd.Categorical(counties.str[:2], categories=pd.Index(geoids)).codes.astype(np.intp), ones)
    if level == "nation":
        return Membership(np.array([NATION], dtype=object), rows, np.zeros(len(rows), dtype=np.intp), ones)
    parts = tables["county_districts"]
    geoids = tables["districts"]["geoid"].to_numpy(dtype=object)
    row = pd.Categorical(parts["county"], categories=pd.Index(counties)).codes.astype(np.intp)
    place = pd.Categorical(parts["district"], categories=pd.Index(geoids)).codes.astype(np.intp)
    return Membership(geoids, row, place, parts["share_of_county"].to_numpy(dtype=float))


def adults(level: str, tables: Tables) -> pd.Series:
    """Adults on 1 July 2023 by place: the Census estimate for counties and above, modelled for districts."""
    return CACHE.get((version_without_sites(tables), "adults", level), lambda: _adults(level, tables))


def _adults(level: str, tables: Tables) -> pd.Series:
    if level == "district":
        membership = block_membership(level, tables)
        return pd.Series(membership.sums(demand(tables).adults), index=membership.geoids)
    membership = county_membership(level, tables)
    return pd.Series(membership.sums(tables["counties"]["adults"]), index=membership.geoids)
