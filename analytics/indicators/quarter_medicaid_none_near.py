"""Counties where many have Medicaid and none of the sites near takes it."""

from analytics.indicator import Indicator
from analytics.meets_place import FAR, NEAR_CLASSES, none_near_class
from analytics.ways import TRAVEL

INDICATOR = Indicator(
    id="quarter_medicaid_none_near",
    label="Medicaid and the sites near",
    group="Coverage",
    order=24,
    question="Where do over a quarter of people have Medicaid while none of the listed sites near takes it?",
    finding="in {place}{doubt} {value} (sought: {providers})",
    why="Here the list of sites near is no list for a quarter of the people.",
    unit="class",
    unit_words="county by its share with Medicaid (line: a quarter) and the sites within 60 modelled minutes of half of its adults (all may be changed)",
    universe="civilian noninstitutionalized population (ACS 2018-2022); adults on 1 July 2023 decide what is near",
    subject="cost",
    worse="high",
    sources=("census_acs5_coverage_types", "census_block_group_centres", "census_pep_ages"),
    vintage="Medicaid 2018-2022, provider lists 2022-2026, adults 2023",
    modelled=True,
    method="coverage-meets-place",
    levels=("county",),
    uses_providers=True,
    bears="nearest",
    populations=("medicaid",),
    assumes=(*TRAVEL, *FAR, "barriers/medicaid_share"),
    categories=NEAR_CLASSES,
    caveat="Many: over the share that may be changed. No site near takes it also where none is listed near at all. A lower bound: no list is complete, and sites that do not say may take Medicaid. Counties without a share (Connecticut and three others) have a class only where a site that takes Medicaid is near.",
    compute=none_near_class,
)
