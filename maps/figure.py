"""The interactive map: one choropleth over boundaries that come by address, lines of states, and the providers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from analytics.model import Result
from analytics.places import level_of, places
from analytics.supply import choose
from analytics.tables import Tables
from maps.classes import MISSING_CLASS, Classes, classify
from maps.geometry import frame_of, geometry
from maps.numbers import D3, MISSING_WORDS
from maps.palette import Scheme
from maps.view import View

Trace = dict[str, Any]
"""A trace in plotly's words. Plain until the whole figure is put together, so that plotly checks each value once."""


CONFIG = {
    "topojsonURL": "/topology/",
    "displayModeBar": False,
    "scrollZoom": False,
    "showTips": False,
    "responsive": True,
}


def trimmed(values: npt.ArrayLike) -> npt.NDArray[np.float32]:
    """float32 with the last 10 of 23 bits of the fraction rounded away: four digits stay, and the message compresses."""
    bits = np.ascontiguousarray(values, dtype=np.float32).view(np.uint32)
    kept = ((bits + np.uint32(1 << 9)) & np.uint32(0xFFFFFC00)).view(np.float32)
    return np.where(np.isfinite(np.asarray(values, dtype=np.float32)), kept, np.float32(np.nan))


EXACT = frozenset({"people", "usd", "sites", "code"})
"""Units whose hover shows every digit, so that it reads like the table; float32 holds them."""


def stepped(colours: Sequence[str]) -> list[list[Any]]:
    """A plotly colour scale of equal steps with hard edges, one a class; z is the number of the class, so that no rounding
    can move a value that lies on a border into the class beside it."""
    count = len(colours)
    return [[position / count, colour] for number, colour in enumerate(colours) for position in (number, number + 1)]


def hover(unit: str, has_interval: bool, kind: str) -> str:
    """Name, value, interval and status; the name comes from the boundaries' own properties."""
    form = D3[unit]
    interval = f"<br>%{{customdata[1]:{form}}} to %{{customdata[2]:{form}}}" if has_interval else ""
    suffix = {"miles": " miles", "people": " people", "rate": " per 100,000 adults", "sites": " listed"}.get(unit, "")
    return f"<b>%{{properties.name}}</b><br>%{{customdata[0]:{form}}}{suffix}{interval}<br>{kind}<extra></extra>"


def areas(result: Result, classes: Classes, scheme: Scheme, address: str) -> list[Trace]:
    """The places with a value, then those of each kind of missing, as page-coloured areas with an outline."""
    frame = result.frame
    shared: dict[str, Any] = {"geojson": address, "featureidkey": "id", "showscale": False}
    line = {"color": scheme.page, "width": 0.25 if len(frame) > 500 else 0.7}
    traces = []
    shown = classes.code != MISSING_CLASS
    unit, kind = result.indicator.unit, "modelled" if result.modelled else "published figure"
    if shown.any():
        colours = classes.colours if classes.zero is None else (classes.zero, *classes.colours)
        interval = frame.loc[shown, ["low", "high"]].to_numpy(dtype=float)
        has_interval = bool(np.isfinite(interval).any())
        numbers = frame.loc[shown, ["value", "low", "high"] if has_interval else ["value"]].to_numpy(dtype=np.float32)
        traces.append(
            dict(
                type="choropleth",
                locations=frame["geoid"][shown].to_numpy(dtype=object),
                z=(classes.code[shown] + (classes.zero is not None)).astype(np.int8),
                zmin=-0.5,
                zmax=len(colours) - 0.5,
                colorscale=stepped(colours),
                customdata=numbers if unit in EXACT else trimmed(numbers),
                hovertemplate=hover(unit, has_interval, kind),
                marker={"line": line},
                **shared,
            )
        )
    states = frame["status"].astype(str)
    for missing, words in MISSING_WORDS.items():
        rows = (states == missing).to_numpy()
        if rows.any():
            traces.append(
                dict(
                    type="choropleth",
                    locations=frame["geoid"][rows].to_numpy(dtype=object),
                    z=np.zeros(int(rows.sum()), dtype=np.int8),
                    colorscale=[[0, scheme.page], [1, scheme.page]],
                    hovertemplate=f"<b>%{{properties.name}}</b><br>{words}<extra></extra>",
                    marker={"line": {"color": scheme.missing, "width": 0.9}},
                    **shared,
                )
            )
    return traces


