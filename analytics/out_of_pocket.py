"""What a treatment costs its patient under a payer: the bill's money line by line, for one place or for all at once, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from analytics import schedules
from analytics.charges import Charges, Span, charges
from analytics.payer_rules import MODELLED, PARAMETERS, RULE, RULES, Line, Year
from analytics.query import PAYERS, Query
from analytics.schedules import Visits
from analytics.self_pay import distribution
from analytics.tables import Tables
from data.parameter import load

Floats = npt.NDArray[np.float64]

Rule = Callable[[Year], list[Line]]


def parameters(query: Query) -> tuple[str, ...]:
    """Ids of the parameters that this question's cost rests on: those of its schedule, then those of its payer."""
    treatment = schedules.treatment_of(query)
    of_payer = () if (query.payer, treatment) == ("self", "esketamine") else PARAMETERS[query.payer]
    return (*schedules.parameters(treatment, query.schedule), *of_payer)


# --- All years together ---


def rule_of(query: Query) -> Rule:
    """The rule of the question's payer and treatment; ValueError where there is none (`barred` says why)."""
    if (rule := RULES.get((query.payer, schedules.treatment_of(query)))) is None:
        raise ValueError(f"There is no rule for what {PAYERS[query.payer]} leaves to the patient of {schedules.words(query)}.")
    return rule


def lines(query: Query, charges_: Charges, start: date | None = None) -> list[Line]:
    """The bill's money, line by line, at the places of `charges_`: charge, what the payer bears, the patient's parts, the total.

    All visits lie in one calendar year, unless `start` says when the treatment begins: then each year has its own deductible, limit and
    maximum, at the amounts of the latest year that is known. ValueError where there is no schedule or no rule (`barred` says why).
    """
    found = with_total(added([rule_of(query)(year) for year in years_of(query, charges_, start)]))
    return found if start else [*found, *new_year(query, charges_)]


def years_of(query: Query, charges_: Charges, start: date | None = None) -> list[Year]:
    """The calendar years that the visits lie in: one without a `start`."""
    treatment = schedules.treatment_of(query)
    if start is None:
        return [Year(schedules.visits(treatment, query.schedule, query.assumptions), charges_, query.assumptions)]
    split = schedules.by_calendar_year(treatment, query.schedule, start, query.assumptions)
    return [Year(part, charges_, query.assumptions, max(start, date(year, 1, 1))) for year, part in split.items()]


def with_total(found: list[Line]) -> list[Line]:
    parts = [line for line in found if line.role == "part"]
    total = total_of(found)
    kind = RULE if all(line.kind == RULE for line in parts) else MODELLED
    last = Line("total", "What the patient pays", total, kind, parts[0].source, "total")
    charge = next((line for line in found if line.role == "charge"), None)
    borne = []
    if charge is not None and not np.array_equal(charge.span.value, total.value):
        usd = charge.span
        left = Span(np.maximum(usd.low - total.high, 0), usd.value - total.value, np.maximum(usd.high - total.low, 0))
        borne = [Line("payer_pays", "What others pay", left, kind, charge.source, "payer")]
    first = [charge] if charge is not None else []
    return [*first, *borne, *parts, last, *(line for line in found if line.role == "beside")]


def total_of(found: list[Line]) -> Span:
    first, *others = [line.span for line in found if line.role == "part"]
    return reduce(Span.__add__, others, first)


def added(years_: list[list[Line]]) -> list[Line]:
    """The same lines of several years, summed; a yearly limit stays what it is."""
    first, *later = years_
    sums = {line.id: line for line in first}
    for year in later:
        for line in year:
            if line.id != "limit":
                sums[line.id] = replace(line, span=sums[line.id].span + line.span)
    return list(sums.values())


def new_year(query: Query, charges_: Charges) -> list[Line]:
    """What changes if half of the visits lie in the next calendar year, with a deductible, limit and maximum of its own; no line
    where nothing does."""
    rule, (year,) = rule_of(query), years_of(query, charges_)
    whole = year.visits
    half = whole.number / 2
    first = Visits(min(whole.at_56_mg, half), half - min(whole.at_56_mg, half))
    second = Visits(whole.at_56_mg - first.at_56_mg, whole.others - first.others)

    def total(visits: Visits) -> Span:
        return total_of(rule(replace(year, visits=visits)))

    # Rounded to a millionth of a dollar, so that sums of floats don't make a line of nothing.
    more = (total(first) + total(second) - total(whole)).each(lambda usd: np.round(usd, 6) + 0.0)
    if not any(end.any() for end in (more.low, more.value, more.high)):
        return []
    source = PARAMETERS[query.payer][0]
    return [Line("new_year", "More, if half of the visits lie after New Year", more, MODELLED, source, "beside")]


