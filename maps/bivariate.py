"""One map of two measures in plotly's words: each in thirds of its places, nine colours (its legend is in maps/nine.py)."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from analytics.places import places
from analytics.tables import Tables
from analytics.together import Pair
from maps.figure import area_line, borders, map_look, one_colour, outline, rim, stepped, trimmed
from maps.geometry import frame_of, geometry
from maps.numbers import MISSING_WORDS, UNITS
from maps.palette import Scheme
from maps.ready import Trace, Written, written
from maps.together_words import cells
from maps.view import View


def hover(pair: Pair) -> str:
    """Name, and both measures with their units."""
    said = []
    for position, (label, result) in enumerate(zip(pair.labels, (pair.first, pair.second), strict=True)):
        unit = UNITS[result.indicator.unit]
        said.append(f"{escape(label)}: %{{customdata[{position}]:{unit.hover}}}{unit.suffix}")
    return f"<b>%{{properties.name}}</b><br>{'<br>'.join(said)}<extra></extra>"


def written_bivariate(pair: Pair, view: View, scheme: Scheme, tables: Tables) -> Written:
    """The map in plotly's words: places with both values in nine classes, those without as page-coloured areas that say which is missing and why."""
    query = pair.first.query
    state = places(tables)[query.place].state
    rows, address = pair.frame, geometry(query.level, tables).address
    shared: dict[str, Any] = {"geojson": address, "featureidkey": "id", "showscale": False}
    code = cells(pair, *pair.thirds)
    both = rows[pair.both]
    colours = [colour for line in scheme.bivariate for colour in line]
    traces: list[Trace] = [
        {
            "type": "choropleth",
            "locations": both["geoid"].to_numpy(dtype=object),
            "z": code[pair.both],
            "zmin": -0.5,
            "zmax": len(colours) - 0.5,
            "colorscale": stepped(colours),
            "customdata": trimmed(both[["x", "y"]].to_numpy(dtype=np.float32)),
            "hovertemplate": hover(pair),
            "marker": {"line": area_line(scheme, len(rows))},
            **shared,
        }
    ]
    traces += [trace | shared for trace in missing(pair, scheme)]
    traces += borders(query.level, state, scheme, tables)
    here = set(rows["geoid"])
    marked = [geoid for geoid in dict.fromkeys((query.place, *view.selected)) if geoid in here]
    if marked:
        traces += outline(query.level, marked, scheme, tables, rim(query.level, state))
    for trace in traces:  # a click fades nothing
        trace["unselected"] = {"marker": {"opacity": 1}}
    return written(traces, map_look(frame_of(state, tables).geo, scheme))


def missing(pair: Pair, scheme: Scheme) -> list[Trace]:
    """The places without both values, by which measure lacks and why."""
    traces, left = [], ~pair.both
    for name, column in zip(pair.labels, ("status_x", "status_y"), strict=True):
        for kind, words in MISSING_WORDS.items():
            here = left & (pair.frame[column] == kind).to_numpy()
            if here.any():
                label = f"<b>%{{properties.name}}</b><br>{escape(name)}: {words}<extra></extra>"
                traces.append(one_colour(pair.frame["geoid"][here], scheme.page, label, {"color": scheme.missing, "width": 0.9}))
                left = left & ~here
    return traces