def lines(level: str, geoids: list[str], colour: str, width: float, tables: Tables) -> Trace:
    """Outlines of larger places over the map; they take no hover."""
    return {
        "type": "choropleth",
        "geojson": geometry(level, tables).address,
        "featureidkey": "id",
        "locations": geoids,
        "z": np.zeros(len(geoids), dtype=np.int8),
        "colorscale": [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]],
        "showscale": False,
        "hoverinfo": "skip",
        "marker": {"line": {"color": colour, "width": width}},
    }


def provider_points(result: Result, scheme: Scheme, tables: Tables) -> Trace | None:
    """The sites that count: without names for the nation, with name, town and how good the point is within a state."""
    query = result.query
    providers = tables["providers"]
    shown = choose(query, providers).known
    state = places(tables)[query.place].state
    if state:
        shown = shown & (providers["county"].str[:2] == state).to_numpy()
    if not shown.any():
        return None
    rows = providers[shown]
    marker = {"size": 6 if state else 4, "color": scheme.site, "opacity": 0.9, "line": {"color": scheme.page, "width": 0.8}}
    texts: dict[str, Any] = {"hoverinfo": "skip"}
    if state:
        quality = rows["point_quality"].map({"street": "at its street address", "zip": "at its ZIP code", "city": "somewhere in the city"})
        texts = {
            "text": (rows["name"] + "<br>" + rows["city"] + ", " + rows["state"] + "<br>point: " + quality).to_list(),
            "hovertemplate": "%{text}<extra></extra>",
        }
    return dict(
        type="scattergeo",
        lat=trimmed(rows["latitude"]),
        lon=trimmed(rows["longitude"]),
        mode="markers",
        marker=marker,
        unselected={"marker": {"opacity": 1}},
        **texts,
    )


def drawn_map(result: Result, view: View, scheme: Scheme, tables: Tables) -> go.Figure:
    """The map of a result: the nation in Albers USA, a state in a conic projection of its own."""
    query = result.query
    state = places(tables)[query.place].state
    layout = frame_of(state, tables)
    classes = classify(result.frame, result.indicator, scheme)
    traces = areas(result, classes, scheme, geometry(query.level, tables).address)
    if not state:
        if query.level != "state":
            traces.append(lines("state", tables["states"]["geoid"].to_list(), scheme.page, 1.1, tables))
        traces.append(lines("nation", ["us"], scheme.missing, 0.8, tables))
    else:
        traces.append(lines("state", [state], scheme.missing, 1.0, tables))
    if len(query.place) > 2:
        own = query.level if query.place in set(result.frame["geoid"]) else level_of(query.place)
        # Ink on a light rim, so that the chosen place is seen on the lightest and on the darkest class.
        traces += [lines(own, [query.place], scheme.page, 4.5, tables), lines(own, [query.place], scheme.ink, 2, tables)]
    if view.sites and result.indicator.uses_providers and (points := provider_points(result, scheme, tables)) is not None:
        traces.append(points)
    look = {
        "geo": {"visible": False, "bgcolor": "rgba(0,0,0,0)", **layout.geo},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "font": {"family": "Source Sans, Source Sans Pro, sans-serif", "color": scheme.ink, "size": 14},
        "hoverlabel": {"bgcolor": scheme.panel, "bordercolor": scheme.missing, "font": {"color": scheme.ink, "size": 14}},
        "template": "none",
    }
    return go.Figure(traces, look)


def clicked_place(event: Any, known: Mapping[str, Any]) -> str | None:
    """The id of the place that was clicked, or None where the click met none."""
    for point in event["selection"]["points"]:
        if str(point.get("location")) in known:
            return str(point["location"])
    return None
