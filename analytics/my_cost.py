"""My cost: what one person's treatment comes to under their own insurance, and what would change it.

What a person answers is in no cache: costs are worked out anew from charges that are kept for whole levels, and the way there from sites
made ready for everybody. There is no mean over payers; what no rule or price in hand answers has a reason and no number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import schedules
from analytics.affordability import guideline
from analytics.assumptions import Assumptions, ordered
from analytics.bill import charges_at, travel
from analytics.charges import Charges, with_price
from analytics.near import WITHIN, Near, near, question, road_miles_to_sites, ways_to_sites
from analytics.near_point import Point
from analytics.out_of_pocket import barred, cost_at, parameters, told_elsewhere
from analytics.query import NATION, PAYERS, Query
from analytics.tables import Tables
from analytics.tornado import settings
from data.parameter import load

THERAPIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"both": ("esketamine", "iv"), "esketamine": ("esketamine",), "iv": ("iv",)}
)
"""What a person may ask about -> the treatments that are priced."""
DETAILS: Final[Mapping[str, Mapping[str, Mapping[str, float]]]] = MappingProxyType(
    {
        "medicare": {"deductible_met": {"medicare/part_b_deductible": 0.0}},
        "medicare_supplement": {"deductible_met": {"medicare/part_b_deductible": 0.0}},
        "medicare_advantage": {"limit_reached": {"medicare/advantage_limit": 0.0}},
        "commercial": {
            "deductible_met": {"commercial/deductible.typical": 0.0},
            "limit_reached": {"commercial/out_of_pocket_limit": 0.0},
        },
        "commercial_copay": {
            "deductible_met": {"commercial/deductible.typical": 0.0},
            "limit_reached": {"commercial/out_of_pocket_limit": 0.0},
        },
        "va": {"disability": {"va/visit_copay.typical": 0.0}},
    }
)
"""What else matters under a payer -> the assumptions that it stands for: nothing left of a deductible or of a yearly limit, no copay."""
INCOMES: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        f"{low}": (1_000.0 * low, 1_000.0 * high)
        for low, high in ((0, 15), (15, 30), (30, 45), (45, 60), (60, 80), (80, 100), (100, 150), (150, np.inf))
    }
)
"""A household's income in steps, USD a year: id -> (from, up to). Nobody is asked for the exact sum."""
HOUSEHOLDS: Final = (1, 2, 3, 4, 5, 6)
"""People in the household; the last one stands for more too."""
SPANS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = MappingProxyType(
    {
        "esketamine": {
            "course": ("course", "course"),
            "typical_year": ("typical_year", "typical_year"),
            "label_year": ("label_year_low", "label_year_high"),
        },
        "iv": {"course": ("course", "course")},
    }
)
"""Over what each treatment is added up: the schedules of the lower and the upper end. Infusions have no year on record."""
NO_ROUTE, NOT_IN_HAND = "no_route", "not_in_hand"
NEARBY_MILES: Final = 60.0
"""Straight miles within which sites with a sliding fee are named."""


@dataclass(frozen=True)
class Answers:
    """What a person said; "" and 0 stand for a question that was skipped."""

    therapy: str = "both"
    payer: str = ""
    detail: str = ""
    income: str = ""
    household: int = 0

    @property
    def assumptions(self) -> Assumptions:
        """What the detail means in assumptions; one that another payer has is passed over."""
        return ordered(DETAILS.get(self.payer, {}).get(self.detail, {}))


@dataclass(frozen=True)
class Amount:
    """What a treatment leaves to its patient over a span of SPANS, USD. NaN with a reason where that cannot be said.

    `value` is what is typical, NaN where the span has no typical number of visits. `visits` is (fewest, most).
    """

    payer: str
    treatment: str
    span: str
    visits: tuple[float, float]
    low: float
    value: float
    high: float
    why: str = ""

    @property
    def known(self) -> bool:
        return not self.why


@dataclass(frozen=True)
class Change:
    """One thing that moves the amount of a first course: its id, and the amount at its two ends, least first."""

    id: str
    low: float
    high: float


def asked(payer: str, treatment: str, schedule: str, place: str, assumptions: Assumptions = ()) -> Query:
    return Query(payer=payer, modality=treatment, schedule=schedule, place=place, assumptions=assumptions)


