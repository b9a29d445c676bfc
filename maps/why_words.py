"""The words of two answers: why a number is what it is, and the journey that a course of treatment asks for. Plain text."""

from __future__ import annotations

import math
from typing import Any, Final

import pandas as pd

from analytics import status
from analytics.behind import CATCHMENTS, MEDIANS
from analytics.explain import LISTED
from analytics.model import Result
from analytics.own import has_own_travel
from analytics.places import places
from analytics.query import PAYMENTS, PERSONS, REACHES, WEIGHTS
from analytics.refusal import capital
from analytics.tables import Tables
from maps.numbers import UNITS, counted, people, percent, two_digits
from maps.words import value_words

PLACED: Final = {"street": "by its street", "zip": "by its ZIP code", "city": "by its town alone"}
"""How well a site's point is known."""

COUNTS: Final = ("sharing", "people")
"""Columns of people, who are whole."""

# --- Why this number? ---


def why_sentences(result: Result, tables: Tables) -> list[str]:
    """What stands above the sites: what they make together, whom they leave out, and how to read the rows."""
    if result.refusal is not None:
        return [result.refusal.sentence]
    return [_together(result, tables), *apart_sentences(result), *result.notes]


def _together(result: Result, tables: Tables) -> str:
    assert result.figure is not None
    query, frame = result.query, result.frame
    here = places(tables)[query.place].name
    if frame.empty:
        if query.measure in LISTED:
            return f"The chosen lists name no such site in {here}, which does not mean that none exists."
        return f"No listed site that fits is within reach of anybody in {here}."
    sites, first = int(frame["sites"].sum()), frame.iloc[0]
    site, share = f"{first['name']} in {first['city']}, {first['state']}", percent(float(first["share"]))
    who = WEIGHTS[query.weights]
    if query.measure in LISTED:
        return f"The chosen lists name {counted(sites, 'such site')} in {here}."
    if query.measure in MEDIANS:
        return f"{capital(counted(sites, 'site'))} {_is(sites)} the nearest to somebody in {here}; {site} is it for {share} of the {who} with a road."
    if query.measure == "raam":
        return f"{counted(sites, 'site')} {_is(sites)} the best choice of somebody in {here}; {site} is it for {share} of the {who} who reach any."
    value = value_words(result.figure.value, result.indicator)
    if query.measure in CATCHMENTS:
        reached = f"within {REACHES[query.reach]} of somebody in {here}"
        if sites == 1:
            return f"1 site is {reached}, and makes all of the value: {site}."
        return f"{sites:,} sites are {reached}; their parts add up to {value}. The largest is that of {site}: {share} of it."
    if sites == 1:
        return f"1 site is the nearest to somebody in {here}, and makes all of the value: {site}."
    return f"{sites:,} sites are the nearest to somebody in {here}; their parts add up to {value}. The largest is that of {site}: {share} of it."


def _is(sites: int) -> str:
    return "is" if sites == 1 else "are"


def apart_sentences(result: Result) -> list[str]:
    """The people whom no site reaches, a sentence for each reason."""
    if "apart" not in result.more:
        return []
    one, many = PERSONS[result.query.weights], WEIGHTS[result.query.weights]
    rows = [(float(count), why) for count, why in zip(result.more["apart"]["people"], result.more["apart"]["words"], strict=True)]
    return [f"For {people(count)} {one if round(count) == 1 else many} there is {why}." for count, why in rows if round(count) >= 1]


def why_table(result: Result, tables: Tables) -> pd.DataFrame:
    """The sites for the screen: headings in words, shares in per cent, without what the measure does not have."""
    frame, headings = result.frame, _headings(result, tables)
    per_cent = {"share", "part"} if result.indicator.unit == "share" else {"share"}
    shown = pd.DataFrame(
        {"Site": frame["name"], "Town": [f"{city}, {state}".strip(", ") for city, state in zip(frame["city"], frame["state"], strict=True)]}
    )
    shown["On the lists"] = frame["layers"]
    shown["Placed"] = frame["point_quality"].map(lambda one: PLACED.get(one, ""))
    for name, heading in headings.items():
        if frame[name].notna().any():
            shown[heading] = (frame[name].round() if name in COUNTS else frame[name]) * (100 if name in per_cent else 1)
    return shown


def why_columns(result: Result, tables: Tables) -> dict[str, Any]:
    """Formats of the numeric columns, in the words of st.column_config."""
    unit = result.indicator.unit
    part = "%.2f %%" if unit == "share" else f"%.{UNITS[unit].digits}f"
    forms = {"minutes": "%.0f", "miles": "%.1f", "weight": "%.2f", "sharing": "localized", "crowding": "%.2f", "people": "localized"}
    forms |= {"part": part, "share": "%.1f %%"}
    return {heading: {"type_config": {"type": "number", "format": forms[name]}} for name, heading in _headings(result, tables).items()}


def _headings(result: Result, tables: Tables) -> dict[str, str]:
    """Heading of each numeric column of the frame."""
    query = result.query
    who = WEIGHTS[query.weights]
    whom = "within reach" if query.measure in CATCHMENTS else "who go there" if query.measure == "raam" else "to whom it is nearest"
    return {
        "minutes": "Minutes (your own)" if has_own_travel(tables) else "Minutes (modelled)",
        "miles": "Straight miles",
        "weight": "Weight of each",
        "sharing": f"{capital(who)} who share it",
        "crowding": "Crowding (1 is average)",
        "people": f"{capital(who)} here {whom}",
        "part": "Part of the value",
        "share": "Share of the value" if result.frame["part"].notna().any() else f"Share of the {who}",
    }


def why_alt(result: Result, tables: Tables) -> str:
    """The table in a sentence, for those who cannot see it."""
    return f"Table of the sites behind the figure. {_together(result, tables)}"


