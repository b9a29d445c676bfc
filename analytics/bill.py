"""The bill: what a treatment comes to at a place and what its patient pays of it, line by line, each line with its source.

`bill` answers in the same envelope as every other question. The money is in dollars of 2026; the way there is told apart from the treatment,
in miles, hours and, at two published rates a mile, dollars.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics import schedules, status
from analytics.affordability import by_group, share_over
from analytics.assumptions import Assumptions, assumed
from analytics.charges import Charges, Span, charges
from analytics.indicators import indicators
from analytics.model import Figure, Result
from analytics.out_of_pocket import barred, cost_at, lines, patient_cost, rule_sentence
from analytics.payer_rules import MODELLED, RULE, STAND_INS, Line
from analytics.places import known_place, level_of, places
from analytics.query import NATION, PAYERS, Query
from analytics.refusal import refuse
from analytics.rollup import adults
from analytics.tables import Tables
from data.errors import DataError
from data.parameter import load

MEASURE: Final = "patient_cost"
COLUMNS: Final = ("line", "words", "low", "value", "high", "unit", "kind", "role", "source", "link")
NO_ROUTE: Final = "no route to coverage"
NOT_IN_HAND: Final = "not in hand"

ONE_YEAR: Final = "All visits lie in one calendar year."
LEFT_OUT: Final = "Consultations, other medicines and premiums are not in it."
NOTES: Final = {
    "self": ("One national number: where it is dearer or cheaper is not known, and it is not adjusted to local costs.",),
    "medicare": ("Medicare's amount is a payment rule in an office; a hospital's outpatient department has another.",),
    "medicare_supplement": ("Plans K, L and N leave a part of the coinsurance too; what the supplement itself costs is not in it.",),
    "medicare_advantage": ("Plans differ: from no copay to all of it up to the plan's yearly limit. Most ask for prior authorisation.",),
    "medicare_medicaid": ("With full Medicaid the practice may not bill the patient for what Medicare leaves.",),
    "medicaid": ("All copays of a family together are held to 5 % of its income.",),
    "commercial": ("Care that is not covered counts toward no limit.",),
    "commercial_copay": (
        "The programme is for people with commercial insurance alone, never with any government insurance; its yearly maximum of today is not published.",
        "Some plans don't count what the programme pays toward the deductible and the limit.",
    ),
    "va": (
        "Nothing with a service-connected disability of 10 % or more, or for a service-connected condition; else a copay for each visit.",
        "Which sites of the Department of Veterans Affairs offer it, and to whom, is decided there.",
    ),
}
"""What must be read beside the bill, by payer."""


def bill(
    query: Query,
    place: str,
    tables: Tables,
    *,
    start: date | None = None,
    road_miles: float | None = None,
    minutes: float | None = None,
) -> Result:
    """The question's treatment under its payer at a place (us, a state, a district or a county), line by line.

    `frame` has COLUMNS, one row a line: `role` is charge, payer, part (in `value` they add up to the total), total, beside, or travel;
    `kind` observed, rule or modelled; `source` the id of a parameter or of a source, `link` its address. `figure` is the total in USD. `start` is the day on
    which the treatment begins: each calendar year then has its own deductible and limit. `road_miles` and `minutes` are one way to the
    site; they are used for the lines of travel and kept nowhere. `more` has "payers" (the same treatment under each payer, with its class of
    cost), "households" (share over the line) and "groups" (the bill over each group's median income; not for districts).
    ValueError for a place nobody knows, for miles or minutes below 0, and for a start before the rules in hand.
    """
    known_place(place, tables)
    asked = query.with_(measure=MEASURE, place=place)
    indicator = indicators()[MEASURE]
    level = level_of(place)
    if (refusal := refuse(asked, indicator, tables)) is not None:
        empty = pd.DataFrame(columns=list(COLUMNS))
        rules = tuple(tables.sources_of("facts_coverage"))
        return Result(asked, indicator, empty, None, (), (), rules, refusal, tables.version, {"payers": by_payer(asked, place, tables)})
    try:
        money = lines(asked, charges_at(place, tables, asked.assumptions), start)
    except DataError as error:
        raise ValueError(f"The rules in hand do not reach back to {start}: {error}") from None
    rows = [*money, *travel(asked, road_miles, minutes)]
    frame = as_frame(rows, tables)
    total = frame[frame["role"] == "total"].iloc[0]
    value, low, high = (float(total[end]) for end in ("value", "low", "high"))
    kind = status.ZERO if high == 0 else status.MODELLED
    people = float(np.rint(adults(level, tables)[place]))
    figure = Figure(places(tables)[place], value, low, high, kind, people)
    more = {"payers": by_payer(asked, place, tables), "households": households(asked, place, tables, start)}
    if level != "district":
        more["groups"] = by_group(value, place, tables, asked.assumptions)
    said = notes(asked, place, start, tables)
    return Result(asked, indicator, frame, figure, (), said, provenance(asked, rows, tables), None, tables.version, more)


def provenance(query: Query, rows: list[Line], tables: Tables) -> tuple[dict[str, Any], ...]:
    """The sources of the lines, Medicare's amounts where they stand in, and those of the households' incomes."""
    own = [line.source for line in rows if "/" not in line.source]
    amounts = ["cms_fee_schedule"] if schedules.treatment_of(query) == "esketamine" and any(line.role == "charge" for line in rows) else []
    ids = dict.fromkeys([*own, *amounts, "census_acs5_2023", "census_acs5_b01003"])
    return tuple(source for one in ids for source in tables.sources_of(one))


def charges_at(place: str, tables: Tables, assumptions: Assumptions) -> Charges:
    found = charges(level_of(place), tables, assumptions)
    return found.at(np.flatnonzero(found.geoids == place))


def as_frame(rows: list[Line], tables: Tables) -> pd.DataFrame:
    """COLUMNS of the lines of one place. A part's own ends are put in order: the plan that leaves least may ask more under one head."""
    return pd.DataFrame(
        [
            (line.id, line.words, *in_order(line.span), line.unit, line.kind, line.role, line.source, link(line.source, tables))
            for line in rows
        ],
        columns=list(COLUMNS),
    )


def in_order(span: Span) -> tuple[float, float, float]:
    low, value, high = (float(np.ravel(end)[0]) for end in (span.low, span.value, span.high))
    return min(low, value, high), value, max(low, value, high)


def link(source: str, tables: Tables) -> str:
    """The address of a parameter's first reference that has one, or of a source; "" where it was gathered from many pages."""
    if "/" in source:
        return next((one.link for one in load(source).references if one.link), "")
    return str(tables.sources_of(source)[0]["url"])


def notes(query: Query, place: str, start: date | None, tables: Tables) -> tuple[str, ...]:
    situation = query.payer, schedules.treatment_of(query)
    stand_in = [STAND_INS[situation]] if situation in STAND_INS else []
    said = stand_in if situation == ("self", "esketamine") else [*stand_in, *NOTES[query.payer]]
    if query.payer == "medicaid":
        said += medicaid_notes(place, tables)
    if query.payer in ("commercial", "commercial_copay"):
        approved = load("coverage/first_claim_approved").latest
        said.append(
            f"Of first pharmacy claims for esketamine {approved['first_claim']:.1%} were approved, by the second session {approved['by_second_session']:.1%} (a study of the maker)."
        )
    begun = (
        f"The visits begin on {start}: each calendar year has its own deductible and limit, at the latest known amounts." if start else ""
    )
    return (begun or ONE_YEAR, LEFT_OUT, *said)


def medicaid_notes(place: str, tables: Tables) -> list[str]:
    """The federal rule, where the state's own text was not read; and that rides to care are a benefit."""
    states = tables["medicaid_by_state"].set_index("geoid")["rule"]
    read = place != NATION and str(states.get(place[:2], "federal_rule")) != "federal_rule"
    rule = [] if read else [rule_sentence("medicaid/federal_rule")]
    return [*rule, "Medicaid pays for rides to care for those who have no other way."]


# --- The way there ---


def travel(query: Query, road_miles: float | None, minutes: float | None) -> list[Line]:
    """Miles, money at two rates a mile and hours of all visits, there and back; the driver's hours where one is needed.

    `road_miles` and `minutes` are one way. On site the hours of the label's watch, or of an infusion.
    """
    treatment = schedules.treatment_of(query)
    number = schedules.visits(treatment, query.schedule, query.assumptions).number
    for words, given in (("miles", road_miles), ("minutes", minutes)):
        if given is not None and not (np.isfinite(given) and given >= 0):
            raise ValueError(f"The {words} of the way there must be 0 or more; leave them out where they are not known.")
    stay = "treatment/hours_on_site" if treatment == "esketamine" else "treatment/iv_hours_on_site"
    hours = assumed(stay, query.assumptions)
    on_site = Span.of(hours["low"], (hours["low"] + hours["high"]) / 2, hours["high"]).times(number)
    found = [Line("visits", "Visits", Span.one(number), RULE, schedules.parameters(treatment, query.schedule)[0], "travel", "visits")]
    if road_miles is not None:
        miles = 2 * road_miles * number
        low, full = (float(assumed(f"travel/{rate}", query.assumptions)) for rate in ("irs_medical", "irs_business"))
        words = "Driving: at the medical rate of the Internal Revenue Service at least, at its business rate in full"
        found += [
            Line("miles", "Miles by road, there and back", Span.one(miles), MODELLED, "travel/detour_index", "travel", "miles"),
            Line("driving_cost", words, Span.of(miles * low, miles * full, miles * full), RULE, "travel/irs_business", "travel"),
        ]
    found.append(Line("hours_on_site", "Hours on site", on_site, RULE, stay, "travel", "hours"))
    if minutes is not None:
        driving = Span.one(2 * minutes / 60 * number)
        found.append(Line("driving_hours", "Hours on the road", driving, MODELLED, "travel/speed", "travel", "hours"))
        if load("treatment/driver").latest:
            words = "The driver's hours, who waits"
            found.append(Line("driver_hours", words, driving + on_site, MODELLED, "treatment/driver", "travel", "hours"))
    return found


# --- Classes, payers, households ---


def class_words(assumptions: Assumptions = ()) -> tuple[str, ...]:
    """The classes of what a patient pays, least first: "under $100", "$100 to $1,000" ..., then no route to coverage, and not in hand."""
    edges = assumed("affordability/cost_classes", assumptions)
    between = [f"${low:,.0f} to ${high:,.0f}" for low, high in pairwise(edges)]
    return (f"under ${edges[0]:,.0f}", *between, f"over ${edges[-1]:,.0f}", NO_ROUTE, NOT_IN_HAND)


def cost_class(usd: float, assumptions: Assumptions = ()) -> str:
    """The class of a cost; an edge belongs to the class that it begins, but the last: over 5,000 is more than 5,000."""
    edges = list(assumed("affordability/cost_classes", assumptions))
    position = int(np.searchsorted(edges, usd, side="right"))
    return class_words(assumptions)[position - 1 if usd == edges[-1] else position]


def by_payer(query: Query, place: str, tables: Tables) -> pd.DataFrame:
    """The same treatment under every payer, each in its class: payer, words, treatment, low, value, high, class_low, class, class_high, why.

    A distribution over situations and no mean. Where "any" is asked each payer has its usual treatment, and infusions their first course.
    Where a cost is refused `why` is the sentence, and the class says whether there is no route to coverage or the cost is not in hand.
    """
    found: list[tuple[Any, ...]] = []
    for payer, words in PAYERS.items():
        asked = query.with_(payer=payer, measure=MEASURE, place=place)
        if schedules.treatment_of(asked) == "iv":
            asked = asked.with_(schedule="course")
        treatment = schedules.words(asked)
        if (reason := barred(asked, tables)) is not None:
            why = NO_ROUTE if reason.in_hand else NOT_IN_HAND
            found.append((payer, words, treatment, np.nan, np.nan, np.nan, why, why, why, reason.sentence))
            continue
        cost = cost_at(asked, charges_at(place, tables, asked.assumptions))
        ends = in_order(Span(cost.low, cost.value, cost.high))
        classes = [cost_class(usd, asked.assumptions) for usd in ends]
        found.append((payer, words, treatment, *ends, *classes, ""))
    return pd.DataFrame(found, columns=["payer", "words", "treatment", "low", "value", "high", "class_low", "class", "class_high", "why"])


def households(query: Query, place: str, tables: Tables, start: date | None = None) -> pd.DataFrame:
    """Share of the place's households for which this treatment alone is over the line, each at its county's bill: value, low, high, status."""
    costs = patient_cost(query, tables, "county", start)
    shares = share_over(costs.value, costs.low, costs.high, level_of(place), tables, query.assumptions)
    at = int(np.flatnonzero(shares.geoids == place)[0])
    row = (float(shares.value[at]), float(shares.low[at]), float(shares.high[at]), status.MODELLED)
    return pd.DataFrame([row], columns=["value", "low", "high", "status"])
