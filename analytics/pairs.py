"""The pairs of the nation: block groups and the distinct addresses of all lists, built once at the widest reach.

Several providers at one address, or known only by the same town, are one destination with a multiplicity: layer, modality,
population and reach are masks and sums on the same pairs.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.cache import CACHE
from analytics.supply import Mask
from analytics.tables import Tables, version_without_sites
from analytics.travel import TravelCosts
from analytics.travel_model import TravelModel
from analytics.waters import Waters

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

MANY_ADDRESSES = 3_000
"""With more than these (a long list of one's own) the widest pairs are too many to be kept, and each reach has its own."""


def site_points(tables: Tables) -> pd.DataFrame:
    """provider_points with the position of their provider in the providers table, sorted by it."""
    return CACHE.get((tables.version, "site points"), lambda: _site_points(tables))


def _site_points(tables: Tables) -> pd.DataFrame:
    order = pd.Series(np.arange(len(tables["providers"])), index=tables["providers"]["id"])
    points = tables["provider_points"].assign(position=lambda frame: frame["provider"].map(order))
    if points["position"].isna().any():
        raise ValueError("A point belongs to a provider that the table of providers does not have; run `python -m data check`.")
    return points.astype({"position": np.intp}).sort_values("position", kind="stable", ignore_index=True)


@dataclass(frozen=True)
class Addresses:
    """`points` has one row a point, with `site` (the address, 0..m-1), weight, county and rucc; `of` is the address of each provider."""

    points: pd.DataFrame
    of: Ints

    def __len__(self) -> int:
        return int(self.of.max(initial=-1)) + 1

    def providers_at(self, mask: Mask) -> Floats:
        """How many providers of a mask stand at each address, m: the supply, when each counts 1."""
        return np.bincount(self.of[mask], minlength=len(self)).astype(np.float64)

    def sums(self, values: npt.ArrayLike) -> Floats:
        """Sum of a number of each provider at each address, m."""
        weights = np.asarray(values, dtype=np.float64)
        return np.bincount(self.of, weights=weights, minlength=len(self)).astype(np.float64)


def addresses(tables: Tables) -> Addresses:
    """The distinct addresses of all providers, in the order in which they first stand in their table; with travel times of one's own
    every provider is an address by itself."""
    return CACHE.get((tables.version, "addresses"), lambda: _addresses(tables))


def _addresses(tables: Tables) -> Addresses:
    points = site_points(tables)
    bounds = np.flatnonzero(np.r_[True, np.diff(points["position"].to_numpy()) > 0, True])
    county = tables["providers"]["county"].to_numpy(dtype=object)
    where = points[["latitude", "longitude", "weight"]].to_numpy(dtype=np.float64)
    # A table of one's own has the way to a provider, not to whoever else is at its address.
    apart = "own_travel" in tables
    number: dict[tuple[str, bytes], int] = {}
    of, first = np.empty(len(county), dtype=np.intp), []
    for provider, (low, high) in enumerate(itertools.pairwise(bounds)):
        key = (str(provider) if apart else str(county[provider]), where[low:high].tobytes())
        if key not in number:
            number[key] = len(number)
            first.append(np.arange(low, high))
        of[provider] = number[key]
    rows = np.concatenate(first) if first else np.empty(0, dtype=np.intp)
    frame = pd.DataFrame(where[rows], columns=["latitude", "longitude", "weight"])
    frame["county"] = county[points["position"].to_numpy()[rows]]
    frame["site"] = np.repeat(np.arange(len(first)), [len(part) for part in first])
    return Addresses(frame.assign(rucc=rucc(frame["county"], tables)), of)


def rucc(county: pd.Series, tables: Tables) -> npt.NDArray[np.int64]:
    """The Rural-Urban Continuum Code of each county, 0 where there is none (for which a model has no speed and says so)."""
    codes = tables["counties"].set_index("geoid")["rucc"]
    return np.asarray(county.map(codes).fillna(0).to_numpy(dtype=np.int64))


def origins(tables: Tables) -> pd.DataFrame:
    """Block-group centres with county and rucc, in the order of their table."""
    return CACHE.get((version_without_sites(tables), "origins"), lambda: _origins(tables))


def _origins(tables: Tables) -> pd.DataFrame:
    blocks = tables["block_groups"]
    frame = blocks[["latitude", "longitude", "county"]]
    return frame.assign(rucc=rucc(blocks["county"], tables))


def national_pairs(tables: Tables, model: TravelModel, waters: Waters | None, reach: float) -> TravelCosts:
    """All pairs of block groups and addresses within reach, kept as float32."""
    key = (tables.version, "pairs", model, waters, float(reach))
    return CACHE.get(key, lambda: TravelCosts.between(origins(tables), addresses(tables).points, reach, model, waters).narrowed())


def pairs_within(tables: Tables, model: TravelModel, waters: Waters | None, reach: float, widest: float) -> TravelCosts:
    """The pairs within a reach, cut from those within the widest."""
    if reach >= widest or len(addresses(tables)) > MANY_ADDRESSES:
        return national_pairs(tables, model, waters, min(reach, widest))
    key = (tables.version, "pairs within", model, waters, float(reach), float(widest))
    return CACHE.get(key, lambda: national_pairs(tables, model, waters, widest).within(reach))
