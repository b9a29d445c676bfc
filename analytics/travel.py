"""Costs of the ways between places and sites, sparse: only pairs within reach are held. Minutes or miles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analytics import pairing
from analytics.checked import numbers, said, zero_or_more
from analytics.decay import Decay
from analytics.travel_model import StraightMiles, TravelModel

if TYPE_CHECKING:
    from analytics.waters import Waters

Floats = npt.NDArray[np.float64]
Costs = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int32]

MOST_PAIRS = int(np.iinfo(np.int32).max)
BLOCK = 1 << 17
"""Pairs weighed at once: what is worked out on the way stays in the processor's cache."""


@dataclass(frozen=True)
class TravelCosts:
    """Costs of n x m pairs, row by row: those of place i stand at ``start[i]:start[i + 1]``, sorted by destination.

    Positions are 32-bit. `cost` is float64 unless the pairs were asked to be kept narrower. The arrays are read-only.
    """

    shape: tuple[int, int]
    start: Ints
    destination: Ints
    cost: Costs

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.cost)

    @classmethod
    def from_pairs(cls, origin: npt.ArrayLike, destination: npt.ArrayLike, cost: npt.ArrayLike, shape: tuple[int, int]) -> TravelCosts:
        """Pairs one by one, in any order: integer positions from 0, and their cost. A pair that costs infinity is left out.

        Raises ValueError that names the first pair with a position out of range, a cost that is negative or no number, or
        that stands twice; and where the lengths differ.

        >>> TravelCosts.from_pairs([0, 1], [0, 0], [5.0, 12.0], shape=(2, 1)).cost.tolist()
        [5.0, 12.0]
        """
        n, m = checked_shape(shape)
        values = numbers(cost, "cost").ravel()
        rows, columns = positions(origin, n, "origin"), positions(destination, m, "destination")
        if not len(rows) == len(columns) == len(values):
            raise ValueError(
                f"There are {len(rows):,} origins, {len(columns):,} destinations and {len(values):,} costs; each pair needs one of each."
            )
        wrong = np.flatnonzero(~(values >= 0))
        if wrong.size:
            first = wrong[0]
            raise ValueError(
                f"Pair {first} (origin {rows[first]}, destination {columns[first]}) costs {values[first]}; a cost is 0 or more."
            )
        there = np.isfinite(values)
        return cls.of_arrays(rows[there], columns[there], values[there], (n, m))

    @classmethod
    def between(
        cls,
        origins: pd.DataFrame,
        destinations: pd.DataFrame,
        reach: float,
        model: TravelModel | None = None,
        waters: Waters | None = None,
    ) -> TravelCosts:
        """All pairs within reach, of frames with latitude and longitude (degrees). Straight miles unless a model says otherwise.

        A model of minutes asks both frames for `rucc`; waters ask both for `county`. Where `destinations` has the columns
        `site` (0..m-1) and `weight`, several rows are one site: its cost is the mean over them, kept if that mean is within reach.
        Raises ValueError for coordinates missing or out of range (perhaps swapped), a reach that is none, a missing column, no model.
        """
        model = StraightMiles() if model is None else model
        if not isinstance(model, TravelModel):
            raise ValueError(f"The model is {said(model)}; take StraightMiles() or one made with travel_model.road_minutes.")
        found = pairing.pairs(origins, destinations, checked_reach(reach), model, waters)
        return cls.of_arrays(found.origin, found.site, found.cost, (len(origins), found.sites))

    @classmethod
    def of_arrays(cls, origin: npt.NDArray[Any], destination: npt.NDArray[Any], cost: Floats, shape: tuple[int, int]) -> TravelCosts:
        """From checked arrays in any order; ValueError where a pair stands twice."""
        if len(cost) > MOST_PAIRS:
            raise ValueError(f"{len(cost):,} pairs are more than can be held; ask for a smaller reach.")
        rows, columns = origin.astype(np.int32, copy=False), destination.astype(np.int32, copy=False)
        pairs = sparse.coo_array((cost, (rows, columns)), shape=shape)
        pairs.has_canonical_format = True  # so that nothing is added up: a pair that stands twice is an error
        table = pairs.tocsr()
        table.sort_indices()
        twice = np.flatnonzero(np.diff(table.indices) == 0) + 1
        twice = twice[~np.isin(twice, table.indptr)]
        if twice.size:
            place = int(np.searchsorted(table.indptr, twice[0], side="right")) - 1
            raise ValueError(
                f"The pair of origin {place} and destination {table.indices[twice[0]]} stands more than once; a pair has one cost."
            )
        return cls(shape, locked(table.indptr.astype(np.int32)), locked(table.indices.astype(np.int32)), locked(table.data))

    @property
    def counts(self) -> npt.NDArray[np.int32]:
        """How many sites each place can reach, n."""
        return np.diff(self.start)

    @property
    def origin(self) -> Ints:
        """The place of each pair."""
        return np.repeat(np.arange(self.shape[0], dtype=np.int32), self.counts)

    @property
    def nbytes(self) -> int:
        return int(self.start.nbytes + self.destination.nbytes + self.cost.nbytes)

    def weights(self, decay: Decay) -> sparse.csr_array:
        """The decay's weight of each pair as a sparse n x m table.

        Raises ValueError for a decay without an outer limit, and for one that gives a pair a weight that is negative, no number, or
        above that at no cost at all.
        """
        if not isinstance(decay, Decay):
            raise ValueError("A decay needs an outer limit: make it with analytics.decay, such as decay.binary(60) or decay.custom(...).")
        with np.errstate(divide="ignore", invalid="ignore"):  # what has no weight at 0 is refused below in words
            most = float(decay([0.0])[0])
        weight = np.empty(len(self), dtype=np.float64)
        for low in range(0, len(self), BLOCK):
            some = weight[low : low + BLOCK]
            some[:] = decay(self.cost[low : low + BLOCK])
            # Least and greatest are NaN where one is; so each comparison says no.
            if not (some.min() >= 0 and some.max() <= most < np.inf):
                wrong = low + int(np.argmin((some >= 0) & (some <= most)))
                raise ValueError(
                    f"The decay “{decay.name}” gives the weight {weight[wrong]:g} at {self.cost[wrong]:g} and {most:g} at 0; "
                    "a weight is a number, 0 or more, and what is farther away must not count more."
                )
        return sparse.csr_array((weight, self.destination, self.start), shape=self.shape)

    def within(self, reach: float) -> TravelCosts:
        """Only the pairs that cost `reach` or less. ValueError for a reach that is none, as in `between`."""
        return self._kept(np.asarray(self.cost, dtype=np.float64) <= checked_reach(reach))

    def only(self, sites: npt.ArrayLike) -> TravelCosts:
        """Only the pairs of some sites (a mask of m); the others stay as columns that nobody reaches."""
        mask = np.asarray(sites)
        if mask.dtype != np.bool_ or mask.shape != (self.shape[1],):
            raise ValueError(
                f"The sites to keep are a mask of {self.shape[1]} true or false values; {mask.size} of {mask.dtype} were given."
            )
        return self._kept(mask[self.destination])

    def at(self, places: npt.NDArray[np.intp]) -> TravelCosts:
        """Only the pairs of some places (positions), which are then numbered 0, 1, 2 ... in the order given."""
        counts = self.counts[places]
        start = np.zeros(len(places) + 1, dtype=np.int32)
        np.cumsum(counts, out=start[1:])
        pair = np.repeat(self.start[places] - start[:-1], counts) + np.arange(start[-1], dtype=np.int32)
        shape = (len(places), self.shape[1])
        return TravelCosts(shape, locked(start), locked(self.destination[pair]), locked(self.cost[pair]))

    def narrowed(self) -> TravelCosts:
        """The same pairs with costs as float32, half the memory: what is kept for the whole nation."""
        return TravelCosts(self.shape, self.start, self.destination, locked(self.cost.astype(np.float32)))

    def _kept(self, mask: npt.NDArray[np.bool_]) -> TravelCosts:
        before = np.zeros(len(mask) + 1, dtype=np.int32)
        np.cumsum(mask, out=before[1:])
        return TravelCosts(self.shape, locked(before[self.start]), locked(self.destination[mask]), locked(self.cost[mask]))


