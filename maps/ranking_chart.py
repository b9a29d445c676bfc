"""Places in order as dots with their intervals, what is said of them, and the table behind."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.indicators._shapes import has_silent_records
from analytics.model import Result
from analytics.query import LEVELS
from analytics.ranking import BY_VALUE, CERTAIN, LIKELY, NO, NO_TENTH, NOT_BY_VALUE, UNCLEAR, Ranking
from analytics.refusal import LEVEL_PLURALS, capital
from maps.charts import CLEAR, ROW, SIZE, SMALL, accent, axis, cut, faint, look, note, rule
from maps.numbers import UNITS, rank_span, spoken
from maps.palette import Scheme
from maps.ready import Trace
from maps.together_words import border, places_words

SHOWN = 20
"""So many of the worst stand in the chart; the table has all."""
SELECTED = 10
GAP = (0.03, 0.66)
"""The part of a row's height under its words, to those of the next: there the border is drawn, and crosses no name."""
WORDS = {
    CERTAIN: "certain",
    LIKELY: "likely",
    UNCLEAR: "unclear",
    NO: "no",
    BY_VALUE: "yes, by its value alone",
    NOT_BY_VALUE: "no, by its value alone",
    NO_TENTH: "too few places for a tenth",
}


def end(result: Result) -> str:
    """ "worst tenth", or of a measure of which neither end is worse, "highest tenth"."""
    return "worst tenth" if result.indicator.worse else "highest tenth"


def title(found: Ranking) -> str:
    """Who stands first, and how many places are certainly in the worst tenth."""
    result = found.result
    if found.refusal:
        return "These places are not ranked"
    top = found.frame[found.frame["rank"] == 1]
    value = border(float(top["value"].iloc[0]), result.indicator.unit)
    names = top["name"].iloc[0] if len(top) == 1 else f"{len(top)} {LEVEL_PLURALS[result.query.level]}"
    said = f"{result.indicator.label}: {names} {'stands' if len(top) == 1 else 'stand'} first with {value}"
    if not found.has_intervals:
        return capital(said)
    level = result.query.level
    counts = {one: len(found.of(one)) for one in (CERTAIN, LIKELY, UNCLEAR)}
    if not any(counts.values()):
        return capital(said)
    return capital(
        f"{said}; {places_words(counts[CERTAIN], level)} {'is' if counts[CERTAIN] <= 1 else 'are'} certainly in the {end(result)}, "
        f"{counts[LIKELY]:,} likely, for {counts[UNCLEAR]:,} it is unclear"
    )


def uncertainty(found: Ranking) -> str:
    """Which doubt is in the intervals, and which is not."""
    result = found.result
    inside = [result.indicator.interval] if result.indicator.interval else []
    if result.indicator.uses_providers and has_silent_records(result.query):
        inside.append("whether the sites count whose record is silent")
    if not inside or not found.has_intervals:
        return "These figures have no interval: the order is that of the values alone, and says nothing of how sure it is."
    left = (
        "the list of providers, where sites stand and how fast the roads are"
        if result.indicator.uses_providers
        else "how it was defined and when it was gathered"
    )
    return f"In the intervals: {' and '.join(inside)}. Not in them: {left}. The border of the tenth is taken as known."


def rule_words(found: Ranking) -> str:
    """The rule of the verdicts, with the border."""
    if math.isnan(found.border) or not found.has_intervals:
        return ""
    at = border(found.border, found.result.indicator.unit)
    side = "at or under" if found.result.indicator.worse == "low" else "at or over"
    return (
        f"The {end(found.result)} is {side} {at}. Certain: the whole interval is. Likely: the value is, and more than half of the interval. "
        "Unclear: the interval reaches over the border, and neither holds. No: the whole interval is on the other side."
    )


def missing_words(found: Ranking) -> str:
    """How many have no rank."""
    level = found.result.query.level
    return (
        f"{capital(places_words(found.missing, level))} without a value {'has' if found.missing == 1 else 'have'} no rank."
        if found.missing
        else ""
    )


def drawn_rows(found: Ranking, selected: tuple[str, ...]) -> pd.DataFrame:
    """The worst twenty, then the selected that are not among them, in order."""
    frame = found.frame
    chosen = frame[frame["geoid"].isin(selected) & (frame.index >= SHOWN)].head(SELECTED)
    return pd.concat([frame.head(SHOWN), chosen], ignore_index=True)


