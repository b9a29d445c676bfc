"""Far and costly: one plain class for every county, district and state, and how many adults live in each of the four.

In the spirit of the maternity care deserts of March of Dimes, which join supply and insurance in one class. A place is far when over a
share of its adults live beyond a distance from a listed site; it is costly when at least a share of its households would pay too much for
one stated treatment under one stated payer, never under a mean of payers. All four thresholds are parameters that a person may change.

What is far rests on lists that name only some of the sites, so that "far" is said too often, never too rarely. Where no road or ferry
leads to any site, people are beyond every distance: such a place is far by definition, whatever the thresholds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import model, scores, status
from analytics.affordability import Shares, share_over
from analytics.assumptions import assumed, changeable, ordered
from analytics.cache import CACHE
from analytics.indicators import indicators
from analytics.indicators._shapes import PER_MILLION, class_frame, counted, divided, has_silent_records
from analytics.model import asked_of, national_frame
from analytics.out_of_pocket import patient_cost
from analytics.own import hardly_asked, has_own_travel
from analytics.places import known_place, level_of
from analytics.query import DEFAULT_LAYERS, Query
from analytics.reach import nearest_miles, nearest_minutes
from analytics.refusal import RATE_LAYERS, refuse
from analytics.rollup import block_membership, demand
from analytics.supply import supply_key
from analytics.tables import Tables
from analytics.ways import travel_model
from analytics.worst_off import verdict
from data.parameter import load

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

MEASURE: Final = "barrier_class"
CLASSES: Final = ("within reach", "costly", "far", "far and costly")
"""In the order of their values: far counts 2, costly 1."""
FAR, COSTLY = 2, 1
WORST: Final = FAR + COSTLY

DISTANCE: Final = {"miles": "barriers/far_miles", "minutes": "barriers/far_minutes"}
"""The parameter that says how far is far."""
FAR_SHARE: Final = "barriers/far_share"
COSTLY_SHARE: Final = "barriers/costly_share"
PARAMETERS: Final = (*DISTANCE.values(), FAR_SHARE, COSTLY_SHARE)


# --- Far ---


def unit_of(query: Query) -> str:
    """The unit of the way: miles, or minutes (which an access score rests on too)."""
    return "miles" if query.far == "miles" else "minutes"


def cost_to_nearest(query: Query, tables: Tables, possible: bool = False) -> Floats:
    """Straight miles or modelled minutes from each block group to the nearest site, inf where no way leads to one."""
    nearest = nearest_miles if query.far == "miles" else nearest_minutes
    return np.asarray(nearest(query, tables, possible), dtype=np.float64)


def access_query(query: Query) -> Query:
    """The access score that "far" may be read from: E2SFCA for adults in its usual reach and bands."""
    default = Query()
    return query.with_(measure="e2sfca", weights=default.weights, reach=default.reach, decay=default.decay)


def beyond(query: Query, tables: Tables, possible: bool = False) -> Mask:
    """Block groups that are far by themselves, n: beyond the distance; or with an access score of 0 or no better than that of the
    counties in the lowest fifth, so that people and counties are held to one line. With `possible` silent sites count as sites.
    """
    if query.far != "e2sfca":
        limit = float(assumed(DISTANCE[query.far], query.assumptions))
        return np.asarray(cost_to_nearest(query, tables, possible) > limit)
    asked = access_query(query)
    key = (tables.version, "barrier scores", travel_model(asked), supply_key(asked), asked.assumptions, possible)
    score = CACHE.get(key, lambda: scores.two_step(asked, tables, possible))
    found, value = lowest("county", query, tables, possible)
    return np.asarray(PER_MILLION * score <= np.nanmax(value[found], initial=0.0))


def lowest(level: str, query: Query, tables: Tables, possible: bool = False) -> tuple[Mask, Floats]:
    """Places whose access score is 0 or in the lowest fifth of the rest, and their scores; zero is its own class (analytics.worst_off)."""
    rows = national_frame(access_query(query).with_(level=level), tables)
    score, states = (rows[name].to_numpy() for name in ("value", "status"))
    if possible and has_silent_records(query):
        score = rows["high"].to_numpy(dtype=float)
        states = np.where(score > 0, status.MODELLED, states.astype(str))
    return verdict(score, states, "low").found, np.asarray(score, dtype=float)


def far(level: str, query: Query, tables: Tables, possible: bool = False) -> Mask:
    """Places of a level that are far: over the assumed share of their adults are beyond; or by access score, `lowest`."""
    if query.far == "e2sfca":
        return lowest(level, query, tables, possible)[0]
    membership, adults = block_membership(level, tables), counted(query, tables, unit_of(query))
    share = divided(membership.sums(adults * beyond(query, tables, possible)), membership.sums(adults))
    return np.asarray(share > float(assumed(FAR_SHARE, query.assumptions)))


# --- Costly ---


def shares_over(level: str, query: Query, tables: Tables) -> Shares:
    """Share of households for which the question's treatment under its payer is over the line, at the places of a level."""
    costs = patient_cost(query, tables, "county")
    return share_over(costs.value, costs.low, costs.high, level, tables, query.assumptions)


