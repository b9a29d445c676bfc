"""Which places a measure finds worst off: those at zero, or the worst fifth of the rest. Zero is its own class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics import status
from data.parameter import load

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

NOTHING_REACHED = (status.BEYOND_REACH, status.NO_ROAD)
"""Without a value, but not unknown: whatever the measure, nobody is worse off."""


@dataclass(frozen=True)
class Verdict:
    """What one measure says of n places."""

    known: Mask
    """Whether it says anything of the place."""
    valued: Mask
    """Whether what it says is a number, and not that nothing is reached."""
    zero: Mask
    found: Mask
    """Zero, or in the worst fifth of the rest."""
    standing: Floats
    """Greater is better off, whichever way the measure counts; -inf at zero, NaN where nothing is known."""


def verdict(value: npt.ArrayLike, states: npt.ArrayLike, worse: str) -> Verdict:
    """A measure's verdict on n places from its values, their statuses, and which end is worse ("low" or "high").

    Zero is a value of 0 where low is worse, and every place that reaches nothing; where high is worse 0 is the best there is.
    Places of the rest that tie are found or left together, whichever comes nearer to a fifth, so that the order of rows decides nothing.
    ValueError for a measure of which neither end is worse.
    """
    if worse not in ("low", "high"):
        raise ValueError("A measure of which neither end is worse for people finds no place worst off; compare another.")
    values, state = np.array(value, dtype=float), np.asarray(states).astype(str)
    nothing = np.isin(state, NOTHING_REACHED)
    has_value = np.isin(state, list(status.WITH_VALUE)) & np.isfinite(values)
    zero = nothing | (has_value & (values == 0) & (worse == "low"))
    standing = np.where(has_value, values if worse == "low" else -values, np.nan)
    standing[zero] = -np.inf
    rest = has_value & ~zero
    first, last = rank_spans(standing[rest])
    found = zero.copy()
    # Of a group that takes up the ranks first to last, taking all of it is nearer to a fifth than leaving it where its middle lies within.
    found[rest] = (first - 1 + last) / 2 <= load("access/agreement").latest["worst_share"] * rest.sum()
    return Verdict(has_value | nothing, has_value, zero, found, standing)


def rank_spans(standing: Floats) -> tuple[Floats, Floats]:
    """First and last rank that each place may have, counted from the worst, which is 1; places that tie share one span."""
    rising = np.sort(standing)
    below, up_to = (np.searchsorted(rising, standing, side=side).astype(np.float64) for side in ("left", "right"))
    return np.asarray(below + 1), up_to


def largest_tie(standing: Floats) -> float:
    """The share of places in the largest group that ties; 0 where there is no place."""
    if not standing.size:
        return 0.0
    first, last = rank_spans(standing)
    return float((last - first + 1).max() / standing.size)
