"""The picture of My cost: a bar from the least to the most a person may pay, with a line at what is typical.

HTML and not SVG, so that its words have the type and the size of the page at every width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from maps.palette import Scheme


@dataclass(frozen=True)
class Bar:
    """A row: what it is of, its ends and what is typical (NaN for none) in USD, and the ends in words."""

    label: str
    low: float
    value: float
    high: float
    words: str


def bars_html(bars: Sequence[Bar], scheme: Scheme, alt: str) -> str:
    """All rows on one scale that begins at nothing and ends at the greatest of them; `alt` says the whole in words."""
    most = max((bar.high for bar in bars), default=0.0) or 1.0
    rows = "".join(row(bar, 100 / most, scheme) for bar in bars)
    return f'<div class="my-cost-picture" role="img" aria-label="{escape(alt)}">{rows}</div>'


def row(bar: Bar, scale: float, scheme: Scheme) -> str:
    """The label and the words, and beneath them the bar on its line; ends in per cent of the line."""
    colour = scheme.ramps["cost"][-2]
    band = f'<span class="band" style="left:{bar.low * scale:.1f}%;width:{(bar.high - bar.low) * scale:.1f}%;border-color:{colour};background:{colour}"></span>'
    typical = (
        f'<span class="typical" style="left:{bar.value * scale:.1f}%"></span>' if np.isfinite(bar.value) and bar.high - bar.low >= 1 else ""
    )
    return f'<p><span>{escape(bar.label)}</span><strong>{escape(bar.words)}</strong></p><div class="rail">{band}{typical}</div>'