def costly(shares: Shares, query: Query) -> tuple[Mask, Mask, Mask]:
    """Places that are costly, that are so even at the least bill and with none of an open bracket, and at the most."""
    line = float(assumed(COSTLY_SHARE, query.assumptions))
    return shares.value >= line, shares.low >= line, shares.high >= line


# --- The class ---


def class_of(query: Query, tables: Tables) -> pd.DataFrame:
    """The class of every place of the query's level: its position in CLASSES, with the class at the better and the worse bounds.

    Better: silent sites count, the least bill, none of an open bracket; worse: none of them, the greatest bill, all of it. A place
    without households, without adults, or left out of travel times of one's own has no class.
    """
    shares = shares_over(query.level, query, tables)
    costs_much, at_least, at_most = costly(shares, query)
    membership = block_membership(query.level, tables)
    known = far(query.level, query, tables)
    possible = far(query.level, query, tables, possible=True) if has_silent_records(query) else known
    no_class = np.isnan(shares.value) | (membership.sums(demand(tables).adults) <= 0)
    if unit_of(query) == "minutes" and has_own_travel(tables):
        no_class |= hardly_asked(tables, membership)
    state = np.where(no_class, status.NO_DATA, status.MODELLED)
    # More sites can only bring the nearest nearer; a rank may move either way.
    return class_frame(
        membership.geoids,
        FAR * known + COSTLY * costs_much,
        state,
        FAR * (known & possible) + COSTLY * at_least,
        FAR * (known | possible) + COSTLY * at_most,
    )


# --- People, by block group ---


@dataclass(frozen=True)
class ListPeople:
    """The same with other provider lists: adults in each of CLASSES."""

    layers: tuple[str, ...]
    sites: int
    adults: Floats


@dataclass(frozen=True)
class People:
    """Adults of a place (1 July 2023, modelled by block group) in each of CLASSES: far by their own block group, costly by their county."""

    place: str
    adults: Floats
    possible: Floats
    """The same if sites whose record is silent count as sites; where nothing was asked of records, `adults` again."""
    low: Floats
    """The fewest there can be under silent records, the range of the bill and open brackets; `high` the most."""
    high: Floats
    unknown: float
    """Adults of counties for which no share of households is known, or whom travel times of one's own leave out; in no class."""
    lists: tuple[ListPeople, ...]
    """List by list, as far as they bear the question; empty for access scores, which one list alone bears."""

    def list_range(self, position: int = WORST) -> tuple[float, float]:
        """Least and greatest number of adults in a class over the provider lists, and with silent sites counted as none and as all."""
        found = [float(one[position]) for one in (self.adults, self.possible, *(step.adults for step in self.lists))]
        return min(found), max(found)


def asked(query: Query, tables: Tables) -> Query:
    """The question of this measure without what does not change it. ValueError with the sentence of the refusal where it has no answer."""
    indicator = indicators()[MEASURE]
    own = asked_of(query.with_(measure=MEASURE, level="county"), indicator)
    known_place(own.place, tables)
    if (refusal := refuse(own, indicator, tables)) is not None:
        raise ValueError(refusal.sentence)
    return own


def adults_of(query: Query, tables: Tables) -> tuple[Floats, float]:
    """Adults of the query's place at each block group, n, without those about whom nothing can be said; and how many those are."""
    own = block_membership(level_of(query.place), tables).of(query.place)
    part = np.bincount(own.row, weights=own.share, minlength=len(demand(tables).adults))
    told = counted(query, tables, unit_of(query)) * np.isfinite(shares_over("county", query, tables).value)[demand(tables).county]
    return part * told, float((part * (demand(tables).adults - told)).sum())


def list_steps(query: Query, tables: Tables) -> dict[tuple[str, ...], int]:
    """The lists of providers one after another, and the question's own, each with its sites; none for what one list alone bears."""
    return {} if query.far == "e2sfca" else model.list_steps(query, unit_of(query) == "minutes", tables)


def people(query: Query, tables: Tables) -> People:
    """How many adults of the query's place live far and in a costly county, far, in a costly county, or neither.

    Adults are counted by block group, so that the near half of a far county is not called far. A state or the nation has no class here,
    but has people in all four. ValueError for what is refused.
    """
    own = asked(query, tables)
    return CACHE.get((tables.version, "barrier people", own), lambda: _people(own, tables))


def _people(query: Query, tables: Tables) -> People:
    adults, unknown = adults_of(query, tables)
    county = demand(tables).county
    costs = costly(shares_over("county", query, tables), query)

    def split(far_: Mask, costly_: Mask) -> Floats:
        return np.asarray(np.bincount(FAR * far_ + COSTLY * costly_[county], weights=adults, minlength=len(CLASSES)), dtype=np.float64)

    known = beyond(query, tables)
    either = (known, beyond(query, tables, possible=True)) if has_silent_records(query) else (known,)
    found = [[split(far_, costly_) for costly_ in costs] for far_ in either]
    ends = np.concatenate(found)
    lists = [
        ListPeople(layers, sites, split(beyond(query.with_(layers=layers), tables), costs[0]))
        for layers, sites in list_steps(query, tables).items()
    ]
    return People(query.place, found[0][0], found[-1][0], ends.min(axis=0), ends.max(axis=0), unknown, tuple(lists))


