"""The sentences about payments: what Medicare allows, what providers publish, what is paid for. Plain text but where a name ends in `_html`."""

from __future__ import annotations

from html import escape
from typing import Final

import numpy as np
import pandas as pd

from analytics.places import places
from analytics.prices import allowed_amount_at_zip, hospital_amounts, years
from analytics.self_pay import INDICATIONS, KINDS, ROUTES, UNITS, Distribution
from analytics.tables import Tables
from maps.cost_words import money, money_range, records
from maps.facts import link
from maps.numbers import people

CODES: Final = {"G2082": "up to 56 mg", "G2083": "over 56 mg"}
"""Medicare's two codes by the dose they stand for."""


# --- What Medicare allows ---


def trend_title(trend: pd.DataFrame, place: str, tables: Tables) -> str:
    """From the first to the last year, for a visit over 56 mg."""
    rows = trend[trend["hcpcs"] == "G2083"]
    first, last = rows.iloc[0], rows.iloc[-1]
    return (
        f"Medicare's amount for a visit over 56 mg in {places(tables)[place].name}: "
        f"{money(first['amount'])} in {first['year']}, {money(last['amount'])} in {last['year']}"
    )


def trend_notes(trend: pd.DataFrame, tables: Tables) -> tuple[str, ...]:
    """What is to be read beside the trend: what it is, how places above the county have one, and what a hospital has."""
    said = [
        "Dollars of each year, for one visit in an office. This is a payment rule, right for what a patient owes, and not a market price."
    ]
    spread = trend[np.isfinite(trend["low"]) & (trend["low"] < trend["high"])]
    if len(spread):
        national = bool((trend["status"] == "observed").all())
        what = "The nation's is the fee schedule's own" if national else "A mean of the counties by their adults, modelled"
        said.append(f"{what}; the band is from the county with the least to the county with the greatest.")
    return (*said, hospital_sentence(tables))


def zip_sentence(zip_code: str, tables: Tables) -> str:
    """Medicare's amounts of this year at a ZIP code, by which it pays; ValueError with a sentence for one that has none."""
    year = years(tables)[-1]
    amounts = [allowed_amount_at_zip(code, year, zip_code, tables) for code in CODES]
    localities = tables["localities"]
    name = localities.loc[localities["locality"] == amounts[0].locality, "name"].iloc[0]
    told = " and ".join(f"${one.usd:,.2f} {CODES[one.hcpcs]}" for one in amounts)
    return f"At ZIP code {zip_code}, in the payment locality {name}, Medicare allows {told} for a visit in an office in {year}."


def hospital_sentence(tables: Tables) -> str:
    """What a hospital's outpatient department has for the same visit: beside the office's amount, with its year, and no difference worked out."""
    rates = hospital_amounts(tables)
    year = int(rates["year"].max())
    told = " and ".join(f"${row['amount']:,.2f} ({CODES[row['hcpcs']]})" for row in records(rates[rates["year"] == year]))
    return (
        f"In a hospital's outpatient department Medicare's rate of {year}, for the whole nation, was {told}. "
        "It is another payment system and another year, so that no difference to the office is worked out."
    )


# --- What providers publish ---


def kind_words(modality: str, indication: str, unit: str, sessions: float, kind: str) -> str:
    """ "IV ketamine, a session, standard price"."""
    span = f"a package of {int(sessions)} sessions" if unit == "package" else UNITS[unit]
    pain = f" for {INDICATIONS['pain'][0]}" if indication == "pain" else ""
    return f"{ROUTES[modality]}{pain}, {span}, {KINDS[kind]}"


def prices_title(one: Distribution) -> str:
    """The middle of the published prices, with how many providers that is."""
    if not np.isfinite(one.median):
        return one.reason
    quarter, three = one.percentiles[25], one.percentiles[75]
    return (
        f"Half of the {one.providers} providers that publish their price ask {money(one.median)} or less for {UNITS[one.unit]} of "
        f"{ROUTES[one.modality]}, the middle half {money_range(quarter, three)}"
    )


PRICES_NOTES: Final = (
    "Prices as published, for anything but pain, one vote a provider. Those who publish are few and chose to: the figure is one for the "
    "nation, it is put on no map, and it is not adjusted to local costs.",
)


KINDS_CAPTION: Final = "Kinds of published prices, never in one figure together"


def example_words(row: pd.Series) -> str:
    """HTML: one published price with who, where, when and its address."""
    where = ", ".join(str(part) for part in (row["city"], row["state"]) if pd.notna(part))
    high = row["price_high_usd"]
    price = money_range(row["price_usd"], high if pd.notna(high) else row["price_usd"])
    when = f"page of {row['page_year']}" if pd.notna(row["page_year"]) else "page without a date"
    others = ", as others state it" if row["grade"] == "third_party" else ""
    name = escape(str(row["provider"])) + (f" ({escape(where)})" if where else "")
    return f"<strong>{price}</strong> {name}{others}: {link(str(row['source_url']), when)}, read {row['read_on']}"


