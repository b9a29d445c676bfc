"""Both ends of a way, ready to be measured: places and sites as unit vectors, each with its pace and its label."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from analytics.checked import numbers
from analytics.distance import Sites, asked, miles_from_chord, unit_vectors
from analytics.travel_model import TravelModel
from analytics.waters import Waters

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Places:
    xyz: Floats
    pace: Floats
    label: Ints

    def only(self, rows: Ints) -> Places:
        """Some of the places. Where all are asked for they are these very ones, with what was worked out of them."""
        if len(rows) == len(self.xyz) and (np.diff(rows) == 1).all():
            return self
        return Places(self.xyz[rows], self.pace[rows], self.label[rows])

    @cached_property
    def _sides(self) -> dict[int, Ints]:
        return {int(label): np.flatnonzero(self.label == label) for label in np.unique(self.label)}

    @cached_property
    def _to_gates(self) -> dict[Waters, Floats]:
        return {}

    def on_side(self, label: int) -> Ints:
        """The places of a label."""
        return self._sides.get(label, np.empty(0, dtype=np.intp))

    def miles_to_gates(self, waters: Waters) -> Floats:
        """Straight miles from each place to the nearest gate on its own side of the water, inf where there is none; worked out once."""
        if waters not in self._to_gates:
            miles = np.full(len(self.xyz), np.inf)
            for label, rows in self._sides.items():
                gates = waters.end_xyz[waters.end_label == label]
                if len(gates):
                    miles[rows] = miles_from_chord(asked(cKDTree(gates), self.xyz[rows], 1)[0])
            self._to_gates[waters] = miles
        return self._to_gates[waters]


@dataclass(frozen=True)
class Points:
    """Sites as weighted points, sorted by site; `pace` and `label` are the site's."""

    sites: Sites
    pace: Floats
    label: Ints


def places_of(origins: pd.DataFrame, model: TravelModel, waters: Waters | None) -> Places:
    xyz = located(origins, "origins")
    label = waters.labels(origins, "origins") if waters is not None else np.zeros(len(origins), dtype=np.intp)
    return Places(xyz, model.pace(origins, "origins"), label)


def points_of(destinations: pd.DataFrame, model: TravelModel, waters: Waters | None) -> Points:
    """Destinations as sites. A site of several rows takes pace and label from the row of the greatest weight."""
    located(destinations, "destinations")
    frame = destinations.reset_index(drop=True)
    pace = model.pace(frame, "destinations")
    label = waters.labels(frame, "destinations") if waters is not None else np.zeros(len(frame), dtype=np.intp)
    if "site" not in frame:
        rows = np.arange(len(frame))
        return Points(Sites(frame["latitude"], frame["longitude"], rows, np.ones(len(frame))), pace, label)
    if "weight" not in frame:
        raise ValueError("The destinations have a column site and none named weight; give the weight of each of a site's points.")
    site, weight = numbered(frame["site"]), numbers(frame["weight"], "weight of the destinations")
    total = np.bincount(site, weights=weight, minlength=1) if len(site) else np.empty(0)
    if not np.all(weight >= 0) or not np.all(total > 0):
        raise ValueError("Every site from 0 up needs at least one point, with weights that are 0 or more and not all 0.")
    order = np.lexsort((-weight, site))
    heaviest = order[np.r_[True, np.diff(site[order]) > 0]] if len(site) else order
    points = Sites(frame["latitude"].to_numpy()[order], frame["longitude"].to_numpy()[order], site[order], (weight / total[site])[order])
    return Points(points, pace[heaviest], label[heaviest])


def numbered(sites: pd.Series) -> Ints:
    """The site of each point, a whole number from 0; ValueError that names the first that is none."""
    given = numbers(sites, "site of the destinations")
    wrong = np.flatnonzero(~((given >= 0) & (given == np.floor(given)) & np.isfinite(given)))
    if wrong.size:
        raise ValueError(
            f"The site of the destinations at position {wrong[0]} is {given[wrong[0]]:g}; sites are numbered 0, 1, 2 and so on."
        )
    return given.astype(np.intp)


def located(frame: pd.DataFrame, what: str) -> Floats:
    """Unit vectors of a frame's latitude and longitude; ValueError that says which frame is wrong."""
    missing = [name for name in ("latitude", "longitude") if name not in frame]
    if missing:
        raise ValueError(f"The {what} have no column {missing[0]}; give latitude and longitude in degrees.")
    latitude, longitude = (numbers(frame[name], f"{name} of the {what}") for name in ("latitude", "longitude"))
    # The ice of Antarctica, turned round, is the United States: nobody means the ice.
    swapped = np.flatnonzero((latitude <= -60) & (longitude >= 13) & (longitude <= 72))
    if swapped.size:
        first = swapped[0]
        raise ValueError(
            f"The {what} can't be placed. Row {first} has latitude {latitude[first]:g} and longitude {longitude[first]:g}; they are swapped."
        )
    try:
        return unit_vectors(latitude, longitude)
    except ValueError as error:
        raise ValueError(f"The {what} can't be placed. {error}") from None
