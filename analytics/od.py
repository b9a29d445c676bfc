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

COLUMNS = ("origin", "destination", "minutes")
SHOWN = 5
"""Bad rows that an error names; the rest are counted."""


@dataclass(frozen=True)
class BadRow:
    """A row that can't be used. `line` counts as an editor does, the heading being line 1."""

    line: int
    reason: str


@dataclass(frozen=True)
class TravelTable:
    """The good rows as costs, and all others with the reason."""

    costs: TravelCosts
    bad: tuple[BadRow, ...]


def read_travel_table(frame: pd.DataFrame, origins: Sequence[str], destinations: Sequence[str]) -> TravelTable:
    """The costs between known ids, (n origins, m destinations), from a frame with the columns origin, destination, minutes.

    A row is bad if an id is not known, its minutes are missing, no number or negative, or its pair stood before; nothing is lost
    silently. Raises ValueError where a column is missing or an id stands twice among those known.

    >>> frame = pd.DataFrame({"origin": ["a", "b"], "destination": ["s", "t"], "minutes": [12.0, -3.0]})
    >>> read_travel_table(frame, ["a", "b"], ["s", "t"]).bad
    (BadRow(line=3, reason='the way from b to t takes -3 minutes'),)
    """
    missing = [name for name in COLUMNS if name not in frame]
    if missing:
        raise ValueError(f"The table of travel times has no column {missing[0]}; it needs origin, destination and minutes.")
    from_, to = positions(frame["origin"], origins, "origins"), positions(frame["destination"], destinations, "destinations")
    minutes = pd.to_numeric(frame["minutes"], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    known = (from_ >= 0) & (to >= 0) & np.isfinite(minutes) & (minutes >= 0)
    again = pd.DataFrame({"origin": from_, "destination": to})[known].duplicated().reindex(range(len(frame)), fill_value=False).to_numpy()
    good = known & ~again
    bad = [BadRow(int(row) + 2, reason(frame.iloc[row], from_[row], to[row], minutes[row])) for row in np.flatnonzero(~good)]
    shape = (len(origins), len(destinations))
    return TravelTable(TravelCosts.from_pairs(from_[good], to[good], minutes[good], shape), tuple(bad))


def travel_costs(frame: pd.DataFrame, origins: Sequence[str], destinations: Sequence[str]) -> TravelCosts:
    """The same where every row must be good: ValueError that names the first bad rows with line and reason."""
    table = read_travel_table(frame, origins, destinations)
    if table.bad:
        named = "; ".join(f"line {row.line}: {row.reason}" for row in table.bad[:SHOWN])
        more = f"; and {len(table.bad) - SHOWN:,} more" if len(table.bad) > SHOWN else ""
        raise ValueError(f"{len(table.bad):,} of {len(frame):,} rows of the table of travel times can't be used: {named}{more}.")
    return table.costs


def positions(ids: pd.Series, known: Sequence[str], what: str) -> npt.NDArray[np.intp]:
    """The position of each id among those known, -1 where it is not."""
    index = pd.Index(list(known), dtype=object)
    if index.has_duplicates:
        raise ValueError(f"The id {index[index.duplicated()][0]} stands twice among the {what} of the atlas.")
    return np.asarray(index.get_indexer(pd.Index(ids.astype(object))), dtype=np.intp)


def reason(row: pd.Series, from_: int, to: int, minutes: float) -> str:
    """Why a row can't be used: the first reason found."""
    if from_ < 0:
        return f"the origin {shown(row['origin'])} is not known"
    if to < 0:
        return f"the destination {shown(row['destination'])} is not known"
    way = f"the way from {shown(row['origin'])} to {shown(row['destination'])}"
    if not np.isfinite(minutes):
        return f"{way} has {shown(row['minutes'])} for minutes, which is no number"
    if minutes < 0:
        return f"{way} takes {minutes:g} minutes"
    return f"{way} stands in a row before this one"


def shown(value: object) -> str:
    """A value from a user's file, fit to be shown: on one line, at most forty characters, or "nothing"."""
    if value is None or (isinstance(value, float) and np.isnan(value)) or value is pd.NA:
        return "nothing"
    text = "".join(char for char in str(value) if char.isprintable())
    return text if len(text) <= 40 else text[:39] + "…"
