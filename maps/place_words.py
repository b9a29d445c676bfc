"""The sentences of the page of a place. Plain text, no markup."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from analytics import profile as ranks
from analytics.indicators.rucc import METROPOLITAN
from analytics.model import Result
from analytics.near_place import Inside
from analytics.nearest_kinds import Nearest
from analytics.places import Place, level_of, places
from analytics.profile import Line, Profile, Rank
from analytics.query import NATION
from analytics.refusal import LEVEL_PLURALS, capital
from analytics.similar import Similar
from analytics.tables import Tables
from analytics.trend import Step
from maps.barrier_words import miles_words
from maps.numbers import MISSING_WORDS, counted, people, spoken, with_doubt
from maps.words import asked_words, list_lines, title, value_words
from maps.words import listed as joined

WHAT: Final = {"county": "county", "district": "congressional district", "state": "state"}
WHY_UNRANKED: Final = {
    ranks.CLASSES: "A class or a code ranks nobody.",
    ranks.NO_END: "Neither end of it is worse for people, so that it ranks nobody.",
    ranks.LISTS_OF_STATES: "The lists of providers are capped or gathered state by state: a ranking of states would be one of how they were made.",
    ranks.TIES: "Over a fifth of the places have the same figure: there is no order among them.",
    ranks.ALONE: "There is no other place to rank it among.",
}
TRAIT_WORDS: Final = {
    "depression": "adults ever diagnosed with depression",
    "median_income": "median household income",
    "near_poverty": "people under 150 % of the poverty line",
    "rucc": "rural-urban code (1 metropolitan to 9 remote)",
    "outside_metro": "adults outside metropolitan counties",
    "age_65_plus": "adults of 65 and over",
}
TRAIT_HEADS: Final = {
    "depression": "Depression",
    "median_income": "Income",
    "near_poverty": "Near poverty",
    "rucc": "Rural code",
    "outside_metro": "Non-metro",
    "age_65_plus": "65 and over",
}
KIND_WORDS: Final = {
    "any": "Any kind of ketamine",
    "iv": "IV ketamine",
    "esketamine": "Esketamine (nasal spray)",
    "medicaid": "Any, known to take Medicaid",
}
INSIDE_KINDS: Final = {"iv": KIND_WORDS["iv"], "esketamine": KIND_WORDS["esketamine"], "medicaid": "Medicaid"}
"""The lines under a state's count of listed sites, which is that of any kind."""
VERY_FAR: Final = 2.0
"""In standard deviations, over all four traits: from here on the nearest place is hardly like this one."""


# --- The head ---


def headline(result: Result, tables: Tables) -> str:
    """The finding with its doubt; the place's name alone where the question has no sound answer."""
    place = places(tables)[result.query.place]
    if result.refusal is not None:
        return place.short
    return title(result, tables)


def subtitle(found: Profile, tables: Tables) -> str:
    """What the place is, and how many live there: "A county of 168,000 adults in New Mexico; rural-urban code 3, metropolitan." """
    place = found.place
    if place.level == "nation":
        return f"The nation, {people(found.people)} adults."
    many = f"{people(found.people)} adult{'' if round(found.people) == 1 else 's'}"
    said = f"A {WHAT[place.level]} of {many}"
    if place.level != "state":
        said += f" in {places(tables)[place.state].name}"
    code = found.line("rucc")
    if place.level == "county" and code.has_value:
        said += f"; rural-urban code {code.value:.0f}, {'metropolitan' if code.value <= METROPOLITAN else 'not metropolitan'}"
    if place.level == "district":
        seats = sum(one.level == "district" and one.state == place.state for one in places(tables).values())
        said += "; its only seat, so that the district is the state" if seats == 1 else f", one of {seats}"
    return f"{said}."


def name_of(geoid: str, tables: Tables) -> str:
    """The name of a place as it stands on a button."""
    return places(tables)[geoid].short


def nation_sentence() -> str:
    return "This page tells of one county, congressional district or state. Type its name, or a ZIP code, into the search box at the top."


def list_sentence(result: Result) -> str:
    """The same figure list by list, in one paragraph: "With the SAMHSA directory 2024: 0 %, with 94 sites; ..."; "" where there is one list."""
    if result.list_range is None:
        return ""
    lines = list_lines(result)
    return f"List by list: {'; '.join(lines)}." if len(lines) > 1 else ""


