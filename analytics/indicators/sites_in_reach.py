"""How many listed sites the average adult has within reach."""

from dataclasses import replace

from analytics import scores
from analytics.indicators._shapes import mean_score
from analytics.indicators.e2sfca import INDICATOR as E2SFCA
from analytics.ways import TRAVEL

INDICATOR = replace(
    E2SFCA,
    id="sites_in_reach",
    label="sites within reach",
    order=44,
    question="Among how many listed sites can the average adult choose?",
    finding="the average {person} in {place} has {value} within {reach}, and {none} of {people} have none",
    why="With one site in reach there is no second opinion, no other price, and nothing left if it closes.",
    unit="mean_sites",
    unit_words="mean number of listed sites within {reach} by road (cumulative opportunities), weighed by {people}",
    vintage="provider lists 2022-2026, people 2023",
    bears="count",
    asks=("weights", "reach"),
    assumes=TRAVEL,
    advanced=True,
    breaks=(1, 2, 5, 10, 20),
    caveat="A lower bound: no list of providers is complete. Many near sites may serve many more people; see the access score.",
    compute=mean_score(scores.sites_in_reach, 1),
)
