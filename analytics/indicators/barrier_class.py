"""Far and costly, far, costly, or within reach: the class that joins place and price."""

from analytics.barriers import CLASSES, MEASURE, PARAMETERS, class_of
from analytics.indicator import Indicator
from analytics.indicators.households_over import INDICATOR as HOUSEHOLDS_OVER
from analytics.ways import TRAVEL

INDICATOR = Indicator(
    id=MEASURE,
    label="distance and cost together",
    group="Getting there",
    order=5,
    question="Where is ketamine therapy both far away and out of reach for many households?",
    finding="{place} is {value}{doubt} by the distance to {providers} and the cost, {payer}",
    why="A site nearby helps nobody who cannot pay, and cover helps nobody who cannot get there; this shows where both fail.",
    unit="class",
    unit_words="far: {far}; costly: over {burden} for {costly_share} of households ({treatment}, {payer}{one_price})",
    universe="adults on 1 July 2023 at block-group centres of 2020; all households by income (ACS 2019-2023), in dollars of 2023",
    subject="barrier",
    worse="high",
    sources=("census_block_group_centres", "census_pep_ages", *HOUSEHOLDS_OVER.sources),
    vintage="lists 2022-2026, incomes 2019-2023, prices 2026",
    modelled=True,
    method="far-and-costly",
    uses_providers=True,
    bears="nearest",
    asks=("far", "payer", "schedule"),
    assumes=(*PARAMETERS, *HOUSEHOLDS_OVER.assumes, *TRAVEL, "access/e2sfca_weights"),
    categories=CLASSES,
    caveat="Lists of providers are a lower bound, so far is said too often rather than too rarely. A place from which no road or ferry leads to a listed site is far. Costly is for one payer situation and all households, whoever pays.",
    interval="the least and the greatest bill, and the list of providers",
    compute=class_of,
)
