"""Places that meet several conditions at once. Where a value is missing a condition is unknown, which is neither met nor not met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import status
from analytics.bearing import borne, heard
from analytics.cache import CACHE
from analytics.indicator import Indicator
from analytics.model import Result
from analytics.query import Query
from analytics.refusal import capital
from analytics.rollup import adults
from analytics.tables import Tables

MET, NOT_MET, UNKNOWN = "met", "not met", "unknown"
MOST: Final = 5
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Condition:
    """One of up to five that a place must meet: a measure over or under a value, in the measure's own unit (a share is 0 to 1)."""

    measure: str
    sign: str
    value: float

    def to_text(self) -> str:
        return f"{self.measure}:{self.sign}:{self.value:g}"


@dataclass(frozen=True)
class Checked:
    """One condition, asked: its result, the places where it is met and where it is unknown, in the order of the frame; or why not."""

    condition: Condition
    result: Result
    met: Mask
    unknown: Mask
    refused: str = ""
    """A sentence where the measure can't be asked so; it then counts in nothing."""

    @property
    def indicator(self) -> Indicator:
        return self.result.indicator

    @property
    def not_met(self) -> int:
        """How many places are known not to meet it."""
        return int((~self.met & ~self.unknown).sum())


@dataclass(frozen=True)
class Meeting:
    """Which places meet all conditions that can be asked.

    `frame` has geoid, name, people (adults on 1 July 2023), met ("met", "not met", "unknown"), and for the condition at position i
    value_i, status_i, met_i. A place that fails one condition is not met, whatever is missing of the others.
    """

    query: Query
    frame: pd.DataFrame
    checked: tuple[Checked, ...]

    @property
    def asked(self) -> tuple[Checked, ...]:
        """The conditions that could be asked."""
        return tuple(one for one in self.checked if not one.refused)

    @property
    def refused(self) -> tuple[Checked, ...]:
        return tuple(one for one in self.checked if one.refused)

    def of(self, kind: str) -> pd.DataFrame:
        """The rows that are met, not met or unknown."""
        return self.frame[self.frame["met"] == kind]

    @property
    def places(self) -> int:
        return len(self.of(MET))

    @property
    def people(self) -> float:
        """Adults in the places that meet all."""
        return float(np.nansum(self.of(MET)["people"]))

    @property
    def unknown(self) -> int:
        """Places that fail no condition that is known of them, but lack a value."""
        return len(self.of(UNKNOWN))

    @property
    def strictest(self) -> Checked | None:
        """The condition that leaves most places out, the first of those that tie."""
        return max(self.asked, key=lambda one: one.not_met, default=None)

    def without(self, one: Checked) -> int:
        """How many places meet all the other conditions."""
        others = [other.met for other in self.asked if other is not one]
        return int(np.logical_and.reduce(others).sum()) if others else len(self.frame)


def meets(query: Query, conditions: Sequence[Condition], tables: Tables) -> Meeting:
    """The places of the query's level within its state (or the nation), held against each condition.

    Each measure is asked with the lists that bear it (analytics/bearing.py). ValueError for a sign that is neither over nor under, for a
    measure nobody knows and for more than five conditions.
    """
    if len(conditions) > MOST:
        raise ValueError(f"At most {MOST} conditions are held at once; these are {len(conditions)}.")
    return CACHE.get((tables.version, "meets", query, tuple(conditions)), lambda: _meets(query, conditions, tables))


def _meets(query: Query, conditions: Sequence[Condition], tables: Tables) -> Meeting:
    asked = [(one, heard(borne(query, measure=one.measure), tables)) for one in conditions]
    refusals = [refused(one, result) for one, result in asked]
    frame = next((result.frame for (_, result), said in zip(asked, refusals, strict=True) if not said), None)
    rows = pd.DataFrame({"geoid": [], "name": [], "people": []}) if frame is None else frame[["geoid", "name"]].reset_index(drop=True)
    rows["people"] = np.rint(adults(query.level, tables).reindex(rows["geoid"]).to_numpy(dtype=float))
    checked = tuple(checked_on(rows["geoid"], one, result, said) for (one, result), said in zip(asked, refusals, strict=True))
    rows["met"] = together([one for one in checked if not one.refused], len(rows))
    for position, one in enumerate(checked):
        if one.refused:
            continue
        own = one.result.at(rows["geoid"])
        rows[f"value_{position}"], rows[f"status_{position}"] = own["value"], own["status"]
        rows[f"met_{position}"] = worded(one.met, one.unknown)
    return Meeting(query, rows, checked)


def refused(one: Condition, result: Result) -> str:
    """Why a condition can't be asked, or ""."""
    if one.sign not in ("over", "under"):
        raise ValueError(f"A condition is over or under a value, not “{one.sign}”.")
    if result.refusal is not None:
        return result.refusal.sentence
    if result.indicator.categories:
        return f"“{capital(result.indicator.label)}” puts places into classes; over or under needs a measure with numbers."
    return ""


def checked_on(geoids: pd.Series, one: Condition, result: Result, said: str) -> Checked:
    """The condition held against each place; exactly the value is neither over nor under it."""
    nowhere = np.zeros(len(geoids), dtype=bool)
    if said:
        return Checked(one, result, nowhere, nowhere, said)
    own = result.at(geoids)
    value = own["value"].to_numpy()
    known = own["status"].isin(list(status.WITH_VALUE)).to_numpy() & np.isfinite(value)
    beyond = value > one.value if one.sign == "over" else value < one.value
    return Checked(one, result, known & beyond, ~known)


def together(checked: Sequence[Checked], count: int) -> npt.NDArray[np.object_]:
    """met, not met or unknown over all conditions: one that is not met decides, else one that is unknown."""
    if not checked:
        return np.full(count, UNKNOWN, dtype=object)
    met = np.logical_and.reduce([one.met for one in checked])
    failed = np.logical_or.reduce([~one.met & ~one.unknown for one in checked])
    return worded(met, ~met & ~failed)


def worded(met: Mask, unknown: Mask) -> npt.NDArray[np.object_]:
    return np.where(met, MET, np.where(unknown, UNKNOWN, NOT_MET)).astype(object)


def starting_value(result: Result) -> tuple[str, float]:
    """("over" or "under", value) that a new condition of this measure begins with: its worst quarter of places.

    Where so many places share a value that no place lies beyond that quarter, the middle and then the best quarter is taken, and then the
    middle of the others. NaN where no place has a value.
    """
    value = result.frame["value"].to_numpy(dtype=float)
    value = value[np.isfinite(value)]
    under = result.indicator.worse == "low"
    if not value.size:
        return "under" if under else "over", float("nan")
    quarters = np.quantile(value, [0.25, 0.5, 0.75] if under else [0.75, 0.5, 0.25])
    beyond = [one for one in quarters if ((value < one) if under else (value > one)).any()]
    others = value[value != quarters[0]]
    return "under" if under else "over", float(beyond[0] if beyond else np.median(others) if others.size else quarters[0])
