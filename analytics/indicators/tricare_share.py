"""People with TRICARE."""

from dataclasses import replace

from analytics.indicators._shapes import published_share
from analytics.indicators.employer_share import INDICATOR as EMPLOYER_SHARE

INDICATOR = replace(
    EMPLOYER_SHARE,
    id="tricare_share",
    label="people with TRICARE",
    order=42,
    question="How many people have TRICARE or other military cover?",
    finding="{value} of people in {place} have TRICARE or other military cover",
    why="TRICARE covers esketamine with prior authorisation.",
    unit_words="share of people of all ages, with other cover or without",
    worse="",
    compute=published_share("tricare_any_share", "svi_population"),
)
