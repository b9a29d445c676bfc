"""Which sites count: by provider list, by kind of therapy, and by whom they serve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.query import Query

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Supply:
    """Positions in the providers table. `known` surely fits the question; `possible` adds the sites whose record is silent."""

    known: Mask
    possible: Mask


def on_lists(providers: pd.DataFrame, layers: tuple[str, ...]) -> Mask:
    """Sites that stand on at least one of the lists."""
    return np.asarray(providers[list(layers)].to_numpy(dtype=bool).any(axis=1))


def stated(column: pd.Series) -> tuple[Mask, Mask]:
    """(surely yes, not surely no) of a column in which unknown is not no."""
    return column.fillna(False).to_numpy(dtype=bool), column.fillna(True).to_numpy(dtype=bool)


def choose(query: Query, providers: pd.DataFrame) -> Supply:
    """The sites a query speaks of: its lists, its kind of therapy, and sites open to its people.

    Civilians are offered outpatient sites that are not for veterans only; veterans are offered the sites
    of the Department of Veterans Affairs. Unknown modality or payment is not "no": it parts `known` from `possible`.
    """
    listed = on_lists(providers, query.layers)
    veterans_only = providers["veterans_only"].to_numpy(dtype=bool)
    open_to_them = veterans_only if query.population == "veteran" else providers["civilian_outpatient"].to_numpy(dtype=bool)
    known = listed & open_to_them
    possible = known.copy()
    if query.modality != "any":
        yes, maybe = stated(providers[query.modality])
        known, possible = known & yes, possible & maybe
    if query.population == "medicaid":
        yes, maybe = stated(providers["takes_medicaid"])
        known, possible = known & yes, possible & maybe
    return Supply(known, possible)
