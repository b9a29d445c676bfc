"""What a fact sheet says: its five figures with their comparisons, its sites, and what must be read with them. Plain text."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pandas as pd

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators import indicators
from analytics.model import Figure, Result, provenance
from analytics.near_place import Inside, SitesNear
from analytics.places import Place, places
from analytics.profile import Line
from analytics.query import NATION, Query
from analytics.refusal import capital
from analytics.tables import Tables
from maps.files import plain_name
from maps.near_list import bare
from maps.numbers import MISSING_WORDS, counted, people, spoken, spoken_range
from maps.words import asked_words, source_line, vintage_words

FIGURES = ("within_30_miles", "minutes_to_nearest", "households_over", "depression", "uninsured")
"""The five, if the place has them: who is near, how long the way is, for whom it costs too much, how many may need it, who has no cover."""
INSTEAD = ("miles_to_nearest", "distress", "medicaid_share", "no_vehicle", "median_income")
"""What stands in for one that is not made for such places."""
COUNT = 5
NOT_ADVICE = (
    "Every list of providers is a lower bound: the nearest site may be nearer, and more adults within reach, than is shown here. "
    "Miles and hours of the journey, and what the driving costs, are modelled. Call before you travel. This sheet is information, not medical advice."
)


LABELS = {
    "minutes_to_nearest": "Minutes by road to the nearest provider, for the typical adult",
    "households_over": "Households for which {treatment}, {payer}, takes more than {burden}",
}
"""What a figure counts, where the measure's own label needs its question beside it."""


@dataclass(frozen=True)
class Told:
    """One figure: what is measured, the number in large type, its doubt, the same for state and nation, and what kind of figure it is."""

    label: str
    value: str
    doubt: str
    beside: str
    kind: str


def subtitle(place: Place, adults: float) -> str:
    """How many live there; a district says what it is, since its name does not."""
    what = "Congressional district, " if place.level == "district" else ""
    return f"{what}{people(adults)} adults, July 2023"


def five(line: Callable[[str], Line]) -> tuple[Line, ...]:
    """The figures of the place, in the order of FIGURES; what is not made for such a place is replaced, what has no value says why.
    `line` has the line of a measure, and is asked for no more than are needed."""
    asked = (line(measure) for measure in (*FIGURES, *INSTEAD))
    return tuple(islice((one for one in asked if one.figure is not None), COUNT))


def told(line: Line, tables: Tables) -> Told:
    modelled = line.status == status.MODELLED or line.indicator.modelled
    label = LABELS.get(line.indicator.id, capital(line.indicator.label)).format(**asked_words(line.query))
    kind = f"{'Modelled' if modelled else 'Published'}: {vintage_words(line.query, line.indicator)}"
    value = spoken(line.value, line.indicator.unit) if line.has_value else capital(MISSING_WORDS[line.status])
    return Told(label, value, doubt(line) if line.has_value else "", ", ".join(beside(line, tables)), kind)


def doubt(line: Line) -> str:
    """The range over the lists, or the interval of a survey or of the bill; "" where there is neither."""
    unit = line.indicator.unit
    low, high = (spoken(one, unit) for one in line.ends)
    if low == high or not all(math.isfinite(one) for one in line.ends):
        return ""
    return spoken_range(*line.ends, unit) + ("" if line.lists is None else ", depending on the list")


def beside(line: Line, tables: Tables) -> tuple[str, ...]:
    """The state's figure and the nation's, each with its name."""
    found = [(one, places(tables)[one.place.geoid].short) for one in (line.state, line.nation) if one is not None]
    return tuple(f"{name} {figure_words(one, line.indicator)}" for one, name in found if one.place.geoid != line.query.place)


def figure_words(figure: Figure, indicator: Indicator) -> str:
    return spoken(figure.value, indicator.unit) if figure.has_value else MISSING_WORDS[figure.status]


def sources(query: Query, measures: tuple[str, ...], result: Result, tables: Tables) -> str:
    """The source line of all the measures together, each publisher once."""
    found = [one for measure in measures for one in provenance(query.with_(measure=measure), indicators()[measure], tables)]
    return source_line(replace(result, provenance=tuple({(one["publisher"], one["title"]): one for one in found}.values())))


def map_words(result: Result, place: Place) -> str:
    """What the map shows and which place is marked."""
    outlined = "" if place.level == "state" else f"; {place.short} is outlined"
    return f"{capital(result.indicator.label)}, by county{outlined}"


def kinds_words(found: tuple[Inside, ...]) -> str:
    """ "5 known to offer IV ketamine, 3 esketamine; none known to take Medicaid, of 7 the lists do not say", of a state's sites."""
    known = {one.kind: f"{one.known:,}" if one.known else "none" for one in found}
    silent = sum(one.silent for one in found if one.kind == "medicaid")
    beside = f", of {silent:,} the lists do not say" if silent else ""
    return f"{known['iv']} known to offer IV ketamine, {known['esketamine']} esketamine; {known['medicaid']} known to take Medicaid{beside}"


def sites_heading(near: SitesNear, place: Place, kinds: str = "") -> str:
    """How many stand there, of a state also of which kinds, and which of all are named below."""
    where = f"the counties of {place.name}" if place.level == "district" else place.name
    inside = f"{counted(near.inside, 'listed site')} in {where}" if near.inside else f"No listed site in {where}"
    if near.by_people:
        return f"{inside}{f': {kinds}' if near.inside else ''}. Those that are the nearest for the most adults:"
    return f"{inside}. The nearest to the centre of its population, in straight miles:"


def site_row(row: pd.Series) -> tuple[str, str, str, str]:
    """Name, town, straight miles and how it is reached."""
    miles = f"{spoken(row['miles'], 'miles')}" if np.isfinite(row["miles"]) else ""
    website = bare(row["website"]) if str(row["website"]).startswith(("https://", "http://")) else ""
    return str(row["name"]), f"{row['city']}, {row['state']}", miles, str(row["phone"]) or website or "no phone or page on record"


def sheet_name(geoid: str, tables: Tables) -> str:
    """The file's name: place in letters, its id, and the version of the data."""
    return f"ketamine-access_{plain_name(places(tables)[geoid].short)}_{geoid}_{tables.version}.pdf"


def is_told(geoid: str, tables: Tables) -> bool:
    """Whether there is a fact sheet: of counties, districts and states, not of the nation."""
    return geoid != NATION and geoid in places(tables)
