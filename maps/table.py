"""The table behind a map: the same rows, headings in words, the status of every value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analytics import status
from analytics.model import Result

FORMATS = {"share": "%.1f %%", "miles": "%.1f", "usd": "$ %.2f", "people": "localized", "sites": "%d", "rate": "%.2f", "code": "%d"}


def heading(result: Result) -> str:
    """Heading of the value's column; a modelled value is named so."""
    words = result.indicator.unit_words + (" (modelled)" if result.modelled else "")
    return words[:1].upper() + words[1:]


def shown_table(result: Result) -> pd.DataFrame:
    """The rows of a result for the screen. Shares are in per cent; the file has them as parts of one."""
    frame = result.frame
    scale = 100 if result.indicator.unit == "share" else 1
    shown = pd.DataFrame({"Id": frame["geoid"], "Place": frame["name"], heading(result): frame["value"] * scale})
    if np.isfinite(frame["low"].to_numpy(dtype=float)).any():
        shown["Low"], shown["High"] = frame["low"] * scale, frame["high"] * scale
    shown["Status"] = frame["status"].astype(str).replace({status.ZERO: "true zero"})
    shown["Adults, July 2023"] = frame["people"]
    return shown


def column_config(result: Result) -> dict[str, Any]:
    """Formats of the numeric columns, in the words of st.column_config."""
    form = {"type_config": {"type": "number", "format": FORMATS[result.indicator.unit]}}
    columns = {name: dict(form) for name in (heading(result), "Low", "High")}
    columns["Adults, July 2023"] = {"type_config": {"type": "number", "format": "localized"}}
    return columns
