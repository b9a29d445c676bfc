"""Numbers as people read them: every unit in one table, and as many digits as are sensible."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from analytics import status

MISSING_WORDS = {
    status.NO_DATA: "no data",
    status.SUPPRESSED: "withheld by the publisher",
    status.BEYOND_REACH: "beyond the reach of the search",
    status.NO_ROAD: "no road or ferry to a listed site",
}


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


def counted(value: float, one: str) -> str:
    """A whole number with its noun: "1 site", "12 sites"."""
    return f"{value:,.0f} {one}{'' if round(value) == 1 else 's'}"


def two_digits(value: float) -> int:
    """Whole numbers, from 100 up with two digits that count: 0 for what is under a half, 44, 120, 3,400."""
    digits = len(f"{value:.0f}")
    return int(round(value, 2 - digits)) if digits > 2 else round(value)


def way(one: str) -> Callable[[float], str]:
    """Miles or minutes, of which half of one and less is "under 1"."""
    return lambda value: f"under 1 {one}" if 0 <= value <= 0.5 else counted(value, one)


def decimals(digits: int, words: str = "") -> Callable[[float], str]:
    """A number with so many decimals and its words; what would read as nothing is "under 0.01"."""
    least = 10.0**-digits
    return lambda value: ("0" if value == 0 else f"under {least:g}" if value < least / 2 else f"{value:,.{digits}f}") + words


def few(count: float) -> str:
    """People in a legend or table: "1.2 m", "48 k", "812"."""
    return f"{count / 1e6:.3g} m" if count >= 1e6 else f"{count / 1e3:.3g} k" if count >= 1e4 else f"{count:,.0f}"


def plain(value: float) -> str:
    return f"{value:,.0f}"


def usd(value: float) -> str:
    return f"${value:,.0f}"


@dataclass(frozen=True)
class Unit:
    """How a unit is written everywhere."""

    spoken: Callable[[float], str]
    """In sentences, with its words."""
    short: Callable[[float], str]
    """In legends and tables, with its sign alone."""
    hover: str
    """Format of the hover, in d3's words; `suffix` follows it."""
    column: str
    """Format of the table's column, in the words of st.column_config."""
    digits: int
    """Decimals in files."""
    suffix: str = ""
    exact: bool = False
    """Whether the hover shows every digit, so that it reads like the table; float32 holds them."""
    zero: str = ""
    """What a true zero means, for the legend, where zero is a class of its own ("" where it is nothing special). A share
    has it only where it is one of people within reach."""


UNITS: Final[dict[str, Unit]] = {
    "share": Unit(percent, lambda value: f"{100 * value:.0f} %", ".0%", "%.1f %%", 4, zero="0: nobody in reach"),
    "miles": Unit(way("mile"), plain, ",.0f", "%.1f", 1, " miles"),
    "minutes": Unit(way("minute"), plain, ",.0f", "%.0f", 1, " minutes"),
    "usd": Unit(usd, usd, "$,.0f", "$ %.2f", 2, exact=True),
    "people": Unit(people, few, ",.0f", "localized", 0, " people", exact=True),
    "sites": Unit(lambda value: counted(value, "site"), plain, ",.0f", "%d", 0, " listed", exact=True, zero="0: no list names one"),
    "rate": Unit(
        decimals(3, " sites for 100,000"),
        lambda value: f"{value:.3f}",
        ".3f",
        "%.3f",
        4,
        " per 100,000 adults",
        zero="0: no list names one",
    ),
    "per_million": Unit(
        decimals(2, " sites per million"), lambda value: f"{value:.2f}", ".2f", "%.2f", 4, " sites per million", zero="0: no site in reach"
    ),
    "mean_sites": Unit(
        decimals(1, " listed sites"), lambda value: f"{value:,.0f}", ",.1f", "%.1f", 2, " sites in reach", zero="0: no site in reach"
    ),
    "score": Unit(decimals(2), lambda value: f"{value:.2f}", ".2f", "%.2f", 4),
    "code": Unit(plain, plain, ".0f", "%d", 0, exact=True),
    "class": Unit(plain, plain, ".0f", "%s", 0, exact=True),
}
"""Every unit by its id. A measure of unit "class" has categories, whose words stand for the numbers."""


def spoken(value: float, unit: str) -> str:
    """A number with its unit, for sentences: "33 %", "under 1 %", "12 miles", "$1,356", "1 site"."""
    return UNITS[unit].spoken(value) if math.isfinite(value) else "unknown"


def short(value: float, unit: str) -> str:
    """For legends and tables: no words, the unit's sign alone."""
    return UNITS[unit].short(value)


def bordering(value: float, unit: str) -> str:
    """A class border that somebody chose or that parts two values: every digit it has, up to six, with the unit's sign."""
    if unit == "share":
        return f"{100 * value:.6g} %"
    return ("$" if unit == "usd" else "") + f"{value:,.6g}" if abs(value) < 1e6 else few(value)


NOUNS = (" miles", " minutes", " sites", " sites for 100,000", " sites per million", " listed sites", " million", " %")


def one_or_both(first: str, last: str, join: Callable[..., str] = "{low} to {high}".format, unit: str = "") -> str:
    """Both ends of a range, or one where both read the same: "$2,244 to $4,155", "33 %", with a `unit` said once "70 to 100 %".

    `join` takes `low` and `high`, and may be a catalogue's sentence in its language.
    """
    return first if first == last else join(low=first.removesuffix(unit), high=last)


def rank_span(first: float, last: float) -> str:
    """ "12", or of places that tie "12 to 14"."""
    return one_or_both(f"{first:,.0f}", f"{last:,.0f}")


def spoken_range(low: float, high: float, unit: str) -> str:
    """ "between 33 and 76 %", or one number where both read the same."""
    return one_or_both(*spoken_ends(low, high, unit), "between {low} and {high}".format)


def spoken_ends(low: float, high: float, unit: str) -> tuple[str, str]:
    """Both ends of a range, the unit said once at the last where both have it; twice the same words where they read the same."""
    first, last = spoken(low, unit), spoken(high, unit)
    if first != last and not first.startswith(("under", "over")) and not last.startswith(("under", "over")):
        ending = next((noun for noun in (*NOUNS, " mile", " minute", " site") if first.endswith(noun)), "")
        first = first.removesuffix(ending)
    return first, last


def with_doubt(value: float, low: float, high: float, unit: str) -> str:
    """ "$2,089 ($0 to $9,250)", "73 to 91 %" where the value reads like one of the ends, "73 %" where nothing is left open.

    >>> with_doubt(2_089, 0, 9_250, "usd"), with_doubt(0.728, 0.728, 0.91, "share"), with_doubt(0.3, 0.299, 0.301, "share")
    ('$2,089 ($0 to $9,250)', '73 to 91 %', '30 %')
    """
    said = spoken(value, unit)
    if not (math.isfinite(low) and math.isfinite(high)) or spoken(low, unit) == spoken(high, unit):
        return said
    first, last = spoken_ends(low, high, unit)
    span = f"{first} to {last}"
    return span if said in (spoken(low, unit), last) else f"{said} ({span})"
