"""The interactive map: one choropleth over boundaries that come by address, lines of states, and the providers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.cache import CACHE
from analytics.conditions import Meeting
from analytics.model import Result
from analytics.places import level_of, places
from analytics.supply import choose
from analytics.tables import Tables
from maps.charts import CLEAR, FONT
from maps.classes import MISSING_CLASS, Classes, classes_of
from maps.geometry import frame_of, geometry
from maps.lit import lit
from maps.numbers import MISSING_WORDS, UNITS
from maps.palette import Scheme
from maps.ready import Trace, Written, written
from maps.selection import selected
from maps.view import View

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


WIDE = 2_000
"""Dollars between the ends of an interval, from which a hover tells all three to the hundred: nobody knows them better. The table has
every digit."""
SMALL = (np.int8, np.int16)


def hovered(numbers: npt.NDArray[np.float64], unit: str) -> npt.NDArray[Any] | list[list[int]]:
    """The numbers of a hover (value; low and high where there are) with no more digits than it shows, for they are most of the message:
    whole per cent, miles, minutes, dollars and counts as integers where all are known, the rest with four digits. Large integers go as text, whose digits compress better
    than bytes in base 64."""
    shown = 100 * numbers if unit == "share" else numbers.copy()
    if not UNITS[unit].hover.endswith((".0f", ".0%")):
        return shown.astype(np.float32) if UNITS[unit].exact else trimmed(shown)
    if unit == "usd" and shown.shape[1] == 3:
        wide = shown[:, 2] - shown[:, 1] >= WIDE
        shown[wide] = 100 * np.rint(shown[wide] / 100)
    whole = np.rint(shown)
    if not np.isfinite(whole).all():
        return whole.astype(np.float32)
    most = np.abs(whole).max(initial=0)
    return next((whole.astype(kind) for kind in SMALL if most <= np.iinfo(kind).max), whole.astype(int).tolist())


def stepped(colours: Sequence[str]) -> list[list[Any]]:
    """A plotly colour scale of equal steps with hard edges, one a class; z is the number of the class, so that no rounding
    can move a value that lies on a border into the class beside it."""
    count = len(colours)
    return [[position / count, colour] for number, colour in enumerate(colours) for position in (number, number + 1)]


def hover(unit: str, has_interval: bool, kind: str) -> str:
    """Name, value, interval and status; the name comes from the boundaries' own properties."""
    # A share comes in per cent (see `hovered`), whose sign stands behind each number.
    form, sign, suffix = (".0f", "%", "") if unit == "share" else (UNITS[unit].hover, "", UNITS[unit].suffix)
    value, low, high = (f"%{{customdata[{position}]:{form}}}{sign}" for position in range(3))
    interval = f"<br>{low} to {high}" if has_interval else ""
    return f"<b>%{{properties.name}}</b><br>{value}{suffix}{interval}<br>{kind}<extra></extra>"


def one_colour(geoids: pd.Series, colour: str, label: str, line: Mapping[str, Any]) -> Trace:
    """Places that share a colour and what is said of them."""
    return {
        "type": "choropleth",
        "locations": geoids.to_numpy(dtype=object),
        "z": np.zeros(len(geoids), dtype=np.int8),
        "colorscale": [[0, colour], [1, colour]],
        "hovertemplate": label,
        "marker": {"line": dict(line)},
    }


def other_classes(frame: pd.DataFrame, categories: tuple[str, ...]) -> list[str]:
    """A line of the hover for each row whose class is another one at its bounds, "" for the rest."""
    said = []
    for value, low, high in frame[["value", "low", "high"]].to_numpy(dtype=float).tolist():
        others = sorted({end for end in (low, high) if np.isfinite(end)} - {value})
        said.append(f"at its bounds: {' or '.join(categories[int(one)] for one in others)}<br>" if others else "")
    return said


def area_line(scheme: Scheme, count: int) -> dict[str, Any]:
    """The line round each of so many areas."""
    return {"color": scheme.page, "width": 0.25 if count > 500 else 0.7}


def areas(result: Result, classes: Classes, scheme: Scheme, address: str) -> list[Trace]:
    """The places with a value (each category apart, with its words), then those of each kind of missing, as page-coloured areas with an
    outline."""
    frame = result.frame
    shared: dict[str, Any] = {"geojson": address, "featureidkey": "id", "showscale": False}
    line = area_line(scheme, len(frame))
    traces = []
    shown = classes.code != MISSING_CLASS
    unit, kind = result.indicator.unit, "modelled" if result.modelled else "published figure"
    for position, words in enumerate(classes.categories):
        rows = classes.code == position
        if rows.any():
            doubt = other_classes(frame[rows], classes.categories)
            text = {"text": doubt} if any(doubt) else {}
            label = f"<b>%{{properties.name}}</b><br>{words}<br>{'%{text}' if text else ''}{kind}<extra></extra>"
            traces.append(one_colour(frame["geoid"][rows], classes.colours[position], label, line) | {"zmin": 0, "zmax": 1} | text | shared)
    if shown.any() and not classes.categories:
        colours = classes.colours if classes.zero is None else (classes.zero, *classes.colours)
        interval = frame.loc[shown, ["low", "high"]].to_numpy(dtype=float)
        has_interval = bool(np.isfinite(interval).any())
        numbers = frame.loc[shown, ["value", "low", "high"] if has_interval else ["value"]].to_numpy(dtype=float)
        traces.append(
            dict(
                type="choropleth",
                locations=frame["geoid"][shown].to_numpy(dtype=object),
                z=(classes.code[shown] + (classes.zero is not None)).astype(np.int8),
                zmin=-0.5,
                zmax=len(colours) - 0.5,
                colorscale=stepped(colours),
                customdata=hovered(numbers, unit),
                hovertemplate=hover(unit, has_interval, kind),
                marker={"line": line},
                **shared,
            )
        )
    states = frame["status"].astype(str)
    for missing, words in MISSING_WORDS.items():
        rows = (states == missing).to_numpy()
        if rows.any():
            outline = {"color": scheme.missing, "width": 0.9}
            label = f"<b>%{{properties.name}}</b><br>{words}<extra></extra>"
            traces.append(one_colour(frame["geoid"][rows], scheme.page, label, outline) | shared)
    return traces


