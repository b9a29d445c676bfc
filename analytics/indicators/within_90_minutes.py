"""Share of adults within 90 modelled minutes by road of a listed provider: the 60-minute measure with another reach."""

from dataclasses import replace

from analytics.indicators._shapes import share_within
from analytics.indicators.within_60_minutes import INDICATOR as WITHIN_60_MINUTES

INDICATOR = replace(
    WITHIN_60_MINUTES,
    id="within_90_minutes",
    label="adults within 90 minutes of a provider",
    order=24,
    question="How many adults live within an hour and a half by road of a listed ketamine provider?",
    finding="{value} of {people} in {place}{doubt} live within 90 minutes by road of {providers}",
    why="Ninety minutes each way leaves little of a day with two hours of observation.",
    compute=share_within(90, "minutes"),
)
