"""The table behind a map: the same rows, headings in words, the status of every value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analytics import status
from analytics.model import Result
from maps.files import spread_columns
from maps.numbers import UNITS
from maps.words import unit_words


def heading(result: Result) -> str:
    """Heading of the value's column; a modelled value is named so."""
    words = unit_words(result) + (" (modelled)" if result.modelled else "")
    return words[:1].upper() + words[1:]


SPREAD_HEADINGS = ("Tenth per cent of people", "Middle of people", "Ninetieth per cent of people", "People with nothing in reach, %")
"""The measure inside each place: a tenth, half and nine tenths of its people have this much or less; and how many have nothing."""


def shown_table(result: Result) -> pd.DataFrame:
    """The rows of a result for the screen. Shares are in per cent; the file has them as parts of one."""
    frame = result.frame
    scale = 100 if result.indicator.unit == "share" else 1
    value, low, high = (shown_values(frame[name], result, scale) for name in ("value", "low", "high"))
    shown = pd.DataFrame({"Id": frame["geoid"], "Place": frame["name"], heading(result): value})
    if np.isfinite(frame["low"].to_numpy(dtype=float)).any():
        shown["Low"], shown["High"] = low, high
    shown["Status"] = frame["status"].astype(str).replace({status.ZERO: "true zero"})
    shown["Adults, July 2023"] = frame["people"]
    for name, column in zip(SPREAD_HEADINGS, spread_columns(result), strict=False):
        shown[name] = result.more["spread"][column] * (100 if column == "none" else scale)
    return shown


def shown_values(values: pd.Series, result: Result, scale: int) -> pd.Series:
    """The numbers of a column, or where they are positions of categories, their words, "" where there is none."""
    categories = result.indicator.categories
    if not categories:
        return values * scale
    return pd.Series([categories[int(one)] if np.isfinite(one) else "" for one in values], index=values.index, dtype="str")


def column_config(result: Result) -> dict[str, Any]:
    """Formats of the numeric columns, in the words of st.column_config."""
    form = {"type_config": {"type": "number", "format": UNITS[result.indicator.unit].column}}
    numeric = () if result.indicator.categories else (heading(result), "Low", "High", *SPREAD_HEADINGS)
    columns = {name: dict(form) for name in numeric}
    columns["Adults, July 2023"] = {"type_config": {"type": "number", "format": "localized"}}
    return columns
