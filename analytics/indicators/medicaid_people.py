"""People with Medicaid or other means-tested public coverage."""

from analytics.indicator import Indicator
from analytics.indicators._shapes import people_count

INDICATOR = Indicator(
    id="medicaid_people",
    label="people with Medicaid",
    group="Coverage",
    order=20,
    question="How many people have Medicaid or another means-tested public cover?",
    finding="{value} people in {place} have Medicaid or other means-tested cover",
    why="Whether a site takes Medicaid decides for them whether it is a site at all.",
    unit="people",
    unit_words="people of all ages",
    universe="civilian noninstitutionalized population (ACS 2020-2024)",
    subject="cost",
    worse="",
    sources=("census_acs5_c27007",),
    vintage="2020-2024",
    modelled=False,
    method="coverage",
    caveat="All ages; kinds of cover overlap and are never added up. No margins are published with this table.",
    compute=people_count("medicaid_people_2024"),
)
