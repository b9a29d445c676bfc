"""Straight-line miles to the nearest listed provider: the median over adults."""

from analytics.indicator import Indicator
from analytics.indicators._shapes import median_nearest

INDICATOR = Indicator(
    id="miles_to_nearest",
    label="miles to the nearest provider",
    group="Getting there",
    order=40,
    question="How far is the nearest listed ketamine provider for the adult in the middle?",
    finding="the typical {person} in {place}{doubt} lives {value} from {providers}",
    why="Esketamine must be taken at a certified site, week after week, with someone else driving home.",
    unit="miles",
    unit_words="straight-line miles, median over {people}",
    universe="adults on 1 July 2023 at block-group centres of 2020",
    subject="distance",
    worse="high",
    sources=("census_block_group_centres", "census_pep_ages"),
    vintage="provider lists 2022-2026, people 2023",
    modelled=True,
    method="nearest",
    uses_providers=True,
    asks=("weights",),
    bears="nearest",
    breaks=(10, 20, 30, 60, 100, 150),
    caveat="Upper end of the true distance: a site on no list may be nearer. Straight lines, round water by its bridges and ferries.",
    compute=median_nearest("miles"),
)
