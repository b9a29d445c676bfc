"""The sentences of a bill: what it comes to, what is doubtful in it, for how many households it is too much. Plain text but where a name
ends in `_html`. What Medicare allows, what providers publish and what is paid for have theirs in maps/payment_words.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics import schedules
from analytics.assumptions import assumed, changeable
from analytics.bill import bill, charges_at
from analytics.brackets import by_bracket
from analytics.cache import CACHE
from analytics.journey import journey
from analytics.model import Result
from analytics.out_of_pocket import barred, cost_at, parameters
from analytics.places import places
from analytics.prices import years
from analytics.query import NATION, PAYERS, Query
from analytics.refusal import capital
from analytics.tables import Tables
from analytics.tornado import LINE, Draws
from analytics.ways import TRAVEL
from data.parameter import load
from maps.facts import link, number
from maps.numbers import one_or_both, percent
from maps.why_words import driving_words, journey_sentence
from maps.words import listed

TREATMENTS: Final = {"esketamine": "esketamine (nasal spray)", "iv": "IV ketamine"}
PAYER_CHOICES: Final = {
    "self": "oneself",
    "medicare": "Medicare, no supplement",
    "medicare_supplement": "Medicare with a supplement",
    "medicare_advantage": "Medicare Advantage",
    "medicare_medicaid": "Medicare and full Medicaid",
    "medicaid": "Medicaid",
    "commercial": "commercial insurance",
    "commercial_copay": "commercial, maker's programme",
    "tricare": "TRICARE",
    "va": "Veterans Affairs (VA)",
}
"""Who pays, in as few words as a control on a phone can show."""
SCHEDULE_CHOICES: Final = {
    "course": "a first course",
    "typical_year": "a first year, typical use",
    "label_year_low": "a year per label, fewest visits",
    "label_year_high": "a year per label, most visits",
}
PAYING: Final = {
    "self": "paying oneself",
    "medicare": "on traditional Medicare",
    "medicare_supplement": "on Medicare with a supplement",
    "medicare_advantage": "on Medicare Advantage",
    "medicare_medicaid": "on Medicare and Medicaid",
    "medicaid": "on Medicaid",
    "commercial": "with commercial insurance",
    "commercial_copay": "in the maker's programme",
    "tricare": "on TRICARE",
    "va": "through the VA",
}
"""Who pays, as it stands in the title; the subtitle has it in full."""
OWN_PRICE: Final = "affordability/iv_session_price"
RATES: Final = "from the medical to the business rate of the Internal Revenue Service"
NO_WAY: Final = "Without a way there, no cost of it is given."
LABEL_YEAR: Final = ("label_year_low", "label_year_high")
"""The label leaves open how often one comes from week 9 on: its two ends are told together."""


def money(usd: float) -> str:
    """Dollars: without cents from $100 on, and where there are none."""
    if not np.isfinite(usd):
        return "unknown"
    size = round(abs(float(usd)), 2)
    said = f"${size:,.0f}" if size >= 100 or size.is_integer() else f"${size:,.2f}"
    return f"−{said}" if usd < 0 and size else said


def cents(usd: float) -> str:
    """Dollars with their cents, for sums that a reader adds up."""
    return f"${usd:,.2f}"


def money_range(low: float, high: float) -> str:
    """ "$2,244 to $4,155", or one amount where both ends read the same."""
    return one_or_both(money(low), money(high))


def percent_range(low: float, high: float) -> str:
    """ "56 %", "70 to 100 %"."""
    return one_or_both(percent(low), percent(high), unit=" %")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, each by the names of its columns."""
    return [{str(name): value for name, value in one.items()} for one in frame.to_dict("records")]


def sources_html(ids: Iterable[str], tables: Tables) -> str:
    """A line of sources: publisher, title with its address, years, and when it was read."""
    rows = [tables.sources_of(one)[0] for one in dict.fromkeys(ids)]
    said = "; ".join(
        f"{escape(row['publisher'])}, {link(row['url'], row['title'])}, {escape(row['vintage'])}, read {row['read_on']}" for row in rows
    )
    return f'<p class="atlas-source">Source: {said}.</p>'


# --- What was asked ---


def asked_bill(query: Query, tables: Tables) -> Result:
    """The bill of the question at its place, with the way there, kept."""
    asked = query.with_(level=Query().level)
    miles, minutes = one_way(asked, tables)
    return CACHE.get((tables.version, "bill", asked), lambda: bill(asked, asked.place, tables, road_miles=miles, minutes=minutes))


