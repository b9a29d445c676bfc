"""What there is to say of one place: a declared list of measures, each with its state's and the nation's figure and its rank where one is sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics import status
from analytics.cache import CACHE
from analytics.indicator import Indicator
from analytics.indicators import indicators
from analytics.model import Figure, check, figure, list_figures, national_frame, range_over
from analytics.places import Place, level_of, places
from analytics.query import NATION, QUOTA_LAYERS, Query
from analytics.refusal import refuse
from analytics.tables import Tables
from analytics.worst_off import largest_tie
from data.parameter import load

MEASURES: Final = (
    "within_30_miles",
    "within_60_minutes",
    "miles_to_nearest",
    "minutes_to_nearest",
    "barrier_class",
    "households_over",
    "medicare_amount",
    "uninsured",
    "medicaid_share",
    "depression",
    "distress",
    "median_income",
    "no_vehicle",
    "rucc",
)
"""What is told of every place, in the order in which it is told: group by group."""
SAMPLED: Final = frozenset({"median_income", "depression", "distress", "uninsured"})
"""Measures whose interval is that of a survey, place by place. Elsewhere an interval is a range over counties, bills or silent records,
which moves all places together and says nothing of their order."""
NO_END, CLASSES, LISTS_OF_STATES, TIES, ALONE, NO_VALUE, OF_WHOLE = (
    "no end is worse",
    "classes",
    "lists by state",
    "ties",
    "alone",
    "no value",
    "the whole",
)
"""Why there is no rank; maps/place_words.py says each in a sentence."""


@dataclass(frozen=True)
class Rank:
    """Where a place stands among others of its level, counted from 1, the worst for people.

    `first` and `last` are the ranks it may have: ties span several, and so do surveys' intervals, where only a place whose interval lies
    wholly beyond this one's is surely worse or better. `among` is "us" or a state's two digits, `places` how many there are with a value.
    """

    first: int
    last: int
    places: int
    among: str


@dataclass(frozen=True)
class Line:
    """One measure of a place.

    `value`, `low` and `high` are in the measure's unit, NaN where `status` carries none. `figure` is None where the measure is not made for
    such a place: `refused` then says why. `state` and `nation` are the figures of its state (None for a state and the nation) and of the
    nation, None where the measure has none. `lists` is the least and the greatest value over the provider lists, None where the measure
    rests on none.
    """

    indicator: Indicator
    query: Query
    figure: Figure | None
    state: Figure | None
    nation: Figure | None
    lists: tuple[float, float] | None
    rank: Rank | None
    unranked: str
    """Why there is no rank, one of the words above; "" where there is one."""
    refused: str
    """The sentence of a refusal; "" where the measure is made for such places."""

    @property
    def value(self) -> float:
        return self.figure.value if self.figure else float("nan")

    @property
    def low(self) -> float:
        return self.figure.low if self.figure else float("nan")

    @property
    def high(self) -> float:
        return self.figure.high if self.figure else float("nan")

    @property
    def status(self) -> str:
        """One of analytics/status.py; "no data" where the measure is not made for such a place."""
        return self.figure.status if self.figure else status.NO_DATA

    @property
    def has_value(self) -> bool:
        return self.status in status.WITH_VALUE

    @property
    def ends(self) -> tuple[float, float]:
        """What the figure leaves open: from least to most over the provider lists where it rests on them, else its interval; NaN without one."""
        return (self.low, self.high) if self.lists is None else self.lists


@dataclass(frozen=True)
class Profile:
    """A place and its lines, in the order of MEASURES."""

    place: Place
    people: float
    """Adults on 1 July 2023."""
    lines: tuple[Line, ...]

    def line(self, measure: str) -> Line:
        """The line of a measure; ValueError where it is not told here."""
        for one in self.lines:
            if one.indicator.id == measure:
                return one
        raise ValueError(f"The profile of a place does not tell “{measure}”; it tells {', '.join(MEASURES)}.")

    @property
    def missing(self) -> tuple[Line, ...]:
        """The lines without a value."""
        return tuple(one for one in self.lines if not one.has_value)


def profile(geoid: str, tables: Tables, query: Query | None = None) -> Profile:
    """What there is to say of a place ("us", a state's two digits, a district's four, a county's five).

    `query` decides whom and what the measures ask for (lists, kind of therapy, payer ...); its measure, level and place are passed over.
    Raises ValueError for a place nobody knows.
    """
    asked = question(geoid, query or Query())
    check(asked, tables)
    return CACHE.get((tables.version, "profile", asked), lambda: _profile(asked, tables))


def question(geoid: str, query: Query) -> Query:
    """The question of the page of a place: the query asked of it, at its own level; the nation's by county."""
    level = level_of(geoid) if len(geoid) in (2, 4, 5) else "county"
    return query.with_(measure=MEASURES[0], place=geoid, level="county" if level == "nation" else level)


def line(geoid: str, measure: str, tables: Tables) -> Line:
    """One measure of a place alone, asked as `profile` asks it: the rest is not worked out. ValueError for a place or measure nobody knows."""
    asked = question(geoid, Query()).with_(measure=measure)
    check(asked, tables)
    return _line(asked, tables)


def _profile(query: Query, tables: Tables) -> Profile:
    lines = tuple(_line(query.with_(measure=measure), tables) for measure in MEASURES)
    people = next((one.figure.people for one in lines if one.figure is not None), float("nan"))
    return Profile(places(tables)[query.place], people, lines)


def _line(query: Query, tables: Tables) -> Line:
    indicator = indicators()[query.measure]
    place = places(tables)[query.place]
    nation = beside(query.with_(level="county", place=NATION), tables)
    state = beside(query.with_(level="state", place=place.state), tables) if place.level in ("county", "district") else None
    refusal = refuse(query, indicator, tables)
    if refusal is not None:
        return Line(indicator, query, None, state, nation, None, None, NO_VALUE, refusal.sentence)
    own = nation if place.level == "nation" else figure(query, tables)
    rank, unranked = ranked(query, indicator, tables)
    return Line(indicator, query, own, state, nation, _lists(query, indicator, tables), rank, unranked, "")


def beside(query: Query, tables: Tables) -> Figure | None:
    """The figure of a state or the nation, which many places are held against; None where the measure is refused there or has none."""

    def compute() -> Figure | None:
        return figure(query, tables) if refuse(query, indicators()[query.measure], tables) is None else None

    return CACHE.get((tables.version, "figure beside", query), compute)


def _lists(query: Query, indicator: Indicator, tables: Tables) -> tuple[float, float] | None:
    """Least and greatest over the provider lists; a class has neither."""
    return None if indicator.categories else range_over(list_figures(query, tables), indicator, in_doubt=False)


# --- Ranks ---


def ranked(query: Query, indicator: Indicator, tables: Tables) -> tuple[Rank | None, str]:
    """Where the query's place stands among those of its level, or why it is not ranked.

    A list of providers that is capped or gathered state by state ranks no states. Places inside one state are treated alike by it: counties
    and districts are ranked there, and over the nation where the measure rests on no such list.
    """
    level = level_of(query.place)
    if level == "nation":
        return None, OF_WHOLE
    if indicator.categories or indicator.unit == "code":
        return None, CLASSES
    if not indicator.worse:
        return None, NO_END
    sampled_lists = indicator.uses_providers and bool(QUOTA_LAYERS & set(query.layers))
    if sampled_lists and level == "state":
        return None, LISTS_OF_STATES
    among = query.place[:2] if sampled_lists else NATION
    rows = standing(query.with_(place=among), indicator, tables)
    if query.place not in rows.index:
        return None, NO_VALUE
    if len(rows) < 2:
        return None, ALONE
    if largest_tie(rows["value"].to_numpy(dtype=float)) > load("access/tied_share_refused").number():
        return None, TIES
    return Rank(*span(query.place, rows), len(rows), among), ""


def standing(query: Query, indicator: Indicator, tables: Tables) -> pd.DataFrame:
    """The places of the query's level with a value, in the query's place, by their ids: value, and how badly off each is at best and at
    worst (greater is worse): the ends of a survey's interval, else the value itself.
    """

    def compute() -> pd.DataFrame:
        rows = national_frame(query, tables)
        inside = rows["geoid"].str.startswith("" if query.place == NATION else query.place)
        rows = rows[inside & rows["status"].isin(list(status.WITH_VALUE))].set_index("geoid")
        ends = [rows[end].fillna(rows["value"]) if indicator.id in SAMPLED else rows["value"] for end in ("low", "high")]
        at_best, at_worst = ends if indicator.worse == "high" else (-ends[1], -ends[0])
        return pd.DataFrame({"value": rows["value"], "at_best": at_best, "at_worst": at_worst})

    return CACHE.get((tables.version, "standing", query), compute)


def span(geoid: str, rows: pd.DataFrame) -> tuple[int, int]:
    """First and last rank that a place may have among the rows of `standing`, counted from the worst: only a place that is worse at best than
    this one at worst is surely before it."""
    at_best, at_worst = (float(rows[end].loc[geoid]) for end in ("at_best", "at_worst"))
    return int((rows["at_best"] > at_worst).sum()) + 1, len(rows) - int((rows["at_worst"] < at_best).sum())
