"""The charts of a bill: its lines, the households it is too much for, the states side by side, and which assumption moves it."""

from __future__ import annotations

from html import escape
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics import status
from analytics.brackets import lines_between
from analytics.model import Result, answer
from analytics.places import places
from analytics.query import NATION, Query
from analytics.refusal import capital
from analytics.tables import Tables
from maps.bill_words import SHORT, amount
from maps.charts import SMALL as SMALL_TYPE
from maps.charts import Bar, Chart, Point, Table, accent, axis, bars, faint, look, note, rule, strip
from maps.cost_words import STATE_MEASURES, brackets, cents, money, money_range, percent_range, records, row, row_of, title
from maps.facts import number
from maps.numbers import people, percent
from maps.palette import Scheme
from maps.words import listed

# --- The bill ---


def bill_chart(result: Result, scheme: Scheme, tables: Tables) -> Chart:
    """From what the visits come to, less what others pay, to what the patient pays: a waterfall that lies on its side."""
    frame = result.frame
    charge, total = row(result, "charge"), row_of(frame, "role", "total")
    parts = frame[frame["role"] == "part"]
    rows: list[Bar] = []
    if charge is not None and (frame["role"] == "payer").any():
        payer = row_of(frame, "role", "payer")
        rows.append(bar(charge, 0.0, float(charge["value"])))
        rows.append(bar(payer, float(total["value"]), float(charge["value"])))
    start = 0.0
    if len(parts) > 1:
        for _, part in parts.iterrows():
            rows.append(bar(part, start, start + float(part["value"])))
            start += float(part["value"])
    rows.append(bar(total, 0.0, float(total["value"]), strong=True))
    most = max(*(one.end for one in rows), *(one.high for one in rows if np.isfinite(one.high)), 1.0)
    return Chart(bars(rows, scheme, (0, 1.01 * most)), f"Bars of dollars. {title((result,), tables)}. {told(rows)}.", bill_table(result))


def bar(line: pd.Series, start: float, end: float, strong: bool = False) -> Bar:
    """A line of the bill. Only a bar that begins at 0 has its range drawn: the others' would stand anywhere."""
    low, high = (float(line[one]) if start == 0 else np.nan for one in ("low", "high"))
    return Bar(
        SHORT.get(line["line"], line["words"]), money(line["value"]), start, end, strong, low, high, f"{line['words']}: {amount(line)}"
    )


def told(rows: list[Bar]) -> str:
    return capital(listed([f"{one.label[:1].lower() + one.label[1:]} {one.number}" for one in rows]))


def bill_table(result: Result) -> Table:
    lines = result.frame[result.frame["unit"] == "usd"]
    rows = tuple(
        (str(one["words"]), cents(one["value"]), cents(one["low"]), cents(one["high"]), str(one["kind"])) for one in records(lines)
    )
    return Table("The bill, US dollars", ("Line", "Value", "Low", "High", "Kind"), rows)


# --- The households ---


def bracket_words(low: float, high: float, who: str) -> str:
    """ "$35,000 to 50,000", "renters, $100,000 and over"."""
    span = f"under {money(high)}" if low == 0 else f"{money(low)} and over" if np.isinf(high) else f"{money(low)} to {money(high)}"
    return span if who == "all" else f"{who}, {span}"


