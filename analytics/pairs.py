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

from analytics.barriers import Barriers
from analytics.cache import CACHE
from analytics.reach import site_points
from analytics.supply import Mask
from analytics.tables import Tables
from analytics.travel import TravelCosts
from analytics.travel_model import TravelModel

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


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
    """The distinct addresses of all providers, in the order in which they first stand in their table."""
    return CACHE.get((tables.version, "addresses"), lambda: _addresses(tables))


def _addresses(tables: Tables) -> Addresses:
    points = site_points(tables)
    bounds = np.flatnonzero(np.r_[True, np.diff(points["position"].to_numpy()) > 0, True])
    county = tables["providers"]["county"].to_numpy(dtype=object)
    where = points[["latitude", "longitude", "weight"]].to_numpy(dtype=np.float64)
    number: dict[tuple[str, bytes], int] = {}
    of, first = np.empty(len(county), dtype=np.intp), []
    for provider, (low, high) in enumerate(itertools.pairwise(bounds)):
        key = (str(county[provider]), where[low:high].tobytes())
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
    blocks = tables["block_groups"]
    frame = blocks[["latitude", "longitude", "county"]]
    return frame.assign(rucc=rucc(blocks["county"], tables))


def national_pairs(tables: Tables, model: TravelModel, barriers: Barriers | None, reach: float) -> TravelCosts:
    """All pairs of block groups and addresses within reach, kept as float32."""
    key = (tables.version, "pairs", model, barriers, float(reach))
    return CACHE.get(key, lambda: TravelCosts.between(origins(tables), addresses(tables).points, reach, model, barriers).narrowed())


def pairs_within(tables: Tables, model: TravelModel, barriers: Barriers | None, reach: float, widest: float) -> TravelCosts:
    """The pairs within a reach, cut from those within the widest."""
    if reach >= widest:
        return national_pairs(tables, model, barriers, widest)
    key = (tables.version, "pairs within", model, barriers, float(reach), float(widest))
    return CACHE.get(key, lambda: national_pairs(tables, model, barriers, widest).within(reach))
