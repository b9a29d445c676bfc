"""What a way costs: straight miles, or minutes by road. A model is an immutable value, so that pairs can be kept by it.

Minutes = straight miles x detour index, half of the way at the speed of each end's county, plus minutes on a ferry.
The numbers are handed in (dated and cited in YAML): this module knows none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


@runtime_checkable
class TravelModel(Protocol):
    """A pace is minutes a road mile at one end of the way; a model without speeds gives 0."""

    def __hash__(self) -> int: ...

    @property
    def unit(self) -> str:
        """miles or minutes."""
        ...

    def pace(self, frame: pd.DataFrame, what: str) -> Floats:
        """The pace of each row; ValueError that names the row where it can't be told."""
        ...

    def cost(self, driven: Floats, sailed: npt.ArrayLike, aboard: npt.ArrayLike, start: npt.ArrayLike, end: npt.ArrayLike) -> Floats:
        """Cost of straight miles driven, straight miles by ferry and minutes aboard, with the paces of both ends."""
        ...

    def widest(self, reach: float, start: float, end: float) -> float:
        """Straight miles beyond which no site, be it a mean over several points, costs `reach` or less."""
        ...


@dataclass(frozen=True)
class StraightMiles:
    """Great-circle miles; through a gate the sum of the legs."""

    unit: str = "miles"

    def pace(self, frame: pd.DataFrame, what: str) -> Floats:
        return np.zeros(len(frame))

    def cost(self, driven: Floats, sailed: npt.ArrayLike, aboard: npt.ArrayLike, start: npt.ArrayLike, end: npt.ArrayLike) -> Floats:
        return np.asarray(driven + np.asarray(sailed), dtype=np.float64)

    def widest(self, reach: float, start: float, end: float) -> float:
        return reach


@dataclass(frozen=True)
class RoadMinutes:
    """Modelled minutes by car. `speeds` is (RUCC, miles an hour) in order; see `road_minutes` for making one from parameters."""

    near: float
    near_miles: float
    far: float
    far_miles: float
    speeds: tuple[tuple[int, float], ...]
    unit: str = "minutes"

    def __post_init__(self) -> None:
        if not (self.near >= self.far > 0 and 0 <= self.near_miles < self.far_miles):
            raise ValueError(
                f"The detour index must fall from {self.near:g} at {self.near_miles:g} miles to {self.far:g} at {self.far_miles:g} miles and stay above 0."
            )
        if self._steepest <= 2 * self._slope * self.far_miles:
            raise ValueError("The detour index falls so fast that a longer way would have fewer road miles; let it fall more slowly.")
        slow = [rucc for rucc, speed in self.speeds if not (np.isfinite(speed) and speed > 0)]
        if slow or not self.speeds:
            raise ValueError(f"A speed must be a number above 0; that of the Rural-Urban Continuum Code {slow or 'none'} is not.")

    @property
    def _slope(self) -> float:
        return (self.near - self.far) / (self.far_miles - self.near_miles)

    @property
    def _steepest(self) -> float:
        return self.near + self._slope * self.near_miles

    def road_miles(self, straight: npt.ArrayLike) -> Floats:
        """Road miles for straight miles, same shape; never falling."""
        miles = np.asarray(straight, dtype=np.float64)
        return miles * np.clip(self._steepest - self._slope * miles, self.far, self.near)

    def pace(self, frame: pd.DataFrame, what: str) -> Floats:
        if "rucc" not in frame:
            raise ValueError(f"The {what} need a column rucc (Rural-Urban Continuum Code, 1 to 9) for a speed; or ask for straight miles.")
        known = dict(self.speeds)
        minutes = frame["rucc"].map({rucc: 60.0 / speed for rucc, speed in known.items()})
        pace: Floats = np.asarray(minutes.to_numpy(dtype=np.float64, na_value=np.nan), dtype=np.float64)
        wrong = np.flatnonzero(np.isnan(pace))
        if wrong.size:
            raise ValueError(
                f"Row {wrong[0]} of the {what} has the Rural-Urban Continuum Code {frame['rucc'].iloc[wrong[0]]}; there are speeds for {sorted(known)}."
            )
        return pace

    def cost(self, driven: Floats, sailed: npt.ArrayLike, aboard: npt.ArrayLike, start: npt.ArrayLike, end: npt.ArrayLike) -> Floats:
        half = 0.5 * (np.asarray(start, dtype=np.float64) + np.asarray(end, dtype=np.float64))
        return np.asarray(self.road_miles(driven) * half + np.asarray(aboard), dtype=np.float64)

    def widest(self, reach: float, start: float, end: float) -> float:
        # Road miles are never under `far` times the straight ones, and that holds for a mean over points as well.
        return reach / (0.5 * (start + end)) / self.far


@dataclass(frozen=True)
class RoadMiles:
    """Road miles by the detour index of a model of minutes, and the straight miles of a ferry: what a journey and its bill count."""

    road: RoadMinutes
    unit: str = "miles"

    def pace(self, frame: pd.DataFrame, what: str) -> Floats:
        return np.zeros(len(frame))

    def cost(self, driven: Floats, sailed: npt.ArrayLike, aboard: npt.ArrayLike, start: npt.ArrayLike, end: npt.ArrayLike) -> Floats:
        return np.asarray(self.road.road_miles(driven) + np.asarray(sailed), dtype=np.float64)

    def widest(self, reach: float, start: float, end: float) -> float:
        # Miles by ferry count as they are.
        return reach / min(self.road.far, 1.0)


def road_minutes(detour: Mapping[str, float], speeds: Mapping[Any, float], factor: float = 1.0) -> RoadMinutes:
    """The model from the values of travel/detour_index, travel/speed and travel/speed_factor."""
    if not (np.isfinite(factor) and factor > 0):
        raise ValueError(f"All speeds are multiplied by {factor}; it must be a number above 0.")
    return RoadMinutes(
        near=float(detour["near"]),
        near_miles=float(detour["near_miles"]),
        far=float(detour["far"]),
        far_miles=float(detour["far_miles"]),
        speeds=tuple(sorted((int(rucc), float(speed) * factor) for rucc, speed in speeds.items())),
    )