def households_chart(result: Result, scheme: Scheme, tables: Tables) -> Chart:
    """Columns of households by income with the part for which the bill is too much in the strong colour, and the line that parts them."""
    query = result.query
    rows = brackets(query, tables)
    least, most = lines_between(query, query.place, tables)
    total = float(rows["households"].sum())
    share = (rows["households"] / total).to_numpy()
    # An empty bracket is parted where the line stands, so that the colours and the line keep together.
    inside = np.clip(((least + most) / 2 - rows["low_usd"]) / (rows["high_usd"] - rows["low_usd"]), 0, 1)
    part = np.where(rows["households"] > 0, rows["over"] / rows["households"].where(rows["households"] > 0, 1), inside)
    unknown = (rows["over_if_all"] > rows["over"]).to_numpy()
    strong, weak = accent(scheme), scheme.missing
    at = np.arange(len(rows), dtype=float)
    words = [bracket_words(one["low_usd"], one["high_usd"], one["who"]) for one in records(rows)]
    hover = np.array([f"{name}: {percent(one)} of households" for name, one in zip(words, share, strict=True)])
    gap = 0.03
    wide = 1 - 2 * gap
    fills = [faint(strong, 0.18) if one else faint(weak, 0.55) for one in unknown]
    edges = [1.5 if one else 0 for one in unknown]
    under, above = part > 0, part < 1
    shown = {"type": "bar", "offset": 0, "hoverinfo": "text"}
    traces = [
        {
            **shown,
            "x": at[under] + gap,
            "y": share[under],
            "width": part[under] * wide,
            "marker": {"color": strong},
            "hovertext": hover[under],
        },
        {
            **shown,
            "x": at[above] + gap + part[above] * wide,
            "y": share[above],
            "width": (1 - part[above]) * wide,
            "marker": {
                "color": list(np.array(fills)[above]),
                "line": {"color": strong, "width": list(np.array(edges)[above])},
            },
            "hovertext": hover[above],
        },
    ]
    top = float(share.max())
    labels = [
        note(percent(one).replace("under 1 %", "<1 %"), scheme, x=x + 0.5, y=one, yanchor="bottom", yshift=1)
        for x, one in zip(at, share, strict=True)
    ]
    shapes = [rule(scheme, xref="paper", x0=0, x1=1, y0=0, y1=0)]
    said = line_words(least, most)
    # Where the colours part: exact for a county; for several counties the mean of their lines, in brackets.
    if 0 < (x := float(part[np.isfinite(rows["high_usd"])].sum())) < len(rows) - 2:
        shapes.append(rule(scheme, x0=x, x1=x, y0=0, y1=1.32 * top, layer="above", line={"color": scheme.ink, "width": 1.5}))
        anchor = "left" if x < 4.5 else "right"
        labels.append(
            note(
                escape(said).replace(" a year", "<br>a year"),
                scheme,
                x=x,
                y=1.32 * top,
                xanchor=anchor,
                yanchor="top",
                xshift=6 if anchor == "left" else -6,
                align=anchor,
            )
        )
    ticks = [f"${low / 1_000:,.0f}k" if low else "$0" for low in rows["low_usd"][:7]]
    for x, who, span in ((6.5, "own", "< 150k"), (7.5, "rent", "> 100k"), (8.5, "own", "> 150k")):
        small = {"size": 12, "color": scheme.soft_ink}
        labels.append(note(f"{who}<br>{span}", scheme, x=x, y=0, yanchor="top", yshift=-22, font=small))
    figure = go.Figure(
        traces,
        look(
            scheme,
            320,
            margin={"l": 8, "r": 0, "t": 4, "b": 58},
            barmode="overlay",
            annotations=labels,
            shapes=shapes,
            xaxis=axis(
                tickvals=list(range(7)),
                ticktext=ticks,
                tickfont={"size": SMALL_TYPE, "color": scheme.soft_ink},
                range=[0, len(rows)],
            ),
            yaxis=axis(visible=False, range=[0, 1.36 * top]),
        ),
    )
    over, all_ = float(rows["over"].sum()) / total, float(rows["over_if_all"].sum()) / total
    alt = f"Columns of households by income. {capital(said)}; under it stand {percent_range(over, all_)} of the {people(total)} households."
    table = Table(
        "Households by income of 2023, and how many of them are over the line",
        ("Income", "Households", "Over the line"),
        tuple(
            (
                name,
                f"{one['households']:,.0f}",
                f"{one['over']:,.0f}" if one["over"] == one["over_if_all"] else f"0 to {one['over_if_all']:,.0f}",
            )
            for name, one in zip(words, records(rows), strict=True)
        ),
    )
    return Chart(figure, alt, table)


def line_words(least: float, most: float) -> str:
    """Where the line stands; a place of several counties has one in each."""
    low, high = round(least, -2), round(most, -2)
    if low == high:
        return f"line: {money(low)} a year"
    return f"line: {money_range(low, high)} a year, by county"


# --- The states ---


def states_frame(measure: str, query: Query, tables: Tables) -> pd.DataFrame:
    """The states with a value, least first: geoid, name, value, low, high."""
    asked = query.with_(measure=measure, level="state", place=NATION)
    frame = answer(asked, tables).frame
    known = frame[frame["status"].isin(list(status.WITH_VALUE))]
    return known.sort_values(["value", "name"], ignore_index=True)


def state_number(measure: str, value: float) -> str:
    return percent(value) if measure == "households_over" else money(value)


def states_title(measure: str, query: Query, tables: Tables) -> str:
    """From the state with the least to that with the most, and the place's own state."""
    frame = states_frame(measure, query, tables)
    what = "Households over the line" if measure == "households_over" else "What a patient pays"
    first, last = frame.iloc[0], frame.iloc[-1]
    if state_number(measure, first["value"]) == state_number(measure, last["value"]):
        return f"{what}: {state_number(measure, first['value'])} in every state"
    said = f"{what}: from {end_words(measure, frame, 'first')} to {end_words(measure, frame, 'last')}"
    own = frame[frame["geoid"] == places(tables)[query.place].state]
    if len(own) and own["name"].iloc[0] not in said:
        said += f", {state_number(measure, own['value'].iloc[0])} in {places(tables)[own['geoid'].iloc[0]].name}"
    return said


