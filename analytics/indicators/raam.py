"""Crowding and way together at each place's best site: the rational agent access model. Lower is better."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analytics import scores, status
from analytics.indicators._shapes import Floats, counted, frame, has_silent_records, states, with_spread
from analytics.indicators.e2sfca import INDICATOR as E2SFCA
from analytics.query import Query
from analytics.rollup import block_membership
from analytics.tables import Tables
from analytics.ways import TRAVEL


def compute(query: Query, tables: Tables) -> pd.DataFrame:
    """Median over people. Where more than half of a place's people reach no site within the widest reach, it lies beyond reach."""
    membership = block_membership(query.level, tables)
    people = counted(query, tables, "minutes")

    def median(score: Floats) -> Floats:
        return membership.weighted_medians(score, people)

    known = scores.raam(query, tables)
    value = median(known)
    state = states(query, tables, membership, "minutes")
    state[(state == status.MODELLED) & ~np.isfinite(value)] = status.BEYOND_REACH
    if not has_silent_records(query):
        rows = frame(membership.geoids, value, state)
    else:
        most = median(scores.raam(query, tables, True))
        rows = frame(membership.geoids, value, state, np.minimum(value, most), np.maximum(value, np.where(np.isfinite(most), most, value)))
    return with_spread(rows, membership, known, people)


INDICATOR = replace(
    E2SFCA,
    id="raam",
    label="crowding and way together (RAAM, lower is better)",
    order=48,
    question="How crowded and how far is the best site, if everybody goes where that sum is least?",
    finding="the cost of access (RAAM) for the typical {person} in {place} is {value}",
    unit="score",
    unit_words="crowding + minutes / tau at the best site (RAAM), median over {people}; lower is better, 1 is the average crowding next door",
    worse="high",
    asks=("weights",),
    assumes=(*TRAVEL, "access/raam_tau"),
    advanced=True,
    caveat="By one list, a lower bound of what there is. Supply and people are rescaled to equal totals, so that a crowding of 1 is the nation's average. Sites beyond two hours are not sought.",
    compute=compute,
)