def drawn_ranking(found: Ranking, selected: tuple[str, ...], scheme: Scheme) -> go.Figure:
    """A row a place: its rank and name, its value and verdict above a dot with its interval; the border as a line through all but their words."""
    rows = drawn_rows(found, selected)
    unit = found.result.indicator.unit
    at = [-float(position) for position in range(len(rows))]
    under = [one - 0.22 for one in at]
    numbers = rows[["value", "low", "high"]].to_numpy(dtype=float)
    low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
    if math.isfinite(found.border):
        low, high = min(low, found.border), max(high, found.border)
    room = 0.04 * (high - low or 1.0)
    chosen = rows["geoid"].isin(selected).to_list()
    dots: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": numbers[:, 0],
        "y": under,
        "marker": {
            "size": [13 if one else 10 for one in chosen],
            "color": accent(scheme),
            "opacity": 1,
            "line": {"width": [2 if one else 0 for one in chosen], "color": scheme.ink},
        },
        "hovertext": [row_words(row, unit) for row in rows.to_dict("records")],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    shapes = [
        rule(scheme, x0=down, x1=up, y0=y, y1=y, line={"color": scheme.ink, "width": 1.5})
        for (_, down, up), y in zip(numbers, under, strict=True)
        if np.isfinite(down) and np.isfinite(up) and down < up
    ]
    if math.isfinite(found.border):
        line = {"color": scheme.missing, "width": 1, "dash": "dot"}
        shapes += [rule(scheme, x0=found.border, x1=found.border, y0=y - GAP[1], y1=y - GAP[0], line=line) for y in at]
    labels: list[dict[str, Any]] = []
    for row, y, strong in zip(rows.to_dict("records"), at, chosen, strict=True):
        place = {
            "y": y + 0.16,
            "yanchor": "middle",
            "xref": "paper",
            "font": {"size": SIZE, "color": scheme.ink, "weight": 600 if strong else 400},
        }
        verdict = "" if row["verdict"] in (BY_VALUE, NOT_BY_VALUE, NO_TENTH) else f", {WORDS[row['verdict']]}"
        labels.append(note(escape(cut(f"{rank_span(row['rank'], row['last_rank'])}. {row['name']}")), scheme, x=0, xanchor="left", **place))
        labels.append(note(escape(f"{border(row['value'], unit)}{verdict}"), scheme, x=1, xanchor="right", **place))
    if len(rows) > SHOWN:
        shapes.append(
            rule(scheme, xref="paper", x0=0, x1=1, y0=0.45 - SHOWN, y1=0.45 - SHOWN, line={"color": faint(scheme.missing, 0.5), "width": 1})
        )
    return go.Figure(
        [dots],
        look(
            scheme,
            ROW * len(rows) + 40,
            margin={"l": 0, "r": 0, "t": 4, "b": 30},
            annotations=labels,
            shapes=shapes,
            xaxis=axis(
                range=[low - room, high + room],
                tickformat={"share": ",.0%", "usd": "$,.0f"}.get(unit, ",~r"),
                nticks=5,
                tickfont={"size": SMALL, "color": scheme.soft_ink},
            ),
            yaxis=axis(visible=False, range=[at[-1] - 0.5, 0.5]),
        )
        | {"paper_bgcolor": CLEAR},
    )


def row_words(row: dict[Any, Any], unit: str) -> str:
    """One place in words: rank, value, interval, verdict."""
    spread = f" ({border(row['low'], unit)} to {border(row['high'], unit)})" if np.isfinite(row["low"]) and np.isfinite(row["high"]) else ""
    return f"{escape(str(row['name']))}: {border(row['value'], unit)}{spread}<br>rank {rank_span(row['rank'], row['last_rank'])}; in the tenth: {WORDS[row['verdict']]}"


def alt(found: Ranking, selected: tuple[str, ...]) -> str:
    """What a reader who does not see the dots needs."""
    rows = drawn_rows(found, selected)
    named = rows[rows["geoid"].isin(selected)]
    unit = found.result.indicator.unit
    said = [f"Dots in order. {title(found)}.", rule_words(found), uncertainty(found), missing_words(found)]
    said += [
        f"Selected: {row['name']}, rank {rank_span(row['rank'], row['last_rank'])}, {spoken(row['value'], unit)}."
        for row in named.to_dict("records")
    ]
    return " ".join(filter(None, said))


def heading(found: Ranking) -> str:
    return f"In the {end(found.result)}"


def shown_ranking(found: Ranking) -> pd.DataFrame:
    """The whole order as a table for the screen; shares in per cent."""
    frame, unit = found.frame, found.result.indicator.unit
    scale = 100 if unit == "share" else 1
    table = pd.DataFrame({"Rank": frame["rank"], "Place": frame["name"], value_heading(found): frame["value"] * scale})
    if found.has_intervals:
        table["Low"], table["High"] = frame["low"] * scale, frame["high"] * scale
    table[heading(found)] = frame["verdict"].map(WORDS)
    table["Adults, July 2023"] = frame["people"]
    return table


def value_heading(found: Ranking) -> str:
    return capital(found.result.indicator.label)


def ranking_columns(found: Ranking) -> dict[str, Any]:
    """Formats of the table's numbers, in the words of st.column_config."""
    form = {"type_config": {"type": "number", "format": UNITS[found.result.indicator.unit].column}}
    return {name: dict(form) for name in (value_heading(found), "Low", "High")} | {
        "Adults, July 2023": {"type_config": {"type": "number", "format": "localized"}}
    }


def whose(found: Ranking) -> str:
    """How many rows the table has."""
    return places_words(len(found.frame), found.result.query.level) if len(found.frame) else f"no {LEVELS[found.result.query.level]}"
