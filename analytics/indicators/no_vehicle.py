"""Households without a vehicle."""

from analytics.indicator import Indicator
from analytics.indicators._shapes import share_of_counts

INDICATOR = Indicator(
    id="no_vehicle",
    label="households without a vehicle",
    group="Who lives there",
    order=20,
    question="How many households have no car?",
    finding="{value} of households in {place} have no vehicle",
    why="After a dose nobody may drive until the next day, and few clinics lie on a bus line.",
    unit="share",
    unit_words="share of households",
    universe="households (ACS 2018-2022, by way of the Social Vulnerability Index)",
    subject="need",
    worse="high",
    sources=("cdc_svi",),
    vintage="2018-2022",
    modelled=False,
    method="who-lives-there",
    caveat="A survey's estimate; the margin that is published with it is not shown, and is wide in small counties.",
    compute=share_of_counts("no_vehicle_households", "households_svi"),
)
