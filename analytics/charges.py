"""What one visit comes to before anybody has paid, place by place: Medicare's amounts, and published prices of infusions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analytics.assumptions import Assumptions
from analytics.cache import CACHE
from analytics.prices import allowed_amounts, years
from analytics.self_pay import distribution, published_ranges
from analytics.tables import Tables
from data.parameter import load

Floats = npt.NDArray[np.float64]

PRICE = "affordability/iv_session_price"
"""The assumption that a person may put in place of the published prices."""


@dataclass(frozen=True)
class Span:
    """A quantity at each place (n), or one number for all: the least, the typical and the most it may be."""

    low: Floats
    value: Floats
    high: Floats

    @classmethod
    def of(cls, low: npt.ArrayLike, value: npt.ArrayLike, high: npt.ArrayLike) -> Span:
        return cls(*(np.asarray(one, dtype=float) for one in (low, value, high)))

    @classmethod
    def one(cls, value: npt.ArrayLike) -> Span:
        return cls.of(value, value, value)

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.value + other.value, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        """End by end: how much more the one is than the other at its least, typically and at its most."""
        return Span(self.low - other.low, self.value - other.value, self.high - other.high)

    def times(self, factor: float | Span) -> Span:
        """Times a number, or end by end times another span."""
        if isinstance(factor, Span):
            return Span(self.low * factor.low, self.value * factor.value, self.high * factor.high)
        return Span(self.low * factor, self.value * factor, self.high * factor)

    def each(self, function: Callable[[Floats], Floats]) -> Span:
        return Span(function(self.low), function(self.value), function(self.high))


@dataclass(frozen=True)
class Charges:
    """What one visit comes to before anybody has paid, at the places of a level (n)."""

    geoids: npt.NDArray[np.object_]
    at_56_mg: Span
    """Esketamine with up to 56 mg: Medicare's amount for G2082, USD."""
    over_56_mg: Span
    """Esketamine over 56 mg: G2083."""
    infusion: Span
    """One infusion of ketamine, paying oneself: 10th, 50th and 90th percentile of the prices that providers publish, one vote each.
    One national number that stands at every place."""
    self_pay_esketamine: tuple[float, float]
    """Least and greatest that others state of a self-pay visit for esketamine; no provider in hand publishes its own."""
    rebate_excluded: npt.NDArray[np.bool_]
    """Whether the place's residents can't have the maker's rebate on the observation."""

    def at(self, positions: npt.NDArray[np.intp]) -> Charges:
        """Those of some places alone."""

        def some(span: Span) -> Span:
            return span.each(lambda values: values[positions])

        return replace(
            self,
            geoids=self.geoids[positions],
            at_56_mg=some(self.at_56_mg),
            over_56_mg=some(self.over_56_mg),
            infusion=some(self.infusion),
            rebate_excluded=self.rebate_excluded[positions],
        )

    def alike(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """One place of each kind that has the same charges, and of which kind every place is: some 110 payment localities stand
        for 3,144 counties."""
        rows = np.column_stack([self.at_56_mg.value, self.over_56_mg.value, self.infusion.value, self.rebate_excluded])
        _, first, kind = np.unique(rows, axis=0, return_index=True, return_inverse=True)
        return first, np.ravel(kind)


def charges(level: str, tables: Tables, assumptions: Assumptions = ()) -> Charges:
    """Charges at the places of a level: county, district, state or nation."""
    return with_price(CACHE.get((tables.version, "charges", level), lambda: _charges(level, tables)), assumptions)


def with_price(charges_: Charges, assumptions: Assumptions) -> Charges:
    """With the price of an infusion that a person assumes, which then has no range."""
    given = dict(assumptions).get(PRICE)
    return charges_ if given is None else replace(charges_, infusion=Span.one(np.full(len(charges_.geoids), given)))


def _charges(level: str, tables: Tables) -> Charges:
    year = years(tables)[-1]

    def amount(hcpcs: str) -> Span:
        rows = allowed_amounts(hcpcs, year, level, tables)
        value, low, high = (rows[name].to_numpy(dtype=float) for name in ("value", "low", "high"))
        return Span(np.where(np.isnan(low), value, low), value, np.where(np.isnan(high), value, high))

    geoids = allowed_amounts("G2083", year, level, tables)["geoid"].to_numpy(dtype=object)
    published = distribution("iv", tables)
    stated = published_ranges("esketamine", tables)
    stated = stated[stated["unit"] == "session"]
    states = tables["states"]
    excluded = states.loc[states["state"].isin(list(load("copay_programme/observation_rebate_excluded").latest)), "geoid"]
    return Charges(
        geoids,
        amount("G2082"),
        amount("G2083"),
        Span(*(np.full(len(geoids), published.percentiles[one]) for one in (10, 50, 90))),
        (float(stated["price_low_usd"].min()), float(stated["price_high_usd"].max())),
        np.isin([str(geoid)[:2] for geoid in geoids], excluded),
    )
