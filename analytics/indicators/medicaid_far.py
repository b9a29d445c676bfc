"""People with Medicaid in counties that are far from a site that takes it."""

from __future__ import annotations

import pandas as pd

from analytics.indicator import Indicator
from analytics.indicators._shapes import numbers
from analytics.meets_place import FAR, far_minutes, people_in_far_counties
from analytics.query import Query
from analytics.tables import Tables
from analytics.ways import TRAVEL


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """All people with Medicaid of a county that is far, 0 elsewhere; larger places have the sums."""
    return people_in_far_counties(numbers(tables["counties"], "medicaid_people_2024"), query, tables, far_minutes(query))


INDICATOR = Indicator(
    id="medicaid_far",
    label="people with Medicaid far from a site that takes it",
    group="Coverage",
    order=23,
    question="How many people with Medicaid live in counties where most adults are far from a listed site that takes Medicaid?",
    finding="{value} people with Medicaid in {place}{doubt} live in counties far from {providers}",
    why="For them a nearer site that does not take Medicaid is no site at all.",
    unit="people",
    unit_words="people with Medicaid in counties where over half of adults live beyond 60 modelled minutes (both may be changed) of a site that takes it",
    universe="civilian noninstitutionalized population (ACS 2020-2024), by county as a whole; adults on 1 July 2023 decide which county is far",
    subject="cost",
    worse="high",
    sources=("census_acs5_c27007", "census_block_group_centres", "census_pep_ages"),
    vintage="Medicaid 2020-2024, provider lists 2022-2026, adults 2023",
    modelled=True,
    method="coverage-meets-place",
    uses_providers=True,
    bears="nearest",
    populations=("medicaid",),
    assumes=(*TRAVEL, *FAR),
    caveat="Upper end of the true number: a site on no list, or one that does not say, may take Medicaid; the lower end counts all that do not say. Counties count as a whole; this is no product of two shares.",
    compute=compute,
)
