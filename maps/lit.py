"""A map on which the places that meet conditions stand out."""

from __future__ import annotations

from typing import Any

import numpy as np

from analytics.conditions import MET, Mask, Meeting
from maps.condition_words import FADED
from maps.palette import Scheme
from maps.ready import Trace


def lit(traces: list[Trace], found: Meeting | None, scheme: Scheme) -> list[Trace]:
    """Traces of areas with the places that meet all conditions outlined and the others faded; unchanged where nothing is asked.

    Each is parted in two, since plotly draws one opacity a trace.
    """
    if found is None or not found.asked:
        return traces
    met = found.of(MET)["geoid"].to_list()
    outline = {"color": scheme.ink, "width": 0.8 if len(found.frame) > 500 else 1.6}
    faded, full = {"opacity": FADED}, {"opacity": 1.0, "line": outline}
    parted: list[Trace] = []
    for trace in traces:
        here = np.isin(np.asarray(trace["locations"], dtype=str), met)
        parted += [part(trace, rows, marker) for rows, marker in ((~here, faded), (here, full)) if rows.any()]
    return parted


def part(trace: Trace, rows: Mask, marker: dict[str, Any]) -> Trace:
    """Some of a trace's places, with a look of their own."""
    own = {name: np.asarray(trace[name])[rows] for name in ("locations", "z", "customdata", "text") if trace.get(name) is not None}
    return trace | own | {"marker": {**trace.get("marker", {}), **marker}}
