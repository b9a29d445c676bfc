"""People with traditional Medicare."""

from dataclasses import replace

from analytics.indicators._shapes import people_count
from analytics.indicators.medicare_people import INDICATOR as MEDICARE_PEOPLE

INDICATOR = replace(
    MEDICARE_PEOPLE,
    id="medicare_traditional_people",
    label="people with traditional Medicare",
    order=31,
    question="How many people have traditional Medicare, with or without a supplement?",
    finding="{value} people in {place} have traditional Medicare",
    why="Part B pays for esketamine without a plan's network; without a supplement a fifth of each visit is the patient's.",
    caveat="Kinds of cover overlap and are never added up. Two pairs of Connecticut regions are published only as sums; small counts are withheld and left out of the states' sums. A district with such a county has no figure.",
    compute=people_count("medicare_traditional_people", suppressed="medicare_suppressed"),
)
