"""The one road through the house: answer(query, tables) -> Result. Map, table, file and API take the same Result."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics import status
from analytics.assumptions import changeable, ordered
from analytics.cache import CACHE
from analytics.indicator import Indicator
from analytics.indicators import indicators
from analytics.indicators._shapes import has_silent_records
from analytics.own import has_own_travel, in_minutes, layers_of, own_notes, own_sources
from analytics.payer_rules import STAND_INS
from analytics.places import Place, known_place, level_of, places
from analytics.query import CHOICES, DEFAULT_LAYERS, LAYER_SOURCES, LAYERS, NATION, Query, read_query
from analytics.refusal import Refusal, refuse
from analytics.rollup import adults
from analytics.schedules import treatment_of
from analytics.supply import known_sites
from analytics.tables import Tables

COLUMNS = ("geoid", "name", "value", "low", "high", "status", "people")
SPREAD_COLUMNS = ("p10", "p50", "p90", "none")
"""Columns that a measure over block groups may have besides: what the tenth, the middle and the ninetieth per cent of the people
inside each place have, and the share of those who have nothing."""
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
    none: float = math.nan
    """Share of its people who reach nothing, for measures that are 0 there."""
    spread: tuple[float, ...] = ()
    """The measure for the tenth, the middle and the ninetieth per cent of the place's people, where it is made of block groups."""

    @property
    def has_value(self) -> bool:
        return self.status in status.WITH_VALUE


@dataclass(frozen=True)
class ListFigure:
    """The same figure with other provider lists."""

    layers: tuple[str, ...]
    sites: int
    value: float
    status: str
    low: float = math.nan
    high: float = math.nan

    def least(self, indicator: Indicator) -> float:
        """The value as an end of the range over the lists: within reach of sites to which no road leads lives nobody, 0."""
        nobody = self.status == status.NO_ROAD and indicator.unit == "share" and indicator.subject == "distance"
        return 0.0 if nobody else self.value


def range_over(lists: Sequence[ListFigure], indicator: Indicator, in_doubt: bool) -> tuple[float, float] | None:
    """Least and greatest over the lists, with the ends of their intervals where those count; None where no list gives a value."""
    if not any(np.isfinite(one.value) for one in lists):
        return None
    ends = [end for one in lists for end in (one.least(indicator), *((one.low, one.high) if in_doubt else ())) if np.isfinite(end)]
    return min(ends), max(ends)


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
    more: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """Further tables of the answer by name. A measure over block groups has "spread": geoid, p10, p50, p90 (and none) of the people inside
    each place, in the order of the frame."""

    def at(self, geoids: pd.Series) -> pd.DataFrame:
        """Value and status of these places, one row each in their order; a place without a row has no data."""
        own = self.frame.set_index("geoid").reindex(geoids)
        states = own["status"].astype("object").fillna(status.NO_DATA)
        return pd.DataFrame({"value": own["value"].to_numpy(dtype=float), "status": states.to_numpy()})

    @property
    def modelled(self) -> bool:
        """Whether a figure in it is modelled: by its publisher, or here, where published counts are shared out to districts."""
        return self.indicator.modelled or bool((self.frame["status"] == status.MODELLED).any())

    @property
    def list_range(self) -> tuple[float, float] | None:
        """Least and greatest of the figure over the provider lists, or None where it does not depend on them. A measure with an interval
        of its own (where in town its sites stand) is a range on each list, so that its ends count."""
        return range_over(self.lists, self.indicator, self.in_doubt)

    @property
    def in_doubt(self) -> bool:
        """Whether the figure's low and high ends are a doubt that belongs beside it; a class has none in numbers."""
        return bool(self.indicator.interval) and not self.indicator.categories

    @property
    def silent_range(self) -> tuple[float, float] | None:
        """The figure with sites whose record is silent counted as none and as all, or None where nothing was asked of records."""
        if self.figure is None or not self.indicator.uses_providers or not has_silent_records(self.query):
            return None
        ends = (self.figure.low, self.figure.high)
        return ends if np.isfinite(ends).all() else None


def read_question(address: Mapping[str, str], tables: Tables) -> tuple[Query, tuple[str, ...]]:
    """The question of an address, in words that these tables have, and a sentence for each that nobody knows."""
    return read_query(address, indicators(), places(tables), layers_of(tables))


def answer(query: Query, tables: Tables) -> Result:
    """The answer, from the cache where it was asked before. Raises ValueError for a measure or place nobody knows."""
    check(query, tables)
    return CACHE.get((tables.version, query), lambda: _answer(query, tables))


def at_hand(query: Query, tables: Tables) -> bool:
    """Whether the answer was worked out before and is still held, so that asking costs nothing."""
    return CACHE.peek((tables.version, query)) is not None


