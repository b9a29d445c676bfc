"""People with cover from the Department of Veterans Affairs."""

from dataclasses import replace

from analytics.indicators._shapes import published_share
from analytics.indicators.employer_share import INDICATOR as EMPLOYER_SHARE

INDICATOR = replace(
    EMPLOYER_SHARE,
    id="va_share",
    label="people with VA cover",
    order=43,
    question="How many people have health cover from the Department of Veterans Affairs?",
    finding="{value} of people in {place} have VA health cover",
    why="Veterans are treated at sites of their own, of which the lists name few.",
    unit_words="share of people of all ages, with other cover or without",
    worse="",
    compute=published_share("va_any_share", "svi_population"),
)