def asked_journey(query: Query, tables: Tables) -> Result | None:
    """The journey of the treatment from the place; None for the nation, from which nobody sets out, and where there is no such journey."""
    if query.place == NATION or barred(query, tables) is not None:
        return None
    found = journey(query.with_(modality=schedules.treatment_of(query)), query.place, tables)
    return None if found.refusal is not None else found


def one_way(query: Query, tables: Tables) -> tuple[float | None, float | None]:
    """Road miles and minutes to the nearest site for the adult in the middle of the place; None where they are not known."""
    found = asked_journey(query, tables)
    if found is None:
        return None, None
    ends = [found.frame.loc[found.frame["line"] == line, "value"] for line in ("one_way_miles", "one_way_minutes")]
    miles, minutes = (None if end.empty else float(end.iloc[0]) for end in ends)
    return miles, minutes


def asked_bills(query: Query, tables: Tables) -> tuple[Result, ...]:
    """The bills that the title tells together: fewest and most visits of a year per label; else the one that was asked for."""
    if query.schedule in LABEL_YEAR and barred(query, tables) is None:
        return tuple(asked_bill(query.with_(schedule=one), tables) for one in LABEL_YEAR)
    return (asked_bill(query, tables),)


def treatment(query: Query) -> str:
    """ "a first year of esketamine per label": without the ends of the label."""
    return schedules.words(query).partition(",")[0]


def visits(query: Query) -> float:
    return schedules.visits(schedules.treatment_of(query), query.schedule, query.assumptions).number


def counted_visits(query: Query) -> str:
    """ "34 visits", "6 infusions"."""
    one = "infusion" if schedules.treatment_of(query) == "iv" else "visit"
    return f"{visits(query):g} {one}s"


def rested_on(query: Query) -> tuple[str, ...]:
    """Ids of the parameters behind the bill, the way there (from the nation nobody sets out) and the line over which it is too much."""
    return (*parameters(query), *LINE, *(() if query.place == NATION else TRAVEL))


def changed_words(query: Query) -> tuple[str, ...]:
    """A sentence for each assumption that a person changed and this page rests on."""
    return tuple(
        f"Changed by you: {(one := changeable()[name]).label}, "
        f"{number(value, one.parameter.unit)} instead of {number(one.value, one.parameter.unit)}."
        for name, value in query.assumptions
        if name.partition(".")[0] in rested_on(query)
    )


# --- The finding ---


def title(bills: Sequence[Result], tables: Tables) -> str:
    """What the treatment costs whom and where, from least to most."""
    first = bills[0]
    place = places(tables)[first.query.place].name
    if first.refusal is not None:
        return f"{capital(treatment(first.query))} {PAYING[first.query.payer]}: there is no figure"
    low, high = ends(bills)
    cost = "nothing" if high == 0 else money_range(low, high)
    return f"{capital(treatment(first.query))} costs {cost} {PAYING[first.query.payer]} in {place}"


def ends(bills: Sequence[Result]) -> tuple[float, float]:
    """Least and most over the bills, USD."""
    figures = [one.figure for one in bills if one.figure is not None]
    return min(one.low for one in figures), max(one.high for one in figures)


def subtitle(bills: Sequence[Result], tables: Tables) -> str:
    """How many visits, who pays, which dollars, and whether it is a rule or a model, from what."""
    first = bills[0]
    counts = [counted_visits(one.query) for one in bills]
    number_of = counts[0] if len(counts) == 1 else f"{visits(bills[0].query):g} to {counts[-1]}"
    said = (
        f"{number_of} in one calendar year; who pays: {PAYERS[first.query.payer]}. US dollars of {years(tables)[-1]}, {from_what(first)}."
    )
    figure = first.figure
    if len(bills) == 2:
        said = f"{said[:-1]}; the label leaves open how often one comes from week 9 on, hence the range."
    typical = figure is not None and len(bills) == 1 and money(figure.low) != money(figure.high)
    return said + (f" Typically {money(figure.value)}." if typical and figure is not None else "")


