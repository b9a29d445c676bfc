"""Modelled minutes by road to the nearest listed provider: the median over adults."""

from dataclasses import replace

from analytics.indicators._shapes import median_nearest
from analytics.indicators.miles_to_nearest import INDICATOR as MILES_TO_NEAREST
from analytics.ways import TRAVEL

INDICATOR = replace(
    MILES_TO_NEAREST,
    id="minutes_to_nearest",
    label="minutes to the nearest provider",
    order=35,
    question="How long is the way by road to the nearest listed ketamine provider for the adult in the middle?",
    finding="the typical {person} in {place}{doubt} lives {value} by road from {providers}",
    unit="minutes",
    unit_words="modelled minutes by road, median over {people}",
    method="minutes",
    assumes=TRAVEL,
    breaks=(15, 30, 60, 90, 120, 180),
    caveat="Upper end of the true time: a site on no list may be nearer. Minutes are modelled from distance and rurality, not measured on roads.",
    compute=median_nearest("minutes"),
)
