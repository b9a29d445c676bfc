"""Share of adults within 60 straight-line miles of a listed provider: the 30-mile measure with another reach."""

from dataclasses import replace

from analytics.indicators._shapes import share_within
from analytics.indicators.within_30_miles import INDICATOR as WITHIN_30_MILES

INDICATOR = replace(
    WITHIN_30_MILES,
    id="within_60_miles",
    label="adults within 60 miles of a provider",
    order=20,
    question="How many adults live within 60 miles of a listed ketamine provider?",
    finding="{value} of {people} in {place}{doubt} live within 60 miles of {providers}",
    why="Sixty miles is about an hour and a quarter on the road each way, with a driver: about the outer edge of what people do week after week.",
    compute=share_within(60),
)
