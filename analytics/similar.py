"""Places like this one: the nearest by need, income, rurality and age, each standardised and weighing the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.cache import CACHE
from analytics.indicators._shapes import divided, numbers, share_of_counts
from analytics.indicators.rucc import METROPOLITAN
from analytics.model import national_frame
from analytics.places import known_place, level_of
from analytics.query import Query
from analytics.rollup import county_membership
from analytics.tables import Tables, version_without_sites

Floats = npt.NDArray[np.float64]
Read = Callable[[str, Tables], Floats]
"""(level, tables) -> one number for each place of the level, in the order of `county_membership`; NaN where it is not had."""

MOST: Final = 5


def depression(level: str, tables: Tables) -> Floats:
    """Share of adults ever diagnosed with depression."""
    return _measured("depression", level, tables)


def median_income(level: str, tables: Tables) -> Floats:
    """Published median household income, USD."""
    return _measured("median_income", level, tables)


def _measured(measure: str, level: str, tables: Tables) -> Floats:
    rows = national_frame(Query(measure=measure, level=level), tables).set_index("geoid")
    return rows["value"].reindex(list(county_membership(level, tables).geoids)).to_numpy(dtype=float)


def share_near_poverty(level: str, tables: Tables) -> Floats:
    """Share of people under 150 % of the poverty line: of districts, whose median income nobody publishes and no sum gives."""
    return _share("poverty_150_people", "svi_population", level, tables)


def rural_code(level: str, tables: Tables) -> Floats:
    """Rural-Urban Continuum Code of a county, 1 to 9."""
    return numbers(tables["counties"], "rucc")


def share_outside_metro(level: str, tables: Tables) -> Floats:
    """Share of adults in counties that are not metropolitan; a district's by its share of each county's people."""
    counties, membership = tables["counties"], county_membership(level, tables)
    adults, code = numbers(counties, "adults"), numbers(counties, "rucc")
    return divided(membership.sums(adults * (code > METROPOLITAN)), membership.sums(adults))


def share_65_plus(level: str, tables: Tables) -> Floats:
    """Share of adults who are 65 or older."""
    return _share("age_65_plus", "adults", level, tables)


def _share(part: str, whole: str, level: str, tables: Tables) -> Floats:
    """part / whole over the counties that have both."""
    return numbers(share_of_counts(part, whole)(Query(level=level), tables), "value")


@dataclass(frozen=True)
class Trait:
    """One of the four things in which places are alike or not."""

    id: str
    unit: str
    """share, usd or code, as in maps/numbers.py."""
    read: Read


NEED, AGE = Trait("depression", "share", depression), Trait("age_65_plus", "share", share_65_plus)
INCOME, NEAR_POVERTY = Trait("median_income", "usd", median_income), Trait("near_poverty", "share", share_near_poverty)
RURAL_CODE, OUTSIDE_METRO = Trait("rucc", "code", rural_code), Trait("outside_metro", "share", share_outside_metro)
TRAITS: Final = {
    "county": (NEED, INCOME, RURAL_CODE, AGE),
    "state": (NEED, INCOME, OUTSIDE_METRO, AGE),
    "district": (NEED, NEAR_POVERTY, OUTSIDE_METRO, AGE),
}
"""By level: need, income, rurality, age."""


@dataclass(frozen=True)
class Alike:
    """A place with its distance (0 for one that is the same in all four) and its figures by trait, in the trait's unit."""

    geoid: str
    distance: float
    figures: Mapping[str, float]


@dataclass(frozen=True)
class Similar:
    """The places nearest to one, nearest first.

    `own` are its own figures by trait, `missing` the traits for which it has none: then `places` is empty. `left_out` counts the other
    places of the level that are compared with none, since a figure of theirs is missing.
    """

    geoid: str
    traits: tuple[Trait, ...]
    own: Mapping[str, float]
    places: tuple[Alike, ...]
    missing: tuple[str, ...]
    compared: int
    """Other places of the level that have all four figures."""
    left_out: int


def similar(geoid: str, tables: Tables, most: int = MOST) -> Similar:
    """The places of the same level that are nearest in need, income, rurality and age.

    Each of the four is standardised, (value - mean) / standard deviation over all places of the level that have all four, each place
    counting once; the distance is the Euclidean one, so that all four weigh the same. One that is the same everywhere parts nobody. Places
    at equal distance come in the order of their ids. Alike in these four is not alike in all: no cause and no peer group is claimed.
    Raises ValueError for a place nobody knows, and for the nation, which has nothing to be held against.
    """
    known_place(geoid, tables)
    level = level_of(geoid)
    if level not in TRAITS:
        raise ValueError("There is one nation here: similar places are found for counties, districts and states.")
    return CACHE.get((version_without_sites(tables), "similar", geoid, most), lambda: _similar(geoid, level, tables, most))


def _similar(geoid: str, level: str, tables: Tables, most: int) -> Similar:
    geoids, figures = _figures(level, tables)
    traits = TRAITS[level]
    own = int(np.flatnonzero(geoids == geoid)[0])
    told = {trait.id: float(one) for trait, one in zip(traits, figures[own], strict=True)}
    missing = tuple(name for name, one in told.items() if np.isnan(one))
    whole = np.asarray(np.isfinite(figures).all(axis=1))
    others = int(whole.sum()) - int(whole[own])
    left_out = len(geoids) - 1 - others
    if missing:
        return Similar(geoid, traits, MappingProxyType(told), (), missing, others, left_out)
    distance = distances(figures, own)
    order = [row for row in np.lexsort((geoids.astype(str), distance)) if row != own and whole[row]][:most]
    found = tuple(
        Alike(
            str(geoids[row]),
            float(distance[row]),
            MappingProxyType({trait.id: float(one) for trait, one in zip(traits, figures[row], strict=True)}),
        )
        for row in order
    )
    return Similar(geoid, traits, MappingProxyType(told), found, (), others, left_out)


def _figures(level: str, tables: Tables) -> tuple[npt.NDArray[np.object_], Floats]:
    """Ids of the level's places, and a row of figures for each."""

    def compute() -> tuple[npt.NDArray[np.object_], Floats]:
        return county_membership(level, tables).geoids, np.column_stack([trait.read(level, tables) for trait in TRAITS[level]])

    return CACHE.get((version_without_sites(tables), "traits", level), compute)


def distances(figures: Floats, own: int) -> Floats:
    """Euclidean distance of each row from one of them, every column standardised over the rows that are whole; NaN for the others.

    >>> distances(np.array([[0.0, 5.0], [2.0, 5.0], [4.0, np.nan]]), 0)
    array([ 0.,  2., nan])
    """
    whole = figures[np.isfinite(figures).all(axis=1)]
    spread = whole.std(axis=0)
    scaled = (figures - figures[own]) / np.where(spread > 0, spread, 1.0)
    return np.asarray(np.sqrt((scaled**2).sum(axis=1)))
