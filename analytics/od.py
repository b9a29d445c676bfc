"""A table of travel times that a user brings: origin, destination, minutes. Every bad row is named with its line and reason.

Origins and destinations go by id; the order of the ids decides the positions in the costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.travel import TravelCosts
from data.user_file import BadRow, shown

COLUMNS = ("origin", "destination", "minutes")
SHOWN = 5
"""Bad rows that an error names; the rest are counted."""


@dataclass(frozen=True)
class TravelTable:
    """The good rows as costs, and all others with the reason.

    `good` is a mask over the rows; `asked` a mask over the origins: those that have a good row, be it one that names no
    destination and no minutes, which says that the search from there found nothing.
    """

    costs: TravelCosts
    bad: tuple[BadRow, ...]
    good: npt.NDArray[np.bool_]
    asked: npt.NDArray[np.bool_]


def read_travel_table(frame: pd.DataFrame, origins: Sequence[str], destinations: Sequence[str]) -> TravelTable:
    """The costs between known ids, (n origins, m destinations), from a frame with the columns origin, destination, minutes.

    A row is bad if an id is not known, its minutes are missing, no number or negative, or its pair stood before; nothing is lost
    silently. Where there is a column line, bad rows go by it, else by their position below a heading. Raises ValueError where a
    column is missing or an id stands twice among those known.

    >>> frame = pd.DataFrame({"origin": ["a", "b"], "destination": ["s", "t"], "minutes": [12.0, -3.0]})
    >>> read_travel_table(frame, ["a", "b"], ["s", "t"]).bad
    (BadRow(line=3, reason='the way from b to t takes -3 minutes'),)
    """
    missing = [name for name in COLUMNS if name not in frame]
    if missing:
        raise ValueError(f"The table of travel times has no column {missing[0]}; it needs origin, destination and minutes.")
    from_, to = positions(frame["origin"], origins, "origins"), positions(frame["destination"], destinations, "destinations")
    minutes = pd.to_numeric(frame["minutes"], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    nothing = (from_ >= 0) & blank(frame["destination"]) & blank(frame["minutes"])
    known = (from_ >= 0) & (to >= 0) & np.isfinite(minutes) & (minutes >= 0)
    again = pd.DataFrame({"origin": from_, "destination": to})[known].duplicated().reindex(range(len(frame)), fill_value=False).to_numpy()
    good = known & ~again
    wrong = np.flatnonzero(~(good | nothing))
    lines = frame["line"].to_numpy() if "line" in frame else np.arange(len(frame)) + 2
    cells = (frame[name].iloc[wrong].astype(object).tolist() for name in COLUMNS)
    bad = [
        BadRow(int(lines[row]), reason(origin, destination, said, bool(from_[row] >= 0), bool(to[row] >= 0), float(minutes[row])))
        for row, origin, destination, said in zip(wrong, *cells, strict=True)
    ]
    asked = np.zeros(len(origins), dtype=bool)
    asked[from_[good | nothing]] = True
    shape = (len(origins), len(destinations))
    return TravelTable(TravelCosts.from_pairs(from_[good], to[good], minutes[good], shape), tuple(bad), good | nothing, asked)


def named(bad: Sequence[BadRow]) -> str:
    """The first bad rows with line and reason, and how many more there are."""
    more = f"; and {len(bad) - SHOWN:,} more" if len(bad) > SHOWN else ""
    return "; ".join(f"line {row.line}: {row.reason}" for row in bad[:SHOWN]) + more


def blank(column: pd.Series) -> npt.NDArray[np.bool_]:
    """Whether a cell says nothing: missing, or an empty text."""
    return np.asarray(column.isna() | (column.astype(object) == ""), dtype=bool)


def positions(ids: pd.Series, known: Sequence[str], what: str) -> npt.NDArray[np.intp]:
    """The position of each id among those known, -1 where it is not."""
    index = pd.Index(list(known), dtype=object)
    if index.has_duplicates:
        raise ValueError(f"The id {index[index.duplicated()][0]} stands twice among the {what} of the atlas.")
    # Each id is looked up once, however many rows it has.
    code, each = pd.factorize(ids)
    found = np.append(index.get_indexer(pd.Index(each).astype(object)), -1)
    return np.asarray(found[code], dtype=np.intp)


def reason(origin: object, destination: object, minutes: object, origin_known: bool, destination_known: bool, number: float) -> str:
    """Why a row can't be used: the first reason found."""
    if not origin_known:
        return f"the origin {shown(origin)} is not known"
    if not destination_known:
        return f"the destination {shown(destination)} is not known"
    way = f"the way from {shown(origin)} to {shown(destination)}"
    if not np.isfinite(number):
        return f"{way} has {shown(minutes)} for minutes, which is no number"
    if number < 0:
        return f"{way} takes {number:g} minutes"
    return f"{way} stands in a row before this one"