def lines(level: str, geoids: list[str], colour: str, width: float, tables: Tables) -> Trace:
    """Outlines of larger places over the map; they take no hover."""
    return {
        "type": "choropleth",
        "geojson": geometry(level, tables).address,
        "featureidkey": "id",
        "locations": geoids,
        "z": np.zeros(len(geoids), dtype=np.int8),
        "colorscale": [[0, CLEAR], [1, CLEAR]],
        "showscale": False,
        "hoverinfo": "skip",
        "marker": {"line": {"color": colour, "width": width}},
    }


def borders(level: str, state: str, scheme: Scheme, tables: Tables) -> list[Trace]:
    """The lines over the areas: of the nation and its states, or of the one state (two digits) that is looked at."""
    if state:
        return [lines("state", [state], scheme.missing, 1.0, tables)]
    states = [] if level == "state" else [lines("state", tables["states"]["geoid"].to_list(), scheme.page, 1.1, tables)]
    return [*states, lines("nation", ["us"], scheme.missing, 0.8, tables)]


def outline(level: str, geoids: list[str], scheme: Scheme, tables: Tables, width: float = 1) -> list[Trace]:
    """Ink on a light rim, so that places are seen on the lightest and on the darkest class."""
    return [lines(level, geoids, scheme.page, 4.5 * width, tables), lines(level, geoids, scheme.ink, 2 * width, tables)]


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
        **texts,
    )


def written_map(result: Result, view: View, scheme: Scheme, tables: Tables, boxing: bool = False, met: Meeting | None = None) -> Written:
    """The map of a result in plotly's words: the nation in Albers USA, a state in a conic projection of its own; selected places outlined, those
    that meet the conditions in `met` standing out. With `boxing` a drag draws a box over places. From the cache where it was drawn before.
    """

    def draw() -> Written:
        state = places(tables)[result.query.place].state
        return written(map_traces(result, view, scheme, tables, boxing, met), map_look(frame_of(state, tables).geo, scheme, boxing))

    if met is not None and met.asked:
        return draw()
    return CACHE.get((tables.version, "written map", result.query, view.classing, view.selected, view.sites, scheme.name, boxing), draw)


def map_traces(result: Result, view: View, scheme: Scheme, tables: Tables, boxing: bool, met: Meeting | None) -> list[Trace]:
    """The areas of the map, and over them lines, outlines and sites, each a trace."""
    query = result.query
    state = places(tables)[query.place].state
    classes = classes_of(result, scheme, view.classing)
    traces = lit(areas(result, classes, scheme, geometry(query.level, tables).address), met, scheme)
    traces += borders(query.level, state, scheme, tables)
    if len(query.place) > 2:
        own = query.level if query.place in set(result.frame["geoid"]) else level_of(query.place)
        traces += outline(own, [query.place], scheme, tables)
    if here := selected(view, result).here:
        traces += outline(query.level, list(here), scheme, tables, rim(query.level, state))
    if view.sites and result.indicator.uses_providers and (points := provider_points(result, scheme, tables)) is not None:
        traces.append(points)
    if not boxing:  # a click fades nothing, while a box shows what is in it
        for trace in traces:
            trace["unselected"] = {"marker": {"opacity": 1}}
    return traces


def rim(level: str, state: str) -> float:
    """How wide an outline of selected places is: thinner round the many small ones of the nation."""
    return 0.7 if not state and level != "state" else 1


def map_look(geo: Mapping[str, Any], scheme: Scheme, boxing: bool = False) -> dict[str, Any]:
    """The layout of a map: the frame alone, without a ground of its own."""
    return {
        "geo": {"visible": False, "bgcolor": CLEAR, **geo},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "dragmode": "select" if boxing else False,
        "font": {"family": FONT, "color": scheme.ink, "size": 14},
        "hoverlabel": {"bgcolor": scheme.panel, "bordercolor": scheme.missing, "font": {"color": scheme.ink, "size": 14}},
    }


def clicked_places(event: Any, offered: Sequence[str]) -> list[str]:
    """The ids of the places that were clicked or boxed, each once: a point's location, or the first of its custom data."""
    known, found = set(offered), []
    for point in event["selection"]["points"]:
        custom = point.get("customdata")
        first = custom[0] if isinstance(custom, (list, tuple)) and custom else custom
        found += [str(one) for one in (point.get("location"), first) if str(one) in known][:1]
    return list(dict.fromkeys(found))
