"""Adults ever told that they have a depressive disorder (modelled by CDC)."""

from analytics import status
from analytics.indicator import Indicator
from analytics.indicators._shapes import share_with_interval

INDICATOR = Indicator(
    id="depression",
    label="adults ever diagnosed with depression",
    group="Need",
    order=10,
    question="How many adults were ever told that they have a depressive disorder?",
    finding="{value} of adults in {place} were ever diagnosed with depression",
    why="It is the widest published sign of need. Diagnosis is rarer where care is scarce, so it can understate need there.",
    unit="share",
    unit_words="share of adults, ever diagnosed",
    universe="adults (CDC PLACES 2024 release, survey of 2022)",
    subject="need",
    worse="high",
    sources=("cdc_places",),
    vintage="2022",
    modelled=True,
    method="need",
    caveat="Modelled by CDC from a survey, partly from poverty, race and education; not for trends. Ever diagnosed is not ill today.",
    interval="the interval of CDC's model (95 %)",
    compute=share_with_interval("depression_share", "depression_low", "depression_high", "adults", status.MODELLED),
)
