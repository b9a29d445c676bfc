"""Who lives in the counties of each class: observed counts of counties added up, one trait at a time.

No trait is crossed with another, since no table here has two at once: that a class holds many households of low income and many people
far away does not say that they are the same. Kinds of cover have different years and universes, overlap, and are never added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.affordability import OWNER_EDGES, RENTER_EDGES
from analytics.barriers import CLASSES, asked
from analytics.cache import CACHE
from analytics.indicators._shapes import divided, numbers
from analytics.model import national_frame
from analytics.places import places
from analytics.query import Query
from analytics.tables import Tables

Floats = npt.NDArray[np.float64]

MADE_UP_COLUMNS: Final = ("section", "group", "unit", "vintage", "class", "number", "share", "missing", "missing_adults")


@dataclass(frozen=True)
class Trait:
    """One row: the columns of the counties that are added up, and those of whom the group is a share."""

    section: str
    group: str
    unit: str
    """Whom it counts: counties, adults, people or households."""
    vintage: str
    columns: tuple[str, ...]
    of: tuple[str, ...] = ()
    """Columns of the whole; empty where there is no whole of the same kind."""
    rucc: tuple[int, ...] = ()
    """Only counties with one of these codes; empty: all."""
    published_share: bool = False
    """The column is a share as published, and is weighed by the people of the whole: there is a share, and no count."""


def brackets(lower: int, upper: int | None) -> tuple[str, ...]:
    """The columns of households, owners and renters, with an income from `lower` up to under `upper` thousand dollars."""
    end = np.inf if upper is None else upper * 1_000
    return tuple(
        f"households_{tenure}_{edge // 1_000}k" if edge else f"households_{tenure}_0"
        for tenure, edges in (("owner", OWNER_EDGES), ("renter", RENTER_EDGES))
        for edge in edges
        if lower * 1_000 <= edge < end
    )


RACES: Final = {
    "white, not Hispanic": "white_not_hispanic_people",
    "Black, not Hispanic": "black_people",
    "Hispanic, of any race": "hispanic_people",
    "Asian, not Hispanic": "asian_people",
    "American Indian or Alaska Native, not Hispanic": "american_indian_people",
    "Pacific Islander, not Hispanic": "pacific_people",
    "two or more races, not Hispanic": "two_or_more_people",
    "another race, not Hispanic": "other_race_people",
}
AGES: Final = {"18 to 24": "age_18_24", "25 to 44": "age_25_44", "45 to 64": "age_45_64", "65 and over": "age_65_plus"}
RURALITY: Final = {
    "metropolitan (codes 1 to 3)": (1, 2, 3),
    "other, beside a metropolitan county (4, 6, 8)": (4, 6, 8),
    "other, beside none (5, 7, 9)": (5, 7, 9),
}
INCOMES: Final = {
    "under $35,000": (0, 35),
    "$35,000 to $75,000": (35, 75),
    "$75,000 to $100,000": (75, 100),
    "$100,000 and over": (100, None),
}
COVER: Final = {
    "Medicaid": ("medicaid_people_2024", "2020-2024"),
    "traditional Medicare": ("medicare_traditional_people", "November 2025"),
    "Medicare Advantage": ("medicare_advantage_people", "November 2025"),
    "marketplace plans chosen": ("marketplace_selections_2024", "2024, counties of 32 states"),
}
COVER_SHARES: Final = {
    "employer's insurance alone": "employer_alone_share",
    "bought directly": "direct_purchase_any_share",
    "TRICARE": "tricare_any_share",
    "VA care": "va_any_share",
}

RACE, AGE, RURAL, INCOME, VEHICLE, UNINSURED, INSURED, SURVEYED = (
    "People by race and ethnicity",
    "Adults by age",
    "Adults by rural-urban code",
    "Households by income",
    "Households without a vehicle",
    "People of 18 to 64 without insurance",
    "People by kind of cover, counted",
    "People by kind of cover, as surveyed",
)

WHOLES: Final = ("Counties", "Adults")
"""What every make-up begins with."""

TRAITS: Final = (
    Trait("Counties", "all", "counties", "2025", ()),
    Trait("Adults", "all", "adults", "1 July 2023", ("adults",), ("adults",)),
    *(Trait(RACE, group, "people", "2018-2022", (column,), ("svi_population",)) for group, column in RACES.items()),
    *(Trait(AGE, group, "adults", "1 July 2023", (column,), ("adults",)) for group, column in AGES.items()),
    *(Trait(RURAL, group, "adults", "1 July 2023, codes of 2023", ("adults",), ("adults",), codes) for group, codes in RURALITY.items()),
    *(
        Trait(INCOME, group, "households", "2019-2023", brackets(lower, upper), brackets(0, None))
        for group, (lower, upper) in INCOMES.items()
    ),
    Trait(VEHICLE, "no vehicle", "households", "2018-2022", ("no_vehicle_households",), ("households_svi",)),
    Trait(UNINSURED, "no insurance", "people", "2022, before Medicaid's unwinding", ("uninsured_18_64",), ("population_18_64",)),
    *(Trait(INSURED, group, "people", vintage, (column,)) for group, (column, vintage) in COVER.items()),
    *(
        Trait(SURVEYED, group, "people", "2018-2022", (column,), ("svi_population",), published_share=True)
        for group, column in COVER_SHARES.items()
    ),
)


def make_up(query: Query, tables: Tables) -> pd.DataFrame:
    """Who lives in the counties of each class, in the question's state or the nation: MADE_UP_COLUMNS, a row for each trait and class.

    `number` is the count over the counties of the class that have the figure, `share` the same over the whole of its kind in those
    counties (the group's part of the people of the class; of "Adults" the class's part of all). `missing` counts the counties without
    the figure, which are in neither, and `missing_adults` their adults. Counties without a class are the class "". ValueError for what is
    refused.
    """
    own = asked(query, tables)
    state = places(tables)[own.place].state
    key = (tables.version, "make-up", own.with_(place=state or Query().place))
    return CACHE.get(key, lambda: _make_up(own, state, tables))


def _make_up(query: Query, state: str, tables: Tables) -> pd.DataFrame:
    counties = tables["counties"]
    value = national_frame(query.with_(level="county"), tables)["value"].to_numpy(dtype=float)
    here = (counties["geoid"].str[:2] == state).to_numpy() if state else np.ones(len(counties), dtype=bool)
    counties, value = counties[here], value[here]
    code = np.where(np.isnan(value), len(CLASSES), np.nan_to_num(value)).astype(np.intp)
    rows = [row for trait in TRAITS for row in counted_by_class(trait, counties, code)]
    return pd.DataFrame(rows, columns=list(MADE_UP_COLUMNS))


def counted_by_class(trait: Trait, counties: pd.DataFrame, code: npt.NDArray[np.intp]) -> list[tuple[object, ...]]:
    """The rows of a trait: one for each class, and one for counties without a class where there are such."""
    size = len(CLASSES) + 1

    def sums(values: npt.ArrayLike) -> Floats:
        return np.asarray(np.bincount(code, weights=np.asarray(values, dtype=float), minlength=size), dtype=np.float64)

    own, whole = added(counties, trait.columns), added(counties, trait.of)
    if trait.rucc:
        own = own * counties["rucc"].isin(trait.rucc).to_numpy()
    if trait.published_share:
        own = own * whole
    known = np.isfinite(own) & np.isfinite(whole)
    number, total = sums(np.where(known, own, 0)), sums(np.where(known, whole, 0))
    if trait.section == "Adults":
        total = np.full(size, number.sum())
    share = divided(number, total) if trait.of else np.full(size, np.nan)
    if trait.published_share:
        number = np.full(size, np.nan)
    missing, without = sums(~known), sums(np.where(known, 0, counties["adults"]))
    classes = (*CLASSES, "") if (code == len(CLASSES)).any() else CLASSES
    return [
        (trait.section, trait.group, trait.unit, trait.vintage, name, number[row], share[row], int(missing[row]), without[row])
        for row, name in enumerate(classes)
    ]


def added(counties: pd.DataFrame, columns: Sequence[str]) -> Floats:
    """The sum of some columns in each county, NaN where one is not had; 1 for no column, which counts the counties."""
    if not columns:
        return np.ones(len(counties))
    return np.asarray(sum(numbers(counties, column) for column in columns))
