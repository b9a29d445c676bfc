"""What a person lays over the tables: a list of providers (layer "own"), and travel times (table "own_travel").

Own travel times take the place of modelled minutes wherever minutes are asked for; miles stay what they are. An origin of
theirs is a county (five digits, standing for all its block groups) or a block group by its row in the table block_groups (bg-17).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.cache import CACHE
from analytics.indicator import Indicator
from analytics.od import named, read_travel_table
from analytics.pairs import addresses
from analytics.query import LAYERS, Query
from analytics.rollup import Membership, demand, weighed
from analytics.supply import on_lists
from analytics.tables import Tables
from analytics.travel import TravelCosts
from data.user_file import BadRow

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

OWN: Final = "own"
"""The layer, and its column in the table of providers."""
OWN_TRAVEL: Final = "own_travel"
BLOCK_GROUP: Final = "bg-"
MOST_PAIRS = 8_000_000
"""Pairs of block group and provider that are held: more than the nation's modelled ones at two hours."""
LEAST_ASKED = 0.95
"""A place has a figure if the table has rows for this share of its people; with fewer, a part would read as the whole."""


def layers_of(tables: Tables) -> dict[str, str]:
    """The lists of providers that these tables hold, in order, with their names."""
    there = tables["providers"].columns
    return {layer: name for layer, name in LAYERS.items() if layer in there}


def has_own_travel(tables: Tables) -> bool:
    return OWN_TRAVEL in tables


def origin_ids(tables: Tables) -> list[str]:
    """Every id that may stand as an origin: counties in the order of their table, then block groups in that of theirs."""
    return [*tables["counties"]["geoid"], *(f"{BLOCK_GROUP}{row}" for row in range(len(tables["block_groups"])))]


@dataclass(frozen=True)
class OwnTravel:
    """A user's travel times, checked. `table` is what is laid over the tables as "own_travel"."""

    table: pd.DataFrame
    rows: int
    bad: tuple[BadRow, ...]

    @property
    def said(self) -> str:
        """What became of them, in a sentence."""
        return f"{len(self.table):,} of {self.rows:,} rows {'is' if len(self.table) == 1 else 'are'} used."


def check_travel(frame: pd.DataFrame, tables: Tables, unread: tuple[BadRow, ...] = ()) -> OwnTravel:
    """The rows of a table of travel times that these tables can use, and all others with the reason (analytics.od); `unread` are
    rows of the file that never came into the frame.

    Raises ValueError where none can be used, or where they unfold to more pairs than can be held.
    """
    read = read_travel_table(frame, origin_ids(tables), tables["providers"]["id"].tolist())
    bad = tuple(sorted([*unread, *read.bad], key=lambda row: row.line))
    rows = len(frame) + len(unread)
    if not read.good.any():
        raise ValueError(f"None of the {rows:,} rows of travel times can be used: {named(bad)}.")
    blocks = np.bincount(demand(tables).county, minlength=len(tables["counties"]))
    pairs = int(read.costs.counts @ np.r_[blocks, np.ones(len(read.costs.counts) - len(blocks), dtype=int)])
    if pairs > MOST_PAIRS:
        raise ValueError(
            f"The travel times unfold to {pairs:,} pairs of block group and provider; {MOST_PAIRS:,} can be held. Leave out the long ways."
        )
    kept = frame.loc[read.good, ["origin", "destination", "minutes"]].reset_index(drop=True)
    minutes = pd.to_numeric(kept["minutes"], errors="coerce").astype("float32")
    table = kept.assign(minutes=minutes).astype({"origin": "category", "destination": "category"})
    return OwnTravel(table, rows, bad)


@dataclass(frozen=True)
class _Ways:
    """The unfolded table: pairs of all block groups and addresses, and for which block groups there are rows at all."""

    costs: TravelCosts
    asked: Mask


def own_ways(tables: Tables, reach: float = np.inf) -> TravelCosts:
    """Minutes of one's own between block groups and addresses, n x m, within reach (all there are unless given)."""
    whole = _own(tables).costs
    return whole if np.isinf(reach) else CACHE.get((tables.version, "own ways", reach), lambda: whole.within(reach))


def asked(tables: Tables) -> Mask:
    """Block groups for which the own travel times have a row, n."""
    return _own(tables).asked


def _own(tables: Tables) -> _Ways:
    return CACHE.get((tables.version, "own ways"), lambda: _unfolded(tables))


