"""Charts that are no maps: one look for all of them, with labels on the marks, a text that tells the finding, and the numbers as a table.

Nothing in a chart hangs on how wide it is drawn: labels stand above their bars, not beside them, so that a phone shows what a desk shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from maps.palette import Scheme
from maps.ready import Trace

FONT: Final = "Source Sans, Source Sans Pro, sans-serif"
SIZE: Final = 14
SMALL: Final = 13
CONFIG: Final = {"displayModeBar": False, "scrollZoom": False, "showTips": False, "responsive": True, "doubleClick": False}
ROW: Final = 46
"""Height in pixels of a row of bars: a line of text, and the bar under it."""
CLEAR: Final = "rgba(0,0,0,0)"
TALLEST: Final = 190
"""Height in pixels that a stack of points may have; a higher one is pressed together."""
LONGEST: Final = 36
"""So many letters of a label stand beside its number on the narrowest phone."""

Mark = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """The numbers of a chart as texts; the first cell of a row names the row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A figure, the sentence that says what is to be seen in it, and its numbers."""

    figure: go.Figure
    alt: str
    table: Table


def table_html(table: Table) -> str:
    """The table as HTML. Where it is wider than the screen it scrolls in its own box, for the keyboard too."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for name, *cells in table.rows
    )
    return (
        f'<div class="atlas-scroll" role="region" tabindex="0" aria-label="{escape(table.caption)}"><table class="atlas-table">'
        f"<caption>{escape(table.caption)}</caption><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def accent(scheme: Scheme, subject: str = "cost") -> str:
    """The one strong colour of a chart: the last but one of the subject's family."""
    return scheme.ramps[subject][-2]


def faint(colour: str, opacity: float) -> str:
    """The colour, seen through."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def look(scheme: Scheme, height: int, **more: Any) -> dict[str, Any]:
    """The layout all charts share: no ground, no template, no legend, the page's letters."""
    return {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 4, "b": 4},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "font": {"family": FONT, "color": scheme.ink, "size": SIZE},
        "hoverlabel": {"bgcolor": scheme.panel, "bordercolor": scheme.missing, "font": {"family": FONT, "color": scheme.ink, "size": SIZE}},
        "template": "none",
        "xaxis": axis(visible=False),
        "yaxis": axis(visible=False),
        **more,
    }


