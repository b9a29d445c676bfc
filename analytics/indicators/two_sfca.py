"""Sites for each million adults within reach, all alike: the two-step floating catchment area."""

from dataclasses import replace

from analytics import scores
from analytics.indicators._shapes import PER_MILLION, mean_score
from analytics.indicators.e2sfca import INDICATOR as E2SFCA
from analytics.ways import TRAVEL

INDICATOR = replace(
    E2SFCA,
    id="two_sfca",
    label="access score, all sites in reach alike (2SFCA)",
    order=46,
    question="How many sites are there for the people who could reach them, near and far alike?",
    unit_words="sites per million {people}, floating catchment (2SFCA) within {reach}, modelled minutes",
    asks=("weights", "reach"),
    assumes=TRAVEL,
    advanced=True,
    compute=mean_score(scores.two_step_flat, PER_MILLION),
)
