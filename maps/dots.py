"""What a scatter plot is made of, for page, print and frame: dots, which of them are named, and round numbers along the sides."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from analytics.worst_off import Floats
from maps.numbers import short
from maps.palette import Scheme

LARGEST = 26.0
"""Diameter in pixels of the largest dot where area stands for adults."""
NAMED = 12
"""So many selected places have their name beside them; the others have it in the hover."""
SEEN_THROUGH = 0.65
"""Opacity of a dot, so that many in one place are told from few."""


def diameters(people: pd.Series) -> Floats:
    """Diameters whose areas are as the adults of the places, never too small to be seen."""
    counts = people.fillna(0).to_numpy(dtype=float)
    most = counts.max(initial=1.0)
    return np.asarray(np.maximum(LARGEST * np.sqrt(counts / most), 2.0))


def dot(count: int) -> float:
    """Diameter in pixels of a dot among so many."""
    return 8.0 if count <= 100 else 6.5 if count <= 500 else 4.5


def dot_colour(scheme: Scheme) -> str:
    return scheme.ramps["distance"][4 if scheme.name != "dark" else 3]


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """At most so many round numbers from low to high."""
    if not high > low:
        return [low]
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= rough)
    return [step * at for at in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def tick_words(value: float, unit: str) -> str:
    return f"{100 * value:g} %" if unit == "share" else short(value, unit) if unit in ("usd", "people") else f"{value:,g}"
