"""Two measures of the same places: what both know, how their ranks go together, and the thirds of each.

A correlation between places says nothing about persons, and nothing about causes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.compared import rank_correlation
from analytics.model import Result
from analytics.query import MODALITIES
from analytics.refusal import LEVEL_PLURALS, capital
from analytics.worst_off import Floats, rank_spans

THIRDS: Final = 3
FEWEST: Final = THIRDS * THIRDS
"""Places with both values that nine classes need at least."""
MISSING: Final = -1


@dataclass(frozen=True)
class Pair:
    """Two measures of the same places.

    `frame` has geoid, name, people (adults on 1 July 2023), and x, y (values), status_x, status_y of the first and second measure, one
    row a place of the level that both are asked for. `both` tells the rows where both have a value.
    """

    first: Result
    second: Result
    frame: pd.DataFrame
    both: npt.NDArray[np.bool_]
    correlation: float
    """Spearman's rank correlation over the places with both values; NaN where `reason` says why there is none."""
    tied: float
    """The larger share of places that share one value."""
    reason: str
    """"" , "few" or "tied" (analytics/compared.py)."""

    @cached_property
    def thirds(self) -> tuple[Thirds, Thirds]:
        """The thirds of the first and of the second measure, over the places that have both."""
        x, y = (self.frame[column].to_numpy(dtype=float) for column in ("x", "y"))
        return thirds(x, self.both), thirds(y, self.both)

    @property
    def places(self) -> int:
        """Places with both values."""
        return int(self.both.sum())

    @property
    def labels(self) -> tuple[str, str]:
        """What each is called; where both are one measure, with the kind of therapy that each is for."""
        labels = self.first.indicator.label, self.second.indicator.label
        if labels[0] != labels[1]:
            return labels
        kinds = [
            f", for {MODALITIES[one.query.modality]}" if "modality" in one.indicator.asked else "" for one in (self.first, self.second)
        ]
        return labels[0] + kinds[0], labels[1] + kinds[1]

    @property
    def medians(self) -> tuple[float, float]:
        """The middle place of each, over the places with both values; NaN without any."""
        known = self.frame[self.both]
        return (float(known["x"].median()), float(known["y"].median()))


@dataclass(frozen=True)
class Thirds:
    """Three classes of equal numbers of places of one measure: 0 low, 1 middle, 2 high, -1 without both values.

    `borders` are the least values of the middle and of the high third; NaN where ties leave a third empty.
    """

    third: npt.NDArray[np.int8]
    borders: tuple[float, float]

    def counts(self) -> tuple[int, ...]:
        return tuple(int((self.third == one).sum()) for one in range(THIRDS))


def refused(first: Result, second: Result) -> str:
    """Why these two are not shown together, or "": the second is refused, or is the first once more."""
    if second.refusal is not None:
        return second.refusal.sentence
    if first.refusal is not None:
        return first.refusal.sentence
    if second.query == first.query:
        return f"Both measures are “{first.indicator.label}”; choose another one to set beside it."
    return ""


def no_thirds(pair: Pair) -> str:
    """Why these two have no map of thirds, or ""."""
    plural = LEVEL_PLURALS[pair.first.query.level]
    for result, column in ((pair.first, "x"), (pair.second, "y")):
        label = capital(result.indicator.label)
        if result.indicator.categories:
            return f"“{label}” puts places into classes and has no thirds; see both as two maps side by side."
        known = pair.frame.loc[pair.both, column].to_numpy(dtype=float)
        if known.size and (known == known[0]).all():
            return f"“{label}” is the same in all these {plural}, so that there are no thirds; see both as two maps side by side."
    if pair.places < FEWEST:
        have = "has" if pair.places == 1 else "have"
        places = f"1 {pair.first.query.level}" if pair.places == 1 else f"{pair.places} {plural}"
        return f"Nine classes need at least {FEWEST} places with both values; here {places} {have} them. Choose a larger place, or a finer level."
    return ""


def unshown(pair: Pair, together: str) -> str:
    """Why these two are not shown in this way ("beside", "bivariate", "scatter"), or ""."""
    if together == "bivariate":
        return no_thirds(pair)
    return "No place has a value of both measures." if together == "scatter" and not pair.places else ""


def paired(first: Result, second: Result) -> Pair:
    """The two results place by place, in the order of the first. Both are answers of one level and place."""
    rows = first.frame[["geoid", "name", "people"]].reset_index(drop=True)
    for result, one in ((first, "x"), (second, "y")):
        own = result.at(rows["geoid"])
        rows[one], rows[f"status_{one}"] = own["value"], own["status"]
    both = np.isfinite(rows["x"].to_numpy()) & np.isfinite(rows["y"].to_numpy())
    known = rows[both]
    correlation, tied, reason = rank_correlation(known["x"].to_numpy(dtype=float), known["y"].to_numpy(dtype=float))
    return Pair(first, second, rows, both, correlation, tied, reason)


def thirds(values: Floats, both: npt.NDArray[np.bool_]) -> Thirds:
    """Each place in the third in which the middle of its ranks lies; those that share the least value are low, those that share the
    greatest are high. Places that share a value stay together, so that thirds are unequal where many do. Places count alike, whoever
    lives there.
    """
    third = np.full(len(values), MISSING, dtype=np.int8)
    known = np.asarray(values, dtype=float)[both]
    first, last = rank_spans(known)
    middle = (first - 1 + last) / 2 / max(len(known), 1)
    inner = np.minimum(np.floor(THIRDS * middle + 1e-9), THIRDS - 1)
    third[both] = np.where(first == 1, 0, np.where(last == len(known), THIRDS - 1, inner)).astype(np.int8)
    ends = [known[third[both] >= one] for one in range(1, THIRDS)]
    low, high = (float(one.min()) if one.size else float("nan") for one in ends)
    return Thirds(third, (low, high))
