"""Adults of 18 to 64 without health insurance."""

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators._shapes import share_with_interval

INDICATOR = Indicator(
    id="uninsured",
    label="adults 18-64 without insurance",
    group="Coverage",
    order=10,
    question="How many adults of 18 to 64 have no health insurance?",
    finding="{value} of people aged 18–64 in {place} had no health insurance in 2022",
    why="Without insurance the whole price is the patient's.",
    unit="share",
    unit_words="share of people aged 18-64",
    universe="people aged 18-64 (SAHIE 2022)",
    subject="cost",
    worse="high",
    sources=("census_sahie",),
    vintage="2022",
    modelled=True,
    method="coverage",
    caveat="Modelled by the Census Bureau for 2022, before the unwinding of Medicaid's continuous coverage.",
    interval="the interval of the Census Bureau's model (95 %)",
    compute=share_with_interval(
        "uninsured_18_64_share", "uninsured_18_64_low", "uninsured_18_64_high", "population_18_64", status.MODELLED
    ),
)
