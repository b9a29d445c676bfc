"""Share of adults within 60 modelled minutes by road of a listed provider."""

from dataclasses import replace

from analytics.indicators._shapes import share_within
from analytics.indicators.within_30_miles import INDICATOR as WITHIN_30_MILES
from analytics.ways import TRAVEL

INDICATOR = replace(
    WITHIN_30_MILES,
    id="within_60_minutes",
    label="adults within 60 minutes of a provider",
    order=23,
    question="How many adults live within an hour by road of a listed ketamine provider?",
    finding="{value} of {people} in {place}{doubt} live within 60 minutes by road of {providers}",
    why="An hour each way, twice a week at first, with someone else driving home.",
    unit_words="share of {people}, modelled minutes by road",
    method="minutes",
    assumes=TRAVEL,
    caveat="A lower bound: no list of providers is complete. Minutes are modelled from distance and rurality, not measured on roads.",
    compute=share_within(60, "minutes"),
)
