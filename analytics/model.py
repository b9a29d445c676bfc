"""The one road through the house: answer(query, tables) -> Result. Map, table, file and API take the same Result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics import status
from analytics.cache import CACHE
from analytics.indicator import Indicator
from analytics.indicators import indicators
from analytics.places import Place, level_of, places
from analytics.query import DEFAULT_LAYERS, LAYER_SOURCES, NATION, Query
from analytics.refusal import Refusal, refuse
from analytics.rollup import adults
from analytics.supply import choose
from analytics.tables import Tables

COLUMNS = ("geoid", "name", "value", "low", "high", "status", "people")
LIST_STEPS = tuple(DEFAULT_LAYERS[: end + 1] for end in range(len(DEFAULT_LAYERS)))
"""The lists of providers one after another added to those before: how far an answer depends on the list."""


@dataclass(frozen=True)
class Figure:
    """The measure for one place. `value` is NaN where the status carries none."""

    place: Place
    value: float
    low: float
    high: float
    status: str
    people: float


@dataclass(frozen=True)
class ListFigure:
    """The same figure with other provider lists."""

    layers: tuple[str, ...]
    sites: int
    value: float


@dataclass(frozen=True)
class Result:
    """The answer to a query.

    `frame` has the columns geoid, name, value, low, high, status, people (adults on 1 July 2023), one row a place
    of the query's level within its state (or the nation). With a refusal the frame is empty.
    """

    query: Query
    indicator: Indicator
    frame: pd.DataFrame
    figure: Figure | None
    """The measure for the place itself; None when refused, or where the measure has none at that level."""
    lists: tuple[ListFigure, ...]
    """The place's figure list by list; empty for measures that rest on no list."""
    notes: tuple[str, ...]
    provenance: tuple[dict[str, Any], ...]
    refusal: Refusal | None
    data_version: str

    @property
    def modelled(self) -> bool:
        """Whether a figure in it is modelled: by its publisher, or here, where published counts are shared out to districts."""
        return self.indicator.modelled or bool((self.frame["status"] == status.MODELLED).any())

    @property
    def list_range(self) -> tuple[float, float] | None:
        """Least and greatest of the figure over the provider lists, or None where it does not depend on them."""
        values = [one.value for one in self.lists if np.isfinite(one.value)]
        return (min(values), max(values)) if values else None


def answer(query: Query, tables: Tables) -> Result:
    """The answer, from the cache where it was asked before. Raises ValueError for a measure or place nobody knows."""
    if query.measure not in indicators():
        raise ValueError(f"There is no measure “{query.measure}”; `python -m data status` and /methods list what there is.")
    if query.place not in places(tables):
        raise ValueError(f"There is no place “{query.place}”; a place is us, a state's two digits, a district's four or a county's five.")
    return CACHE.get((tables.version, query), lambda: _answer(query, tables))


def _answer(query: Query, tables: Tables) -> Result:
    indicator = indicators()[query.measure]
    refusal = refuse(query, indicator, tables)
    if refusal is not None:
        empty = national_frame(query, tables).iloc[:0] if query.level in indicator.levels else pd.DataFrame(columns=list(COLUMNS))
        return Result(query, indicator, empty, None, (), (), provenance(query, indicator, tables), refusal, tables.version)
    frame = national_frame(query, tables)
    state = places(tables)[query.place].state
    if state:
        frame = frame[frame["geoid"].str[:2] == state].reset_index(drop=True)
    return Result(
        query,
        indicator,
        frame,
        figure(query, tables),
        list_figures(query, tables),
        notes(query, indicator, frame),
        provenance(query, indicator, tables),
        None,
        tables.version,
    )


def asked_of_lists(query: Query, indicator: Indicator) -> Query:
    """The query without what cannot change the measure's numbers, so that the cache sees through it."""
    if indicator.uses_providers:
        return query
    default = Query()
    return query.with_(modality=default.modality, population=default.population, layers=default.layers)


def national_frame(query: Query, tables: Tables) -> pd.DataFrame:
    """The measure for every place of the level: a state's view is computed on the nation and then cut, so that edges see their neighbours."""
    indicator = indicators()[query.measure]
    asked = asked_of_lists(query, indicator).with_(place=NATION)
    return CACHE.get((tables.version, "national", asked), lambda: _national_frame(asked, indicator, tables))


def _national_frame(query: Query, indicator: Indicator, tables: Tables) -> pd.DataFrame:
    frame = indicator.compute(query, tables)
    known = places(tables)
    people = adults(query.level, tables)
    frame = frame.assign(
        name=[known[geoid].short for geoid in frame["geoid"]], people=np.rint(people.reindex(frame["geoid"]).to_numpy(dtype=float))
    )
    return frame[list(COLUMNS)].astype({"geoid": "str", "name": "str"})


def figure(query: Query, tables: Tables) -> Figure | None:
    """The measure for the query's place as a whole, or None where it is not made at the place's own level."""
    level = level_of(query.place)
    indicator = indicators()[query.measure]
    if level != "nation" and level not in indicator.levels:
        return None
    if level == "nation" and indicator.levels == ("county",):
        return None
    rows = national_frame(query.with_(level=level), tables)
    row = rows[rows["geoid"] == query.place].iloc[0]
    return Figure(
        places(tables)[query.place], float(row["value"]), float(row["low"]), float(row["high"]), str(row["status"]), float(row["people"])
    )


def list_figures(query: Query, tables: Tables) -> tuple[ListFigure, ...]:
    """The place's figure with one list, two lists, and so on; lists that name no such site are left out."""
    indicator = indicators()[query.measure]
    if not indicator.uses_providers or indicator.bears != "nearest":
        return ()
    steps = list(dict.fromkeys((*LIST_STEPS, query.layers)))
    found = []
    for layers in steps:
        asked = query.with_(layers=layers)
        supply = choose(asked, tables["providers"]).known
        if supply.any() and (one := figure(asked, tables)) is not None:
            found.append(ListFigure(layers, int(supply.sum()), one.value))
    return tuple(found)


def notes(query: Query, indicator: Indicator, frame: pd.DataFrame) -> tuple[str, ...]:
    """What must be read beside the number."""
    said = [indicator.caveat] if indicator.caveat else []
    if indicator.uses_providers and query.modality != "any":
        said.append(
            "Sites whose record does not say what they offer are not counted in the value; the upper end of the interval counts them."
        )
    if indicator.uses_providers and query.population == "medicaid":
        said.append(
            "Payment codes of the federal directory describe the facility, not its ketamine service; sites that do not say are in the interval only."
        )
    if indicator.uses_providers and query.population == "veteran":
        said.append("Sites of the Department of Veterans Affairs only; who may use them is decided there.")
    if query.level == "district":
        said.append(
            "Districts of the 119th Congress, valid to 3 January 2027; block groups are shared out to them by a model, so lines near seams are smoothed."
        )
    missing = int((~frame["status"].isin(list(status.WITH_VALUE))).sum())
    if missing:
        said.append(f"{missing:,} of {len(frame):,} places have no value; the map and the table say why.")
    return tuple(said)


def provenance(query: Query, indicator: Indicator, tables: Tables) -> tuple[dict[str, Any], ...]:
    """The sources behind the answer: the chosen lists of providers, then the measure's own."""
    lists = [source for layer in query.layers for source in LAYER_SOURCES[layer]] if indicator.uses_providers else []
    ids = dict.fromkeys([*lists, *indicator.sources])
    return tuple(source for name in ids for source in tables.sources_of(name))
