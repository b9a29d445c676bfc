"""Water and missing roads. A barrier is a label on places, not a geometry: within a label the way is straight, between labels it
leads through gates (a bridge, a ferry, a point of a land border). Where no gate leads, there is no road.

The lists of counties, the boxes and the gates are handed in; they stand, cited, in the parameter travel/waters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from analytics.distance import miles_from_chord, unit_vectors
from analytics.travel_model import TravelModel

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

MAINLAND = "mainland"
"""The label, always 0, of every place that no other label names."""

TYPICAL_PACE = 60 / 45
"""Minutes a road mile that decide only which way leads over the land between two gates."""


@dataclass(frozen=True)
class Area:
    """Places of one label: all of some counties, or of them what lies in a box (south, west, north, east)."""

    label: int
    counties: tuple[str, ...]
    """In rising order."""
    box: tuple[float, float, float, float] | None


@dataclass(frozen=True)
class Chains:
    """Ways from one label to another, from gate end to gate end: what lies between the first and the last."""

    first: Ints
    last: Ints
    driven: Floats
    sailed: Floats
    aboard: Floats


@dataclass(frozen=True, eq=False)
class Waters:
    """Labels, and the gates between them. Gate g has the ends 2g and 2g + 1, with points and labels."""

    id: str
    names: tuple[str, ...]
    areas: tuple[Area, ...]
    end_xyz: Floats
    end_label: Ints
    sailed: Floats
    """Straight miles of each gate's crossing, when by ferry."""
    crossed: Floats
    """Straight miles of each gate's crossing, when driven."""
    aboard: Floats
    """Minutes of each gate's crossing, waiting not counted; 0 for a bridge."""

    def __hash__(self) -> int:
        return hash(self.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Waters) and self.id == other.id

    def labels(self, frame: pd.DataFrame, what: str) -> Ints:
        """The label of each row, by its county and point; later areas go before earlier ones. ValueError without a county."""
        if "county" not in frame:
            raise ValueError(f"The {what} need a column county (five digits) to tell on which side of the water they lie.")
        latitude, longitude = (frame[name].to_numpy(dtype=np.float64) for name in ("latitude", "longitude"))
        labels = np.zeros(len(frame), dtype=np.intp)
        unknown = np.flatnonzero(frame["county"].isna())
        if unknown.size:
            raise ValueError(f"Row {unknown[0]} of the {what} has no county, so nobody can tell on which side of the water it lies.")
        codes, found = pd.factorize(frame["county"].to_numpy(dtype=object))
        for area in self.areas:
            rows = np.flatnonzero(np.isin(found, area.counties)[codes])
            if area.box is not None:
                south, west, north, east = area.box
                north_south = (latitude[rows] >= south) & (latitude[rows] <= north)
                rows = rows[north_south & (longitude[rows] >= west) & (longitude[rows] <= east)]
            labels[rows] = area.label
        return labels

    def joined(self) -> Ints:
        """A number for each label, the same for labels between which a road leads."""
        size = len(self.names)
        links = coo_array((np.ones(len(self.aboard)), (self.end_label[0::2], self.end_label[1::2])), shape=(size, size))
        return np.asarray(connected_components(links, directed=False)[1], dtype=np.intp)

    def without_road(self, origins: Ints, sites: Ints) -> npt.NDArray[np.bool_]:
        """Places (by label) from which no road leads to any site (by label)."""
        joined = self.joined()
        return ~np.isin(joined[origins], joined[np.unique(sites)])

    def chains(self, model: TravelModel) -> dict[tuple[int, int], Chains]:
        """For each two labels the ways between them: each begins and ends with a crossing, so none walks on its own side first."""
        return _chains(self, model)


@lru_cache(maxsize=8)
def _chains(waters: Waters, model: TravelModel) -> dict[tuple[int, int], Chains]:
    """The least ways between all ends of gates, over land and through other gates; those that cross at both their ends are kept."""
    label, ends = waters.end_label, len(waters.end_label)
    if ends == 0:
        return {}
    driven = np.where(label[:, None] == label[None, :], between_points(waters.end_xyz), np.inf)
    sailed, aboard = np.zeros((ends, ends)), np.zeros((ends, ends))
    a, b = np.arange(0, ends, 2), np.arange(1, ends, 2)
    for one, other in ((a, b), (b, a)):
        driven[one, other], sailed[one, other], aboard[one, other] = waters.crossed, waters.sailed, waters.aboard
    joined = np.isfinite(driven)
    rough = model.cost(np.where(joined, driven, 0.0), sailed, aboard, TYPICAL_PACE, TYPICAL_PACE)
    # The tree of ways takes a cost of 0 for no way at all: a bridge with one point costs next to nothing instead.
    graph = csr_array(np.where(joined, np.maximum(rough, 1e-9), 0.0))
    least, before = dijkstra(graph, return_predecessors=True)
    first, last = np.nonzero(np.isfinite(least) & (label[:, None] != label[None, :]))
    total, second = walked(first, last, before, (driven, sailed, aboard))
    crosses = (label[second] != label[first]) & (label[before[first, last]] != label[last])
    found = {}
    for start, goal in sorted(set(zip(label[first[crosses]].tolist(), label[last[crosses]].tolist(), strict=True))):
        own = np.flatnonzero(crosses & (label[first] == start) & (label[last] == goal))
        found[start, goal] = Chains(first[own], last[own], *(part[own] for part in total))
    return found