def from_what(result: Result) -> str:
    """Whether the total is a rule or modelled, and what it is made of."""
    charge = row(result, "charge")
    kind = str(row_of(result.frame, "role", "total")["kind"])
    if charge is None:
        return f"{'a rule' if kind == 'rule' else 'modelled'}: copays by visit"
    made = "published prices" if charge["source"] == "facts_prices" else "Medicare's amounts for visits in an office"
    if charge["kind"] == "modelled" and charge["source"] == OWN_PRICE:
        made = "the price you assume"
    return f"modelled from {made}" if kind != "rule" else f"worked out by rule from {made}"


def row(result: Result, line: str) -> pd.Series | None:
    """The line of a bill by its id."""
    found = result.frame[result.frame["line"] == line]
    return None if found.empty else found.iloc[0]


def row_of(frame: pd.DataFrame, column: str, value: str) -> pd.Series:
    return frame[frame[column] == value].iloc[0]


def households_sentence(bills: Sequence[Result], tables: Tables) -> str:
    """For which share of the place's households this alone is over the line."""
    query = bills[0].query
    burden = assumed("affordability/burden_share", query.assumptions)
    multiple = assumed("affordability/poverty_multiple", query.assumptions)
    shares = [one.more["households"].iloc[0] for one in bills]
    if max(share["high"] for share in shares) == 0:
        return "What costs nothing takes nothing from a household's income."
    told = [percent_range(share["low"], share["high"]) for share in shares]
    where = f"households in {places(tables)[query.place].name}"
    share = f"{told[0]} of {where}"
    if len(bills) == 2:
        share += f" at {visits(bills[0].query):g} visits, and for {told[1]} at {visits(bills[1].query):g},"
    elif " to " in told[0]:
        share += f" (typically {percent(shares[0]['value'])})"
    return (
        f"For {share} this alone takes more than {percent(burden['others'])} of a year's income. "
        f"For those under {100 * multiple:g} % of the poverty guideline the line is {percent(burden['under_poverty_multiple'])}."
    )


def beside_sentence(query: Query, tables: Tables) -> str:
    """The other schedules of esketamine at the same place and payer, and what Medicare really billed: typical use is far from the label."""
    if schedules.treatment_of(query) != "esketamine":
        return ""
    here = charges_at(query.place, tables, query.assumptions)
    told = []
    for schedule in ("course", "typical_year", "label_year_low"):
        if schedule == query.schedule or (schedule in LABEL_YEAR and query.schedule in LABEL_YEAR):
            continue
        asked = query.with_(schedule=schedule)
        cost = cost_at(asked, here)
        words = (
            SCHEDULE_CHOICES[schedule]
            .replace("year, typical use", "year as typically used")
            .replace(", fewest visits", " at the fewest visits")
        )
        told.append(f"{words} ({counted_visits(asked)}) {money(float(cost.value[0]))}")
    seen = load("treatment/esketamine_medicare_2024")
    median, quarter, three = (seen.latest[part] for part in ("median", "lower_quartile", "upper_quartile"))
    return (
        f"For comparison: {listed(told)}. In {seen.values[-1][0].year} Medicare was billed a median of {median:g} visits over 56 mg "
        f"for a person and clinician, {quarter:g} to {three:g} for the middle half."
    )


def way_with_cost(query: Query, tables: Tables) -> str:
    """The journey of the place and what it costs from there: visits, miles, hours, driver, dollars. Why there is none, where it is refused.
    Kept: it stands under each view of a place, and on its fact sheet."""
    return CACHE.get((tables.version, "way with cost", query), lambda: _way_with_cost(query, tables))


def _way_with_cost(query: Query, tables: Tables) -> str:
    found = journey(query, query.place, tables)
    said = journey_sentence(found, tables)
    if found.refusal is not None:
        return said
    driving = driving_words(found)
    return f"{said} {treatment_cost(found.query, tables)}, and the driving {driving} ({RATES})." if driving else f"{said} {NO_WAY}"


def treatment_cost(query: Query, tables: Tables) -> str:
    """What the visits of a journey cost, and what that is made of: a year of esketamine per label under traditional Medicare, the one payer
    whose amounts are published for every place, from the fewest visits to the most; a course of infusions paying oneself."""
    here = charges_at(query.place, tables, query.assumptions)
    if query.modality == "iv":
        cost = cost_at(query.with_(payer="self", schedule="course"), here)
        made = "the price you assume" if OWN_PRICE in dict(query.assumptions) else "published prices"
        return f"The infusions cost {money_range(float(cost.low[0]), float(cost.high[0]))} paying oneself ({made})"
    years = [cost_at(query.with_(payer="medicare", modality="esketamine", schedule=one), here) for one in LABEL_YEAR]
    least, most = float(years[0].low[0]), float(years[1].high[0])
    share = number(assumed("medicare/part_b_coinsurance", query.assumptions), "share")
    made = f"the year's deductible, then {share} of Medicare's amounts"
    return f"Per label the visits cost {money_range(least, most)} on traditional Medicare without a supplement ({made})"


