"""Why this number? The sites behind the figure of one place: explain(query, place, tables) -> Result."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analytics import status
from analytics.behind import NUMBERS, WITHIN, Behind, Here, behind, minutes_to, people_here
from analytics.cache import CACHE
from analytics.indicator import Indicator
from analytics.indicators import indicators
from analytics.indicators._shapes import divided
from analytics.model import Figure, Result, check, figure, provenance
from analytics.own import in_minutes, layers_of
from analytics.pairs import addresses
from analytics.places import level_of, places
from analytics.query import LAYERS, NATION, Query
from analytics.refusal import Refusal, capital, refuse
from analytics.rollup import adults, block_membership, county_membership, demand
from analytics.supply import choose
from analytics.tables import Tables

SHOWN = 50
"""Sites that are named one by one; the others stand in one last row, so that the sum stays right."""
COLUMNS = ("provider", "name", "city", "state", "layers", "point_quality", *NUMBERS, "share", "sites", "status")
LISTED = ("sites", "sites_per_100k")


def explain(query: Query, place: str, tables: Tables) -> Result:
    """The sites behind the value of the query's measure for a place.

    The frame has a row a site, the greatest share first: provider (its id), name, city, state, layers (the query's lists that name it,
    in words), point_quality, `minutes` and, where the measure is in miles, `miles` (mean way of the people for whom it counts), `weight`
    (mean over them), `sharing` (how many people of the nation share it, by weight), `crowding` (RAAM), `people` (for whom it
    counts; where it is the nearest, different people for each site), `part` (of the value, in its unit; a median has none), `share`
    (part / value, or of the people), `sites` (for how many the row stands) and status. After the first 50 one row stands for all
    others. The parts add up to the value shown.

    `more` has "apart": the people the sites do not reach, and why; for a median also "median": the block group it is found at.
    The notes say how to read the rows; what must be read beside the value itself stands in the notes of its answer.
    Raises ValueError for a measure or place nobody knows. What is not made from sites is a refusal.
    """
    asked = query.with_(place=place)
    check(asked, tables)
    return CACHE.get((tables.version, "explain", asked), lambda: _explain(asked, tables))


def _explain(query: Query, tables: Tables) -> Result:
    indicator = indicators()[query.measure]
    refusal = refuse(query, indicator, tables) or _not_from_sites(query, indicator, tables)
    if refusal is not None:
        return _result(query, tables, refusal=refusal)
    if indicator.categories:
        return _result(query, tables, refusal=_of_several(query, indicator))
    shown = figure(query, tables)
    if shown is None:
        return _result(query, tables, refusal=_no_figure(query, indicator, tables))
    if query.measure in LISTED:
        return _result(query, tables, shown, _listing(_ranked(_sites_in(query, tables), shown), query, tables))
    membership = block_membership(level_of(query.place), tables).of(query.place)
    here = people_here(query, tables, membership, "minutes" if in_minutes(indicator) else "miles")
    found = behind(query, tables, here)
    if found is None:
        return _result(query, tables, refusal=_of_several(query, indicator))
    rows = _with_minutes(_ranked(found.sites, shown), found, here, query, tables)
    middle = _median(found, here, shown, query, tables)
    more = {"apart": _apart(found, here)} | ({} if middle is None else {"median": middle})
    return _result(query, tables, shown, _listing(rows, query, tables, found.adds_people), _notes(found, query, middle), more)


def _result(
    query: Query,
    tables: Tables,
    shown: Figure | None = None,
    frame: pd.DataFrame | None = None,
    notes: tuple[str, ...] = (),
    more: dict[str, pd.DataFrame] | None = None,
    refusal: Refusal | None = None,
) -> Result:
    indicator = indicators()[query.measure]
    rows = pd.DataFrame(columns=list(COLUMNS)) if frame is None else frame
    return Result(query, indicator, rows, shown, (), notes, provenance(query, indicator, tables), refusal, tables.version, more or {})


# --- The rows ---


def _sites_in(query: Query, tables: Tables) -> pd.DataFrame:
    """The listed sites that stand in the place; a rate is their number for 100,000 of its adults."""
    providers = tables["providers"]
    level = level_of(query.place)
    own = county_membership(level, tables).of(query.place)
    inside = providers["county"].isin(tables["counties"]["geoid"].iloc[own.row])
    positions = np.flatnonzero(choose(query, providers).known & inside.to_numpy())
    part = 1.0 if query.measure == "sites" else 100_000 / float(adults(level, tables)[query.place])
    rows = pd.DataFrame({"position": positions, "address": addresses(tables).of[positions], "many": 1})
    return rows.assign(**dict.fromkeys(NUMBERS, np.nan) | {"part": part})


def _ranked(rows: pd.DataFrame, shown: Figure) -> pd.DataFrame:
    """The rows with their share of the value, or of the people where the value has no parts; the greatest first."""
    parts = bool(rows["part"].notna().all())
    whole = shown.value if parts else float(rows["people"].sum())
    ranked = rows.assign(share=rows["part" if parts else "people"] / whole if whole > 0 else np.nan)
    # Rounding must not rank sites that give the same.
    order = np.lexsort((ranked["position"], -ranked["share"].round(12)))
    return ranked.iloc[order].reset_index(drop=True)


def _named(rows: pd.DataFrame) -> int:
    """How many rows are named one by one: a last row for a single site would say less in no less room."""
    return len(rows) if len(rows) <= SHOWN + 1 else SHOWN


def _with_minutes(rows: pd.DataFrame, found: Behind, here: Here, query: Query, tables: Tables) -> pd.DataFrame:
    """The mean modelled minutes to each named site, where the measure itself is in miles."""
    first = rows.iloc[: _named(rows)]
    if found.address is None or first.empty or first["minutes"].notna().any():
        return rows
    going = np.flatnonzero(np.isin(found.address, first["address"]) & (here.people > 0))
    to, people = found.address[going], here.people[going]
    minutes = minutes_to(query, tables, here.rows[going], to)
    total, whole = (np.bincount(to, weights=one).astype(np.float64) for one in (people * minutes, people))
    mean = divided(total, whole)
    mean = np.where(np.isfinite(mean), mean, np.nan)[np.minimum(rows["address"], len(mean) - 1)]
    return rows.assign(minutes=np.where(rows.index < len(first), mean, np.nan))


def _listing(rows: pd.DataFrame, query: Query, tables: Tables, adds_people: bool = False) -> pd.DataFrame:
    """The rows in words, and one for all beyond the first 50."""
    first, rest = rows.iloc[: _named(rows)], rows.iloc[_named(rows) :]
    providers = tables["providers"].iloc[first["position"]].reset_index(drop=True)
    there = [layer for layer in query.layers if layer in layers_of(tables)]
    on = providers[there].to_numpy(dtype=bool)
    kind = status.MODELLED if indicators()[query.measure].modelled else status.OBSERVED
    frame = pd.DataFrame(
        {
            "provider": providers["id"],
            **{name: providers[name] for name in ("name", "city", "state")},
            "layers": [", ".join(LAYERS[layer] for layer, listed in zip(there, row, strict=True) if listed) for row in on],
            "point_quality": providers["point_quality"],
            **{name: first[name] for name in (*NUMBERS, "share")},
            "sites": 1,
            "status": kind,
        }
    )
    if rest.empty:
        return frame
    summed = ("part", "share", "people") if adds_people else ("part", "share")
    last: dict[str, Any] = dict.fromkeys(COLUMNS, "") | dict.fromkeys(NUMBERS, np.nan) | {"status": kind}
    last |= {"name": f"{len(rest):,} further sites", "sites": len(rest)} | {name: rest[name].sum(min_count=1) for name in summed}
    return pd.concat([frame, pd.DataFrame([last])], ignore_index=True)


# --- What stands beside them ---


def _apart(found: Behind, here: Here) -> pd.DataFrame:
    """The people whom no site reaches: status, words, people."""
    unreached = here.people * (1 - found.reached)
    beyond = f"no such site within {found.limit}" if found.limit else "no way to any such site in your travel times"
    rows = [
        (status.BEYOND_REACH, beyond, float(unreached[~here.roadless].sum())),
        (status.NO_ROAD, "no road or ferry to any such site", float(unreached[here.roadless].sum())),
    ]
    return pd.DataFrame([row for row in rows if row[2] > 0], columns=["status", "words", "people"])


def _median(found: Behind, here: Here, shown: Figure, query: Query, tables: Tables) -> pd.DataFrame | None:
    """The block group at which the median is found: its county, its adults, the value there, and its site.

    Of several alike the one with the most adults. None where the value is no median, or there is none.
    """
    if found.cost is None or found.address is None or not np.isfinite(shown.value):
        return None
    off = np.where((here.people > 0) & (found.address >= 0), np.abs(found.cost - shown.value), np.inf)
    block_adults = demand(tables).adults[here.rows]
    at = int(np.lexsort((-block_adults, off))[0])
    block, address = int(here.rows[at]), int(found.address[at])
    county = tables["block_groups"]["county"].iloc[block]
    there = found.sites[found.sites["address"] == address]
    site = tables["providers"].iloc[int(there["position"].iloc[0])]
    row = {
        "geoid": county,
        "county": places(tables)[county].name,
        "people": float(block_adults[at]),
        "value": float(found.cost[at]),
        "provider": site["id"],
        "name": site["name"],
        "city": site["city"],
        "state": site["state"],
        "sites": len(there),
    }
    return pd.DataFrame([row])


def _notes(found: Behind, query: Query, middle: pd.DataFrame | None) -> tuple[str, ...]:
    """How to read the rows."""
    said = []
    if (found.sites["many"] > 1).any():
        said.append("Sites at one address, or known only by the same town, share what their address gives.")
    if middle is not None:
        one = middle.iloc[0]
        best = "best site" if query.measure == "raam" else "nearest site"
        others = one["sites"] - 1
        or_else = f" (or {'another' if others == 1 else f'one of {others:,} others'} at the same address or town)" if others else ""
        said.append(
            f"The value is a median, found at a block group of {one['county']} with {one['people']:,.0f} adults, "
            f"whose {best} is {one['name']} in {one['city']}, {one['state']}{or_else}. A median has no parts: the shares are of people."
        )
    if query.measure == "within_10_miles":
        said.append(
            "Sites known only by their city were placed in it 20 times; the rows are the mean of the two middle draws, as the value is."
        )
    elif WITHIN.fullmatch(query.measure) and not found.sites.empty:
        said.append("Each person counts for the nearest site alone, so the parts add up to the value.")
    if query.measure == "raam" and not found.sites.empty:
        said.append(
            "Each person goes where crowding and way together cost least; those to whom two sites are alike go to both in equal parts."
        )
    return tuple(said)


# --- What is not told ---


def _not_from_sites(query: Query, indicator: Indicator, tables: Tables) -> Refusal | None:
    if indicator.uses_providers:
        return None
    said = [f"{source['publisher']}, {source['title']}" for source in provenance(query, indicator, tables)]
    return Refusal(
        f"“{capital(indicator.label)}” is not made from sites: it comes from {said[0] if said else 'a published table'}, as published or shared out by people.",
        query,
        "Show the figure with its source",
    )


def _no_figure(query: Query, indicator: Indicator, tables: Tables) -> Refusal:
    """The measure is not had for a place of this kind: the state or the nation that it lies in has one."""
    place = places(tables)[query.place]
    above = place.state if "state" in indicator.levels and place.level != "state" else NATION
    return Refusal(
        f"There is no figure of “{indicator.label}” for {place.name} as a whole, and so no sites behind one.",
        query.with_(place=above, level=query.level if query.level in indicator.levels else indicator.levels[0]),
        f"Show it for {places(tables)[above].name}",
    )


def _of_several(query: Query, indicator: Indicator) -> Refusal:
    return Refusal(
        f"“{capital(indicator.label)}” is put together from several figures, and does not fall into parts of single sites.",
        query.with_(measure="minutes_to_nearest"),
        "Show the minutes to the nearest such site",
    )
