"""What is said of two measures together: titles that state the finding, what is missing, and what a correlation does not say."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.compared import FEW
from analytics.indicator import Indicator
from analytics.places import places
from analytics.query import LEVELS, NATION
from analytics.refusal import LEVEL_PLURALS, capital
from analytics.tables import Tables
from analytics.together import MISSING, THIRDS, Pair, Thirds
from maps.numbers import MISSING_WORDS, NOUNS, people, spoken
from maps.view import View
from maps.words import alt_text, source_line, sources_words, title

Codes = npt.NDArray[np.int8]

WEAK, STRONG = 0.1, 0.5
"""Below the first two measures hardly go together, from the second on they do so strongly: words for a rank correlation, not a test."""
BETWEEN = "Between {places}: it says nothing about persons, and claims no cause."


def places_words(count: int, level: str) -> str:
    """ "1 county", "214 counties", "no county"."""
    return f"{count:,} {LEVEL_PLURALS[level]}" if count > 1 else f"{'1' if count else 'no'} {LEVELS[level]}"


def adults_words(count: float) -> str:
    """ "1 adult", "3.1 million adults"."""
    return f"{people(count)} adult{'' if round(count) == 1 else 's'}"


def worse_end(indicator: Indicator) -> str:
    """ "lowest" or "highest": the end that is worse for people, the highest where neither is."""
    return "lowest" if indicator.worse == "low" else "highest"


def higher(indicator: Indicator) -> str:
    """The same of a direction: "lower" or "higher"."""
    return "lower" if indicator.worse == "low" else "higher"


def shade(third: Codes, indicator: Indicator) -> Codes:
    """0 (better) to 2 (worse) for each third of values, -1 where there is none."""
    turned = THIRDS - 1 - third if indicator.worse == "low" else third
    return np.where(third == MISSING, MISSING, turned).astype(np.int8)


def cells(pair: Pair, first: Thirds, second: Thirds) -> Codes:
    """The class of each place: 3 x the shade of the second measure + the shade of the first, -1 without both values."""
    x, y = shade(first.third, pair.first.indicator), shade(second.third, pair.second.indicator)
    return np.where(x == MISSING, MISSING, THIRDS * y + x).astype(np.int8)


def border(value: float, unit: str) -> str:
    """A border between thirds with the digits that keep it from reading as nothing, or as all."""
    if unit == "share" and value not in (0, 1):
        percent = 100 * value
        return f"{percent:.0f} %" if 10 <= percent <= 99 else f"{percent:.1f} %" if percent >= 0.1 else f"{percent:.1g} %"
    return f"{value:,.1f} {unit}" if unit in ("miles", "minutes") and value < 10 else spoken(value, unit)


def third_words(one: Thirds, unit: str) -> tuple[str, str, str]:
    """The thirds in words, low to high: "under 12 %", "12 to 18 %", "18 % and over"; "no place" where ties leave one empty."""
    middle, high = (border(value, unit) if math.isfinite(value) else "" for value in one.borders)
    ending = next((noun for noun in NOUNS if middle.endswith(noun) and high.endswith(noun)), "")
    words = (
        f"under {middle or high}" if middle or high else "all",
        f"{middle.removesuffix(ending)} to {high}" if high else f"{middle} and over",
        f"{high} and over",
    )
    low, mid, top = (said if count else "no place" for said, count in zip(words, one.counts(), strict=True))
    return low, mid, top


def placed(said: str, where: str) -> str:
    """A sentence with the place it is about: "In Texas, 45 counties, where ..."; without one as it stands, where the page says it."""
    return f"In {where}, {said[0].lower()}{said[1:]}" if where else said


def bivariate_title(pair: Pair, first: Thirds, second: Thirds, at: str = "") -> str:
    """How many places, with how many people, are in the worst third of both; `at` is where these places are."""
    both = cells(pair, first, second) == THIRDS * THIRDS - 1
    count, adults = int(both.sum()), float(np.nansum(pair.frame.loc[both, "people"]))
    x, y = pair.first.indicator, pair.second.indicator
    first_label, second_label = pair.labels
    where = f"in the {worse_end(x)} third for {first_label} and in the {worse_end(y)} third for {second_label}"
    level = pair.first.query.level
    if not count:
        return placed(f"No {LEVELS[level]} is {where}", at)
    return placed(f"{capital(places_words(count, level))}, where {adults_words(adults)} live, {'is' if count == 1 else 'are'} {where}", at)


def by_chance(pair: Pair, first: Thirds, second: Thirds) -> str:
    """How many there would be if neither had to do with the other, and that the thirds are of places."""
    worst = [int((shade(one.third, result.indicator) == THIRDS - 1).sum()) for one, result in ((first, pair.first), (second, pair.second))]
    plural = LEVEL_PLURALS[pair.first.query.level]
    expected = worst[0] * worst[1] / max(pair.places, 1)
    said = f"If the two had nothing to do with each other, about {expected:,.0f} would be. Thirds are of {plural}, however many people live there"
    uneven = [one for one in (first, second) if max(one.counts()) - min(one.counts()) > 2]
    if uneven:
        said += "; places with the same value stay together, zero among them, so that thirds are unequal"
    return f"{said}. {BETWEEN.format(places=plural)}"


def missing_words(pair: Pair) -> str:
    """How many places lack a value of the first, of the second, and why; "" where none does."""
    said = []
    for label, column in zip(pair.labels, ("status_x", "status_y"), strict=True):
        counts = [(words, int((pair.frame[column] == kind).sum())) for kind, words in MISSING_WORDS.items()]
        had = [f"{words} {count:,}" for words, count in counts if count]
        said += [f"{label}: {', '.join(had)}"] if had else []
    if not said:
        return ""
    missing = len(pair.frame) - pair.places
    return f"Left out: {places_words(missing, pair.first.query.level)} without both values ({'; '.join(said)})."


def tendency(pair: Pair, at: str = "") -> str:
    """How the ranks of the two go together, as a sentence; `at` is where these places are."""
    x, y = pair.labels
    level = LEVELS[pair.first.query.level]
    if math.isnan(pair.correlation):
        return placed(f"“{x if at else capital(x)}” and “{y}”, {level} by {level}", at)
    if abs(pair.correlation) < WEAK:
        return placed(f"“{x if at else capital(x)}” and “{y}” hardly go together", at)
    strongly = "clearly tends" if abs(pair.correlation) >= STRONG else "tends"
    return placed(f"Where “{x}” is higher, “{y}” {strongly} to be {'higher' if pair.correlation > 0 else 'lower'}", at)


def correlation_words(pair: Pair) -> str:
    """Spearman's rank correlation with the number of places, or why there is none; and what it does not say."""
    plural = LEVEL_PLURALS[pair.first.query.level]
    if math.isnan(pair.correlation):
        here = places_words(pair.places, pair.first.query.level)
        few = f"{here} {'is' if pair.places == 1 else 'are'} too few"
        tied = f"{100 * pair.tied:.0f} % of {here} share one value, and ranks would tell apart what is alike"
        told = f"No rank correlation: {few if pair.reason == FEW else tied}."
    else:
        told = f"Spearman's rank correlation {pair.correlation:.2f} over {places_words(pair.places, pair.first.query.level)}."
    return f"{told} {BETWEEN.format(places=plural)}"


