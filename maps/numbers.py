"""Numbers as people read them: a unit, and as many digits as are sensible."""

from __future__ import annotations

import math

from analytics import status

D3 = {"share": ".0%", "miles": ",.0f", "usd": "$,.0f", "people": ",.0f", "sites": ",.0f", "rate": ".2f", "code": ".0f"}
"""The same formats for hover texts, in plotly's words."""

MISSING_WORDS = {
    status.NO_DATA: "no data",
    status.SUPPRESSED: "withheld by the publisher",
    status.BEYOND_REACH: "beyond the reach of the search",
    status.NO_ROAD: "no road leads there",
}


def spoken(value: float, unit: str) -> str:
    """A number with its unit, for sentences: "33 %", "under 1 %", "12 miles", "$1,356", "1 site"."""
    if not math.isfinite(value):
        return "unknown"
    if unit == "share":
        return percent(value)
    if unit == "miles":
        return "under 1 mile" if 0 <= value <= 0.5 else f"{value:,.0f} mile{'' if round(value) == 1 else 's'}"
    if unit == "usd":
        return f"${value:,.0f}"
    if unit == "people":
        return people(value)
    if unit == "sites":
        return f"{value:,.0f} site{'' if round(value) == 1 else 's'}"
    if unit == "rate":
        return f"{value:.2f} sites for 100,000 adults"
    return f"{value:.0f}"


def percent(share: float) -> str:
    """A share as whole per cent; never 0 or 100 for what is not exactly that."""
    if 0 < share < 0.01:
        return "under 1 %"
    if 0.99 < share < 1:
        return "over 99 %"
    return f"{100 * share:.0f} %"


def people(count: float) -> str:
    """ "262 million", "1.4 million", "48,000", "812"."""
    if count >= 10_000_000:
        return f"{count / 1e6:,.0f} million"
    if count >= 1_000_000:
        return f"{count / 1e6:.1f} million"
    if count >= 10_000:
        return f"{round(count, -3):,.0f}"
    return f"{count:,.0f}"


def spoken_range(low: float, high: float, unit: str) -> str:
    """ "between 33 and 76 %", or one number where both read the same."""
    first, last = spoken(low, unit), spoken(high, unit)
    if first == last:
        return first
    if unit == "share" and not first.startswith(("under", "over")) and not last.startswith(("under", "over")):
        first = first.removesuffix(" %")
    if unit == "miles" and low > 0.5:
        first = first.removesuffix("s").removesuffix(" mile")
    return f"between {first} and {last}"


def short(value: float, unit: str) -> str:
    """For legends and tables: no words, the unit's sign alone."""
    if unit == "share":
        return f"{100 * value:.0f} %"
    if unit == "usd":
        return f"${value:,.0f}"
    if unit == "people":
        return f"{value / 1e6:.3g} m" if value >= 1e6 else f"{value / 1e3:.3g} k" if value >= 1e4 else f"{value:,.0f}"
    if unit == "rate":
        return f"{value:.2f}"
    return f"{value:,.0f}"
