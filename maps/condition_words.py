"""What is said of places that meet conditions, and how they stand out on the map."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analytics.conditions import MET, UNKNOWN, Checked, Condition, Meeting, meets, starting_value
from analytics.indicator import Indicator
from analytics.indicators import indicators
from analytics.model import Result
from analytics.query import LEVELS, Query
from analytics.refusal import capital
from analytics.tables import Tables
from maps.breaks import round_border
from maps.numbers import MISSING_WORDS, UNITS, spoken
from maps.together_words import adults_words, places_words
from maps.view import View

NUMBERS = {2: "both", 3: "all three", 4: "all four", 5: "all five"}
FADED = 0.25
"""How much is left of the colour of a place that does not meet the conditions."""
STEP = {"share": 1.0, "usd": 10.0, "rate": 0.01, "per_million": 0.1, "score": 0.1}


def offered() -> dict[str, str]:
    """Measures that have numbers, and so may be over or under one: id to label."""
    return {one.id: one.label for one in indicators().values() if not one.categories}


def scale(indicator: Indicator) -> float:
    """A share is written and typed in per cent."""
    return 100.0 if indicator.unit == "share" else 1.0


def typed(one: Condition) -> float:
    """The value of a condition as it is typed."""
    return round(one.value * scale(indicators()[one.measure]), 6)


def of_typed(measure: str, sign: str, value: float) -> Condition:
    """A condition from what was typed."""
    return Condition(measure, sign, float(f"{value / scale(indicators()[measure]):.6g}"))


def unit_label(measure: str) -> str:
    """What stands at the number: per cent, miles, US dollars."""
    words = {"share": "per cent", "usd": "US dollars", "people": "people", "sites": "sites", "code": "code"}
    return words.get(indicators()[measure].unit, indicators()[measure].unit.replace("_", " "))


def row_label(position: int) -> str:
    """ "Condition 1", for the first of the rows."""
    return f"Condition {position + 1}"


def step(measure: str) -> float:
    return STEP.get(indicators()[measure].unit, 1.0)


def starting(result: Result) -> Condition:
    """A new condition of a measure: its worst quarter of places, at a number one can remember; over 0 where there is no figure."""
    sign, value = starting_value(result)
    return Condition(result.query.measure, sign, round_border(value, result.indicator.unit) if math.isfinite(value) else 0.0)


def condition_words(one: Condition) -> str:
    """ "minutes to the nearest provider over 60 minutes"."""
    indicator = indicators()[one.measure]
    value = (
        f"{100 * one.value:g} %"
        if indicator.unit == "share"
        else f"{one.value:,g}"
        if indicator.unit in ("code", "score")
        else precise(one.value, indicator.unit)
    )
    return f"{indicator.label} {one.sign} {value}"


def precise(value: float, unit: str) -> str:
    """A number that was typed, with every digit it was typed with."""
    if unit == "usd":
        return f"${value:,g}"
    noun = spoken(2.0, unit).partition(" ")[2]
    return f"{value:,.10g} {noun}".strip()


def every(count: int) -> str:
    """ "meet all three", "meets this"."""
    return NUMBERS.get(count, "this")


def sentence(found: Meeting) -> str:
    """How many places with how many people meet all, and of how many it is unknown; or which condition leaves most out."""
    asked = found.asked
    level, total = found.query.level, len(found.frame)
    if not asked:
        return "None of these conditions can be asked here."
    said = ", and ".join(condition_words(one.condition) for one in asked)
    if found.places:
        meet = "meets" if found.places == 1 else "meet"
        first = f"{found.places:,} of {places_words(total, level)}, where {adults_words(found.people)} live, {meet} {every(len(asked))}: {said}."
    else:
        first = f"No {LEVELS[level]} meets {every(len(asked))}: {said}. {strictest_words(found)}"
    return " ".join(filter(None, [first.strip(), unknown_words(found)]))


def strictest_words(found: Meeting) -> str:
    """Which condition leaves most out, and how many would meet the others."""
    one = found.strictest
    if one is None:
        return ""
    level = found.query.level
    left = f"“{capital(condition_words(one.condition))}” leaves most out: {places_words(one.not_met, level)} of {len(found.frame):,}"
    if len(found.asked) < 2:
        return f"{left}."
    return f"{left}; without it {places_words(found.without(one), level)} would meet the rest."


def unknown_words(found: Meeting) -> str:
    """Of how many places it is unknown, and for want of what."""
    if not found.unknown:
        return ""
    level = found.query.level
    here = found.frame["met"] == UNKNOWN
    reasons = []
    for position, one in enumerate(found.checked):
        if one.refused:
            continue
        states = found.frame.loc[here & (found.frame[f"met_{position}"] == UNKNOWN), f"status_{position}"]
        reasons += [f"{one.indicator.label}: {words}" for kind, words in MISSING_WORDS.items() if (states == kind).any()]
    return f"For {places_words(found.unknown, level)} it is unknown, because a value is missing ({'; '.join(dict.fromkeys(reasons))})."


def refused_words(found: Meeting) -> list[str]:
    """A sentence for each condition that can't be asked; the others stand."""
    return [f"Left out: {condition_words(one.condition)}. {one.refused}" for one in found.refused]


