"""Coverage meets place: people with a kind of cover, by whether their county is far from a site that serves it.

Always the make-up of counties: a county is far or not, and all its people with that cover count or none; never a product of two shares.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import status
from analytics.assumptions import assumed
from analytics.indicators._shapes import class_frame, counted, divided, frame, numbers
from analytics.own import hardly_asked, has_own_travel
from analytics.query import Query
from analytics.reach import nearest_minutes, nearest_within_minutes
from analytics.rollup import block_membership, county_membership
from analytics.tables import Tables
from analytics.ways import widest

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

FAR = ("barriers/far_share", "barriers/far_minutes")
"""What makes a county far by minutes."""


def far_minutes(query: Query) -> float:
    return float(assumed("barriers/far_minutes", query.assumptions))


def far_counties(query: Query, tables: Tables, minutes: float, possible: bool = False) -> Mask:
    """Counties (in the order of their table) over half of whose adults, or over the share assumed, live beyond so many modelled minutes
    of a site that fits the question. With `possible`, sites whose record is silent count as sites."""
    membership = block_membership("county", tables)
    adults = counted(query.with_(weights="adults"), tables, "minutes")
    # Within the widest reach the pairs are there already; farther thresholds ask for the nearest itself.
    cost = (nearest_within_minutes if minutes <= widest() else nearest_minutes)(query, tables, possible)
    beyond = divided(membership.sums(adults * (cost > minutes)), membership.sums(adults))
    return np.asarray(beyond > float(assumed("barriers/far_share", query.assumptions)))


def not_asked(level: str, tables: Tables) -> Mask:
    """Places that travel times of one's own leave out: whether they are far is not known."""
    membership = block_membership(level, tables)
    return hardly_asked(tables, membership) if has_own_travel(tables) else np.zeros(len(membership.geoids), dtype=bool)


def people_in_far_counties(people: Floats, query: Query, tables: Tables, minutes: float) -> pd.DataFrame:
    """The frame of a measure: a county's people where it is far, else 0; larger places have the sums of their counties (districts of their
    shares of them). The value counts silent sites as none, the lower end counts them all.

    A county whose people are withheld (NaN) has no value where it is far, and is left out of sums; where it is not far it has 0 whatever
    the count.
    """
    membership = county_membership(query.level, tables)

    def count(possible: bool) -> Floats:
        far = far_counties(query, tables, minutes, possible)
        here = np.where(far, people, 0.0)
        return here if query.level == "county" else membership.sums(np.nan_to_num(here))

    value, least = count(possible=False), count(possible=True)
    # Withheld and far if silent sites do not count: the count is not known, however low the lower end is.
    state = np.where(np.isnan(value), status.SUPPRESSED, status.MODELLED).astype(object)
    state[not_asked(query.level, tables)] = status.NO_DATA
    return frame(membership.geoids, value, state, least, value)


NEAR_CLASSES = (
    "a site near is known to take Medicaid",
    "none near is known to take it, but fewer have Medicaid",
    "many have Medicaid, sites near do not say",
    "many have Medicaid, no site near takes it",
)
"""Whether those with Medicaid find a site near, for counties where many have it."""


def none_near_class(query: Query, tables: Tables) -> pd.DataFrame:
    """The class of each county in NEAR_CLASSES. Many: over a quarter of people, or over the share assumed, have Medicaid (ACS); near:
    within the minutes assumed for over half of adults. A county whose share is not had has no class, unless a site known to take Medicaid
    is near."""
    counties = tables["counties"]
    share = numbers(counties, "medicaid_any_share")
    minutes = far_minutes(query)
    none_known, none_possible = (far_counties(query, tables, minutes, possible) for possible in (False, True))
    many = share > float(assumed("barriers/medicaid_share", query.assumptions))
    value = np.select([~none_known, ~many, ~none_possible], [0.0, 1.0, 2.0], 3.0)
    value = np.where((none_known & np.isnan(share)) | not_asked("county", tables), np.nan, value)
    return class_frame(counties["geoid"], value, status.MODELLED)
