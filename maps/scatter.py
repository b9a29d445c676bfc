"""Two measures as dots, one a place: SVG, since WebGL drawing needs script that our content security policy forbids."""

from __future__ import annotations

from html import escape
from typing import Any

import plotly.graph_objects as go

from analytics.refusal import capital
from analytics.together import Pair
from maps.charts import SMALL, accent, axis, faint, look, note
from maps.dots import NAMED, SEEN_THROUGH, diameters, dot, dot_colour
from maps.figure import trimmed
from maps.numbers import UNITS
from maps.palette import Scheme
from maps.ready import Trace


def scale(unit: str) -> dict[str, Any]:
    """How the numbers of an axis are written."""
    form = {"share": ",.0%", "usd": "$~s", "people": "~s"}
    return {"tickformat": form.get(unit, ",~r"), "automargin": True}


def drawn_scatter(pair: Pair, selected: tuple[str, ...], scheme: Scheme, by_people: bool = False) -> go.Figure:
    """The dots of places with both values, lines at the medians, the selected as ringed dots with their names."""
    rows = pair.frame[pair.both]
    first, second = UNITS[pair.first.indicator.unit], UNITS[pair.second.indicator.unit]
    size = diameters(rows["people"])
    label = f"<b>%{{hovertext}}</b><br>%{{x:{first.hover}}}{first.suffix}<br>%{{y:{second.hover}}}{second.suffix}<extra></extra>"
    dots: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": trimmed(rows["x"]),
        "y": trimmed(rows["y"]),
        "hovertext": rows["name"].to_list(),
        "hovertemplate": label,
        "marker": {
            "size": trimmed(size) if by_people else dot(len(rows)),
            "color": faint(dot_colour(scheme), SEEN_THROUGH),
            "line": {"width": 0.4 if by_people else 0, "color": scheme.page},
        },
    }
    chosen = rows[rows["geoid"].isin(selected)]
    marked: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": chosen["x"].to_numpy(dtype=float),
        "y": chosen["y"].to_numpy(dtype=float),
        "hovertext": chosen["name"].to_list(),
        "hovertemplate": label,
        "marker": {"size": 11, "color": accent(scheme), "line": {"width": 2, "color": scheme.ink}, "opacity": 1},
    }
    x, y = pair.medians
    grey = {"color": scheme.missing, "width": 1, "dash": "dot"}
    shapes = [
        {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": grey, "layer": "below"},
        {"type": "line", "y0": y, "y1": y, "xref": "paper", "x0": 0, "x1": 1, "line": grey, "layer": "below"},
    ]
    middle = rows["x"].quantile([0, 1]).mean() if len(rows) else 0.0
    names = [
        note(
            escape(str(name)),
            scheme,
            x=at,
            y=up,
            xanchor="left" if at <= middle else "right",
            xshift=9 if at <= middle else -9,
            font={"size": SMALL, "color": scheme.ink, "weight": 600},
            bgcolor=faint(scheme.page, 0.75),
        )
        for name, at, up in chosen[["name", "x", "y"]].head(NAMED).itertuples(index=False)
    ]
    ticks = {
        "tickfont": {"size": SMALL, "color": scheme.soft_ink},
        "showgrid": True,
        "gridcolor": faint(scheme.missing, 0.25),
        "visible": True,
    }
    across = {"text": escape(capital(pair.labels[0])) + " →", "font": {"size": SMALL, "color": scheme.ink}}
    upward = note(
        f"↑ {escape(capital(pair.labels[1]))}",
        scheme,
        xref="paper",
        yref="paper",
        x=0,
        y=1,
        xanchor="left",
        yanchor="bottom",
        yshift=8,
    )
    return go.Figure(
        [dots, marked] if len(chosen) else [dots],
        look(
            scheme,
            440,
            margin={"l": 8, "r": 8, "t": 34, "b": 8},
            shapes=shapes,
            annotations=[*names, upward],
            xaxis=axis(title=across, **scale(pair.first.indicator.unit), **ticks) | {"showgrid": True},
            yaxis=axis(**scale(pair.second.indicator.unit), **ticks) | {"showgrid": True},
        ),
    )