def end_words(measure: str, frame: pd.DataFrame, which: str) -> str:
    """ "$8,239 in Alabama", or how many states share that end."""
    value = frame["value"].iloc[0 if which == "first" else -1]
    same = frame[frame["value"] == value]
    where = str(same["name"].iloc[0]) if len(same) == 1 else f"{len(same)} states"
    return f"{state_number(measure, value)} in {where}"


def states_chart(measure: str, query: Query, scheme: Scheme, tables: Tables) -> Chart | None:
    """One point a state on one scale; None where all states have the same."""
    frame = states_frame(measure, query, tables)
    low, high = float(frame["value"].iloc[0]), float(frame["value"].iloc[-1])
    rows = tuple(
        (str(one["name"]), state_number(measure, one["value"]), span_words(measure, one["low"], one["high"])) for one in records(frame)
    )
    said = states_title(measure, query, tables)
    table = Table(f"The states by {STATE_MEASURES[measure]}", ("State", "Value", "From, to"), rows)
    if state_number(measure, low) == state_number(measure, high):
        return None
    own = places(tables)[query.place].state
    last = len(frame) - 1
    points = []
    for position, one in enumerate(records(frame)):
        words = f"{one['name']}: {state_number(measure, one['value'])}"
        mine = one["geoid"] == own
        label = f"{one['name']} {state_number(measure, one['value'])}" if mine or (position in (0, last) and not own) else ""
        points.append(Point(float(one["value"]), words, label, strong=mine))
    margin = 0.04 * (high - low)
    ticks = [(value, state_number(measure, value)) for value in steps(low, high)]
    figure = strip(points, scheme, ticks, (low - margin, high + margin))
    return Chart(figure, f"Points on one scale, one a state. {said}.", table)


def span_words(measure: str, low: float, high: float) -> str:
    if not (np.isfinite(low) and np.isfinite(high)):
        return ""
    return percent_range(low, high) if measure == "households_over" else money_range(low, high)


def steps(low: float, high: float) -> list[float]:
    """Three to six round numbers of a scale between two ends."""
    size = 10.0 ** np.floor(np.log10((high - low) / 2))
    step = next(one * size for one in (1, 2, 5, 10) if (high - low) / (one * size) <= 5)
    return [float(one) for one in np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step]


# --- Which assumption moves it ---


MOVES: Final = {
    "affordability/burden_share.others": "Where the line is drawn",
    "affordability/burden_share.under_poverty_multiple": "The line near poverty",
    "affordability/income_factor": "Incomes grown since 2023",
    "affordability/iv_session_price": "Price of an infusion",
    "affordability/poverty_multiple": "What counts as near poverty",
    "commercial/charge_factor.typical": "What plans allow",
    "commercial/coinsurance.typical": "The plan's coinsurance",
    "commercial/deductible.typical": "The plan's deductible",
    "commercial/out_of_pocket_limit": "The plan's yearly limit",
    "copay_programme/drug_copay": "The programme's copay",
    "copay_programme/yearly_maximum": "The programme's maximum",
    "medicare/advantage_coinsurance.typical": "The plan's copay or share",
    "medicare/advantage_limit": "The plan's yearly limit",
    "schedule": "How many visits there are",
    "treatment/esketamine_typical": "Visits of a typical year",
    "treatment/iv_infusion.course": "Infusions of a course",
}
"""Assumptions in few words, for the chart; the others go by their own label, and the table has all of them in full."""


def tornado_chart(found: pd.DataFrame, scheme: Scheme) -> Chart | None:
    """A bar for each assumption that moves the share of households, widest first, through the share as it is; None where none does."""
    moving = found[found["spread"] > 0.0005]
    if moving.empty:
        return None
    base = float(found["value"].iloc[0])
    rows = []
    for one in records(moving):
        least, most = sorted((one["at_low"], one["at_high"]))
        settings = f"{number(one['setting_low'], one['unit'])} to {number(one['setting_high'], one['unit'])}"
        rows.append(
            Bar(
                MOVES.get(one["assumption"], one["words"]),
                percent_range(min(least, base), max(most, base)),
                min(least, base),
                max(most, base),
                strong=one["kind"] == "uncertain",
                hover=f"{one['words']}, {settings}: {percent_range(min(least, base), max(most, base))}",
            )
        )
    most = max(one.end for one in rows)
    alt = f"Bars of the share of households over the line, now {percent(base)}. Widest: {rows[0].label}, {rows[0].number}."
    table = Table(
        f"One assumption at a time; as it is, {percent(base)} of households",
        ("Assumption", "From, to", "Share at these", "Kind"),
        tuple(
            (
                str(one["words"]),
                f"{number(one['setting_low'], one['unit'])} to {number(one['setting_high'], one['unit'])}",
                f"{100 * one['at_low']:.1f} to {100 * one['at_high']:.1f} %",
                "in doubt" if one["kind"] == "uncertain" else "what if",
            )
            for one in records(found)
        ),
    )
    return Chart(bars(rows, scheme, (0, 1.02 * most), base=base), alt, table)
