"""From values to classes: borders with a meaning, else quantiles; zero is a class of its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import status
from analytics.cache import CACHE
from analytics.indicator import Indicator
from analytics.model import Result
from maps.breaks import borders
from maps.numbers import MISSING_WORDS, UNITS, bordering, short
from maps.palette import Scheme
from maps.view import Classing

SUBJECT = Classing()
ZERO_CLASS = -1
MISSING_CLASS = -2


@dataclass(frozen=True)
class Classes:
    """Class borders (inner), colours from low values to high, and the class of each place.

    `code` is 0..k-1 for a value, -1 for a true zero, -2 for a missing value. `zero` is the colour of zeros, or None where
    zero is nothing special or does not occur. `missing` counts the places by kind of missing.
    """

    breaks: tuple[float, ...]
    colours: tuple[str, ...]
    code: npt.NDArray[np.int8]
    zero: str | None
    missing: dict[str, int]
    unit: str
    categories: tuple[str, ...] = ()
    said: str = ""
    """How places are classed where a person chose it, and what could not be had of it; "" for the subject's own classes."""
    exact: bool = False
    """Whether labels show every digit of the borders: of those that were not rounded to be remembered."""

    def labels(self) -> list[str]:
        """One label a class: "under 10", "10-20", ..., "over 150"; or the words of the categories."""
        if self.categories:
            return list(self.categories)
        if not self.breaks:
            return ["all places"]
        shown = [(bordering if self.exact else short)(one, self.unit) for one in self.breaks]
        middle = [f"{a.removesuffix(' %')}–{b}" for a, b in pairwise(shown)]
        return [f"under {shown[0]}", *middle, f"{shown[-1]} and over"]


def classes_of(result: Result, scheme: Scheme, classing: Classing = SUBJECT) -> Classes:
    """The classes of an answer as `answer` gave it, kept for the map, its legend and its controls, and for whoever asks again."""
    key = (result.data_version, "classes", result.query, classing, scheme.name)
    return CACHE.get(key, lambda: classify(result.frame, result.indicator, scheme, classing))


def classify(frame: pd.DataFrame, indicator: Indicator, scheme: Scheme, classing: Classing = SUBJECT) -> Classes:
    """Classes for the values of a result's frame, as `View.classing` asks. Strong colours fall on the end that is worse for people.

    Never an error: where the classes asked for can't be had there are fewer, and `said` tells why.
    """
    value = frame["value"].to_numpy(dtype=float)
    states = frame["status"].astype(str).to_numpy()
    has_value = np.isin(states, list(status.WITH_VALUE))
    is_zero = states == status.ZERO
    if indicator.categories:
        return categorised(value, has_value, states, indicator, scheme)
    apart = zero_is_apart(indicator)
    ranked = value[has_value & ~(is_zero & apart)]
    found = borders(ranked, indicator, classing)
    breaks = found.inner
    code = np.searchsorted(np.asarray(breaks), value, side="right").astype(np.int8)
    if apart:
        code[is_zero] = ZERO_CLASS
    code[~has_value] = MISSING_CLASS
    count = len(breaks) + 1
    ramp = scheme.ramp(indicator.subject, count + apart)
    if indicator.worse == "low":
        ramp = ramp[::-1]
    zero: str | None = None
    if apart:
        # The first colour is zero's even where there is none, so that a value has one colour in every view.
        zero, ramp = (ramp[0] if is_zero.any() else None), ramp[1:]
    return Classes(breaks, ramp, code, zero, missing_kinds(states), indicator.unit, said=found.said, exact=classing.scheme != "subject")


def missing_kinds(states: npt.NDArray[np.object_]) -> dict[str, int]:
    """How many places have no value, by kind of missing."""
    return {kind: int((states == kind).sum()) for kind in MISSING_WORDS if (states == kind).any()}


def categorised(
    value: npt.NDArray[np.float64], has_value: npt.NDArray[np.bool_], states: npt.NDArray[np.object_], indicator: Indicator, scheme: Scheme
) -> Classes:
    """Classes of a measure whose values are the positions of its categories: each is a class, in every view."""
    code = np.where(has_value, np.nan_to_num(value), MISSING_CLASS).astype(np.int8)
    return Classes(
        (),
        scheme.categories(indicator.subject, len(indicator.categories), indicator.worse),
        code,
        None,
        missing_kinds(states),
        indicator.unit,
        indicator.categories,
    )


def zero_is_apart(indicator: Indicator) -> bool:
    """Zero is a class where it means "nobody" or "none": shares within reach and counts."""
    return bool(UNITS[indicator.unit].zero) and (indicator.unit != "share" or indicator.uses_providers)