def cut(label: str) -> str:
    """A label that fits on a phone; where it does not, the table has it in full."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip(' ,:')}…"


def axis(**more: Any) -> dict[str, Any]:
    """An axis that nobody can drag, without lines of its own."""
    return {"fixedrange": True, "showgrid": False, "zeroline": False, "showline": False, "ticks": "", **more}


def note(text: str, scheme: Scheme, **where: Any) -> Mark:
    """A piece of text in the chart."""
    return {"text": text, "showarrow": False, "font": {"size": SMALL, "color": scheme.ink}, **where}


def rule(scheme: Scheme, **where: Any) -> Mark:
    """A thin line in the chart."""
    return {"type": "line", "line": {"color": scheme.missing, "width": 1}, "layer": "below", **where}


# --- Rows of bars: the label above the bar, the number at its right end ---


@dataclass(frozen=True)
class Bar:
    """One row. The bar runs from `start` to `end`; `low` and `high`, where they are numbers, are drawn as a thin line over it."""

    label: str
    number: str
    start: float
    end: float
    strong: bool = False
    low: float = np.nan
    high: float = np.nan
    hover: str = ""


def bars(rows: Sequence[Bar], scheme: Scheme, extent: tuple[float, float], base: float | None = None) -> go.Figure:
    """Bars one under another on a scale from the first to the second of `extent`; `base` is a mark on each of them."""
    at = [-float(position) for position in range(len(rows))]
    under = [one - 0.22 for one in at]
    strong, weak = accent(scheme), scheme.missing
    traces: list[Trace] = [
        {
            "type": "bar",
            "orientation": "h",
            "base": [min(one.start, one.end) for one in rows],
            "x": [abs(one.end - one.start) for one in rows],
            "y": under,
            "width": 0.28,
            "marker": {"color": [strong if one.strong else weak for one in rows], "line": {"width": 0}},
            "hovertext": [one.hover or f"{one.label}: {one.number}" for one in rows],
            "hoverinfo": "text",
        }
    ]
    ranged = [(one, y) for one, y in zip(rows, under, strict=True) if np.isfinite(one.low) and np.isfinite(one.high) and one.low < one.high]
    shapes = [
        rule(scheme, x0=one.low, x1=one.high, y0=y, y1=y, layer="above", line={"color": scheme.ink, "width": 1.5}) for one, y in ranged
    ]
    shapes += [
        rule(scheme, x0=end, x1=end, y0=y - 0.09, y1=y + 0.09, layer="above", line={"color": scheme.ink, "width": 1.5})
        for one, y in ranged
        for end in (one.low, one.high)
    ]
    if base is not None:
        shapes += [
            rule(scheme, x0=base, x1=base, y0=y - 0.2, y1=y + 0.2, layer="above", line={"color": scheme.ink, "width": 1.5}) for y in under
        ]
    labels = []
    for one, y in zip(rows, at, strict=True):
        bold = {"size": SIZE, "color": scheme.ink, "weight": 600 if one.strong else 400}
        place = {"yref": "y", "y": y + 0.16, "yanchor": "middle", "xref": "paper", "font": bold}
        labels.append(note(escape(cut(one.label)), scheme, x=0, xanchor="left", **place))
        labels.append(note(escape(one.number), scheme, x=1, xanchor="right", **place))
    return go.Figure(
        traces,
        look(
            scheme,
            ROW * len(rows) + 12,
            annotations=labels,
            shapes=shapes,
            xaxis=axis(visible=False, range=list(extent)),
            yaxis=axis(visible=False, range=[at[-1] - 0.5, 0.5]),
        ),
    )


# --- Columns by year ---


@dataclass(frozen=True)
class Column:
    """One year, in one line or two (`<br>`); `number` stands above it. One that is `open` covers a part of the year, and is drawn hollow."""

    year: str
    value: float
    number: str
    open: bool = False
    hover: str = ""


def columns(rows: Sequence[Column], scheme: Scheme, missing: str, height: int = 216) -> go.Figure:
    """Columns side by side from 0, each with its number above and its year below. Where there is no value the word `missing` stands."""
    colour = accent(scheme)
    top = max((one.value for one in rows if np.isfinite(one.value)), default=1.0) or 1.0
    at = list(range(len(rows)))
    trace: Trace = {
        "type": "bar",
        "x": at,
        "y": [one.value if np.isfinite(one.value) else None for one in rows],
        "width": 0.72,
        "marker": {
            "color": [faint(colour, 0.18) if one.open else colour for one in rows],
            "line": {"color": colour, "width": [1.5 if one.open else 0 for one in rows]},
        },
        "hovertext": [one.hover or f"{one.year}: {one.number}" for one in rows],
        "hoverinfo": "text",
    }
    labels = [
        note(
            escape(one.number if np.isfinite(one.value) else missing),
            scheme,
            x=x,
            y=one.value if np.isfinite(one.value) else 0,
            yanchor="bottom",
            yshift=1,
            font={"size": SMALL, "color": scheme.ink if np.isfinite(one.value) else scheme.soft_ink},
        )
        for x, one in zip(at, rows, strict=True)
    ]
    return go.Figure(
        [trace],
        look(
            scheme,
            height,
            margin={"l": 0, "r": 0, "t": 4, "b": 40},
            annotations=labels,
            shapes=[rule(scheme, xref="paper", x0=0, x1=1, y0=0, y1=0)],
            xaxis=axis(
                tickvals=at,
                ticktext=[one.year for one in rows],
                tickfont={"size": SMALL, "color": scheme.soft_ink},
                range=[-0.5, at[-1] + 0.5],
            ),
            yaxis=axis(visible=False, range=[0, 1.16 * top]),
        ),
    )


# --- Lines over years ---


@dataclass(frozen=True)
class Line:
    """A series by year with its name; `low` and `high` (or nothing) are drawn as a band behind it."""

    name: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    numbers: tuple[str, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    strong: bool = False


def lines(several: Sequence[Line], scheme: Scheme, marks: Sequence[tuple[float, str]], height: int = 300) -> go.Figure:
    """Lines over the same years, each with its name at its middle (above the uppermost, under the others) and numbers at both ends.
    `marks` are lines of the scale, with words; the scale starts at the first of them."""
    traces: list[Trace] = []
    labels: list[Mark] = []
    highest = [max(values) for values in zip(*(one.values for one in several), strict=True)]
    for one in several:
        colour = accent(scheme) if one.strong else scheme.ink
        if one.low and one.high:
            traces.append(
                {
                    "type": "scatter",
                    "x": [*one.years, *reversed(one.years)],
                    "y": [*one.high, *reversed(one.low)],
                    "mode": "lines",
                    "fill": "toself",
                    "fillcolor": faint(colour, 0.16),
                    "line": {"width": 0},
                    "hoverinfo": "skip",
                }
            )
        traces.append(
            {
                "type": "scatter",
                "x": list(one.years),
                "y": list(one.values),
                "mode": "lines+markers",
                "line": {"color": colour, "width": 2.5},
                "marker": {"color": colour, "size": 7, "line": {"color": scheme.page, "width": 1}},
                "hovertext": [f"{year}: {number}, {one.name}" for year, number in zip(one.years, one.numbers, strict=True)],
                "hoverinfo": "text",
            }
        )
        for position, inner, anchor in ((0, 1, "left"), (-1, -2, "right")):
            # On the side that the line does not take.
            under = one.values[inner] > one.values[position]
            labels.append(
                note(
                    escape(one.numbers[position]),
                    scheme,
                    x=one.years[position],
                    y=one.values[position],
                    xanchor=anchor,
                    yanchor="top" if under else "bottom",
                    yshift=-6 if under else 6,
                    font={"size": SIZE, "color": scheme.ink, "weight": 600},
                )
            )
        middle = len(one.years) // 2
        side: Mark = {"yanchor": "bottom", "yshift": 8} if one.values[middle] == highest[middle] else {"yanchor": "top", "yshift": -8}
        words = note(escape(one.name), scheme, x=one.years[middle], y=one.values[middle], **side)
        labels.append({**words, "font": {"size": SMALL, "color": colour}})
    first, last = min(one.years[0] for one in several), max(one.years[-1] for one in several)
    top = max(max(one.high or one.values) for one in several)
    shapes = [
        rule(scheme, xref="paper", x0=0, x1=1, y0=value, y1=value, line={"color": faint(scheme.missing, 0.35), "width": 1})
        for value, _ in marks
    ]
    return go.Figure(
        traces,
        look(
            scheme,
            height,
            margin={"l": 46, "r": 4, "t": 8, "b": 26},
            annotations=labels,
            shapes=shapes,
            xaxis=axis(
                tickvals=list(range(first, last + 1)),
                tickformat="d",
                tickfont={"size": SMALL, "color": scheme.soft_ink},
                range=[first - 0.25, last + 0.25],
            ),
            yaxis=axis(
                tickvals=[value for value, _ in marks],
                ticktext=[words for _, words in marks],
                tickfont={"size": SMALL, "color": scheme.soft_ink},
                range=[marks[0][0], max(1.12 * top, marks[-1][0])],
            ),
        ),
    )


# --- Points on one scale ---


@dataclass(frozen=True)
class Point:
    """One point; its `words` stand in the hover, its `label`, where it has one, above it, or at its left or right `side`. The label of a
    `strong` one stands above all points, with a line down to it."""

    value: float
    words: str
    label: str = ""
    strong: bool = False
    side: str = ""


def stacked(values: Sequence[float], width: float) -> list[int]:
    """How many of the points before stand too near to each: the height at which it is drawn, so that none hides another."""
    heights: list[int] = []
    placed: list[tuple[float, int]] = []
    for value in values:
        taken = {height for other, height in placed if abs(other - value) < width}
        height = next(level for level in range(len(values) + 1) if level not in taken)
        heights.append(height)
        placed.append((value, height))
    return heights


def beside(one: Point, extent: tuple[float, float]) -> Mark:
    """Where the label of a point stands: at its side, or above it and inside the chart."""
    if one.side:
        left = one.side == "left"
        return {"xanchor": "right" if left else "left", "yanchor": "middle", "xshift": -9 if left else 9}
    share = (one.value - extent[0]) / (extent[1] - extent[0])
    return {
        "xanchor": "left" if share < 0.25 else "right" if share > 0.75 else "center",
        "yanchor": "bottom",
        "yshift": 1 if one.strong else 7,
    }


def strip(
    points: Sequence[Point],
    scheme: Scheme,
    ticks: Sequence[tuple[float, str]],
    extent: tuple[float, float],
    band: tuple[float, float] | None = None,
    line: tuple[float, str] | None = None,
    room: int = 30,
) -> go.Figure:
    """Points along one scale, those too near to each other stacked; a `band` behind them, and a `line` through them with its words.

    `ticks` are the scale's numbers with their words, `room` how many points fit beside each other at the narrowest width.
    """
    ordered = sorted(points, key=lambda one: one.value)
    heights = stacked([one.value for one in ordered], (extent[1] - extent[0]) / room)
    most = max(heights, default=0)
    trace: Trace = {
        "type": "scatter",
        "x": [one.value for one in ordered],
        "y": heights,
        "mode": "markers",
        "marker": {
            "size": [13 if one.strong else 10 for one in ordered],
            "color": [accent(scheme) if one.strong else scheme.missing for one in ordered],
            "line": {"color": scheme.page, "width": 1},
            "opacity": 1,
        },
        "hovertext": [one.words for one in ordered],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    labels = []
    shapes = [rule(scheme, xref="paper", x0=0, x1=1, y0=-0.7, y1=-0.7)]
    for one, height in zip(ordered, heights, strict=True):
        if one.label:
            bold = {"size": SIZE if one.strong else SMALL, "color": scheme.ink, "weight": 600 if one.strong else 400}
            labels.append(
                note(escape(one.label), scheme, x=one.value, y=most + 1.0 if one.strong else height, font=bold, **beside(one, extent))
            )
        if one.label and one.strong:
            shapes.append(rule(scheme, x0=one.value, x1=one.value, y0=height, y1=most + 1.0, line={"color": accent(scheme), "width": 1.5}))
    if band is not None:
        shapes.append(
            {
                "type": "rect",
                "x0": band[0],
                "x1": band[1],
                "y0": -0.7,
                "y1": most + 0.6,
                "fillcolor": faint(accent(scheme), 0.14),
                "line": {"width": 0},
                "layer": "below",
            }
        )
    if line is not None:
        shapes.append(rule(scheme, x0=line[0], x1=line[0], y0=-0.7, y1=most + 1.0, line={"color": accent(scheme), "width": 2}))
        labels.append(
            note(
                escape(line[1]), scheme, x=line[0], y=most + 1.0, yanchor="bottom", font={"size": SIZE, "color": scheme.ink, "weight": 600}
            )
        )
    return go.Figure(
        [trace],
        look(
            scheme,
            min(16 * (most + 1), TALLEST) + 92,
            margin={"l": 8, "r": 8, "t": 4, "b": 24},
            annotations=labels,
            shapes=shapes,
            xaxis=axis(
                tickvals=[value for value, _ in ticks],
                ticktext=[words for _, words in ticks],
                tickfont={"size": SMALL, "color": scheme.soft_ink},
                range=list(extent),
            ),
            yaxis=axis(visible=False, range=[-0.8, most + 3]),
        ),
    )
