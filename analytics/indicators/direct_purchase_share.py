"""People with insurance they bought themselves."""

from dataclasses import replace

from analytics.indicators._shapes import published_share
from analytics.indicators.employer_share import INDICATOR as EMPLOYER_SHARE

INDICATOR = replace(
    EMPLOYER_SHARE,
    id="direct_purchase_share",
    label="people with insurance they bought",
    order=41,
    question="How many people have health insurance that they bought themselves, alone or beside another?",
    finding="{value} of people in {place} have insurance they bought themselves, alone or beside another",
    why="A plan bought on the market has its own list of what it covers, and a limit on what the patient pays in a year.",
    unit_words="share of people of all ages, with other cover or without",
    worse="",
    compute=published_share("direct_purchase_any_share", "svi_population"),
)