@dataclass(frozen=True)
class Costs:
    """What a person pays in the places of a level, USD: typical, least and most (n)."""

    geoids: npt.NDArray[np.object_]
    value: Floats
    low: Floats
    high: Floats


def patient_cost(query: Query, tables: Tables, level: str, start: date | None = None) -> Costs:
    """What the question's treatment costs its patient in every place of a level at once: the same total as in `bill`.

    A state or district has the mean amount of its counties by adults, the nation the fee schedule's own. ValueError for what is refused.
    """
    return cost_at(query, charges(level, tables, query.assumptions), start)


def cost_at(query: Query, charges_: Charges, start: date | None = None) -> Costs:
    """The same from charges already in hand."""
    rule = rule_of(query)
    total = reduce(Span.__add__, [total_of(rule(year)) for year in years_of(query, charges_, start)])
    return Costs(charges_.geoids, total.value, total.low, total.high)


# --- What is refused ---


class Barred(NamedTuple):
    """Why a treatment has no cost under a payer, the nearest question that has one, and the words that offer it."""

    sentence: str
    query: Query
    offer: str
    in_hand: bool = True
    """False where there may well be a route to coverage, but what it costs is not known here."""


TRICARE_ASKS: Final = (
    "Ask the contractor: which plan and group am I in, is each session billed as one specialty visit, and how much of this year's "
    "catastrophic cap is used up?"
)


def barred(query: Query, tables: Tables) -> Barred | None:
    """Why what this treatment costs under this payer cannot be said; None where it can."""
    treatment = schedules.treatment_of(query)
    oneself = query.with_(payer="self", modality="iv", schedule="course")
    offer = "Show what a first course of IV ketamine costs who pays oneself"
    if treatment not in schedules.PRICED:
        return Barred(schedules.no_schedule(treatment, query.schedule), oneself, offer, in_hand=False)
    if query.payer == "tricare" and treatment == "esketamine":
        return Barred(
            f"{tricare_covers(tables)}, but what it leaves to the patient is not in hand. {TRICARE_ASKS}",
            oneself,
            offer,
            in_hand=False,
        )
    if (query.payer, treatment) not in RULES:
        rule = rule_sentence("coverage/iv_ketamine_rule")
        return Barred(f"{rule} Under {PAYERS[query.payer]} there is no cost to show.{told_elsewhere(query, tables)}", oneself, offer)
    if reason := schedules.no_schedule(treatment, query.schedule):
        return Barred(reason, query.with_(schedule="course"), "Show a first course")
    if (query.payer, treatment) == ("self", "iv") and np.isnan(charges("nation", tables, query.assumptions).infusion.value[0]):
        insured = query.with_(payer="medicare", modality="esketamine")
        return Barred(distribution("iv", tables).reason, insured, f"Show esketamine under {PAYERS['medicare']}", in_hand=False)
    return None


def rule_sentence(name: str) -> str:
    """What a general rule of coverage says, as a sentence."""
    said = str(load(name).latest["criteria"])
    return f"{said[:1].upper()}{said[1:].rstrip('.')}."


def tricare_covers(tables: Tables) -> str:
    rules = tables["coverage_rules"]
    said = rules[(rules["payer_type"] == "tricare") & (rules["product"] == "esketamine") & rules["latest"]]
    by = f" ({said['publisher'].iloc[0]}, {said['effective'].iloc[0]})" if len(said) else ""
    return f"TRICARE covers esketamine with prior authorisation{by}"


def told_elsewhere(query: Query, tables: Tables) -> str:
    """That somebody else says the place's Medicaid covers infusions, where the state's own document was not read; else ""."""
    if query.payer != "medicaid":
        return ""
    rules, states = tables["coverage_rules"], tables["states"]
    postal = dict(zip(states["geoid"], states["state"], strict=True)).get(query.place[:2], "")
    said = rules[
        (rules["payer_type"] == "medicaid")
        & (rules["product"] == "iv_ketamine")
        & rules["covered"].isin(["yes", "yes_with_pa"])
        & rules["state"].eq(postal).fillna(False)
    ]
    if said.empty:
        return ""
    one = said.iloc[0]
    return f" {one['publisher']} says that {one['entity']} covers it ({one['effective']}); no document of the state's own was read."
