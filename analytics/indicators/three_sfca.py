"""Sites for each million adults, people choosing among the sites within reach: the three-step floating catchment area."""

from dataclasses import replace

from analytics import scores
from analytics.indicators._shapes import PER_MILLION, mean_score
from analytics.indicators.e2sfca import INDICATOR as E2SFCA

INDICATOR = replace(
    E2SFCA,
    id="three_sfca",
    label="access score, people choosing among sites (3SFCA)",
    order=47,
    question="How many sites are there for the people who would choose them, if each site in reach draws people by its nearness?",
    unit_words="sites per million {people}, floating catchment (3SFCA) within {reach}, modelled minutes",
    advanced=True,
    caveat="People with several sites in reach are shared out among them first, so crowding is not counted twice. A lower bound by one list, which is not complete.",
    compute=mean_score(scores.three_step, PER_MILLION, grows_with_sites=False),
)
