"""People with Medicare."""

from analytics.indicator import Indicator
from analytics.indicators._shapes import people_count

INDICATOR = Indicator(
    id="medicare_people",
    label="people with Medicare",
    group="Coverage",
    order=30,
    question="How many people have Medicare, of either kind?",
    finding="{value} people in {place} have Medicare",
    why="Medicare pays for esketamine in the office; what the patient owes depends on the kind of Medicare.",
    unit="people",
    unit_words="people",
    universe="beneficiaries by address, November 2025",
    subject="cost",
    worse="",
    sources=("cms_medicare_enrollment",),
    vintage="November 2025",
    modelled=False,
    method="coverage",
    caveat="Kinds of cover overlap and are never added up. Two pairs of Connecticut regions are published only as sums; small counts are withheld. A district with such a county has no figure.",
    compute=people_count("medicare_people", suppressed="medicare_suppressed"),
)