def burden_sentence(line: Line, tables: Tables) -> str:
    """For how many households a course is too much, as the measure says it; "" where it has no value."""
    if not line.has_value:
        return ""
    return (
        capital(
            line.indicator.finding.format(
                value=with_doubt(line.value, line.low, line.high, line.indicator.unit),
                place=places(tables)[line.query.place].name,
                **asked_words(line.query),
            )
        )
        + "."
    )


# --- Its figures ---


def rank_words(line: Line, tables: Tables) -> str:
    """ "2nd lowest of 33 counties in New Mexico", "between 383rd and 1,484th lowest of 3,142 counties"; "" without a rank."""
    if line.rank is None:
        return ""
    rank, worst = line.rank, {"high": "highest", "low": "lowest"}[line.indicator.worse]
    best = {"highest": "lowest", "lowest": "highest"}[worst]
    first, last, end = rank.first, rank.last, worst
    if rank.first + rank.last > rank.places + 1:
        first, last, end = rank.places + 1 - rank.last, rank.places + 1 - rank.first, best
    where = f"of {rank.places:,} {LEVEL_PLURALS[level_of(line.query.place)]}{among(rank, tables)}"
    if first != last:
        return f"between {ordinal(first)} and {ordinal(last)} {end} {where}"
    return f"{end} {where}" if first == 1 else f"{ordinal(first)} {end} {where}"


def among(rank: Rank, tables: Tables) -> str:
    return "" if rank.among == NATION else f" in {places(tables)[rank.among].name}"


def ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "11th", "1,484th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def doubt_words(line: Line) -> str:
    """What the figure leaves open: over the provider lists, else its interval; "" where both ends read like the value."""
    unit = line.indicator.unit
    if not line.has_value or line.indicator.categories:
        return ""
    low, high = (spoken(one, unit) for one in line.ends)
    if low == high or not all(math.isfinite(one) for one in line.ends):
        return ""
    for noun in (" miles", " minutes", " %"):
        if low.endswith(noun) and high.endswith(noun):
            low = low.removesuffix(noun)
    return f"{low} to {high}{'' if line.lists is None else ' by list'}"


def figure_words(line: Line) -> str:
    """The figure itself, or why there is none, in as few words as a cell holds."""
    if line.figure is None:
        return "not made"
    return value_words(line.value, line.indicator) if line.has_value else MISSING_WORDS[line.status]


def missing_sentences(found: Profile) -> list[str]:
    """What is missing and why, a sentence for each reason; then why some figures are not ranked."""
    said = [line.refused for line in found.missing if line.refused]
    for kind, words in MISSING_WORDS.items():
        these = [line.indicator.label for line in found.missing if not line.refused and line.status == kind]
        said += [f"{capital(joined(these))}: {words}."] if these else []
    for reason, sentence in WHY_UNRANKED.items():
        these = [line.indicator.label for line in found.lines if line.unranked == reason and line.has_value]
        said += [f"Not ranked: {joined(these)}. {sentence}"] if these else []
    return said


# --- Places like this one ---


def similar_title(found: Similar) -> str:
    return f"{capital(LEVEL_PLURALS[level_of(found.geoid)])} like this one"


def similar_sentence(found: Similar, tables: Tables) -> str:
    """By what they are alike, who is left out, and how near the nearest is."""
    level = level_of(found.geoid)
    traits = joined([TRAIT_WORDS[one.id] for one in found.traits])
    by = f"Alike in four things, each weighing the same: {traits}. "
    if found.missing:
        lacking = joined([TRAIT_WORDS[one] for one in found.missing])
        return f"{places(tables)[found.geoid].name} is held against no other: there is no figure of {lacking}. ({by.strip().rstrip('.')}.)"
    said = f"{by}A distance of 1 is one standard deviation of all {LEVEL_PLURALS[level]} in one of them."
    if found.left_out:
        one = found.left_out == 1
        what = WHAT[level] if one else LEVEL_PLURALS[level]
        said += f" {found.left_out:,} {what} {'is' if one else 'are'} left out, since a figure of {'its' if one else 'theirs'} is missing."
    if found.places and found.places[0].distance >= VERY_FAR:
        said += f" None is much like it: even the nearest is {found.places[0].distance:.1f} away."
    return f"{said} Alike in these is not alike in all, and no cause is claimed."