def walked(first: Ints, last: Ints, before: npt.NDArray[np.int32], parts: tuple[Floats, Floats, Floats]) -> tuple[list[Floats], Ints]:
    """(sum of each part along the way from first to last, the end after the first), walking back from the last."""
    total = [np.zeros(len(first)) for _ in parts]
    here, second = last.copy(), last.copy()
    going = np.flatnonzero(here != first)
    while going.size:
        back = before[first[going], here[going]].astype(np.intp)
        for sum_so_far, part in zip(total, parts, strict=True):
            sum_so_far[going] += part[back, here[going]]
        second[going], here[going] = here[going], back
        going = going[back != first[going]]
    return total, second


def between_points(xyz: Floats) -> Floats:
    """Great-circle miles between all points, (k, k)."""
    apart = xyz[:, None, :] - xyz[None, :, :]
    return miles_from_chord(np.sqrt(np.einsum("ijk,ijk->ij", apart, apart)))


def read_waters(value: Mapping[str, Any]) -> Waters:
    """Waters from the value of travel/waters.

    `labels`: name -> list of {counties, box}; `alone`: counties that are each a label of their own, without a gate; `gates`: each with
    name, from, to, and either `at` (a point, or one for each side), with `minutes` for a ferry, or `border` (many points).
    Raises ValueError that names the gate or label that can't be read.
    """
    names = [MAINLAND, *value.get("labels", {}), *(str(county) for county in value.get("alone", ()))]
    if len(set(names)) != len(names):
        raise ValueError("A barrier label stands twice, or is called mainland; give each its own name.")
    number = {name: position for position, name in enumerate(names)}
    areas = [
        Area(number[name], tuple(sorted(map(str, area["counties"]))), box_of(name, area.get("box")))
        for name, parts in value.get("labels", {}).items()
        for area in parts
    ]
    areas += [Area(number[str(county)], (str(county),), None) for county in value.get("alone", ())]
    points: list[tuple[float, float]] = []
    labels: list[int] = []
    minutes: list[float] = []
    for gate in value.get("gates", ()):
        unknown = [gate[side] for side in ("from", "to") if gate[side] not in number]
        if unknown:
            raise ValueError(f"The gate {gate['name']} leads to {unknown[0]}, which is no label; there are {', '.join(names)}.")
        if gate.get("minutes", 0) < 0:
            raise ValueError(f"The gate {gate['name']} takes {gate['minutes']} minutes; it must be 0 or more.")
        for one, other in gate_points(gate):
            points += [one, other]
            labels += [number[gate["from"]], number[gate["to"]]]
            minutes.append(float(gate.get("minutes", 0)))
    latitude, longitude = np.array(points, dtype=np.float64).reshape(-1, 2).T
    xyz = unit_vectors(latitude, longitude)
    apart = miles_from_chord(np.linalg.norm(xyz[0::2] - xyz[1::2], axis=1))
    aboard = np.array(minutes, dtype=np.float64)
    return Waters(
        id=fingerprint(names, areas, points, labels, minutes),
        names=tuple(names),
        areas=tuple(areas),
        end_xyz=xyz,
        end_label=np.array(labels, dtype=np.intp),
        sailed=np.where(aboard > 0, apart, 0.0),
        crossed=np.where(aboard > 0, 0.0, apart),
        aboard=aboard,
    )


def fingerprint(*parts: Any) -> str:
    """The same for waters that are the same, whoever read them; the pairs and ways that are kept go by it."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def box_of(name: str, given: Any) -> tuple[float, float, float, float] | None:
    """(south, west, north, east) of a label's box, or None where it has none."""
    if given is None:
        return None
    south, west, north, east = (float(side) for side in given)
    if not (south < north and west < east):
        raise ValueError(f"The box of the label {name} must be [south, west, north, east]; it is {list(given)}.")
    return south, west, north, east


def gate_points(gate: Mapping[str, Any]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The two ends of a gate, or of each point of a land border."""
    if "border" in gate:
        return [((float(point[0]), float(point[1])),) * 2 for point in gate["border"]]
    at = gate["at"]
    if len(at) != 2:
        raise ValueError(f"The gate {gate['name']} needs a point (latitude, longitude), or one for each side.")
    if isinstance(at[0], int | float):
        return [((float(at[0]), float(at[1])),) * 2]
    return [((float(at[0][0]), float(at[0][1])), (float(at[1][0]), float(at[1][1])))]