def check(query: Query, tables: Tables) -> None:
    """ValueError for a measure, a place or any other word of the question that nobody knows, and for an assumption out of its range."""
    if query.measure not in indicators():
        raise ValueError(f"There is no measure “{query.measure}”; `python -m data status` and /methods list what there is.")
    known_place(query.place, tables)
    for name, (word, known) in CHOICES.items():
        if getattr(query, name) not in known:
            raise ValueError(f"There is no {word} “{getattr(query, name)}”; there are {', '.join(known)}.")
    unknown = [layer for layer in query.layers if layer not in LAYERS]
    if unknown or not query.layers:
        raise ValueError(f"There is no provider list “{unknown[0] if unknown else ''}”; there are {', '.join(LAYERS)}.")
    ordered(dict(query.assumptions))


def _answer(query: Query, tables: Tables) -> Result:
    indicator = indicators()[query.measure]
    refusal = refuse(query, indicator, tables)
    if refusal is not None:
        return Result(query, indicator, no_rows(), None, (), (), provenance(query, indicator, tables), refusal, tables.version)
    frame = national_frame(query, tables)
    state = places(tables)[query.place].state
    if state:
        frame = frame[frame["geoid"].str[:2] == state].reset_index(drop=True)
    spread = [name for name in SPREAD_COLUMNS if name in frame]
    return Result(
        query,
        indicator,
        frame[list(COLUMNS)],
        figure(query, tables),
        list_figures(query, tables),
        (*own_notes(query, indicator, tables), *notes(query, indicator, frame, tables)),
        provenance(query, indicator, tables),
        None,
        tables.version,
        {"spread": frame[["geoid", *spread]]} if spread else {},
    )


def no_rows() -> pd.DataFrame:
    """The frame of a refusal: the columns of every answer, and no place."""
    kinds: dict[str, Any] = {"geoid": "str", "name": "str", "status": pd.CategoricalDtype(list(status.ALL))}
    return pd.DataFrame(columns=list(COLUMNS)).astype({name: kinds.get(name, "float64") for name in COLUMNS})


def asked_of(query: Query, indicator: Indicator) -> Query:
    """The query without what cannot change the measure's numbers, so that the cache sees through it."""
    default = Query()
    beside = {field.name: getattr(default, field.name) for field in fields(Query) if field.name not in indicator.asked}
    return query.with_(**{**beside, "assumptions": tuple(one for one in query.assumptions if rests_on(indicator, one[0]))})


def rests_on(indicator: Indicator, assumption: str) -> bool:
    """Whether a measure rests on an assumption, which is a parameter, a part of one, or one of an area."""
    parameter = assumption.partition(".")[0]
    return any(parameter == one or (one.endswith("/") and parameter.startswith(one)) for one in indicator.assumes)


def national_frame(query: Query, tables: Tables) -> pd.DataFrame:
    """The measure for every place of the level: a state's view is computed on the nation and then cut, so that edges see their neighbours."""
    indicator = indicators()[query.measure]
    asked = asked_of(query, indicator).with_(place=NATION)
    return CACHE.get((tables.version, "national", asked), lambda: _national_frame(asked, indicator, tables))


def _national_frame(query: Query, indicator: Indicator, tables: Tables) -> pd.DataFrame:
    frame = indicator.compute(query, tables)
    known = places(tables)
    people = adults(query.level, tables)
    frame = frame.assign(
        name=[known[geoid].short for geoid in frame["geoid"]], people=np.rint(people.reindex(frame["geoid"]).to_numpy(dtype=float))
    )
    spread = [name for name in SPREAD_COLUMNS if name in frame]
    return frame[[*COLUMNS, *spread]].astype({"geoid": "str", "name": "str"})


def figure(query: Query, tables: Tables) -> Figure | None:
    """The measure for the query's place as a whole, or None where it is not made at the place's own level."""
    level = level_of(query.place)
    indicator = indicators()[query.measure]
    if level != "nation" and level not in indicator.levels:
        return None
    # What may not be ranked by state or district is not told one by one either.
    if level in ("state", "district") and refuse(query.with_(level=level), indicator, tables) is not None:
        return None
    # The nation is in no class, and a code of counties has no mean.
    if level == "nation" and (indicator.levels == ("county",) or indicator.categories):
        return None
    row = national_rows(query.with_(level=level), tables).of(query.place)
    spread = tuple(float(row[name]) for name in SPREAD_COLUMNS[:3] if name in row)
    value, low, high, people = (float(row[name]) for name in ("value", "low", "high", "people"))
    return Figure(places(tables)[query.place], value, low, high, str(row["status"]), people, float(row.get("none", math.nan)), spread)


