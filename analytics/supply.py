"""Which sites count: by provider list, by kind of therapy, and by whom they serve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.cache import CACHE
from analytics.query import Query
from analytics.tables import Tables

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

PAYMENT_COLUMNS = {
    "medicare": "takes_medicare",
    "private": "takes_private",
    "self_pay": "takes_self_pay",
    "military": "takes_military",
    "veterans": "takes_veterans_funds",
    "state_financed": "takes_state_financed",
    "sliding_fee": "sliding_fee",
    "assistance": "payment_assistance",
}
"""Where the providers table holds each way of paying that a query may ask for."""


@dataclass(frozen=True)
class Supply:
    """Positions in the providers table. `known` surely fits the question; `possible` adds the sites whose record is silent."""

    known: Mask
    possible: Mask


def supply_key(query: Query) -> tuple[object, ...]:
    """All that decides which sites a query speaks of, for the keys of what is kept."""
    return query.layers, query.modality, query.population, query.payment


def on_lists(providers: pd.DataFrame, layers: tuple[str, ...]) -> Mask:
    """Sites that stand on at least one of the lists. A list that is not there (somebody's own) names nobody."""
    there = [layer for layer in layers if layer in providers]
    return np.asarray(providers[there].to_numpy(dtype=bool).any(axis=1))


def capacity_of(providers: pd.DataFrame, each: float) -> Floats:
    """What each site offers: what its list says, where that gives a capacity at all, else `each`."""
    if "capacity" not in providers:
        return np.full(len(providers), each)
    return providers["capacity"].fillna(each).to_numpy(dtype=np.float64)


def stated(column: pd.Series) -> tuple[Mask, Mask]:
    """(surely yes, not surely no) of a column in which unknown is not no."""
    return column.fillna(False).to_numpy(dtype=bool), column.fillna(True).to_numpy(dtype=bool)


def choose(query: Query, providers: pd.DataFrame) -> Supply:
    """The sites a query speaks of: its lists, its kind of therapy, sites open to its people, and what they take as payment.

    Civilians are offered outpatient sites that are not for veterans only; veterans are offered the sites
    of the Department of Veterans Affairs. Unknown modality or payment is not "no": it parts `known` from `possible`.
    A site whose list gives it a capacity of 0 takes nobody and counts nowhere.
    """
    listed = on_lists(providers, query.layers) & (capacity_of(providers, 1.0) > 0)
    veterans_only = providers["veterans_only"].to_numpy(dtype=bool)
    open_to_them = veterans_only if query.population == "veteran" else providers["civilian_outpatient"].to_numpy(dtype=bool)
    known = listed & open_to_them
    possible = known.copy()
    asked = [
        *([query.modality] if query.modality != "any" else []),
        *(["takes_medicaid"] if query.population == "medicaid" else []),
        *([PAYMENT_COLUMNS[query.payment]] if query.payment != "any" else []),
    ]
    for column in asked:
        yes, maybe = stated(providers[column])
        known, possible = known & yes, possible & maybe
    return Supply(known, possible)


def known_sites(query: Query, tables: Tables) -> int:
    """How many sites surely fit a question."""
    key = (tables.version, "known sites", supply_key(query))
    return CACHE.get(key, lambda: int(choose(query, tables["providers"]).known.sum()))


def open_to_adults(facilities: pd.DataFrame) -> Mask:
    """Facilities that treat outpatients, say that they serve adults, and are not for veterans only."""
    adults = facilities["serves_adults"].fillna(False).astype(bool)
    return np.asarray(facilities["outpatient"].astype(bool) & adults & ~facilities["veterans_only"].astype(bool))