# --- The usual thresholds ---

BURDEN: Final = "affordability/burden_share"


def presets(query: Query, tables: Tables) -> dict[str, Query]:
    """The usual ways to draw the lines, as questions: far by "miles", by "minutes", by "e2sfca", each with thresholds as shipped; and with
    one "burden" for every household, poor or not. Payer, schedule, place and all else stay; where one is refused, its sound offer stands.
    """
    kept = {name: value for name, value in query.assumptions if name not in PARAMETERS and name.partition(".")[0] != BURDEN}
    plain = query.with_(measure=MEASURE, assumptions=ordered(kept))
    # The list that an access score needs goes with it.
    several = plain.with_(layers=DEFAULT_LAYERS) if query.far == "e2sfca" and query.layers == RATE_LAYERS else plain
    one_line = ordered({**kept, f"{BURDEN}.under_poverty_multiple": load(BURDEN).latest["others"]})
    asked_ = {
        "miles": several.with_(far="miles"),
        "minutes": several.with_(far="minutes"),
        "e2sfca": plain.with_(far="e2sfca"),
        "burden": plain.with_(assumptions=one_line),
    }
    refusals = {name: refuse(one, indicators()[MEASURE], tables) for name, one in asked_.items()}
    return {name: one if (refusal := refusals[name]) is None else refusal.query for name, one in asked_.items()}


# --- People against a threshold ---

CURVES: Final = ("distance", "share")
CURVE_COLUMNS: Final = ("threshold", "alone", "both", "least", "most")
STEPS: Final = {"miles": 5.0, "minutes": 5.0, "share": 0.05}


def thresholds(name: str, step: float, query: Query) -> Floats:
    """The range in which a parameter may be changed, in steps, with the question's own value among them."""
    one = changeable()[name]
    grid = np.round(np.arange(one.low, one.high + step / 2, step), 10)
    return np.unique(np.r_[grid, float(assumed(name, query.assumptions))])


def curve(query: Query, tables: Tables, along: str = "distance") -> pd.DataFrame:
    """Adults of the query's place against a threshold, all others as the question has them; CURVE_COLUMNS, one row a threshold.

    Along "distance" (miles or minutes) `alone` is the adults beyond it; along "share" (of households over the line) those in counties
    that are costly by it. `both` is the adults for whom both hold, as in `people` at the question's own threshold; `least` and `most` are
    the ends of `both` over the provider lists. ValueError for what is refused, and for a distance where far is read from an access score.
    """
    if along not in CURVES:
        raise ValueError(f"There is no curve along “{along}”; there are {', '.join(CURVES)}.")
    own = asked(query, tables)
    if along == "distance" and own.far == "e2sfca":
        raise ValueError("An access score has no distance to move; ask for far by miles or by minutes.")
    return CACHE.get((tables.version, "barrier curve", along, own), lambda: _curve(own, tables, along))


def _curve(query: Query, tables: Tables, along: str) -> pd.DataFrame:
    adults, _ = adults_of(query, tables)
    county = demand(tables).county
    shares = shares_over("county", query, tables)
    steps = [query.with_(layers=layers) for layers in list_steps(query, tables)]
    if along == "distance":
        limits = thresholds(DISTANCE[query.far], STEPS[query.far], query)
        costs_much = costly(shares, query)[0][county]

        def over(one: Query, weights: Floats) -> Floats:
            return weights_beyond(limits, cost_to_nearest(one, tables), weights)

        alone = over(query, adults)
        both, *by_list = [over(one, adults * costs_much) for one in (query, *steps)]
    else:
        limits = thresholds(COSTLY_SHARE, STEPS["share"], query)
        is_costly = shares.value >= limits[:, None]

        def over(one: Query, weights: Floats) -> Floats:
            return np.asarray(is_costly @ np.bincount(county, weights=weights * beyond(one, tables), minlength=len(shares.value)))

        alone = np.asarray(is_costly @ np.bincount(county, weights=adults, minlength=len(shares.value)))
        both, *by_list = [over(one, adults) for one in (query, *steps)]
    ends = np.stack(by_list or [both])
    return pd.DataFrame(dict(zip(CURVE_COLUMNS, (limits, alone, both, ends.min(axis=0), ends.max(axis=0)), strict=True)))


def weights_beyond(limits: Floats, cost: Floats, weights: Floats) -> Floats:
    """The weight whose cost is more than each of the rising limits.

    >>> weights_beyond(np.array([10.0, 20.0]), np.array([10.0, 15.0, np.inf]), np.array([1.0, 2.0, 4.0])).tolist()
    [6.0, 4.0]
    """
    passed = np.searchsorted(limits, cost, side="left")
    at = np.bincount(passed, weights=weights, minlength=len(limits) + 1)
    return np.asarray(at[::-1].cumsum()[::-1][1:])