# --- The journey ---

NEARBY_MILES: Final = 10
"""Up to so many road miles a site is called nearby: many are known by their town alone, and the way to them is no truer than that."""
Lines = dict[tuple[str, str], tuple[float, float]]
"""(line, schedule) of each line of a journey -> (low, high)."""


def journey_sentence(result: Result, tables: Tables) -> str:
    """ "A first year of esketamine from Cook County, IL is 34 to 56 visits, about 600 to 980 miles, ... and a driver each time." """
    if result.refusal is not None:
        return result.refusal.sentence
    assert result.figure is not None
    place = places(tables)[result.query.place]
    one_place = place.level in ("county", "district")
    where = f"from {place.name}" if one_place else f"for the typical adult in {place.name}"
    esketamine = result.query.modality == "esketamine"
    what = "A first year of esketamine" if esketamine else "A first course of IV ketamine"
    schedule = "label_year" if esketamine else "course"
    lines = _lines(result)
    visits = f"{span(*lines['visits', schedule], 'visit' if esketamine else 'infusion')}{' per label' if esketamine else ''}"
    if result.figure.status != status.MODELLED:
        no_way = "no road or ferry leads" if result.figure.status == status.NO_ROAD else "your travel times have no way"
        return f"{what} {where} is {visits}, and {no_way} from there to a listed site {_known(result)}.{_if_silent_fit(result, lines)}"
    driver = " and a driver each time" if ("driver_hours", schedule) in lines else ""
    travel = _travel(lines, schedule, last=not driver)
    said = f"{what} {where} is {visits}{_to_whom(result, lines)}, {travel}{driver}."
    if esketamine:
        mean = span(*lines["visits", "typical_year"], "visit")
        said += f" As typically used it is {mean} on average, {_travel(lines, 'typical_year', last=True)}."
    return said + _left_out(result) + _if_silent_fit(result, lines)


def _lines(result: Result) -> Lines:
    """Read once for a sentence: to search the frame for each of ten lines takes longer than all else on the page that is held already."""
    line, schedule, low, high = (result.frame[name].to_list() for name in ("line", "schedule", "low", "high"))
    return dict(zip(zip(line, schedule, strict=True), zip(low, high, strict=True), strict=True))


def _travel(lines: Lines, schedule: str, last: bool) -> str:
    """ "about 380 to 630 miles, 9 to 16 hours on the road"; joined by "and" where nothing follows."""
    miles, hours = span(*lines["miles", schedule], "mile"), span(*lines["driving_hours", schedule], "hour")
    about_miles = miles if miles.startswith(("under", "up to")) else f"about {miles}"
    return f"{about_miles}{' and' if last else ','} {hours} on the road"


def _known(result: Result) -> str:
    """What the lists say of the site: "known to offer it and to take Medicaid", "for veterans that is known to offer it"."""
    query = result.query
    paid = ["take Medicaid"] if query.population == "medicaid" else []
    paid += [PAYMENTS[query.payment]] if query.payment != "any" else []
    veterans = "for veterans that is " if query.population == "veteran" else ""
    return f"{veterans}known to {' and to '.join(['offer it', *paid])}"


def _to_whom(result: Result, lines: Lines) -> str:
    """ " to a nearby site"; nothing where it is the nearest of all that are open to anyone, and not nearby."""
    query, nearby = result.query, lines["one_way_miles", ""][0] <= NEARBY_MILES
    if query.population == "civilian" and query.payment == "any":
        return " to a nearby site" if nearby else ""
    return f" to {'a nearby' if nearby else 'the nearest listed'} site {_known(result)}"


def _if_silent_fit(result: Result, lines: Lines) -> str:
    """How near the nearest site would be if the lists' silence meant yes, where that would more than halve the way."""
    possible, _ = lines.get(("one_way_minutes_possible", ""), (math.inf, math.inf))
    assert result.figure is not None
    if not math.isfinite(possible) or 2 * possible > result.figure.value:
        return ""
    taken = " or take" if result.query.population == "medicaid" or result.query.payment != "any" else ""
    return f" Counting listed sites that do not say what they offer{taken}, the nearest is {_duration(possible)} away."


def _duration(minutes: float) -> str:
    """ "45 minutes", from two hours up "3 hours"."""
    return span(minutes, minutes, "minute") if minutes < 120 else span(minutes / 60, minutes / 60, "hour")


def _left_out(result: Result) -> str:
    """The adults of the place who have no road to such a site."""
    count = float(result.more["apart"]["people"].sum())
    if round(count) < 1:
        return ""
    way = "no road or ferry" if (result.more["apart"]["status"] == status.NO_ROAD).all() else "no way in your travel times"
    return f" {people(count)} of its adults {'has' if round(count) == 1 else 'have'} {way} to a listed site {_known(result)}."


def span(low: float, high: float, noun: str) -> str:
    """ "34 to 56 visits", "1 hour", "under 1 mile", "up to 2 hours": whole numbers, from 100 up with two digits that count."""
    first, last = two_digits(low), two_digits(high)
    if last < 1:
        return f"under 1 {noun}"
    if first == last:
        return counted(last, noun)
    return f"{first:,} to {counted(last, noun)}" if first >= 1 else f"up to {counted(last, noun)}"


def driving_words(result: Result) -> str:
    """What the driving comes to, from the fewest visits at the lower rate to the most at the higher: "about $120 to $710"; "" without a way."""
    ends = next((ends for (line, _), ends in _lines(result).items() if line == "driving_cost"), None)
    if ends is None:
        return ""
    first, last = (two_digits(end) for end in ends)
    if last < 1:
        return "under $1"
    if first == last:
        return f"about ${last:,}"
    return f"about ${first:,} to ${last:,}" if first >= 1 else f"up to ${last:,}"