def amount(payer: str, treatment: str, span: str, place: str, tables: Tables, assumptions: Assumptions = ()) -> Amount:
    """What the treatment leaves to its patient over the span, at the amounts of the place."""
    ends = [asked(payer, treatment, schedule, place, assumptions) for schedule in SPANS[treatment][span]]
    visits = tuple(schedules.visits(treatment, one.schedule, assumptions).number for one in ends)
    nothing = Amount(payer, treatment, span, (visits[0], visits[1]), np.nan, np.nan, np.nan)
    if why := untold(ends[0], tables):
        return replace(nothing, why=why)
    here = charges_at(place, tables, assumptions)
    first, last = (cost_at(one, here) for one in ends)
    low, high = float(first.low[0]), float(last.high[0])
    value = float(first.value[0]) if ends[0] == ends[1] else np.nan
    return replace(nothing, low=min(low, high), value=value, high=max(low, high))


def untold(query: Query, tables: Tables) -> str:
    """Why what a question costs cannot be said; "" where it can."""
    reason = barred(query, tables)
    return "" if reason is None else NO_ROUTE if reason.in_hand else NOT_IN_HAND


def amounts(answers: Answers, place: str, tables: Tables) -> dict[tuple[str, str, str], Amount]:
    """Each sum that the page tells, once: by payer, treatment and span. A year by the label is told of the person's own insurance, and of
    paying oneself, which stands in where that hardly ever pays; what the person said of their plan holds under their own payer alone."""
    return {
        (payer, treatment, span): amount(payer, treatment, span, place, tables, answers.assumptions if payer == answers.payer else ())
        for treatment in THERAPIES[answers.therapy]
        for payer in PAYERS
        for span in SPANS[treatment]
        if span != "label_year" or payer in (answers.payer, "self")
    }


def covered_elsewhere(answers: Answers, place: str, tables: Tables) -> bool:
    """Whether somebody says that the place's Medicaid pays for infusions, where no document of the state's own was read."""
    return answers.payer == "medicaid" and bool(told_elsewhere(asked("medicaid", "iv", "course", place), tables))


@dataclass(frozen=True)
class MyCost:
    """All that one person's answers come to. `near` has the sites around by treatment, `ways` the way to the nearest; both empty without a
    point, and a way is None where no road leads to any."""

    answers: Answers
    point: Point | None
    place: str
    amounts: Mapping[tuple[str, str, str], Amount]
    """By payer, treatment and span, as `amounts` has them."""
    changes: Mapping[str, tuple[Change, ...]]
    near: Mapping[str, Near]
    ways: Mapping[str, Way | None]

    @property
    def treatments(self) -> tuple[str, ...]:
        return THERAPIES[self.answers.therapy]

    @property
    def own(self) -> tuple[Amount, ...]:
        """What the person's own insurance leaves to them: every treatment asked about, over each of its spans. Nothing without a payer."""
        return tuple(one for one in self.amounts.values() if one.payer == self.answers.payer)

    @property
    def oneself(self) -> tuple[Amount, ...]:
        """What a treatment costs who pays it alone, where the person's insurance hardly ever pays."""
        return tuple(self.amounts["self", one.treatment, one.span] for one in self.own if one.why == NO_ROUTE)

    @property
    def payers(self) -> dict[str, tuple[tuple[Amount, ...], ...]]:
        """Each treatment under every payer, the person's own first: a row a payer, an amount a span. Situations, and no mean over them."""
        order = sorted(PAYERS, key=lambda payer: payer != self.answers.payer)
        return {
            treatment: tuple(
                tuple(self.amounts[payer, treatment, span] for span in SPANS[treatment] if span != "label_year") for payer in order
            )
            for treatment in self.treatments
        }

    @property
    def shown(self) -> tuple[Amount, ...]:
        """What the person pays: by their insurance, and all of it where that hardly ever pays. What is not in hand is left out."""
        return tuple(one for treatment in self.treatments for one in (*self.own, *self.oneself) if one.known and one.treatment == treatment)

    def of(self, treatment: str, span: str) -> Amount | None:
        """What is shown of a treatment over a span; None where that is not in hand."""
        return next((one for one in self.shown if (one.treatment, one.span) == (treatment, span)), None)

    def why(self, treatment: str) -> str:
        """Why the person's own insurance leaves no known sum for a first course; "" where it does, or no insurance is named."""
        return next((one.why for one in self.own if one.treatment == treatment), "")

    @property
    def widest(self) -> tuple[float, float]:
        """The least and the most that a first course costs over all payers and the treatments asked about, USD."""
        known = [row[0] for rows in self.payers.values() for row in rows if row[0].known]
        return min(one.low for one in known), max(one.high for one in known)


