"""What may not be answered, and the nearest question that may. A refusal is an answer, not an error."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.indicator import Indicator
from analytics.indicators import indicators
from analytics.out_of_pocket import barred
from analytics.own import layers_of
from analytics.query import DEFAULT_LAYERS, LAYERS, LEVELS, MODALITIES, PAYMENTS, POPULATIONS, QUOTA_LAYERS, REACHES, Query
from analytics.supply import known_sites
from analytics.tables import Tables

RATE_LAYERS = ("samhsa_2024",)
STATED_BY_DIRECTORIES = ("any", "iv")
"""Kinds of therapy that the federal directories state (code KIT); of every other they are silent."""
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
    return (
        _level(query, indicator)
        or (_lists(query, indicator, tables) if indicator.uses_providers else None)
        or (_cost(query, tables) if "payer" in indicator.asks else None)
    )


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


def _cost(query: Query, tables: Tables) -> Refusal | None:
    reason = barred(query, tables)
    return Refusal(reason.sentence, reason.query, reason.offer) if reason else None


def _lists(query: Query, indicator: Indicator, tables: Tables) -> Refusal | None:
    if indicator.modalities and query.modality not in indicator.modalities:
        only = indicator.modalities[0]
        return Refusal(
            f"“{capital(indicator.label)}” is known for {MODALITIES[only]} alone; no study measured it for {MODALITIES[query.modality]}.",
            query.with_(modality=only),
            f"Show it for {MODALITIES[only]}",
        )
    if indicator.populations and query.population not in indicator.populations:
        only = indicator.populations[0]
        return Refusal(
            f"“{capital(indicator.label)}” counts the sites open to {POPULATIONS[only]} alone, not those open to {POPULATIONS[query.population]}.",
            query.with_(population=only),
            f"Show it for {POPULATIONS[only]}",
        )
    if not set(query.layers) & set(layers_of(tables)):
        return Refusal(
            "Your own list is not at hand: it is in no link, and is gone when a visit ends.",
            query.with_(layers=DEFAULT_LAYERS),
            "Show it with all current lists",
        )
    veteran = query.population == "veteran"
    bears = indicator.bears_for(query)
    if veteran and bears == "nearest" and indicator.unit in ("share", "class"):
        return Refusal(
            "The lists name only about 16 sites of the Department of Veterans Affairs; that bears how many there are and how far the nearest is, not a share of people.",
            query.with_(measure="miles_to_nearest"),
            "Show the miles to the nearest site for veterans",
        )
    if veteran and bears == "rate":
        return Refusal(
            "The lists name only about 16 sites of the Department of Veterans Affairs; that bears how many there are and how far the nearest is, not a rate per adult.",
            query.with_(measure="sites"),
            "Show how many sites for veterans there are",
        )
    if (unstated := _unstated(query, indicator)) is not None:
        return unstated
    quota = [LAYERS[layer] for layer in query.layers if layer in QUOTA_LAYERS]
    if quota and bears == "rate":
        return Refusal(
            f"{'A' if indicator.bears == 'rate' else 'An access score is a rate, and a'} rate per adult needs a list that treats every state alike; {quota[0]} is a sample, capped or gathered unevenly, and would rank states by how it was made.",
            query.with_(layers=RATE_LAYERS, modality="any"),
            f"Show {'the rate' if indicator.bears == 'rate' else 'it'} with the SAMHSA directory alone",
        )
    if quota and bears == "count" and query.level != "county":
        return Refusal(
            f"Counts by {LEVELS[query.level]} would rank states by how a list was made; {quota[0]} is a sample, capped or gathered unevenly.",
            query.with_(layers=RATE_LAYERS, modality="any"),
            "Count with the SAMHSA directory alone",
        )
    if not known_sites(query, tables):
        return _silent(query, indicator, tables)
    return None


def _unstated(query: Query, indicator: Indicator) -> Refusal | None:
    """Rates, scores and counts of a therapy that no evenly made list states: the federal directory knows infusions alone, and what
    it seems to know of others comes from the samples. Which sites the lists name in a county may be told.
    """
    told = indicator.bears == "nearest" or (indicator.id == "sites" and query.level == "county")
    if told or query.modality in STATED_BY_DIRECTORIES or "own" in query.layers:
        return None
    return Refusal(
        f"No list that treats every state alike says where {MODALITIES[query.modality]} is offered: the lists bear how far the nearest is "
        "and how many people live within reach, not how many sites there are for them.",
        query.with_(measure=f"within_{query.reach}_minutes", layers=DEFAULT_LAYERS),
        f"Show how many adults live within {REACHES[query.reach]} of {MODALITIES[query.modality]}",
    )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _silent(query: Query, indicator: Indicator, tables: Tables) -> Refusal:
    """No site on the lists is known to fit. Offered: the lists that bear the question, else any payment too, any therapy, anyone;
    what the measure itself asks for stays."""
    bears = indicator.bears_for(query)
    quota_too = bears == "nearest" or (bears == "count" and query.level == "county")
    lists = DEFAULT_LAYERS if quota_too else RATE_LAYERS
    named = "all current lists" if quota_too else "the SAMHSA directory alone"
    sound, offer = query.with_(layers=lists), f"Show it with {named}"
    for words, change in _wider(query, indicator):
        if known_sites(sound, tables):
            break
        sound, offer = sound.with_(**change), f"Show {words}, with {named}"
    whom = "" if query.population == "civilian" else f" to {POPULATIONS[query.population]}"
    paid = "" if query.payment == "any" else f" and to {PAYMENTS[query.payment]}"
    return Refusal(
        f"None of the chosen lists names a site that is known to offer {MODALITIES[query.modality]}{whom}{paid}; they do not say, which is not the same as no.",
        sound,
        offer,
    )


def _wider(query: Query, indicator: Indicator) -> list[tuple[str, dict[str, str]]]:
    """What may be asked more widely, each step beside those before it, with the words for all; but for what the measure itself asks for."""
    steps = []
    if query.payment != "any":
        steps.append(("sites whatever they take as payment", {"payment": "any"}))
    if query.modality != "any" and not indicator.modalities:
        steps.append(("any ketamine therapy", {"modality": "any"}))
    if query.population != "civilian" and not indicator.populations:
        what = "sites" if indicator.modalities else "any ketamine therapy"
        steps.append((f"{what} open to anyone", {"population": "civilian"}))
    return steps