def medians_words(pair: Pair) -> str:
    """The middle places, which the two lines of the scatter show."""
    if not pair.places:
        return ""
    said = [
        f"{label} {spoken(one, result.indicator.unit)}"
        for label, one, result in zip(pair.labels, pair.medians, (pair.first, pair.second), strict=True)
    ]
    return f"Lines at the middle {LEVELS[pair.first.query.level]}: {'; '.join(said)}."


def scatter_alt(pair: Pair, selected: tuple[str, ...], at: str = "") -> str:
    """What a reader who does not see the dots needs."""
    named = pair.frame[pair.both & pair.frame["geoid"].isin(selected)]
    first, second = pair.first.indicator.unit, pair.second.indicator.unit
    chosen = [
        f"{name}: {spoken(float(x), first)} and {spoken(float(y), second)}"
        for name, x, y in zip(named["name"], named["x"], named["y"], strict=True)
    ]
    said = [f"Scatter plot. {tendency(pair, at)}.", correlation_words(pair), medians_words(pair), missing_words(pair)]
    said += [f"Selected: {'; '.join(chosen)}."] if chosen else []
    return " ".join(filter(None, said))


def bivariate_alt(pair: Pair, first: Thirds, second: Thirds, at: str = "") -> str:
    """What a reader who does not see the map of both needs."""
    counts = np.bincount(cells(pair, first, second)[pair.both], minlength=THIRDS * THIRDS)
    best = places_words(int(counts[0]), pair.first.query.level)
    said = f"Map of nine classes. {bivariate_title(pair, first, second, at)}. {capital(best)} {'is' if counts[0] == 1 else 'are'} in the best third of both."
    return " ".join(filter(None, [said, missing_words(pair)]))


def sources(pair: Pair) -> str:
    """The source line of both, each publisher once; two lines where one of them has data of a person's own in it."""
    first, second = pair.first, pair.second
    if first.data_version == second.data_version:
        return sources_words((*first.provenance, *second.provenance), first.data_version)
    return f"{source_line(first)} {source_line(second)}"


@dataclass(frozen=True)
class Told:
    """Two measures as a view shows them, in words: the finding, what a reader who does not see it needs, and the sources."""

    title: str
    alt: str
    sources: str


def told_of(pair: Pair, view: View, tables: Tables) -> Told:
    """What is said of both wherever they are handed on: in files, frames, citations and the head of the page. It names the place, since
    there is no page around it."""
    both, known = (pair.first, pair.second), places(tables)
    at = known[known[pair.first.query.place].state or NATION].name
    match view.together:
        case "bivariate":
            finding, alt = bivariate_title(pair, *pair.thirds, at), bivariate_alt(pair, *pair.thirds, at)
        case "scatter":
            finding, alt = tendency(pair, at), scatter_alt(pair, view.selected, at)
        case _:
            finding, alt = ". ".join(title(one, tables) for one in both), " ".join(alt_text(one, tables) for one in both)
    return Told(finding, alt, sources(pair))
