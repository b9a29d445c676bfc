"""What may not be answered, and the nearest question that may. A refusal is an answer, not an error."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.indicator import Indicator
from analytics.query import DEFAULT_LAYERS, LAYERS, LEVELS, MODALITIES, QUOTA_LAYERS, Query
from analytics.supply import choose
from analytics.tables import Tables

RATE_LAYERS = ("samhsa_2024",)
LEVEL_PLURALS = {"state": "states", "county": "counties", "district": "congressional districts"}


@dataclass(frozen=True)
class Refusal:
    """Why there is no figure, and the query that comes nearest to what was asked and is sound."""

    sentence: str
    query: Query
    offer: str
    """The words of the one link."""


def refuse(query: Query, indicator: Indicator, tables: Tables) -> Refusal | None:
    """The first reason not to answer, or None."""
    return _level(query, indicator) or (_lists(query, indicator, tables) if indicator.uses_providers else None)


def _level(query: Query, indicator: Indicator) -> Refusal | None:
    if query.level in indicator.levels:
        return None
    level = indicator.levels[-1]
    return Refusal(
        f"There is no figure of “{indicator.label}” for {LEVEL_PLURALS[query.level]}: it is published for {LEVEL_PLURALS[level]} and must not be averaged.",
        query.with_(level=level),
        f"Show it by {LEVELS[level]}",
    )


def _lists(query: Query, indicator: Indicator, tables: Tables) -> Refusal | None:
    if query.population == "veteran" and indicator.bears == "nearest" and indicator.unit == "share":
        return Refusal(
            "The lists name only about 16 sites of the Department of Veterans Affairs; that bears how many there are and how far the nearest is, not a share of people.",
            query.with_(measure="miles_to_nearest"),
            "Show the miles to the nearest site for veterans",
        )
    quota = [LAYERS[layer] for layer in query.layers if layer in QUOTA_LAYERS]
    if quota and indicator.bears == "rate":
        return Refusal(
            f"A rate per adult needs a list that treats every state alike; {quota[0]} is a sample, capped or gathered unevenly, and would rank states by how it was made.",
            query.with_(layers=RATE_LAYERS, modality="any"),
            "Show the rate with the SAMHSA directory alone",
        )
    if quota and indicator.bears == "count" and query.level != "county":
        return Refusal(
            f"Counts by {LEVELS[query.level]} would rank states by how a list was made; {quota[0]} is a sample, capped or gathered unevenly.",
            query.with_(layers=RATE_LAYERS, modality="any"),
            "Count with the SAMHSA directory alone",
        )
    if not choose(query, tables["providers"]).known.any():
        wider = query.with_(layers=DEFAULT_LAYERS)
        if query.layers == DEFAULT_LAYERS or not choose(wider, tables["providers"]).known.any():
            wider = query.with_(layers=DEFAULT_LAYERS, modality="any", population="civilian")
        return Refusal(
            f"None of the chosen lists names a site that is known to offer {MODALITIES[query.modality]}; they do not say, which is not the same as no.",
            wider,
            "Show it with all current lists",
        )
    return None
