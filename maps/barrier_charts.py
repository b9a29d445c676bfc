"""The charts under the map of barriers: people by class, the make-up of a class, people against a threshold. Each has its text beside it.

Labels stand above their bars, not beside them, so that a phone shows what a desk shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.barriers import CLASSES, WORST, People
from analytics.query import Query
from maps.barrier_words import counted, curve_sentence, own_row, people_rows, threshold_words
from maps.charts import axis, faint, look
from maps.legend import item
from maps.numbers import percent
from maps.palette import Scheme

CONFIG: Final = {"displayModeBar": False, "scrollZoom": False, "showTips": False, "responsive": True, "doubleClick": False}
ROW: Final = 46
"""Height in pixels of a row of bars: a line of text, and the bar under it."""
CLEAR: Final = "rgba(0,0,0,0)"
BAR = 0.3

Mark = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A chart and the sentence for those who do not see it."""

    figure: go.Figure
    alt: str


def row_labels(rows: Sequence[tuple[str, str]], scheme: Scheme) -> list[Mark]:
    """A name at the left above each bar, its number at the right; rows go down from 0."""
    return [
        {
            "text": escape(text),
            "showarrow": False,
            "xref": "paper",
            "x": x,
            "xanchor": side,
            "yref": "y",
            "y": 0.16 - row,
            "yanchor": "middle",
            "font": {"size": 14, "color": scheme.ink},
        }
        for row, texts in enumerate(rows)
        for text, x, side in zip(texts, (0, 1), ("left", "right"), strict=True)
    ]


def rows_look(rows: Sequence[tuple[str, str]], scheme: Scheme, extent: float, shapes: Sequence[Mark] = ()) -> dict[str, Any]:
    """The layout of bars one under another on a scale from 0 to `extent`."""
    return look(
        scheme,
        ROW * len(rows) + 12,
        annotations=row_labels(rows, scheme),
        shapes=list(shapes),
        barmode="stack",
        xaxis=axis(visible=False, range=[0, extent]),
        yaxis=axis(visible=False, range=[0.5 - len(rows), 0.5]),
    )


def class_legend(scheme: Scheme) -> str:
    """The colours of the classes with their words, as HTML."""
    blocks = zip(scheme.barrier, CLASSES, strict=True)
    items = "".join(
        item("", f'<span class="block" style="background:{colour};border-color:{scheme.missing}"></span>', name) for colour, name in blocks
    )
    return f'<div class="atlas-legend" role="list" aria-label="Legend: classes">{items}</div>'


def curve_legend(along: str, scheme: Scheme) -> str:
    """The two lines of a curve and its band, with their words, as HTML."""
    alone = ("far", 2) if along == "distance" else ("in costly counties", 1)
    lines = ((alone[0], scheme.barrier[alone[1]]), ("far and in costly counties", scheme.barrier[WORST]))
    items = [(words, f"background:{colour};border-color:{colour}") for words, colour in lines]
    items.append(("the same over the provider lists", f"background:{faint(scheme.barrier[WORST], 0.2)};border-color:{CLEAR}"))
    said = "".join(item("missing", f'<span class="block" style="{style}"></span>', words) for words, style in items)
    return f'<div class="atlas-legend" role="list" aria-label="Legend: lines">{said}</div>'


def people_chart(found: People, scheme: Scheme) -> Drawn:
    """Adults in each class as bars, with the range over the provider lists as a line through the end of the bar."""
    table = people_rows(found)
    at = [-row - 0.22 for row in range(len(CLASSES))]
    spans = [found.list_range(position) for position in range(len(CLASSES))]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": found.adults,
        "y": at,
        "width": BAR,
        "marker": {"color": list(scheme.barrier), "line": {"color": scheme.missing, "width": 1}},
        "hovertext": [f"{name}: {adults} adults ({part}); over the lists {lists}" for name, adults, part, lists, _ in table],
        "hoverinfo": "text",
    }
    shapes = [
        {"type": "line", "x0": low, "x1": high, "y0": y, "y1": y, "line": {"color": scheme.ink, "width": 1.5}}
        for (low, high), y in zip(spans, at, strict=True)
        if low < high
    ]
    labels = [(name.capitalize(), f"{adults} ({part})") for name, adults, part, *_ in table]
    most = max([high for _, high in spans], default=1.0) or 1.0
    alt = "Bars of adults by class. " + " ".join(
        f"{name.capitalize()}: {adults}, over the lists {lists}." for name, adults, _, lists, _ in table
    )
    return Drawn(go.Figure([bars], rows_look(labels, scheme, 1.02 * most, shapes)), alt)


def has_counts(frame: pd.DataFrame, section: str) -> bool:
    """Whether a section has counts that can be spread over the classes, and not published shares alone."""
    return bool(frame.loc[frame["section"] == section, "number"].notna().all())


