"""Figures that go to the page as they are written. plotly checks and copies every value of a figure that it is given, twice where it travels:
for a map of all counties that took longer than the rest of a page's run.
"""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import plotly.graph_objects as go

Trace = dict[str, Any]
"""A trace in plotly's words. Numbers are arrays until the figure is put together."""
Written = dict[str, Any]
"""A figure in plotly's words: its traces under "data", and its "layout"."""

KINDS = {"int8": "i1", "int16": "i2", "int32": "i4", "float32": "f4", "float64": "f8"}
"""What plotly calls the kinds of numbers that travel as bytes in base 64."""


class Ready(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A written figure for `st.plotly_chart` and nothing else: it is sent as it stands, unchecked. Tests put every written figure to
    plotly's own check (`go.Figure(written)`)."""

    def __init__(self, written: Written) -> None:  # what plotly's own does is what is left out here
        self._written = written

    def to_dict(self) -> Written:
        return self._written


def written(traces: list[Trace], layout: dict[str, Any]) -> Written:
    """The figure of these traces, with arrays as plotly sends them: names as lists, numbers as bytes."""
    return {"data": [{name: packed(value) for name, value in trace.items()} for trace in traces], "layout": layout}


def packed(value: Any) -> Any:
    """An array as it travels; anything else as it is. Long lists are tuples: a map is kept for long, and the garbage collector, which
    Streamlit calls after every run, looks into each list and into no tuple of texts or numbers."""
    if isinstance(value, list):
        return tuple(packed(one) for one in value)
    if not isinstance(value, np.ndarray):
        return value
    if value.dtype.name not in KINDS:
        return tuple(value.tolist())
    shape = {"shape": ", ".join(str(count) for count in value.shape)} if value.ndim > 1 else {}
    return {"dtype": KINDS[value.dtype.name], "bdata": base64.b64encode(np.ascontiguousarray(value).tobytes()).decode(), **shape}
