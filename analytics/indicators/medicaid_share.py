"""Share of people with Medicaid."""

from dataclasses import replace

from analytics.indicators._shapes import published_share
from analytics.indicators.employer_share import INDICATOR as EMPLOYER_SHARE

INDICATOR = replace(
    EMPLOYER_SHARE,
    id="medicaid_share",
    label="share of people with Medicaid",
    order=21,
    question="How large a part of the people has Medicaid or another means-tested public cover?",
    finding="{value} of people in {place} have Medicaid or other means-tested cover",
    why="Where many have Medicaid, a site that does not take it serves few.",
    unit_words="share of people of all ages, with other cover or without",
    worse="",
    compute=published_share("medicaid_any_share", "svi_population"),
)
