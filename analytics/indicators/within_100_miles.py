"""Share of adults within 100 straight-line miles of a listed provider: the 30-mile measure with another reach."""

from dataclasses import replace

from analytics.indicators._shapes import share_within
from analytics.indicators.within_30_miles import INDICATOR as WITHIN_30_MILES

INDICATOR = replace(
    WITHIN_30_MILES,
    id="within_100_miles",
    label="adults within 100 miles of a provider",
    order=21,
    question="How many adults live within 100 miles of a listed ketamine provider?",
    finding="{value} of {people} in {place}{doubt} live within 100 miles of {providers}",
    why="Beyond a hundred miles next to nobody starts treatment: it is a day's journey for each visit.",
    compute=share_within(100),
)
