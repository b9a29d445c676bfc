"""Which assumption moves the share of households over the line most: one at a time, and all that is uncertain at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics import schedules
from analytics.affordability import Incomes, households_over, incomes
from analytics.assumptions import Changeable, assumed, changeable
from analytics.charges import PRICE, Charges, charges, with_price
from analytics.out_of_pocket import cost_at, parameters
from analytics.places import known_place, level_of
from analytics.query import NATION, Query
from analytics.rollup import county_membership
from analytics.tables import Tables

Floats = npt.NDArray[np.float64]

LINE: Final = ("affordability/burden_share", "affordability/poverty_multiple", "affordability/income_factor")
"""What the line rests on, whoever pays."""
FIXED: Final = (
    "affordability/burden_share",
    "affordability/poverty_multiple",
    "commercial/out_of_pocket_limit",
    "copay_programme/drug_copay",
    "medicare/advantage_limit",
    "medicare/part_b_coinsurance",
    "medicare/part_b_deductible",
    "treatment/",
    "va/visits_without_copay",
)
"""Rules in force, what is asked for, and where the line is drawn: bars show what another would change, but they are not in doubt, so
that the draws leave them alone."""
BAR_COLUMNS: Final = (
    "assumption",
    "words",
    "unit",
    "kind",
    "setting_low",
    "setting",
    "setting_high",
    "at_low",
    "value",
    "at_high",
    "spread",
)
SEED: Final = 20_260_101
REPORT_EVERY: Final = 50


@dataclass(frozen=True)
class Setting:
    """One assumption with the ends it is moved to. `kind` is "uncertain", or "what if" for rules, schedules and the line itself."""

    id: str
    words: str
    unit: str
    low: float
    value: float
    high: float

    @property
    def kind(self) -> str:
        return "what if" if self.id.startswith(FIXED) else "uncertain"


def settings(query: Query, tables: Tables) -> tuple[Setting, ...]:
    """Every assumption that this question's share rests on and that has a range.

    Parameters with low, typical and high move what is typical between their own ends, the price of an infusion between the 10th and
    90th percentile of published prices, all others over their range.
    """
    found = []
    for name in (*parameters(query), *LINE):
        for one in changeable().values():
            if one.parameter.id != name or one.part in ("low", "high"):
                continue
            low, high = ends(one, query, tables)
            value = dict(query.assumptions).get(one.id, one.value)
            found.append(Setting(one.id, one.label, one.parameter.unit, min(low, value), value, max(high, value)))
    return tuple(found)


def ends(one: Changeable, query: Query, tables: Tables) -> tuple[float, float]:
    if one.id == PRICE:
        price = charges("nation", tables).infusion
        return float(price.low[0]), float(price.high[0])
    if one.part == "typical":
        parts = assumed(one.parameter.id, query.assumptions)
        return float(parts["low"]), float(parts["high"])
    return one.low, one.high


@dataclass(frozen=True)
class _Model:
    """What stays the same from one setting to the next: where the charges are alike, incomes, and which counties make up the place."""

    query: Query
    charges: Charges
    """Of one county of each kind with the same charges."""
    kind: npt.NDArray[np.intp]
    """(counties)"""
    incomes: Incomes
    part: Floats
    """(counties) how much of each belongs to the place."""

    @classmethod
    def of(cls, query: Query, place: str, tables: Tables) -> _Model:
        known_place(place, tables)
        membership = county_membership(level_of(place), tables)
        inside = membership.geoids[membership.place] == place
        known = incomes(tables)
        part = np.bincount(membership.row[inside], weights=membership.share[inside], minlength=len(known.households)).astype(float)
        counties = charges("county", tables)
        first, kind = counties.alike()
        return cls(query, counties.at(first), kind, known, part)

    def share(self, changed: dict[str, float], open_part: float = 0.0, **asked: Any) -> float:
        """The place's share of households over the line, with `open_part` of the open brackets that the line falls into."""
        assumptions = tuple(sorted({**dict(self.query.assumptions), **changed}.items()))
        query = self.query.with_(assumptions=assumptions, **asked)
        costs = cost_at(query, with_price(self.charges, assumptions))
        least, most = households_over(costs.value[self.kind], self.incomes, assumptions)
        return float(self.part @ (least + open_part * (most - least)) / (self.part @ self.incomes.households))


def bars(query: Query, place: str, tables: Tables) -> pd.DataFrame:
    """The share of households over the line at a place with one assumption at a time at each end: BAR_COLUMNS, widest first.

    `at_low` and `at_high` are the shares at the assumption's low and high setting (so either may be the greater). For esketamine one row,
    "schedule", runs from a first course to the longest first year of the label, in visits. ValueError for what is refused.
    """
    model = _Model.of(query, place, tables)
    base = model.share({})
    rows: list[tuple[Any, ...]] = [
        (
            one.id,
            one.words,
            one.unit,
            one.kind,
            one.low,
            one.value,
            one.high,
            model.share({one.id: one.low}),
            base,
            model.share({one.id: one.high}),
        )
        for one in settings(query, tables)
    ]
    treatment = schedules.treatment_of(query)
    if treatment == "esketamine":
        numbers = [schedules.visits(treatment, one, query.assumptions).number for one in ("course", query.schedule, "label_year_high")]
        at_ends = [model.share({}, schedule=one) for one in ("course", "label_year_high")]
        rows.append(("schedule", "Schedule: visits", "visits", "what if", *numbers, at_ends[0], base, at_ends[1]))
    found = pd.DataFrame([(*row, spread(row)) for row in rows], columns=list(BAR_COLUMNS))
    return found.sort_values(["spread", "assumption"], ascending=[False, True], ignore_index=True)


def spread(row: tuple[Any, ...]) -> float:
    """From the least to the greatest of the shares at the low setting, as it is, and at the high setting."""
    return float(max(row[-3:]) - min(row[-3:]))


@dataclass(frozen=True)
class Draws:
    """The share of households in many draws of everything uncertain at once; fewer than `asked` where it was cancelled."""

    values: Floats
    asked: int

    @property
    def complete(self) -> bool:
        return len(self.values) == self.asked

    def quantile(self, share: float) -> float:
        """NaN where nothing was drawn."""
        return float(np.quantile(self.values, share)) if len(self.values) else float("nan")


def draws(
    query: Query,
    tables: Tables,
    place: str = NATION,
    number: int = 1_000,
    *,
    seed: int = SEED,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Draws:
    """The share at a place in `number` draws, the same for the same seed.

    What is uncertain is drawn from a triangle with its peak at the value in use, each independently; of open brackets a part from none
    to all. Rules in force, the schedule asked for and the line itself stay (FIXED). The survey's own error is not in it: brackets have no
    margins in hand. `progress(done, number)` is told every 50 draws, and `cancelled()` asked, which ends it with those drawn.
    """
    model = _Model.of(query, place, tables)
    uncertain = [one for one in settings(query, tables) if one.kind == "uncertain"]
    values = np.fromiter(_drawn(model, uncertain, number, np.random.default_rng(seed), progress, cancelled), dtype=float)
    return Draws(values, number)


def _drawn(
    model: _Model,
    uncertain: list[Setting],
    number: int,
    random: np.random.Generator,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Iterator[float]:
    for done in range(number):
        if done % REPORT_EVERY == 0:
            if cancelled is not None and cancelled():
                return
            if progress is not None:
                progress(done, number)
        changed = {one.id: random.triangular(one.low, one.value, one.high) if one.low < one.high else one.value for one in uncertain}
        yield model.share(changed, open_part=random.random())
    if progress is not None:
        progress(number, number)
