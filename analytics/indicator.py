"""What a measure is: the words a reader needs and the function that computes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from analytics.query import LEVELS, Query
from analytics.tables import Tables

Compute = Callable[[Query, Tables], pd.DataFrame]
"""(query, tables) -> frame with geoid, value, low, high, status; one row for each place of `query.level`
in the whole nation. `query.level` may be "nation", whose one geoid is "us"."""

GROUPS = ("Getting there", "Price", "Coverage", "Need", "Who lives there")


@dataclass(frozen=True)
class Indicator:
    """One measure. The texts are what page, table, export, API and methods page show."""

    id: str
    label: str
    """In a list and in the sentence of controls: "adults within 30 miles of a provider"."""
    group: str
    question: str
    finding: str
    """The title as a sentence with {value}, {place} and, where lists of providers are used, {doubt} and {providers}."""
    why: str
    unit: str
    """share, miles, usd, people, sites, rate (per 100,000 adults) or code"""
    unit_words: str
    """For the subtitle: "share of adults"."""
    universe: str
    subject: str
    """distance, cost or need: the family of colours."""
    worse: str
    """"high" or "low": which end is worse for people, and so drawn strong; "" where neither is."""
    sources: tuple[str, ...]
    """Ids of sources; those of the chosen provider lists are added to them."""
    vintage: str
    modelled: bool
    method: str
    """Anchor on the methods page."""
    compute: Compute = field(repr=False)
    order: int = 50
    levels: tuple[str, ...] = tuple(LEVELS)
    uses_providers: bool = False
    bears: str = ""
    """What the provider lists must bear: "nearest", "count" or "rate"; "" where no list is used."""
    downloadable: bool = True
    breaks: tuple[float, ...] = ()
    """Class borders with a meaning (10, 30, 60 miles); empty: quantiles."""
    caveat: str = ""
    """Stands where the number is read."""

    @property
    def group_order(self) -> int:
        return GROUPS.index(self.group)
