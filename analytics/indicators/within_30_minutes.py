"""Share of adults within 30 modelled minutes by road of a listed provider: the 60-minute measure with another reach."""

from dataclasses import replace

from analytics.indicators._shapes import share_within
from analytics.indicators.within_60_minutes import INDICATOR as WITHIN_60_MINUTES

INDICATOR = replace(
    WITHIN_60_MINUTES,
    id="within_30_minutes",
    label="adults within 30 minutes of a provider",
    order=22,
    question="How many adults live within half an hour by road of a listed ketamine provider?",
    finding="{value} of {people} in {place}{doubt} live within 30 minutes by road of {providers}",
    why="Half an hour is a trip that fits a working day.",
    compute=share_within(30, "minutes"),
)