# --- The nearest sites ---


def inside_title(found: tuple[Inside, ...], place: Place) -> str:
    """ "6 listed sites in New Mexico"."""
    return f"{counted(found[0].known, 'listed site') if found[0].known else 'No listed site'} in {place.name}"


def inside_words(one: Inside) -> str:
    """ "3 known to offer it; of 2 the lists do not say"."""
    does = "take it" if one.kind == "medicaid" else "offer it"
    silent = f"; of {one.silent:,} the lists do not say" if one.silent else ""
    return f"{f'{one.known:,}' if one.known else 'none'} known to {does}{silent}."


INSIDE_NOTE: Final = (
    "No list is complete, and some hold only so many sites a state: the counts are lower bounds, and states are not to be compared by them. "
    "A site may offer several kinds."
)


INSIDE_DOOR: Final = "See the listed sites on the map, county by county"


def nearest_title(place: Place) -> str:
    return f"The nearest sites from the middle of {place.name}"


def nearest_note(place: Place) -> str:
    return (
        f"From the point in the middle of the people of {place.name}, not from anybody's door; many live nearer or farther. "
        "Miles are straight, minutes modelled. No list is complete: a site on none may be nearer."
    )


def nearest_words(one: Nearest) -> str:
    """ "Vigor Mental Health in Las Cruces, NM: 6 miles, about 13 minutes by road (only its city is known)"."""
    if not one.name:
        said = "the chosen lists know of none that a road leads to"
    else:
        city = "; only its city is known" if one.by_city else ""
        said = f"{one.name} in {one.city}, {one.state}: {spoken(one.miles, 'miles')}, about {duration(one.minutes)} by road{city}"
    if math.isfinite(one.silent_miles):
        said += f". {capital(spoken(one.silent_miles, 'miles'))} away is a site of which the lists do not say"
    return f"{said}."


def duration(minutes: float) -> str:
    """Minutes up to an hour and a half, then hours, to the half."""
    if minutes < 90:
        return spoken(minutes, "minutes")
    halves = round(minutes / 30)
    return f"{halves // 2}{'½' if halves % 2 else ''} hours"


def care_sentence(care: pd.DataFrame, place: Place) -> str:
    """Ketamine far away is not care far away: the nearest other care for half of the place's adults."""
    near = miles_words(care)
    source = "Straight miles; facilities for adults in the federal directory of 2024, which is not complete."
    if not near:
        return f"No road leads from {place.name} to another mental-health facility. {source}"
    return f"Other care: half of adults in {place.name} live within {near}. {source}"


# --- What changed ---


def directory_title(steps: tuple[Step, ...], place: Place) -> str:
    """ "Within 30 miles of a site of the federal directory: 0 % of adults in 2022, 12 % in 2024"."""
    first, last = steps[0], steps[-1]
    told = (
        f"{spoken(first.value, 'share')} in every edition from {first.year} to {last.year}"
        if len({spoken(one.value, "share") for one in steps}) == 1
        else f"{spoken(first.value, 'share')} in {first.year}, {spoken(last.value, 'share')} in {last.year}"
    )
    return f"Adults in {place.name} within 30 miles of a site of the federal directory: {told}"


def directory_note(steps: tuple[Step, ...]) -> str:
    """What moves the trend beside what opened and closed."""
    told = joined([f"{one.sites:,} in {one.year}" for one in steps])
    return (
        f"Editions of the same directory, with such sites in the nation: {told}. A facility is in it if it answered that year and said so: "
        "the steps are what was listed, not what opened or closed."
    )


def amount_title(steps: tuple[Step, ...], place: Place) -> str:
    first, last = steps[0], steps[-1]
    return (
        f"Medicare's amount for an esketamine visit in {place.name}: ${first.value:,.0f} in {first.year}, ${last.value:,.0f} in {last.year}"
    )


def amount_note(_: tuple[Step, ...]) -> str:
    return "Dollars of each year for a visit over 56 mg in an office: a payment rule, not a market price, and inflation is not taken out."


def trend_alt(steps: tuple[Step, ...], unit: str) -> str:
    """Every year with its number, for those who cannot see the line."""
    return f"Line over {len(steps)} years: {', '.join(f'{one.year}, {spoken(one.value, unit)}' for one in steps)}."