def _unfolded(tables: Tables) -> _Ways:
    table, places = tables[OWN_TRAVEL], demand(tables)
    read = read_travel_table(table, origin_ids(tables), tables["providers"]["id"].tolist())
    if read.bad:
        raise ValueError(f"The travel times do not belong to these providers; lay them over anew. First: {named(read.bad)}.")
    counties, n = len(places.county_geoids), len(places.county)
    of_county = read.costs.origin < counties
    block, row = unfolded(read.costs.origin[of_county], places.county, counties)
    site, minutes = read.costs.destination[of_county][row], read.costs.cost[of_county][row]
    own_block = read.costs.origin[~of_county].astype(np.int64) - counties
    # A block group's own row goes before its county's.
    block = np.concatenate([own_block, block])
    site = addresses(tables).of[np.concatenate([read.costs.destination[~of_county], site])]
    minutes = np.concatenate([read.costs.cost[~of_county], minutes])
    if own_block.size and of_county.any():
        _, first = np.unique(block * len(addresses(tables)) + site, return_index=True)
        block, site, minutes = block[first], site[first], minutes[first]
    costs = TravelCosts.from_pairs(block, site, minutes, (n, len(addresses(tables)))).narrowed()
    return _Ways(costs, read.asked[:counties][places.county] | read.asked[counties:])


def unfolded(county: npt.NDArray[Any], county_of: npt.NDArray[np.intp], counties: int) -> tuple[Ints, Ints]:
    """The block groups of each row that names a county, one row after the other, and the row that each of them stands for.

    >>> [part.tolist() for part in unfolded(np.array([1, 0]), np.array([0, 1, 1]), counties=2)]
    [[1, 2, 0], [0, 0, 1]]
    """
    order = np.argsort(county_of, kind="stable")
    count = np.bincount(county_of, minlength=counties)
    first = np.cumsum(count) - count
    many = count[county]
    row = np.repeat(np.arange(len(county)), many)
    within = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
    return order[first[county][row] + within].astype(np.int64), row


def people_with_minutes(query: Query, tables: Tables) -> Floats:
    """People at each block group whom measures in minutes weigh: with own travel times only those for whom these have a row."""
    people = weighed(query.weights, tables)
    return people * asked(tables) if has_own_travel(tables) else people


def hardly_asked(tables: Tables, membership: Membership) -> Mask:
    """Places for which the own travel times leave out too many people to give a figure."""
    people = demand(tables).adults
    return np.asarray(membership.sums(people * asked(tables)) < LEAST_ASKED * membership.sums(people))


def in_minutes(indicator: Indicator) -> bool:
    """Whether a measure rests on minutes by road."""
    return any(one.startswith("travel/") for one in indicator.assumes)


def own_notes(query: Query, indicator: Indicator, tables: Tables) -> tuple[str, ...]:
    """What must be read beside a number that rests on what a person brought."""
    said = []
    if indicator.uses_providers and OWN in query.layers and OWN in layers_of(tables):
        providers = tables["providers"]
        listed = on_lists(providers, (OWN,))
        said.append(
            f"Your own list is in use ({int(listed.sum()):,} rows). It is kept in the memory of this visit alone and is not in the link."
        )
        if len(query.layers) > 1 and indicator.bears in ("count", "rate"):
            said.append("A site that stands on your list and on another counts twice.")
        if indicator.bears in ("count", "rate"):
            said.append("A rate or a count compares places only if your list treats them alike: whether it does, you know and we do not.")
        if indicator.bears == "rate" and in_minutes(indicator) and providers["capacity"].notna().any():
            said.append("Sites of your list count with the capacity that it gives them; all others count 1.")
    if indicator.uses_providers and in_minutes(indicator) and has_own_travel(tables):
        people = demand(tables).adults
        left_out = 100 * float(people[~asked(tables)].sum() / people.sum())
        said.append(
            f"In place of modelled minutes stand those of your own table ({len(tables[OWN_TRAVEL]):,} rows). A way that is not in it is out of "
            f"reach; people for whom it has no row ({left_out:.0f} % of adults) are left out, and so are places where they are over {100 * (1 - LEAST_ASKED):.0f} %."
        )
    return tuple(said)


def own_sources(query: Query, indicator: Indicator, tables: Tables) -> tuple[dict[str, Any], ...]:
    """What a person brought, in the form of a source."""
    found = []
    if indicator.uses_providers and OWN in query.layers and OWN in layers_of(tables):
        found.append((OWN, "a list of providers"))
    if indicator.uses_providers and in_minutes(indicator) and has_own_travel(tables):
        found.append((OWN_TRAVEL, "travel times"))
    return tuple(
        {
            "id": name,
            "publisher": "Your own data",
            "title": what,
            "vintage": what,
            "url": "",
            "licence": "Yours",
            "citation": f"Own data of the visitor: {what}",
            "read_on": "on this visit",
            "note": "Not part of the atlas, and in no link.",
        }
        for name, what in found
    )