def my_cost(answers: Answers, point: Point | None, tables: Tables, place: str = NATION) -> MyCost:
    """What a person's answers come to, at the amounts of the point's county, or of `place` where there is no point; nothing of it is kept."""
    place = point.county if point is not None else place
    around = {} if point is None else sites_around(answers, point, tables)
    return MyCost(
        answers=answers,
        point=point,
        place=place,
        amounts=amounts(answers, place, tables),
        changes={one: changes(answers, one, place, tables) for one in THERAPIES[answers.therapy]},
        near=around,
        ways=ways(around, tables),
    )


# --- What moves it ---


def changes(answers: Answers, treatment: str, place: str, tables: Tables) -> tuple[Change, ...]:
    """What moves the amount of a first course, one thing at a time and most first: uncertain assumptions between their ends, what the
    person did not say about their plan, and the number of visits. Where insurance hardly ever pays, of the price that is paid oneself.

    None without a payer, where there is no amount, or where nothing moves it by a dollar.
    """
    payer = answers.payer
    why = untold(asked(payer, treatment, "course", place), tables) if payer else NOT_IN_HAND
    if why == NOT_IN_HAND:
        return ()
    payer = "self" if why == NO_ROUTE else payer
    given = answers.assumptions if payer == answers.payer else ()
    query, here = asked(payer, treatment, "course", place, given), charges_at(place, tables, given)
    found = uncertain(query, here, tables)
    found += [] if given else unsaid(query, here, {one.id for one in found})
    if treatment == "esketamine":
        found.append(between("visits", [query, query.with_(schedule="label_year_high")], here))
    moved = [one for one in found if one.high - one.low >= 1]
    return tuple(sorted(moved, key=lambda one: one.low - one.high))


def uncertain(query: Query, here: Charges, tables: Tables) -> list[Change]:
    """The amount with one uncertain assumption at a time at each end; what the person said of it stays."""
    if (query.payer, query.modality) == ("self", "esketamine"):
        cost = cost_at(query, here)
        return [Change("esketamine_price", float(cost.low[0]), float(cost.high[0]))]
    said, own_parameters = dict(query.assumptions), tuple(parameters(query))
    moving = [
        one for one in settings(query, tables) if one.kind == "uncertain" and one.id.startswith(own_parameters) and one.id not in said
    ]
    found = []
    for one in moving:
        at_ends = [{**said, one.id: end} for end in (one.low, one.high)]
        found.append(between(one.id, [query.with_(assumptions=tuple(sorted(end.items()))) for end in at_ends], here))
    return found


def unsaid(query: Query, here: Charges, told: set[str]) -> list[Change]:
    """The amount if a detail held that the person did not speak of, but for those that an assumption tells already."""
    return [
        between(name, [query, query.with_(assumptions=ordered(assumptions))], here)
        for name, assumptions in DETAILS.get(query.payer, {}).items()
        if not told.issuperset(assumptions)
    ]


def between(name: str, queries: list[Query], here: Charges) -> Change:
    """The amount under several questions, least first; an infusion at the price that a question assumes."""
    values = [float(cost_at(query, with_price(here, query.assumptions)).value[0]) for query in queries]
    return Change(name, min(values), max(values))


# --- The way there ---


@dataclass(frozen=True)
class Way:
    """The way to the nearest site known for a treatment: one way, and over each span of SPANS (least, most).

    `minutes` modelled, `miles` by road, one way. `known` is False where only sites whose record is silent are in reach.
    """

    site: str
    city: str
    treatment: str
    only_city: bool
    known: bool
    miles: float
    minutes: float
    spans: Mapping[str, Mapping[str, tuple[float, float]]]
    """span -> line of a bill's travel (miles, driving_cost, hours_on_site, driving_hours, driver_hours) -> (least, most)."""


