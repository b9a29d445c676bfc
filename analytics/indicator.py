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
    """The title as a sentence with {value}, {place}; where lists of providers are used also {doubt} and {providers}; {people} and
    {person} for those it weighs, {reach} for the reach, {none} for the share who reach nothing."""
    why: str
    unit: str
    """share, miles, minutes, usd, people, sites, rate (per 100,000 adults), per_million, mean_sites, score or code"""
    unit_words: str
    """For the subtitle: "share of {people}"; {people} and {reach} as in the finding."""
    universe: str
    subject: str
    """distance, cost, need or barrier: the family of colours."""
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
    asks: tuple[str, ...] = ()
    """Fields of the query that change its numbers, besides level and place and, with provider lists, modality, population, payment and layers."""
    modalities: tuple[str, ...] = ()
    """Kinds of therapy for which it is defined; empty: all."""
    populations: tuple[str, ...] = ()
    """Groups of people for whose sites it is defined; empty: all."""
    assumes: tuple[str, ...] = ()
    """Ids of the parameters it rests on, or areas ending in a slash: shown beside it with their source, and open to change."""
    advanced: bool = False
    """Whether it stands under "advanced": for those who know the field's measures."""
    downloadable: bool = True
    categories: tuple[str, ...] = ()
    """For the unit "class": the words of the values 0, 1, 2 ..., better before worse."""
    breaks: tuple[float, ...] = ()
    """Class borders with a meaning (10, 30, 60 miles); empty: quantiles."""
    caveat: str = ""
    """Stands where the number is read."""
    interval: str = ""
    """What its interval holds, where it has one whatever is asked: "the publisher's 90 % margin". Silent records come on top."""

    @property
    def asked(self) -> frozenset[str]:
        """Every field of the query that changes its numbers, but level, place and assumptions."""
        lists = {"modality", "population", "payment", "layers"} if self.uses_providers else set()
        return frozenset({"measure", "level", "place", *lists, *self.asks})

    def bears_for(self, query: Query) -> str:
        """What the lists must bear for this question: where "far" is read from an access score, a rate."""
        return "rate" if self.bears and "far" in self.asks and query.far == "e2sfca" else self.bears

    @property
    def group_order(self) -> int:
        return GROUPS.index(self.group)
