"""The journey, not the mile: what a course of treatment asks of a person on the road, journey(query, place, tables) -> Result."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import access, bill, status
from analytics.behind import Here, people_here
from analytics.cache import CACHE
from analytics.charges import Span
from analytics.given_way import cost_to
from analytics.indicators import indicators
from analytics.model import Figure, Result, check, provenance
from analytics.nearest_way import nearest_anywhere
from analytics.own import hardly_asked, has_own_travel, own_ways
from analytics.payer_rules import MODELLED, Line
from analytics.places import level_of, places
from analytics.query import MODALITIES, Query
from analytics.refusal import Refusal, refuse
from analytics.rollup import adults, block_membership, weighted_median
from analytics.schedules import no_schedule
from analytics.supply import known_sites
from analytics.tables import Tables
from analytics.travel_model import RoadMiles
from analytics.ways import measured_sites, people_at, supply_at, travel_model, waters, widest_ways
from data.parameter import load

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

COLUMNS = ("line", "words", "low", "value", "high", "unit", "kind", "schedule", "source")
LABEL_YEAR: Final = "label_year"
"""From the fewest visits of the label to the most."""
SPANS: Final = {
    "esketamine": {LABEL_YEAR: ("label_year_low", "label_year_high"), "typical_year": ("typical_year", "typical_year")},
    "iv": {"course": ("course", "course")},
}
"""Over what the lines of a kind of therapy are added up: the schedules of their lower and their upper end."""
NOT_ASKED: Final = {name: getattr(Query(), name) for name in ("level", "weights", "reach", "decay", "payer", "schedule", "far")}
"""What a journey does not hang on: whatever map or bill stands beside it, it is the same, and worked out once."""
ESKETAMINE_ALONE: Final = "treatment/driver"
"""That nobody drives home is on record for esketamine; of infusions it is not claimed."""


def journey(query: Query, place: str, tables: Tables) -> Result:
    """What a first year of esketamine, or a course of infusions, asks of the typical adult of a place on the road.

    The way is that to the nearest site which the query's lists know to offer it; any kind of therapy means esketamine, or infusions
    where no site that serves the query's people is known to offer esketamine. `result.query` says which.

    The frame has a row a line: line (id), words, low, high, and value where it is one number, unit, kind (rule or modelled), schedule
    (what the line is added up over: label_year, typical_year or course; "" for one way) and source (the parameter it rests on). Lines:
    one_way_miles, one_way_minutes and one_way_minutes_possible (if sites whose record is silent fit too); then for each schedule the
    lines of a bill's travel (analytics/bill.py): visits, miles, driving_cost, hours_on_site, driving_hours, driver_hours. Without a road
    there are only the visits and hours on site, and the figure has the status "no road". The figure is the minutes one way: the median
    over adults, with one_way_minutes_possible as its lower end. `more` has "apart": the adults who have no way to such a site.
    Raises ValueError for a measure or place nobody knows; refused where no list names such a site, or no course is on record.
    """
    check(query.with_(place=place), tables)
    asked = query.with_(**{**NOT_ASKED, "measure": "minutes_to_nearest", "place": place, "modality": _modality(query, tables)})
    return CACHE.get((tables.version, "journey", asked), lambda: _journey(asked, tables))


def _journey(query: Query, tables: Tables) -> Result:
    indicator = indicators()[query.measure]
    refusal = refuse(query, indicator, tables) or _no_course(query)
    sources = provenance(query, indicator, tables)
    if refusal is not None:
        empty = pd.DataFrame(columns=list(COLUMNS))
        return Result(query, indicator, empty, None, (), (), sources, refusal, tables.version)
    level = level_of(query.place)
    membership = block_membership(level, tables).of(query.place)
    here = people_here(query, tables, membership, "minutes")
    every_way, address = nearest_in_minutes(query, tables, here)
    minutes, miles = typical(every_way, here, tables), typical(road_miles(query, tables, here, address), here, tables)
    possible = typical(nearest_in_minutes(query, tables, here, possible=True)[0], here, tables)
    people = float(np.rint(adults(level, tables)[query.place]))
    low = possible if np.isfinite(minutes) else np.nan
    figure = Figure(places(tables)[query.place], minutes, low, minutes, _status(minutes, here, tables), people)
    if has_own_travel(tables) and hardly_asked(tables, membership)[0]:
        minutes = miles = possible = np.nan
        figure = replace(figure, value=np.nan, low=np.nan, high=np.nan, status=status.NO_DATA)
    frame = pd.DataFrame(lines(query, minutes, miles, possible), columns=list(COLUMNS))
    more = {"apart": _without_a_way(every_way, here, tables)}
    return Result(query, indicator, frame, figure, (), _notes(query, figure, tables), sources, None, tables.version, more)


def _modality(query: Query, tables: Tables) -> str:
    if query.modality != "any":
        return query.modality
    return next((one for one in SPANS if known_sites(query.with_(modality=one), tables)), "esketamine")


# --- The way ---


def nearest_in_minutes(query: Query, tables: Tables, here: Here, possible: bool = False) -> tuple[Floats, Ints]:
    """(modelled minutes, address) of the nearest site from each block group of the place, without a limit; (inf, -1) without a road."""
    at = supply_at(query, tables, possible) > 0
    if has_own_travel(tables):
        return access.nearest(own_ways(tables).at(here.rows).only(at))
    model = travel_model(query)
    points = measured_sites(model, tables)
    pairs, starts = widest_ways(query, tables).at(here.rows), people_at(model, tables).only(here.rows)
    return nearest_anywhere(pairs, starts, points, model, waters(), at)


def road_miles(query: Query, tables: Tables, here: Here, address: Ints) -> Floats:
    """Road miles from each block group of the place to its address, miles by ferry as they are; inf without one."""
    miles = np.full(len(address), np.inf)
    going = np.flatnonzero(address >= 0)
    model = travel_model(query)
    # Road miles ask for no pace, so that the ends made ready for minutes serve.
    starts, sites = people_at(model, tables).only(here.rows[going]), measured_sites(model, tables)
    miles[going] = cost_to(starts, sites, address[going], RoadMiles(model), waters())
    return miles


def typical(costs: Floats, here: Here, tables: Tables) -> float:
    """The median over the people of the place who have a road; NaN where nobody has one. With travel times of one's own, over all
    for whom these have a row; NaN where over half have no way in them.
    """
    median = weighted_median(costs, here.people if has_own_travel(tables) else here.people * np.isfinite(costs))
    return median if np.isfinite(median) else np.nan


def _status(minutes: float, here: Here, tables: Tables) -> str:
    if np.isfinite(minutes):
        return status.MODELLED
    if here.total <= 0:
        return status.NO_DATA
    return status.BEYOND_REACH if has_own_travel(tables) else status.NO_ROAD


def _without_a_way(minutes: Floats, here: Here, tables: Tables) -> pd.DataFrame:
    """The adults who have no way to such a site."""
    people = float(here.people[~np.isfinite(minutes)].sum())
    no_road = (status.NO_ROAD, "no road or ferry to any such site", people)
    no_row = (status.BEYOND_REACH, "no way to any such site in your travel times", people)
    rows = [no_row if has_own_travel(tables) else no_road] if people > 0 else []
    return pd.DataFrame(rows, columns=["status", "words", "people"])


# --- What it adds up to ---


def lines(query: Query, minutes: float, miles: float, possible: float) -> list[tuple[Any, ...]]:
    """The journey line by line, in the order of COLUMNS; `minutes`, `miles` and `possible` minutes are one way, NaN without a road."""
    known = np.isfinite(minutes)
    one_way = [
        ("one_way_miles", "Road miles to the nearest site, ferries included", miles if known else np.nan, "miles", "travel/detour_index"),
        ("one_way_minutes", "Minutes to the nearest site", minutes, "minutes", "travel/speed"),
        ("one_way_minutes_possible", "Minutes to the nearest site, if those that do not say fit too", possible, "minutes", "travel/speed"),
    ]
    found = [(line, words, one, one, one, unit, MODELLED, "", source) for line, words, one, unit, source in one_way if np.isfinite(one)]
    for schedule, ends in SPANS[query.modality].items():
        least, most = ([one for one in _travel(query.with_(schedule=end), minutes, miles) if _told(query, one)] for end in ends)
        found += [_line(first, last, schedule) for first, last in zip(least, most, strict=True)]
    return found


def _travel(query: Query, minutes: float, miles: float) -> list[Line]:
    known = np.isfinite(minutes)
    return bill.travel(query, miles if known else None, minutes if known else None)


def _told(query: Query, line: Line) -> bool:
    return query.modality == "esketamine" or line.source != ESKETAMINE_ALONE


def _line(least: Line, most: Line, schedule: str) -> tuple[Any, ...]:
    """A line from the low end of one schedule to the high end of another; `value` stands where it is one number."""
    low, high = _end(least.span.low), _end(most.span.high)
    value = _end(least.span.value) if least is most or _same(least.span, most.span) else np.nan
    return least.id, least.words, low, value, high, least.unit, least.kind, schedule, least.source


def _same(one: Span, other: Span) -> bool:
    return _end(one.value) == _end(other.value)


def _end(number: Floats) -> float:
    return float(np.ravel(number)[0])


# --- Words ---


def _notes(query: Query, figure: Figure, tables: Tables) -> tuple[str, ...]:
    """What must be read beside the journey."""
    said = []
    if figure.status == status.MODELLED:
        own = has_own_travel(tables)
        what = "Miles are modelled, and minutes those of your own table" if own else "Miles and minutes are modelled, not measured on roads"
        said.append(
            f"{what}: the way of the adult in the middle to the nearest site that the chosen lists know to offer it. A site on no list may be nearer."
        )
    if query.modality == "esketamine":
        use = load("treatment/esketamine_typical")
        said.append(f"Typical use: {use.references[0].title}{f' ({use.funding})' if use.funding else ''}.")
        said.append("Whoever drives spends the hours on the road and those on site.")
    else:
        said.append("Whether somebody else must drive is on record here for esketamine alone: ask the clinic.")
    if query.population == "medicaid" or query.payment != "any":
        said.append("Payment codes describe the facility, not its ketamine service; sites that do not say are not counted.")
    return tuple(said)


def _no_course(query: Query) -> Refusal | None:
    if not no_schedule(query.modality, "course"):
        return None
    return Refusal(
        f"No course of {MODALITIES[query.modality]} is on record here: how often people go differs by clinic, and no label says it.",
        query.with_(modality="esketamine"),
        "Show the journey for esketamine",
    )