def make_up_chart(frame: pd.DataFrame, section: str, scheme: Scheme) -> Drawn:
    """Of each group of a section, how its people are spread over the classes of their counties; and all adults first."""
    chosen = frame[frame["section"].isin(["Adults", section]) & frame["class"].isin(list(CLASSES)) & frame["number"].notna()]
    names = list(dict.fromkeys(zip(chosen["section"], chosen["group"], strict=True)))
    numbers = np.array([chosen.loc[(chosen["section"] == one) & (chosen["group"] == group), "number"] for one, group in names])
    totals = numbers.sum(axis=1, keepdims=True)
    parts = np.divide(numbers, totals, out=np.zeros_like(numbers), where=totals > 0)
    words = ["all adults" if one == "Adults" else group for one, group in names]
    at = [-row - 0.22 for row in range(len(names))]
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "x": parts[:, position],
            "y": at,
            "width": BAR,
            "marker": {"color": colour, "line": {"color": scheme.missing, "width": 1}},
            "hovertext": [f"{group}, {name}: {percent(part)}" for group, part in zip(words, parts[:, position], strict=True)],
            "hoverinfo": "text",
        }
        for position, (name, colour) in enumerate(zip(CLASSES, scheme.barrier, strict=True))
    ]
    labels = [(group, f"{percent(part)} {CLASSES[WORST]}") for group, part in zip(words, parts[:, WORST], strict=True)]
    said = "; ".join(f"{group} {percent(part)}" for group, part in zip(words, parts[:, WORST], strict=True))
    return Drawn(
        go.Figure(bars, rows_look(labels, scheme, 1.0)), f"Bars of {section.lower()}: the part in counties that are far and costly. {said}."
    )


def curve_chart(curve: pd.DataFrame, along: str, query: Query, scheme: Scheme) -> Drawn:
    """Adults who are far and in a costly county against one of the thresholds, with the range over the lists as a band and a mark at
    the question's own threshold; and as a thinner line those for whom this threshold alone is passed."""
    row = curve.iloc[own_row(curve, along, query)]
    x = curve["threshold"].to_numpy()
    words = [threshold_words(one, along, query) for one in x]
    strong, thin = scheme.barrier[WORST], scheme.barrier[2 if along == "distance" else 1]
    band = {
        "type": "scatter",
        "x": [*x, *x[::-1]],
        "y": [*curve["most"], *curve["least"][::-1]],
        "mode": "lines",
        "fill": "toself",
        "fillcolor": faint(strong, 0.2),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }
    lines = [
        {
            "type": "scatter",
            "x": x,
            "y": curve[column],
            "mode": "lines",
            "line": {"color": colour, "width": width},
            "hovertext": [f"{one}: {counted(value)} adults {name}" for one, value in zip(words, curve[column], strict=True)],
            "hoverinfo": "text",
        }
        for column, colour, width, name in (
            ("alone", thin, 2, "far" if along == "distance" else "in costly counties"),
            ("both", strong, 3, "far and in costly counties"),
        )
    ]
    mark = {
        "type": "scatter",
        "x": [row["threshold"]],
        "y": [row["both"]],
        "mode": "markers",
        "marker": {"color": strong, "size": 11, "line": {"color": scheme.page, "width": 1.5}},
        "hoverinfo": "skip",
    }
    label = {
        "text": escape(f"{counted(float(row['both']))} at {threshold_words(float(row['threshold']), along, query)}"),
        "showarrow": False,
        "x": row["threshold"],
        "y": max(row["alone"], row["most"]),
        "xanchor": "left" if row["threshold"] < x.mean() else "right",
        "yanchor": "bottom",
        "yshift": 6,
        "font": {"size": 14, "color": scheme.ink, "weight": 600},
    }
    # From the mark up to its words, which stand above all lines so that they cover none.
    thread = {"type": "line", "x0": row["threshold"], "x1": row["threshold"], "y0": row["both"], "y1": label["y"]}
    top = float(curve[["alone", "most"]].to_numpy().max()) or 1.0
    ticks = scale(top)
    soft = {"size": 13, "color": scheme.soft_ink}
    figure = go.Figure(
        [band, *lines, mark],
        look(
            scheme,
            300,
            margin={"l": 60, "r": 8, "t": 8, "b": 30},
            hovermode="closest",
            annotations=[label],
            shapes=[{**thread, "line": {"color": scheme.missing, "width": 1}}],
            xaxis=axis(
                tickformat=".0%" if along == "share" else "",
                ticksuffix="" if along == "share" else f" {query.far}",
                tickfont=soft,
                nticks=6,
            ),
            yaxis=axis(
                range=[0, 1.15 * top],
                tickvals=ticks,
                ticktext=[counted(one).replace(".0 million", " million") for one in ticks],
                tickfont=soft,
            ),
        ),
    )
    return Drawn(figure, f"A line of adults against a threshold. {curve_sentence(curve, along, query)}")


def scale(top: float) -> list[float]:
    """Round numbers from 0 up to the top: four steps or fewer."""
    magnitude = 10.0 ** np.floor(np.log10(top))
    step = next(factor * magnitude for factor in (0.25, 0.5, 1.0, 2.5) if top / (factor * magnitude) <= 4)
    return [float(one) for one in np.arange(0, top + step / 100, step)]
