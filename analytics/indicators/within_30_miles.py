"""Share of adults within 30 straight-line miles of a listed provider."""

from analytics.indicator import Indicator
from analytics.indicators._shapes import share_within

INDICATOR = Indicator(
    id="within_30_miles",
    label="adults within 30 miles of a provider",
    group="Getting there",
    order=10,
    question="How many adults live within 30 miles of a listed ketamine provider?",
    finding="{value} of {people} in {place}{doubt} live within 30 miles of {providers}",
    why="A first year of esketamine can mean more than thirty visits; starts of treatment fall steeply with distance.",
    unit="share",
    unit_words="share of {people}, straight-line miles",
    universe="adults on 1 July 2023 at block-group centres of 2020",
    subject="distance",
    worse="low",
    sources=("census_block_group_centres", "census_pep_ages"),
    vintage="provider lists 2022-2026, people 2023",
    modelled=True,
    method="within-reach",
    uses_providers=True,
    asks=("weights",),
    bears="nearest",
    breaks=(0.2, 0.4, 0.6, 0.8, 0.95),
    caveat="A lower bound: no list of providers is complete.",
    compute=share_within(30),
)
