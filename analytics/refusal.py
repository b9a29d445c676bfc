"""What may not be answered, and the nearest question that may. A refusal is an answer, not an error."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.indicator import Indicator
from analytics.indicators import indicators
from analytics.query import DEFAULT_LAYERS, LAYERS, LEVELS, MODALITIES, POPULATIONS, QUOTA_LAYERS, Query
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
    """The first reason not to answer, or None. What is offered instead is sound: where the nearest question has a reason
    against it too, the offer goes on from there, and its words tell every step."""
    first = _reason(query, indicator, tables)
    if first is None:
        return None
    offered, said = first.query, [first.offer]
    while (next_ := _reason(offered, indicators()[offered.measure], tables)) is not None:
        offered = next_.query
        said.append(next_.offer[:1].lower() + next_.offer[1:])
    return Refusal(first.sentence, offered, ", and ".join(said))


def _reason(query: Query, indicator: Indicator, tables: Tables) -> Refusal | None:
    return _level(query, indicator) or (_lists(query, indicator, tables) if indicator.uses_providers else None)


def _level(query: Query, indicator: Indicator) -> Refusal | None:
    if query.level in indicator.levels:
        return None
    level = indicator.levels[-1]
    had = " and ".join(LEVEL_PLURALS[one] for one in indicator.levels)
    return Refusal(
        f"There is no figure of “{indicator.label}” for {LEVEL_PLURALS[query.level]}: it is had for {had}, and must not be averaged into other places.",
        query.with_(level=level),
        f"Show it by {LEVELS[level]}",
    )


def _lists(query: Query, indicator: Indicator, tables: Tables) -> Refusal | None:
    veteran = query.population == "veteran"
    if veteran and indicator.bears == "nearest" and indicator.unit == "share":
        return Refusal(
            "The lists name only about 16 sites of the Department of Veterans Affairs; that bears how many there are and how far the nearest is, not a share of people.",
            query.with_(measure="miles_to_nearest"),
            "Show the miles to the nearest site for veterans",
        )
    if veteran and indicator.bears == "rate":
        return Refusal(
            "The lists name only about 16 sites of the Department of Veterans Affairs; that bears how many there are and how far the nearest is, not a rate per adult.",
            query.with_(measure="sites"),
            "Show how many sites for veterans there are",
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
        return _silent(query, indicator, tables)
    return None


def _silent(query: Query, indicator: Indicator, tables: Tables) -> Refusal:
    """No site on the lists is known to fit. Offered: the lists that bear the question, else any therapy too, else for anyone."""
    quota_too = indicator.bears == "nearest" or (indicator.bears == "count" and query.level == "county")
    lists = DEFAULT_LAYERS if quota_too else RATE_LAYERS
    named = "all current lists" if quota_too else "the SAMHSA directory alone"
    tries = {
        f"Show it with {named}": query.with_(layers=lists),
        f"Show any ketamine therapy, with {named}": query.with_(layers=lists, modality="any"),
        f"Show any ketamine therapy open to anyone, with {named}": query.with_(layers=lists, modality="any", population="civilian"),
    }
    offer, sound = next(
        ((words, one) for words, one in tries.items() if choose(one, tables["providers"]).known.any()), list(tries.items())[-1]
    )
    whom = "" if query.population == "civilian" else f" to {POPULATIONS[query.population]}"
    return Refusal(
        f"None of the chosen lists names a site that is known to offer {MODALITIES[query.modality]}{whom}; they do not say, which is not the same as no.",
        sound,
        offer,
    )
