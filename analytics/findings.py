"""What the start page tells first: who is far, who is priced out, and where both meet. Each with its doubt and the question behind it.

Nothing is reckoned here that another page does not reckon too: a finding's numbers are those of the answer that its door opens.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from analytics.barriers import MEASURE, WORST, list_steps
from analytics.cache import CACHE
from analytics.indicators.rucc import METROPOLITAN
from analytics.model import Figure, answer, national_frame
from analytics.out_of_pocket import patient_cost
from analytics.query import NATION, Query
from analytics.tables import Tables

START: Final = Query(measure=MEASURE, level="county", place=NATION)
"""The question of the start page's map, and of where both meet."""
FAR: Final = Query(measure="within_30_miles", level="county", place=NATION)
PRICED_OUT: Final = Query(measure="households_over", level="county", place=NATION)


@dataclass(frozen=True)
class Far:
    """Who is far: the share of adults within 30 miles of a listed site, and the adults beyond, each from least to most over the lists.

    `share` is the figure of all lists together. NaN throughout where there are no adults, or no figure.
    """

    door: Query
    share: float
    least_share: float
    most_share: float
    least_adults: float
    most_adults: float


@dataclass(frozen=True)
class PricedOut:
    """Who is priced out: the share of households for which the treatment takes too much of a year's income, its ends over the range of
    prices and open brackets; and what the treatment costs (USD, typical, least, most). NaN where there is no figure."""

    door: Query
    share: float
    least_share: float
    most_share: float
    price: float
    least_price: float
    most_price: float


@dataclass(frozen=True)
class Both:
    """Where both meet: counties that are far and costly, of how many that are in a class; least and most over the lists; and how many of
    them lie outside the metropolitan areas. The number of counties stands in the table of `panel`, open behind the door."""

    door: Query
    counties: int
    of: int
    least: int
    most: int
    outside_metropolitan: int
    panel: str = "barriers"


class Findings(NamedTuple):
    """The three, in the order in which they are told."""

    far: Far
    priced_out: PricedOut
    both: Both


def findings(tables: Tables) -> Findings:
    """The three findings of the nation, from the answers behind their doors."""
    return CACHE.get((tables.version, "findings"), lambda: Findings(far(tables), priced_out(tables), both(tables)))


def far(tables: Tables) -> Far:
    result = answer(FAR, tables)
    figure = known(result.figure)
    shares = [figure.value, *(one.value for one in result.lists)] if figure else [math.nan]
    adults = figure.people if figure else math.nan
    beyond = [adults * (1 - share) for share in shares]
    return Far(FAR, shares[0], min(shares), max(shares), min(beyond), max(beyond))


def priced_out(tables: Tables) -> PricedOut:
    figure = known(answer(PRICED_OUT, tables).figure)
    shares = (figure.value, figure.low, figure.high) if figure else (math.nan,) * 3
    costs = patient_cost(PRICED_OUT, tables, "nation")
    return PricedOut(PRICED_OUT, *shares, *(float(one[0]) for one in (costs.value, costs.low, costs.high)))


def both(tables: Tables) -> Both:
    rows = national_frame(START, tables)
    worst = (rows["value"] == WORST).to_numpy()
    by_list = [int((national_frame(START.with_(layers=layers), tables)["value"] == WORST).sum()) for layers in list_steps(START, tables)]
    code = tables["counties"].set_index("geoid")["rucc"].reindex(rows["geoid"]).to_numpy(dtype=float)
    here = int(worst.sum())
    return Both(
        START,
        here,
        int(np.isfinite(rows["value"].to_numpy(dtype=float)).sum()),
        min([here, *by_list]),
        max([here, *by_list]),
        int((worst & (code > METROPOLITAN)).sum()),
    )


def known(figure: Figure | None) -> Figure | None:
    """The figure where it has a value."""
    return figure if figure is not None and figure.has_value else None
