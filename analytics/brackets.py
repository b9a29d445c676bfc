"""Households of one place by income bracket, and how many of each bracket a bill is too much for."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from analytics.affordability import OWNER_EDGES, RENTER_EDGES, Floats, income_line, incomes, poverty_line
from analytics.out_of_pocket import patient_cost
from analytics.places import level_of
from analytics.query import Query
from analytics.rollup import county_membership
from analytics.tables import Tables

COLUMNS = ("low_usd", "high_usd", "who", "households", "over", "over_if_all")
LAST_CLOSED = len(RENTER_EDGES) - 1
"""Brackets that both tenures close; above them only owners are told apart."""


def by_bracket(query: Query, place: str, tables: Tables) -> pd.DataFrame:
    """COLUMNS, one row a bracket from the lowest: its ends in USD of 2023 (no end where it is open), who stands in it ("all", "owners" or
    "renters"), its households, and how many of them the question's bill is too much for, each county at its own bill and household size.

    Of an open bracket that the line falls into it is not known: `over` counts none and `over_if_all` all of it. ValueError for what has no cost.
    """
    known, level = incomes(tables), level_of(place)
    line = income_line(
        patient_cost(query, tables, "county").value, poverty_line(known.household_size, query.assumptions), query.assumptions
    )
    membership = county_membership(level, tables)
    at = int(np.flatnonzero(membership.geoids == place)[0])

    def sum_of(values: Floats) -> float:
        return float(membership.sums(values)[at])

    rows: list[tuple[float, float, str, float, float, float]] = []
    edges = [float(edge) for edge in OWNER_EDGES]
    for number, (low, high) in enumerate(pairwise(edges)):
        counts = known.below[:, number + 1] - known.below[:, number]
        over = sum_of(counts * np.clip((line - low) / (high - low), 0, 1))
        rows.append((low, high, "all" if number < LAST_CLOSED else "owners", sum_of(counts), over, over))
    for who, counts, edge in (("renters", known.renters_open, RENTER_EDGES[-1]), ("owners", known.owners_open, OWNER_EDGES[-1])):
        rows.append((float(edge), np.inf, who, sum_of(counts), 0.0, sum_of(np.where(line > edge, counts, 0))))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def lines_between(query: Query, place: str, tables: Tables) -> tuple[float, float]:
    """The least and the greatest income, over the counties of a place, under which the question's bill is too much: USD of 2023."""
    known = incomes(tables)
    line = income_line(
        patient_cost(query, tables, "county").value, poverty_line(known.household_size, query.assumptions), query.assumptions
    )
    membership = county_membership(level_of(place), tables)
    here = line[membership.row[membership.geoids[membership.place] == place]]
    return float(here.min()), float(here.max())
