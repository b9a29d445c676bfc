"""Adults with frequent mental distress (modelled by CDC)."""

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators._shapes import share_with_interval

INDICATOR = Indicator(
    id="distress",
    label="adults with frequent mental distress",
    group="Need",
    order=20,
    question="How many adults had poor mental health on 14 or more of the last 30 days?",
    finding="{value} of adults in {place} had 14 or more bad mental-health days in a month",
    why="It asks how people feel, not whether a doctor told them, so it depends less on access to care.",
    unit="share",
    unit_words="share of adults, 14 or more bad days in 30",
    universe="adults (CDC PLACES 2024 release, survey of 2022)",
    subject="need",
    worse="high",
    sources=("cdc_places",),
    vintage="2022",
    modelled=True,
    method="need",
    caveat="Modelled by CDC from a survey; not for trends or for judging programmes.",
    interval="the interval of CDC's model (95 %)",
    compute=share_with_interval("distress_share", "distress_low", "distress_high", "adults", status.MODELLED),
)
