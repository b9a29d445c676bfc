"""The three findings of the start page as sentences, in the language asked for. Plain text, no markup."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from analytics.assumptions import assumed
from analytics.findings import Both, Far, Findings, PricedOut
from analytics.query import Query
from analytics.refusal import capital
from maps.messages import Messages
from maps.numbers import one_or_both, people, percent, usd
from maps.spoken import share


@dataclass(frozen=True)
class Told:
    """One finding: its heading, its sentences, the question behind its door, and the words on the door."""

    id: str
    heading: str
    sentence: str
    door: Query
    panels: tuple[str, ...]
    """What stands open behind the door, so that the number is seen there."""
    door_words: str


def told(found: Findings, say: Messages) -> tuple[Told, ...]:
    """The three, in the words of the start page's catalogue."""
    sentences = {"far": far(found.far, say), "priced_out": priced_out(found.priced_out, say), "both": both(found.both, say)}
    panels = {"both": (found.both.panel,)}
    return tuple(
        Told(name, say(f"{name}.heading"), sentence, getattr(found, name).door, panels.get(name, ()), say(f"{name}.door"))
        for name, sentence in sentences.items()
    )


def far(found: Far, say: Messages) -> str:
    """How many live near a provider, and how many do not."""
    if math.isnan(found.share):
        return say("far.unknown")
    if found.least_share == found.most_share in (0, 1):
        return say("far.everybody" if found.most_share == 0 else "far.nobody")
    said = shares(found.least_share, found.most_share, say)
    form = "range" if percent(found.least_share) != percent(found.most_share) else "exact"
    return say(f"far.{form}", share=capital(said), adults=capital(adults(found.least_adults, found.most_adults, say)))


def priced_out(found: PricedOut, say: Messages) -> str:
    """For how many households the treatment takes too much, and over which prices that holds."""
    if math.isnan(found.share):
        return say("priced_out.unknown")
    blanks = {**burdens(found.door), "price": usd(found.price)}
    if found.most_share == 0:
        return say("priced_out.nobody", **blanks)
    said = say("priced_out.some", share=share(found.share, say.lang), **blanks)
    if percent(found.least_share) == percent(found.most_share):
        return said
    over = shares(found.least_share, found.most_share, say)
    return f"{said} {say('priced_out.range', share=over, low=usd(found.least_price), high=usd(found.most_price))}"


def both(found: Both, say: Messages) -> str:
    """In how many counties both meet, and how many of these are no part of a metropolis."""
    if not found.of:
        return say("both.unknown")
    if not found.most:
        return say("both.nowhere")
    if found.least == found.of:
        said = say("both.everywhere", of=f"{found.of:,}")
    else:
        doubt = say("both.doubt", least=f"{found.least:,}", most=f"{found.most:,}") if found.least != found.most else ""
        said = say.counted("both.some", found.counties, of=f"{found.of:,}", doubt=doubt)
    if found.outside_metropolitan == found.counties > 1:
        return f"{said} {say('both.outside.all')}"
    return f"{said} {say.counted('both.outside', found.outside_metropolitan)}" if found.outside_metropolitan else said


# --- Numbers with their nouns ---


def adults(low: float, high: float, say: Messages, write: Callable[[float], str] = people) -> str:
    """Adults as one number where both read the same, else as a range: "64 to 177 million adults". Spanish puts a word after millions."""
    first, last = write(low), write(high)
    million = last.endswith(" million")
    if first == last:
        return (
            say("adults.millions", count=last.removesuffix(" million")) if million else say.counted("adults", float(last.replace(",", "")))
        )
    if not million:
        return say("adults.range", low=first, high=last)
    return say(
        "adults.range_millions",
        low=first.removesuffix(" million") if first.endswith("million") else first,
        high=last.removesuffix(" million"),
    )


def shares(low: float, high: float, say: Messages) -> str:
    """ "29 %", or "between 32 and 76 %"."""
    return one_or_both(share(low, say.lang), share(high, say.lang), partial(say, "share.range"), " %")


def burdens(query: Query) -> dict[str, str]:
    """The shares of income that are too much, for all others and for those in or near poverty."""
    burden = assumed("affordability/burden_share", query.assumptions)
    return {"burden": percent(burden["others"]), "burden_poor": percent(burden["under_poverty_multiple"])}
