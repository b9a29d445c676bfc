"""Maps as plotly itself reads them: every word and value of them put to its own check."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import plotly.graph_objects as go

from analytics.conditions import Meeting
from analytics.model import Result
from analytics.tables import Tables
from analytics.together import Pair
from maps.bivariate import written_bivariate
from maps.figure import written_map
from maps.palette import Scheme
from maps.view import View


def unpacked(value: Any) -> Any:
    """Numbers that travel as bytes, read back."""
    if not isinstance(value, dict) or "bdata" not in value:
        return value
    shape = tuple(int(count) for count in value.get("shape", "-1").split(","))
    return np.frombuffer(base64.b64decode(value["bdata"]), dtype=np.dtype(value["dtype"])).reshape(shape)


def checked(written: dict[str, Any]) -> go.Figure:
    return go.Figure([{name: unpacked(value) for name, value in trace.items()} for trace in written["data"]], written["layout"])


def checked_map(result: Result, view: View, scheme: Scheme, tables: Tables, boxing: bool = False, met: Meeting | None = None) -> go.Figure:
    return checked(written_map(result, view, scheme, tables, boxing, met))


def checked_bivariate(pair: Pair, view: View, scheme: Scheme, tables: Tables) -> go.Figure:
    return checked(written_bivariate(pair, view, scheme, tables))
