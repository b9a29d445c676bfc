"""People who selected a plan on the marketplace for 2024."""

from analytics.indicator import Indicator
from analytics.indicators._shapes import people_count

INDICATOR = Indicator(
    id="marketplace_people",
    label="people with a marketplace plan",
    group="Coverage",
    order=44,
    question="How many people selected a plan on the Affordable Care Act's marketplace for 2024?",
    finding="{value} people in {place} selected a marketplace plan for 2024",
    why="What such a plan makes its members pay in a year has a limit by law, but the premiums have risen since.",
    unit="people",
    unit_words="people who selected a plan, all ages",
    universe="plan selections at open enrolment for 2024, paid or not",
    subject="cost",
    worse="",
    sources=("cms_marketplace",),
    vintage="2024",
    modelled=False,
    method="coverage",
    caveat="Selected, not paid. Counties are published for the 32 states on HealthCare.gov alone; for the other 19 there is the state's figure. The enhanced credits ended on 31 December 2025. Kinds of cover overlap and are never added up.",
    compute=people_count("marketplace_selections_2024", suppressed="marketplace_suppressed"),
)
