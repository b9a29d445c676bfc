"""From values to classes: borders with a meaning, else quantiles; zero is a class of its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import status
from analytics.indicator import Indicator
from maps.numbers import MISSING_WORDS, short
from maps.palette import Scheme

QUANTILES = 5
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

    def labels(self) -> list[str]:
        """One label a class: "under 10", "10-20", ..., "over 150"."""
        if not self.breaks:
            return ["all places"]
        shown = [short(one, self.unit) for one in self.breaks]
        middle = [f"{a.removesuffix(' %')}–{b}" for a, b in pairwise(shown)]
        return [f"under {shown[0]}", *middle, f"{shown[-1]} and over"]


def classify(frame: pd.DataFrame, indicator: Indicator, scheme: Scheme) -> Classes:
    """Classes for the values of a result's frame. Strong colours fall on the end that is worse for people."""
    value = frame["value"].to_numpy(dtype=float)
    states = frame["status"].astype(str).to_numpy()
    has_value = np.isin(states, list(status.WITH_VALUE))
    is_zero = states == status.ZERO
    apart = zero_is_apart(indicator)
    ranked = value[has_value & ~(is_zero & apart)]
    breaks = class_breaks(ranked, indicator)
    code = np.searchsorted(np.asarray(breaks), value, side="right").astype(np.int8)
    if apart:
        code[is_zero] = ZERO_CLASS
    code[~has_value] = MISSING_CLASS
    count = len(breaks) + 1
    ramp = scheme.ramp(indicator.subject, min(count + apart, len(scheme.ramps[indicator.subject])))
    if indicator.worse == "low":
        ramp = ramp[::-1]
    zero: str | None = None
    if apart:
        # The first colour is zero's even where there is none, so that a value has one colour in every view.
        zero, ramp = (ramp[0] if is_zero.any() else None), ramp[1:]
    missing = {kind: int((states == kind).sum()) for kind in MISSING_WORDS if (states == kind).any()}
    return Classes(breaks, ramp, code, zero, missing, indicator.unit)


def zero_is_apart(indicator: Indicator) -> bool:
    """Zero is a class where it means "nobody" or "none": shares within reach and counts."""
    return indicator.unit in {"sites", "rate"} or (indicator.unit == "share" and indicator.uses_providers)


def class_breaks(values: npt.NDArray[np.float64], indicator: Indicator) -> tuple[float, ...]:
    """The measure's own borders, all of them in every view, so that a colour means the same everywhere; else rounded quantiles."""
    if indicator.breaks:
        return indicator.breaks
    if values.size == 0:
        return ()
    edges = np.quantile(values, np.linspace(0, 1, QUANTILES + 1)[1:-1])
    rounded = dict.fromkeys(round_border(float(edge), indicator.unit) for edge in edges)
    return tuple(sorted(one for one in rounded if values.min() < one <= values.max()))


def round_border(value: float, unit: str) -> float:
    """A border a reader can remember: whole per cent, else two or three digits."""
    if unit == "share":
        return round(value, 2)
    if value == 0:
        return 0.0
    digits = 2 if unit == "people" else 3
    return float(f"{value:.{digits}g}")
