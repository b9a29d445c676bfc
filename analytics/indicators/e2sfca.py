"""Sites for each million adults within reach, near ones counting more: the enhanced two-step floating catchment area."""

from analytics import scores
from analytics.indicator import Indicator
from analytics.indicators._shapes import PER_MILLION, mean_score
from analytics.ways import TRAVEL

INDICATOR = Indicator(
    id="e2sfca",
    label="access score (E2SFCA)",
    group="Getting there",
    order=45,
    question="How many sites are there for the people who could reach them, near ones counting more?",
    finding="{none} of {people} in {place} have no listed site within {reach}; the mean access score is {value}",
    why="A site nearby helps less if a million people share it; this score counts both distance and crowding.",
    unit="per_million",
    unit_words="sites per million {people}, floating catchment (E2SFCA) within {reach}, modelled minutes",
    universe="adults on 1 July 2023 at block-group centres of 2020, each site counting 1",
    subject="distance",
    worse="low",
    sources=("census_block_group_centres", "census_pep_ages"),
    vintage="provider lists 2022-2024, people 2023",
    modelled=True,
    method="catchment",
    uses_providers=True,
    bears="rate",
    asks=("weights", "reach", "decay"),
    assumes=(*TRAVEL, "access/e2sfca_weights", "access/decay_shapes"),
    caveat="A lower bound by one list, which is not complete; zero means that no listed site is within reach. A national mean is the same for every decay.",
    compute=mean_score(scores.two_step, PER_MILLION),
)