@dataclass(frozen=True)
class Rows:
    """The national frame by place: a fact sheet asks for two dozen rows, and searching the frame for each takes longer than drawing it."""

    position: dict[str, int]
    columns: dict[str, Any]

    def of(self, geoid: str) -> dict[str, Any]:
        at = self.position[geoid]
        return {name: column[at] for name, column in self.columns.items()}


def national_rows(query: Query, tables: Tables) -> Rows:
    asked = asked_of(query, indicators()[query.measure]).with_(place=NATION)

    def compute() -> Rows:
        frame = national_frame(asked, tables)
        position = {geoid: at for at, geoid in enumerate(frame["geoid"])}
        return Rows(position, {name: frame[name].to_numpy() for name in frame.columns if name not in ("geoid", "name")})

    return CACHE.get((tables.version, "national rows", asked), compute)


def list_figures(query: Query, tables: Tables) -> tuple[ListFigure, ...]:
    """The place's figure with one list, two lists, and so on; lists that name no such site are left out."""
    indicator = indicators()[query.measure]
    if not indicator.uses_providers or indicator.bears_for(query) != "nearest":
        return ()
    steps = list_steps(query, in_minutes(indicator), tables)
    found = [(layers, sites, figure(query.with_(layers=layers), tables)) for layers, sites in steps.items()]
    return tuple(ListFigure(layers, sites, one.value, one.status, one.low, one.high) for layers, sites, one in found if one is not None)


def list_steps(query: Query, minutes: bool, tables: Tables) -> dict[tuple[str, ...], int]:
    """One list of providers, two, and so on, and the question's own, each with its sites; those that name no such site are left out.
    `minutes` says whether the answer rests on minutes by road."""
    # Travel times of one's own may name the sites of one list and not of another: that says nothing about the lists.
    shipped_lists = () if minutes and has_own_travel(tables) else LIST_STEPS
    sites = {layers: known_sites(query.with_(layers=layers), tables) for layers in dict.fromkeys((*shipped_lists, query.layers))}
    return {layers: number for layers, number in sites.items() if number}


def notes(query: Query, indicator: Indicator, frame: pd.DataFrame, tables: Tables) -> tuple[str, ...]:
    """What must be read beside the number."""
    said = [indicator.caveat] if indicator.caveat else []
    if "payer" in indicator.asks and (stand_in := STAND_INS.get((query.payer, treatment_of(query)))):
        said.append(stand_in)
    if indicator.uses_providers and query.modality != "any":
        said.append(
            "Sites whose record does not say what they offer are not counted in the value; the upper end of the interval counts them."
        )
    if indicator.uses_providers and (query.population == "medicaid" or query.payment != "any"):
        said.append(
            "Payment codes of the federal directory describe the facility, not its ketamine service; sites that do not say are in the interval only."
        )
    if indicator.uses_providers and query.population == "veteran":
        said.append("Sites of the Department of Veterans Affairs only; who may use them is decided there.")
    if query.level == "district":
        said += district_notes(frame, tables)
    for name, value in asked_of(query, indicator).assumptions:
        one = changeable()[name]
        said.append(f"Changed by you: {one.label[:1].lower() + one.label[1:]}, {value:g} instead of {one.value:g} ({one.parameter.unit}).")
    missing = int((~frame["status"].isin(list(status.WITH_VALUE))).sum())
    if missing:
        said.append(f"{missing:,} of {len(frame):,} places have no value; the map and the table say why.")
    return tuple(said)


def district_notes(frame: pd.DataFrame, tables: Tables) -> list[str]:
    """Of which Congress the districts are and until when their lines hold; those here whose people in the table are off."""
    rows = tables["districts"]
    congress, ends = int(rows["congress"].iloc[0]), date.fromisoformat(str(rows["valid_to"].iloc[0]))
    said = [
        f"Districts of the {congress}th Congress, valid to {ends.day} {ends:%B %Y}; block groups are shared out to them by a model, so lines near seams are smoothed."
    ]
    off = rows[rows["flagged"] & rows["geoid"].isin(frame["geoid"])]
    if not off.empty:
        named = ", ".join(f"{name} ({100 * share:+.1f} %)" for name, share in zip(off["name"], off["deviation_share"], strict=True))
        said.append(f"People of these districts in the table differ from their state's people by seat: {named}.")
    return said


def provenance(query: Query, indicator: Indicator, tables: Tables) -> tuple[dict[str, Any], ...]:
    """The sources behind the answer: what the person brought, the chosen lists of providers, then the measure's own."""
    lists = [source for layer in query.layers for source in LAYER_SOURCES[layer]] if indicator.uses_providers else []
    ids = dict.fromkeys([*lists, *indicator.sources])
    return (*own_sources(query, indicator, tables), *(source for name in ids for source in tables.sources_of(name)))