def alone_words(found: Meeting) -> list[str]:
    """How many places meet each condition by itself."""
    level = found.query.level
    return [f"{capital(condition_words(one.condition))}: {alone(one, level)}" for one in found.asked]


def alone(one: Checked, level: str) -> str:
    unknown = int(one.unknown.sum())
    return f"met by {places_words(int(one.met.sum()), level)}" + (f", unknown for {unknown:,}" if unknown else "")


def on_map(query: Query, view: View, tables: Tables) -> Meeting | None:
    """Which places a map shows as meeting the conditions of a view; None where there is none that can be asked."""
    found = meets(query, view.conditions, tables) if view.conditions else None
    return found if found is not None and found.asked else None


def said_of_map(found: Meeting | None) -> list[str]:
    """What a map says of conditions: the finding, and how it shows."""
    shown = "On the map the places that meet all stand in full colour with an outline, the others are faded."
    return [] if found is None else [sentence(found), *([shown] if found.places else [])]


def shown_table(found: Meeting) -> pd.DataFrame:
    """The places that meet all, those with most people first: name, adults, each condition's value (shares in per cent)."""
    rows = found.of(MET).sort_values(["people", "geoid"], ascending=[False, True])
    table = pd.DataFrame({"Place": rows["name"], "Adults, July 2023": rows["people"]})
    for position, one in enumerate(found.checked):
        if not one.refused:
            table[heading(one, table)] = rows[f"value_{position}"] * scale(one.indicator)
    return table


def heading(one: Checked, before: pd.DataFrame) -> str:
    """The measure's label, with the condition where it stands twice."""
    label = capital(one.indicator.label)
    return f"{label} ({one.condition.sign} {typed(one.condition):g})" if label in before.columns else label


def columns(found: Meeting, table: pd.DataFrame) -> dict[str, Any]:
    """Formats of the numbers, in the words of st.column_config."""
    told = {"Adults, July 2023": {"type_config": {"type": "number", "format": "localized"}}}
    for name, one in zip(table.columns[2:], found.asked, strict=True):
        told[name] = {"type_config": {"type": "number", "format": UNITS[one.indicator.unit].column}}
    return told


def button_label(found: Meeting) -> str:
    """What the file holds."""
    return f"Download all places with their values, CSV, {places_words(len(found.frame), found.query.level)}"


def default_measure(query: Query, taken: tuple[Condition, ...]) -> str:
    """The measure a new condition begins with: the page's own where it has numbers and no condition yet, else the first that has none."""
    known, had = offered(), {one.measure for one in taken}
    if query.measure in known and query.measure not in had:
        return query.measure
    return next(one for one in ("minutes_to_nearest", "uninsured", "depression", "median_income", "no_vehicle", *known) if one not in had)
