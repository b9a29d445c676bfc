"""Share of adults within 120 modelled minutes by road of a listed provider: the 60-minute measure with another reach."""

from dataclasses import replace

from analytics.indicators._shapes import share_within
from analytics.indicators.within_60_minutes import INDICATOR as WITHIN_60_MINUTES

INDICATOR = replace(
    WITHIN_60_MINUTES,
    id="within_120_minutes",
    label="adults within 120 minutes of a provider",
    order=25,
    question="How many adults live within two hours by road of a listed ketamine provider?",
    finding="{value} of {people} in {place}{doubt} live within 120 minutes by road of {providers}",
    why="Studies of opioid treatment programmes take two hours as the farthest people travel for a scarce service.",
    compute=share_within(120, "minutes"),
)
