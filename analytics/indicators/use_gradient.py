"""What is left of esketamine starts at this distance from the nearest site, as claims of 2019-2022 show it."""

from analytics import scores
from analytics.indicator import Indicator
from analytics.indicators._shapes import mean_score

INDICATOR = Indicator(
    id="use_gradient",
    label="expected starts of esketamine, given the distance",
    group="Getting there",
    order=49,
    question="What share of the starts next to a site would be expected at the distances from here, if use falls as it did in claims?",
    finding="at the distances of {people} in {place}{doubt} {value} of the starts right beside {providers} would be expected",
    why="It is the one measured gradient for this very drug: people who live farther start treatment far less often.",
    unit="share",
    unit_words="share of the starts within 10 miles of a site that is expected at the nearest site's distance, mean over {people}",
    universe="adults on 1 July 2023 at block-group centres of 2020; straight-line miles to the nearest esketamine site",
    subject="distance",
    worse="low",
    sources=("census_block_group_centres", "census_pep_ages"),
    vintage="claims 2019-2022, provider lists 2022-2026, people 2023",
    modelled=True,
    method="use-gradient",
    uses_providers=True,
    bears="nearest",
    modalities=("esketamine",),
    asks=("weights",),
    assumes=("access/esketamine_gradient", "access/esketamine_gradient_limit"),
    advanced=True,
    breaks=(0.1, 0.25, 0.5, 0.75, 0.9),
    caveat="It measures use, which already contains scarcity, by the maker's authors, unadjusted (Joshi et al. 2024); a lower bound, since no list of sites is complete.",
    compute=mean_score(scores.use_at_nearest, 1, unit="miles"),
)