def sites_around(answers: Answers, point: Point, tables: Tables) -> dict[str, Near]:
    """The sites around by treatment; those for veterans where the Department of Veterans Affairs pays."""
    queries = {one: question(one, "veteran" if answers.payer == "va" else "any") for one in THERAPIES[answers.therapy]}
    there = ways_to_sites(point, next(iter(queries.values())), tables)
    return {treatment: near(point, query, tables, WITHIN[-1], there) for treatment, query in queries.items()}


def ways(around: Mapping[str, Near], tables: Tables) -> dict[str, Way | None]:
    """The way to the nearest site of each treatment; road miles are worked out once for all sites."""
    if not around:
        return {}
    first = next(iter(around.values()))
    road = road_miles_to_sites(first.point, first.query, tables)
    return {treatment: way(found, road, tables) for treatment, found in around.items()}


def way(near_: Near, road_miles: npt.NDArray[np.float64], tables: Tables) -> Way | None:
    """The way to the nearest site that is open to the person and that a road leads to, known ones first; None where there is none.
    `road_miles` has one for every provider."""
    listed = near_.listed
    rows = listed[listed["open"] & listed["road"]]
    if rows.empty:
        return None
    row = rows.sort_values(["known", "miles"], ascending=[False, True]).iloc[0]
    at = int(np.flatnonzero(tables["providers"]["id"] == row["id"])[0])
    miles, minutes = float(road_miles[at]), float(row["minutes"])
    treatment = near_.query.modality
    return Way(
        site=str(row["name"]),
        city=str(row["city"]),
        treatment=treatment,
        only_city=row["point_quality"] == "city",
        known=bool(row["known"]),
        miles=miles,
        minutes=minutes,
        spans={span: added_up(treatment, ends, miles, minutes) for span, ends in SPANS[treatment].items()},
    )


def added_up(treatment: str, ends: tuple[str, str], miles: float, minutes: float) -> dict[str, tuple[float, float]]:
    """The lines of travel from the least of the first schedule to the most of the last."""
    least, most = ({line.id: line.span for line in travel(asked("self", treatment, schedule, NATION), miles, minutes)} for schedule in ends)
    return {name: (float(np.ravel(span.low)[0]), float(np.ravel(most[name].high)[0])) for name, span in least.items()}


def with_sliding_fee(near_: Near) -> pd.DataFrame:
    """The sites near by that say their fee goes by income, nearest first: name, city, miles."""
    rows = near_.reached
    says = rows["sliding_fee"].fillna(False).to_numpy(dtype=bool) & rows["known"].to_numpy(dtype=bool)
    close = (rows["miles"] <= NEARBY_MILES).to_numpy(dtype=bool)
    found: pd.DataFrame = rows.loc[says & close, ["name", "city", "miles"]]
    return found.reset_index(drop=True)


# --- Beside the income ---


def share_of_income(usd: float, income: str) -> tuple[float, float]:
    """(least, most) share of a year's income that an amount is, for the step's ends; most is infinite from an income of nothing."""
    low, high = INCOMES[income]
    return usd / high, usd / low if low else (np.inf if usd > 0 else 0.0)


def rebate_excluded(state: str) -> bool:
    """Whether the state's residents can't have the maker's rebate on the observation."""
    return state in tuple(load("copay_programme/observation_rebate_excluded").latest)


def may_have_medicaid(answers: Answers, state: str, tables: Tables) -> bool:
    """Whether an adult of that income and household may have Medicaid by income alone in a state that expanded it.

    The guideline in hand is that of 2023, and today's is higher: who is under it is under today's as well. The step's lower end counts.
    """
    rows = tables["states"]
    expanded = bool(rows.loc[rows["state"] == state, "medicaid_expansion"].any())
    if not (expanded and answers.income and answers.household):
        return False
    return INCOMES[answers.income][0] < float(guideline(answers.household)) * float(load("medicaid/expansion_income").latest)