def examples_html(one: Distribution) -> str:
    """The named examples, cheapest first, each with its date and link."""
    items = "".join(f"<li>{example_words(row)}</li>" for _, row in one.examples.iterrows())
    return f'<ul class="atlas-lists">{items}</ul>'


RANGE_UNITS: Final = {
    "session": "a session",
    "package_of_6": "a package of 6 sessions",
    "initial_course": "a first course",
    "month_maintenance": "a month of maintenance",
    "month_medicine_only": "a month, medicine only",
    "dose": "a dose",
}


def ranges_html(route: str, ranges: pd.DataFrame) -> str:
    """Ranges and prices that others state for a town or state, each with who, when and its address. Units differ from row to row."""
    items = []
    for row in records(ranges):
        where = ", ".join(str(part) for part in (row["city"], row["state"]) if pd.notna(part))
        price = money_range(row["price_low_usd"], row["price_high_usd"] if pd.notna(row["price_high_usd"]) else row["price_low_usd"])
        when = f", {row['year']}" if pd.notna(row["year"]) else ", undated"
        unit = RANGE_UNITS.get(row["unit"], row["unit"].replace("_", " "))
        items.append(
            f"<li><strong>{price}</strong> {unit}, {escape(where)}: {link(str(row['source_url']), str(row['publisher']))}{when}</li>"
        )
    words = ROUTES[route]
    return (
        f'<p class="atlas-note"><strong>{escape(words[:1].upper() + words[1:])}</strong></p><ul class="atlas-lists">{"".join(items)}</ul>'
    )


# --- What is paid for ---


def millions(usd: float) -> str:
    """ "$102.9 million", or dollars below a million."""
    return f"${usd / 1e6:,.1f} million" if usd >= 999_500 else money(usd)


def times(first: float, last: float) -> str:
    """ "30 times as many"."""
    return f"{last / first:,.0f} times as many"


PROGRAMMES: Final = {"medicaid": "Medicaid", "medicare_part_d": "Medicare Part D"}
"""Programmes with claims year by year in the table of use."""
MEASURES: Final = {"claims": "claims for esketamine", "spending": "gross spending on esketamine"}


USE_CAPTION: Final = "Claims for esketamine and gross spending on it"


def use_rows(payer: str, measure: str, tables: Tables) -> pd.DataFrame:
    """The years of one programme and measure, first to last."""
    use = tables["use_national"]
    return use[(use["payer"] == payer) & (use["measure"] == measure)].sort_values("year", ignore_index=True)


def use_title(tables: Tables) -> str:
    """How the claims of Medicaid grew over the whole years that are published."""
    rows = use_rows("medicaid", "claims", tables)
    whole = rows[rows["complete_year"]]
    first, last = whole.iloc[0], whole.iloc[-1]
    return (
        f"Medicaid's claims for esketamine: {first['value']:,.0f} in {first['year']}, {last['value']:,.0f} in {last['year']}, "
        f"{times(first['value'], last['value'])} in {last['year'] - first['year']} years"
    )


def use_number(value: float, measure: str) -> str:
    """A number above a column: "82,000", "$102.9 m"."""
    if measure == "spending":
        return f"${value / 1e6:,.1f} m"
    return people(value)


def caveats(rows: pd.DataFrame) -> tuple[str, ...]:
    """What is to be said against these rows, each sentence once; one that holds for a part of a year names it."""
    said: dict[str, None] = {}
    for row in records(rows):
        for sentence in row["caveat"].split(". "):
            whole = sentence if sentence.endswith(".") else f"{sentence}."
            if whole not in said and not row["complete_year"]:
                whole = f"{row['period']}: {whole[:1].lower()}{whole[1:]}"
            said.setdefault(whole)
    return tuple(said)


def part_b_sentence(tables: Tables) -> str:
    """What Medicare Part B paid for, in the one year in hand."""
    use = tables["use_national"]
    rows = use[use["payer"] == "medicare_part_b"]
    visits, paid = (float(rows.loc[rows["measure"] == measure, "value"].sum()) for measure in ("visits", "spending"))
    year, caveat = int(rows["year"].iloc[0]), str(rows["caveat"].iloc[0])
    return (
        f"Medicare Part B in {year}: {visits:,.0f} visits billed by clinicians, for which Medicare paid {millions(paid)}. {caveat} "
        "Part B and Part D hold different claims of the same programme: they are never added up."
    )


def use_sources(tables: Tables) -> list[str]:
    """Ids of the sources of what is shown."""
    use = tables["use_national"]
    return list(dict.fromkeys(use.loc[use["payer"].isin([*PROGRAMMES, "medicare_part_b"]), "source"]))
