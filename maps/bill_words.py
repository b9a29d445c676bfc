"""A bill line by line: its words, its number with its range, the sum behind it, and where it is from."""

from __future__ import annotations

from html import escape
from typing import Final

import numpy as np
import pandas as pd

from analytics import schedules
from analytics.assumptions import assumed
from analytics.bill import charges_at
from analytics.model import Result
from analytics.places import places
from analytics.refusal import capital
from analytics.tables import Tables
from maps.charts import Table
from maps.cost_words import cents, money, money_range, records, row, row_of, sources_html
from maps.facts import number

SHORT: Final = {
    "charge": "What the visits come to",
    "payer_pays": "What others pay",
    "deductible": "Deductible",
    "coinsurance": "Share of the rest",
    "copay": "Copays",
    "self_pay": "All of it",
    "drug_copay": "Copay for the drug",
    "over_maximum": "Drug above the maximum",
    "observation": "Observation",
    "total": "What the patient pays",
}
"""A line of the bill in few words, for the chart."""


def label(line: pd.Series) -> str:
    """What the button of a line says: markdown, without anything of ours in it but weight."""
    words = line["words"].replace("*", "")
    return f"**{words}**" if line["role"] == "total" else words


def amount(line: pd.Series) -> str:
    """The number of a line with its range: "$667 ($283 to $3,450)", "70 to 85 hours"."""
    low, value, high = (float(line[end]) for end in ("low", "value", "high"))
    if line["unit"] == "usd":
        return money(value) if money(low) == money(high) else f"{money(value)} ({money_range(low, high)})"
    span = f"{value:,.0f}" if round(low) == round(high) else f"{low:,.0f} to {high:,.0f}"
    return f"{span} {line['unit']}"


def amount_html(line: pd.Series) -> str:
    """The number of a line; small under it its range, and whether it is observed, a rule or modelled."""
    strong = " total" if line["role"] == "total" else ""
    whole = amount(line)
    number_, _, span = whole.partition(" (")
    told = f"{span.rstrip(')')}, {line['kind']}" if span else line["kind"]
    return f'<p class="atlas-amount{strong}">{escape(number_)} <small>{escape(told)}</small></p>'


def how(line: pd.Series, result: Result, tables: Tables) -> str:
    """The sum behind a line, where it is a plain one; else ""."""
    value = float(line["value"])
    if line["line"] == "charge":
        return how_charge(value, result, tables)
    charge, total = row(result, "charge"), row_of(result.frame, "role", "total")
    if line["line"] == "payer_pays" and charge is not None:
        return f"{cents(charge['value'])} − {cents(total['value'])} = {cents(value)}"
    if line["line"] == "total":
        parts = result.frame[result.frame["role"] == "part"]["value"]
        return "" if len(parts) == 1 else f"{' + '.join(cents(one) for one in parts)} = {cents(value)}"
    if line["source"] == "medicare/part_b_coinsurance" and charge is not None:
        share, met = float(assumed(line["source"], result.query.assumptions)), row(result, "deductible")
        assert met is not None
        return f"{number(share, 'share')} × ({cents(charge['value'])} − {cents(met['value'])}) = {cents(value)}"
    return ""


def how_charge(value: float, result: Result, tables: Tables) -> str:
    """Visits times the amount of each, where that is the charge."""
    query = result.query
    here, seen = (
        charges_at(query.place, tables, query.assumptions),
        schedules.visits(schedules.treatment_of(query), query.schedule, query.assumptions),
    )
    if schedules.treatment_of(query) == "iv":
        pairs = [(seen.others, float(here.infusion.value[0]))]
    else:
        pairs = [(seen.at_56_mg, float(here.at_56_mg.value[0])), (seen.others, float(here.over_56_mg.value[0]))]
    if abs(sum(count * usd for count, usd in pairs) - value) > 0.005:
        return ""
    return f"{' + '.join(f'{count:g} × {cents(usd)}' for count, usd in pairs if count)} = {cents(value)}"


def source_html(line: pd.Series, result: Result, tables: Tables) -> str:
    """Where the number of a line is from: its sum, and who says so, with title, link and day; a parameter is told by its own words elsewhere."""
    added = how(line, result, tables)
    said = f'<p class="atlas-note">{escape(added)}</p>' if added else ""
    if line["line"] == "total":
        return said + '<p class="atlas-note">The sum of the patient\'s lines above; each of them has its own source.</p>'
    if "/" in line["source"]:
        return said
    if line["source"] == "cms_fee_schedule" and line["line"] == "charge":
        said += f'<p class="atlas-note">{escape(locality_words(result, tables))}</p>'
    return said + sources_html((line["source"],), tables)


def locality_words(result: Result, tables: Tables) -> str:
    place = places(tables)[result.query.place]
    if place.level == "county":
        return f"Amounts of the payment locality that {place.name} belongs to, for an office."
    if place.level == "nation":
        return "The fee schedule's own national amounts, for an office; counties have their locality's."
    return f"The mean of the counties' amounts in {place.name} by their adults, for an office."


# --- Payers and groups side by side ---


def payers_table(result: Result) -> Table:
    """The same treatment under each payer with its class of cost: situations side by side, and no mean over them."""
    rows = []
    for _, one in result.more["payers"].iterrows():
        known = np.isfinite(one["value"])
        classes = one["class_low"] if one["class_low"] == one["class_high"] else f"{one['class_low']} … {one['class_high']}"
        other = "" if one["treatment"] == schedules.words(result.query) else f" ({one['treatment']})"
        rows.append((capital(one["words"]) + other, spread(one) if known else "", classes))
    asked = (
        ""
        if schedules.no_schedule(schedules.treatment_of(result.query), result.query.schedule)
        else f" for {schedules.words(result.query)}"
    )
    return Table(
        f"What a patient pays{asked}, by payer: no mean is taken over them", ("Who pays", "Typically (from, to)", "Class"), tuple(rows)
    )


def spread(one: pd.Series) -> str:
    return (
        money(one["value"])
        if money(one["low"]) == money(one["high"])
        else f"{money(one['value'])} ({money_range(one['low'], one['high'])})"
    )


GROUPS_NOTE: Final = (
    "Groups overlap: those by race include people of Hispanic origin unless they say otherwise. There are no households by income and race, "
    "so no share of households by race; medians with too large a sampling error are left out."
)


def groups_table(result: Result) -> Table:
    """The bill over the median household income of each group, with the survey's own doubt."""
    rows = []
    for one in records(result.more["groups"]):
        known = np.isfinite(one["value"])
        span = f"{100 * one['low']:.1f} to {100 * one['high']:.1f} %" if known else ""
        rows.append(
            (
                capital(one["words"]),
                money(one["median_usd"]) if known else "no steady median",
                f"{100 * one['value']:.1f} %" if known else "",
                span,
            )
        )
    return Table(
        "The bill as a share of a group's median household income", ("Households", "Median income", "The bill is", "From, to"), tuple(rows)
    )