def checked_reach(reach: object) -> float:
    """Minutes or miles, 0 or more."""
    return zero_or_more(reach, "reach", "a number of minutes or miles, 0 or more")


def checked_shape(shape: tuple[int, int]) -> tuple[int, int]:
    if len(shape) != 2 or any(int(size) != size or size < 0 for size in shape):
        raise ValueError(f"The shape of the costs is {shape}; it must be (places, sites).")
    return int(shape[0]), int(shape[1])


def positions(given: npt.ArrayLike, size: int, what: str) -> npt.NDArray[np.int64]:
    """Integer positions from 0 to size - 1, or a ValueError that names the first that is not."""
    array = np.asarray(given).ravel()
    if array.size == 0:
        return np.empty(0, dtype=np.int64)
    if not np.issubdtype(array.dtype, np.integer):
        raise ValueError(f"The {what}s are {array.dtype} values; they must be whole positions from 0. Map ids to positions first.")
    wrong = np.flatnonzero((array < 0) | (array >= size))
    if wrong.size:
        raise ValueError(f"Pair {wrong[0]} names the {what} {array[wrong[0]]}; there are {size:,}, numbered from 0.")
    return array.astype(np.int64)


def locked(array: Any) -> Any:
    """The array, closed to change: pairs are shared by all visitors."""
    array.flags.writeable = False
    return array
