"""The charts about payments (what Medicare allows, what providers publish, what is paid for), each with the sentence that says what is to be seen in it and with its numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.cache import CACHE
from analytics.self_pay import Distribution
from analytics.tables import Tables
from maps import payment_words as words
from maps.charts import Chart, Column, Line, Point, Table, columns, lines, strip
from maps.cost_words import money, money_range, records
from maps.palette import Scheme
from maps.payment_words import CODES


def scale(top: float, step: float) -> list[tuple[float, str]]:
    """Lines of a scale in dollars from 0 up to `top`."""
    return [(value, money(value)) for value in np.arange(0, top + step / 2, step)]


# --- What Medicare allows ---


def trend_chart(trend: pd.DataFrame, place: str, scheme: Scheme, tables: Tables) -> Chart:
    """Medicare's two amounts year by year."""
    several = []
    for hcpcs, dose in reversed(CODES.items()):
        rows = trend[trend["hcpcs"] == hcpcs]
        spread = bool((rows["low"] < rows["high"]).any())
        several.append(
            Line(
                f"{dose} ({hcpcs})",
                tuple(int(year) for year in rows["year"]),
                tuple(rows["amount"]),
                tuple(money(one) for one in rows["amount"]),
                tuple(rows["low"]) if spread else (),
                tuple(rows["high"]) if spread else (),
                strong=hcpcs == "G2083",
            )
        )
    return Chart(
        lines(several, scheme, scale(1_500, 500)),
        f"Lines of two amounts by year. {words.trend_title(trend, place, tables)}. {ends(several[1])}",
        trend_table(trend),
    )


def ends(line: Line) -> str:
    return f"{line.name}: {line.numbers[0]} in {line.years[0]}, {line.numbers[-1]} in {line.years[-1]}."


def trend_table(trend: pd.DataFrame) -> Table:
    by_code = {hcpcs: trend[trend["hcpcs"] == hcpcs].set_index("year") for hcpcs in CODES}
    spread = bool((trend["low"] < trend["high"]).any())
    rows = []
    for year in sorted(trend["year"].unique()):
        cells = []
        for hcpcs in CODES:
            one = by_code[hcpcs].loc[year]
            cells += [f"${one['amount']:,.2f}"] + ([f"${one['low']:,.2f} to ${one['high']:,.2f}"] if spread else [])
        rows.append((str(year), *cells))
    heads = [head for hcpcs, dose in CODES.items() for head in (f"{dose} ({hcpcs})", *(["least to greatest county"] if spread else []))]
    return Table("Medicare's allowed amount for one visit in an office, dollars of each year", ("Year", *heads), tuple(rows))


# --- What providers publish ---


def prices_chart(one: Distribution, scheme: Scheme) -> Chart | None:
    """One point a provider, with the middle half and the median; None where too few publish."""
    if not np.isfinite(one.median):
        return None
    votes = one.votes
    last = len(votes) - 1
    points = [
        Point(float(usd), f"{provider}: {money(usd)}", money(usd) if number in (0, last) else "", side="right" if number else "left")
        for number, (provider, usd) in enumerate(zip(votes["provider"], votes["usd"], strict=True))
    ]
    top = float(np.ceil(one.greatest / 200) * 200)
    middle = one.percentiles
    figure = strip(
        points,
        scheme,
        scale(top, 200),
        (0, 1.02 * top),
        band=(middle[25], middle[75]),
        line=(one.median, f"median {money(one.median)}"),
    )
    alt = f"Points on a scale of dollars, one a provider, from {money(one.least)} to {money(one.greatest)}. {words.prices_title(one)}."
    rows = tuple((str(provider), f"${usd:,.2f}") for provider, usd in zip(votes["provider"], votes["usd"], strict=True))
    shares = tuple((f"{share} % ask this or less", f"${usd:,.2f}") for share, usd in middle.items())
    return Chart(figure, alt, Table("Published prices, one vote a provider", ("Provider", "US dollars"), rows + shares))


def kinds_table(kinds: pd.DataFrame) -> Table:
    """Every kind of price that is published, with how many providers publish it."""
    rows = []
    for row in records(kinds[kinds["providers"] > 0]):
        name = words.kind_words(row["modality"], row["indication"], row["unit"], row["sessions"], row["kind"])
        median = money(row["p50"]) if np.isfinite(row["p50"]) else "too few"
        rows.append((name[:1].upper() + name[1:], f"{row['providers']}", money_range(row["least"], row["greatest"]), median))
    return Table(words.KINDS_CAPTION, ("Kind", "Providers", "From, to", "Median"), tuple(rows))


# --- What is paid for ---


def use_chart(payer: str, measure: str, scheme: Scheme, tables: Tables) -> Chart:
    """The same for every question, and so drawn once."""
    return CACHE.get((tables.version, "use chart", payer, measure, scheme.name), lambda: _use_chart(payer, measure, scheme, tables))


def _use_chart(payer: str, measure: str, scheme: Scheme, tables: Tables) -> Chart:
    """Columns by year of one programme; a year of which a part is published is hollow, one that is not in hand says so."""
    rows = {int(row["year"]): row for row in records(words.use_rows(payer, measure, tables))}
    several = []
    for year in range(min(rows), max(rows) + 1):
        if year not in rows:
            several.append(Column(str(year), np.nan, "", hover=f"{year}: not in hand"))
            continue
        row = rows[year]
        part = "" if row["complete_year"] else row["period"].removeprefix(str(year)).strip()
        several.append(
            Column(
                f"{year}<br>{part}" if part else str(year),
                row["value"],
                words.use_number(row["value"], measure),
                open=bool(part),
                hover=f"{row['period']}: {exact(row['value'], measure)}",
            )
        )
    title = f"{words.PROGRAMMES[payer]}: {words.MEASURES[measure]}"
    told = [(row["period"], exact(row["value"], measure)) for row in rows.values()]
    alt = f"Columns by year. {title}, from {told[0][1]} in {told[0][0]} to {told[-1][1]} in {told[-1][0]}."
    table = Table(title, ("Year", title), tuple(told))
    return Chart(columns(several, scheme, "no data"), alt, table)


def exact(value: float, measure: str) -> str:
    return f"${value:,.0f}" if measure == "spending" else f"{value:,.0f} claims"


def use_table(tables: Tables) -> Table:
    """Claims and gross spending of each programme and year."""
    rows = []
    for payer, name in words.PROGRAMMES.items():
        claims, spending = (words.use_rows(payer, measure, tables) for measure in ("claims", "spending"))
        for one, other in zip(records(claims), records(spending), strict=True):
            rows.append((f"{name}, {one['period']}", f"{one['value']:,.0f}", f"${other['value']:,.0f}"))
    return Table(words.USE_CAPTION, ("Programme and year", "Claims", "Gross spending"), tuple(rows))
