"""Places in order, the worst first, and whether each is in the worst tenth once its interval is looked at.

The border is the value of the last place of the worst tenth and is taken as known. With an interval a place is in that tenth

- certainly, where its whole interval lies on the worse side of the border (the border included);
- likely, where its value does and more than half of its interval;
- unclear, where the interval reaches over the border and neither of these holds;
- not, where the whole interval lies on the better side.

A place without an interval is told by its value alone, and that it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import status
from analytics.model import Result
from analytics.refusal import LEVEL_PLURALS, capital
from analytics.worst_off import Floats, largest_tie, rank_spans
from data.parameter import load

CERTAIN, LIKELY, UNCLEAR, NO = "certain", "likely", "unclear", "no"
BY_VALUE, NOT_BY_VALUE = "by its value alone", "not by its value alone"
NO_TENTH = "too few places"
TENTH: Final = 0.1
COLUMNS: Final = ("geoid", "name", "value", "low", "high", "status", "people", "rank", "last_rank", "verdict")


@dataclass(frozen=True)
class Ranking:
    """Places with a value in order.

    `frame` has geoid, name, value, low, high, status, people, rank (1 is the worst; places that tie share it), last_rank (the last that
    the tie takes up), verdict. Ties stand by more people, then by id. `border` is the value of the worst tenth's last place, NaN where no
    place is in it. With a refusal the frame is empty.
    """

    result: Result
    frame: pd.DataFrame
    border: float
    missing: int
    """Places without a value, which have no rank."""
    refusal: str = ""

    def of(self, verdict: str) -> pd.DataFrame:
        return self.frame[self.frame["verdict"] == verdict]

    @property
    def has_intervals(self) -> bool:
        return bool(np.isfinite(self.frame["low"].to_numpy(dtype=float)).any())


def ranking(result: Result) -> Ranking:
    """The places of a result in order, the worst first; from the highest where neither end is worse."""
    frame = result.frame
    known = frame["status"].isin(list(status.WITH_VALUE)) & np.isfinite(frame["value"].to_numpy(dtype=float))
    rows, missing = frame[known].reset_index(drop=True), int((~known).sum())
    worst_high = result.indicator.worse != "low"
    if said := refused(result, rows):
        return Ranking(result, pd.DataFrame(columns=list(COLUMNS)), float("nan"), missing, said)
    value, low, high = (rows[name].to_numpy(dtype=float) for name in ("value", "low", "high"))
    first, last = rank_spans(-value if worst_high else value)
    # A group that ties is in the worst tenth where taking all of it comes nearer to a tenth than leaving it.
    found = (first - 1 + last) / 2 <= TENTH * len(rows)
    border = float(value[found].min() if worst_high else value[found].max()) if found.any() else float("nan")
    rows = rows.assign(
        status=rows["status"].astype("object"),
        rank=first.astype(int),
        last_rank=last.astype(int),
        verdict=verdicts(value, low, high, border, worst_high),
    )
    rows = rows.sort_values(["rank", "people", "geoid"], ascending=[True, False, True], ignore_index=True)
    return Ranking(result, rows[list(COLUMNS)], border, missing)


def refused(result: Result, rows: pd.DataFrame) -> str:
    """Why there is no ranking, or ""."""
    if result.refusal is not None:
        return result.refusal.sentence
    label, plural = capital(result.indicator.label), LEVEL_PLURALS[result.query.level]
    if result.indicator.categories:
        return f"“{label}” puts places into classes; within a class there is no order."
    if len(rows) < 2:
        return f"A ranking needs at least two {plural} with a value; here there {'is one' if len(rows) == 1 else 'is none'}."
    value = rows["value"].to_numpy(dtype=float)
    common, count = rows["value"].value_counts().index[0], int(rows["value"].value_counts().iloc[0])
    if count > 1 and largest_tie(value) > load("access/tied_share_refused").number():
        at = "stand at zero" if common == 0 else "have the very same value"
        return f"{count:,} of {len(rows):,} {plural} {at}: ranks would tell apart what is alike. Rank them by a measure that differs, such as minutes to the nearest provider."
    return ""


def verdicts(value: Floats, low: Floats, high: Floats, border: float, worst_high: bool) -> npt.NDArray[np.object_]:
    """Whether each place is in the worst tenth; the rule stands at the head of this file. Arrays of n, intervals NaN where there are none."""
    if np.isnan(border):
        return np.full(len(value), NO_TENTH, dtype=object)
    sign = 1.0 if worst_high else -1.0
    at, edge = sign * value, sign * border
    best, worst = (sign * low, sign * high) if worst_high else (sign * high, sign * low)
    has_interval = np.isfinite(low) & np.isfinite(high)
    inside = at >= edge
    with np.errstate(invalid="ignore", divide="ignore"):
        beyond = np.where(worst > best, (worst - edge) / (worst - best), 0.0)
    told = np.select(
        [best >= edge, worst < edge, inside & (beyond > 0.5)],
        [CERTAIN, NO, LIKELY],
        UNCLEAR,
    )
    return np.where(has_interval, told, np.where(inside, BY_VALUE, NOT_BY_VALUE)).astype(object)
