"""Both ends of a way, ready to be measured: places and sites as unit vectors, each with its pace and its label."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.barriers import Barriers
from analytics.distance import Sites, unit_vectors
from analytics.travel_model import TravelModel

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Places:
    xyz: Floats
    pace: Floats
    label: Ints


@dataclass(frozen=True)
class Points:
    """Sites as weighted points, sorted by site; `pace` and `label` are the site's."""

    sites: Sites
    pace: Floats
    label: Ints


def places_of(origins: pd.DataFrame, model: TravelModel, barriers: Barriers | None) -> Places:
    xyz = located(origins, "origins")
    label = barriers.labels(origins, "origins") if barriers is not None else np.zeros(len(origins), dtype=np.intp)
    return Places(xyz, model.pace(origins, "origins"), label)


def points_of(destinations: pd.DataFrame, model: TravelModel, barriers: Barriers | None) -> Points:
    """Destinations as sites. A site of several rows takes pace and label from the row of the greatest weight."""
    located(destinations, "destinations")
    frame = destinations.reset_index(drop=True)
    pace = model.pace(frame, "destinations")
    label = barriers.labels(frame, "destinations") if barriers is not None else np.zeros(len(frame), dtype=np.intp)
    if "site" not in frame:
        rows = np.arange(len(frame))
        return Points(Sites(frame["latitude"], frame["longitude"], rows, np.ones(len(frame))), pace, label)
    site, weight = frame["site"].to_numpy(dtype=np.intp), frame["weight"].to_numpy(dtype=np.float64)
    total = np.bincount(site, weights=weight, minlength=1) if len(site) else np.empty(0)
    if not np.all(weight >= 0) or not np.all(total > 0):
        raise ValueError("Every site from 0 up needs at least one point, with weights that are 0 or more and not all 0.")
    order = np.lexsort((-weight, site))
    heaviest = order[np.r_[True, np.diff(site[order]) > 0]] if len(site) else order
    points = Sites(frame["latitude"].to_numpy()[order], frame["longitude"].to_numpy()[order], site[order], (weight / total[site])[order])
    return Points(points, pace[heaviest], label[heaviest])


def located(frame: pd.DataFrame, what: str) -> Floats:
    """Unit vectors of a frame's latitude and longitude; ValueError that says which frame is wrong."""
    missing = [name for name in ("latitude", "longitude") if name not in frame]
    if missing:
        raise ValueError(f"The {what} have no column {missing[0]}; give latitude and longitude in degrees.")
    latitude, longitude = (frame[name].to_numpy(dtype=np.float64) for name in ("latitude", "longitude"))
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