def way_sentence(query: Query, tables: Tables) -> str:
    """The journey, and what the driving of it comes to; "" where there is none."""
    found = asked_journey(query, tables)
    if found is None:
        return ""
    said = journey_sentence(found, tables)
    driving = driving_words(found)
    return f"{said} The driving comes to {driving} more, {RATES}." if driving else said


def bill_title(result: Result, tables: Tables) -> str:
    """What the lines add up to, for the schedule that was asked for."""
    assert result.figure is not None
    query, total = result.query, row_of(result.frame, "role", "total")
    charge = row(result, "charge")
    of = f" of {money(charge['value'])}" if charge is not None and charge["value"] > total["value"] else ""
    return f"{capital(schedules.words(query))}, {counted_visits(query)}: the patient pays {money(total['value'])}{of}"


def brackets(query: Query, tables: Tables) -> pd.DataFrame:
    """Households of the place by income, and how many of them the bill is too much for, kept."""
    return CACHE.get((tables.version, "brackets", query.with_(level=Query().level)), lambda: by_bracket(query, query.place, tables))


def households_title(result: Result, tables: Tables) -> str:
    """For how many households the bill above is too much; open brackets count as none to all."""
    rows = brackets(result.query, tables)
    over, over_if_all, whole = (float(rows[name].sum()) for name in ("over", "over_if_all", "households"))
    where, total = places(tables)[result.query.place].name, money(row_of(result.frame, "role", "total")["value"])
    if over_if_all == 0:
        return f"No household in {where} is over the line at {total}"
    return f"{capital(percent_range(over / whole, over_if_all / whole))} of households in {where} are over the line at {total}"


PRESS: Final = "Press a line to see where its number is from."
BESIDE: Final = "Beside the bill, in no sum:"
HOUSEHOLDS_NOTES: Final = (
    "All households, whoever pays: incomes of people with Medicare alone are not in hand. Incomes are those of 2019-2023 in dollars of 2023, "
    "and are not brought to the prices of 2026.",
    "From $100,000 on renters, and from $150,000 on owners, are not told apart by income. Where the line falls there, the range counts none to all of them.",
)
NOTHING_MOVES: Final = "No assumption moves it: nothing is paid, or too little to matter to any household."
TORNADO_NOTE: Final = (
    "One assumption at a time, from its low to its high setting. In colour what is in doubt; in grey rules and choices, for which the bar shows "
    "what another would change. The mark is the share as it is."
)
STATE_MEASURES: Final = {"patient_cost": "what a patient pays", "households_over": "households over the line"}


def cover_title(query: Query) -> str:
    return f"What {PAYERS[query.payer]} says it covers" if query.payer != "self" else "Paying oneself: no cover, and what there is instead"


def progress(done: int, asked: int) -> tuple[float, str]:
    """How far the draws are, as a part of one and in words."""
    return done / asked, f"{done:,} of {asked:,} drawn"


def draws_label(number: int) -> str:
    return f"Draw all that is in doubt at once, {number:,} times"


def draws_sentence(found: Draws) -> str:
    """The middle and nine tenths of the draws."""
    low, middle, high = (found.quantile(share) for share in (0.05, 0.5, 0.95))
    return (
        f"All that is in doubt drawn at once, {found.asked:,} times: {percent_range(low, high)} of households are over the line in nine of ten draws, "
        f"{percent(middle)} in the middle. Rules, the schedule and the line itself stay as they are, and the survey's own error is not in it."
    )


# --- To take along ---


def to_copy(bills: Sequence[Result], address: str, tables: Tables) -> str:
    """The finding with its doubt, source, date and link, as one text."""
    names = list(dict.fromkeys(f"{one['publisher']}, {one['title']} ({one['vintage']})" for bill in bills for one in bill.provenance))
    return (
        f"{title(bills, tables)}. {subtitle(bills, tables)} {households_sentence(bills, tables)} "
        f"Sources: {'; '.join(names)}. Ketamine Access Atlas, data version {tables.version}. {address}"
    )
