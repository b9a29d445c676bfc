"""People whose only health insurance is an employer's."""

from analytics.indicator import Indicator
from analytics.indicators._shapes import published_share

INDICATOR = Indicator(
    id="employer_share",
    label="people with an employer's plan alone",
    group="Coverage",
    order=40,
    question="How many people have health insurance from an employer and no other?",
    finding="{value} of people in {place} have an employer's plan and no other cover",
    why="Commercial plans decide for themselves what they cover, mostly with prior authorisation.",
    unit="share",
    unit_words="share of people of all ages",
    universe="civilian noninstitutionalized population (ACS 2018-2022)",
    subject="cost",
    worse="",
    sources=("census_acs5_coverage_types",),
    vintage="2018-2022",
    modelled=False,
    method="coverage",
    caveat="A survey's estimate, whose margins are not in hand. All ages. Kinds of cover overlap, have different years, and are never added up. Not had for Connecticut, two areas of Alaska and Bedford County, Virginia: larger places are the mean of the counties that have it.",
    compute=published_share("employer_alone_share", "svi_population"),
)
