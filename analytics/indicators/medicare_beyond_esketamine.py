"""People with traditional Medicare in counties beyond the reach of a known esketamine site."""

from __future__ import annotations

import pandas as pd

from analytics.coverage import medicare_split
from analytics.indicator import Indicator
from analytics.meets_place import people_in_far_counties
from analytics.query import Query
from analytics.tables import Tables
from analytics.ways import TRAVEL


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """All people with traditional Medicare of a county that is beyond the reach, 0 elsewhere; larger places have the sums."""
    _, traditional = medicare_split(tables)
    return people_in_far_counties(traditional, query, tables, float(query.reach))


INDICATOR = Indicator(
    id="medicare_beyond_esketamine",
    label="people with traditional Medicare beyond esketamine",
    group="Coverage",
    order=33,
    question="How many people with traditional Medicare live in counties where most adults are beyond the reach of a known esketamine site?",
    finding="{value} people with traditional Medicare in {place}{doubt} live in counties beyond {reach} of {providers}",
    why="Part B pays for esketamine in a clinician's office; without one within reach the benefit is on paper.",
    unit="people",
    unit_words="people with traditional Medicare in counties where over half of adults (may be changed) live beyond {reach} by road of a known esketamine site",
    universe="people with Medicare by address, November 2025, by county as a whole; adults on 1 July 2023 decide which county is beyond reach",
    subject="cost",
    worse="high",
    sources=("cms_medicare_enrollment", "census_block_group_centres", "census_pep_ages"),
    vintage="Medicare November 2025, provider lists 2022-2026, adults 2023",
    modelled=True,
    method="coverage-meets-place",
    uses_providers=True,
    bears="nearest",
    modalities=("esketamine",),
    populations=("civilian",),
    asks=("reach",),
    assumes=(*TRAVEL, "barriers/far_share"),
    caveat="Upper end of the true number: no list of esketamine sites is complete; the lower end counts all sites that do not say. Counties whose split CMS withholds are left out of sums; two pairs of Connecticut regions are split by people of 65 and over.",
    compute=compute,
)
