"""What Medicare allows for an esketamine visit: a payment rule, right for coinsurance, and not a market price.

The amount holds for drug, visit and two hours of observation together, in an office; a hospital's outpatient department has a rate of its
own. The facility component of the fee schedule leaves the drug out, is no price of anything, and is not in the tables: there is no way to
ask for it. What providers charge those who pay themselves is in analytics/self_pay.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from analytics import status
from analytics.cache import CACHE
from analytics.indicators._shapes import Floats, divided, frame
from analytics.places import in_territory, known_place, level_of
from analytics.query import NATION
from analytics.rollup import Membership, county_membership
from analytics.tables import Tables

VISITS: Final = MappingProxyType({"G2082": "an esketamine visit with up to 56 mg", "G2083": "an esketamine visit with over 56 mg"})
"""What Medicare's two codes stand for, in our words."""


@dataclass(frozen=True)
class Amount:
    """Medicare's allowed amount for one visit in an office, in dollars of its year.

    `usd` of a county or ZIP code is its payment locality's; of a state or district the mean of its counties by adults, with the `low`est
    and `high`est of them; of the nation the fee schedule's own. `locality` is "" above the county.
    """

    year: int
    hcpcs: str
    place: str
    usd: float
    low: float
    high: float
    status: str
    locality: str = ""


def years(tables: Tables) -> tuple[int, ...]:
    """The years for which there are amounts, first to last."""
    return tuple(sorted(int(year) for year in tables["medicare_national"]["year"].unique()))


def checked(hcpcs: str, year: int, tables: Tables) -> None:
    if hcpcs not in VISITS:
        raise ValueError(f"There is no Medicare amount for “{hcpcs}”; there is one for G2082 (up to 56 mg) and for G2083 (over 56 mg).")
    known = years(tables)
    if year not in known:
        raise ValueError(f"Medicare's amounts are known from {known[0]} to {known[-1]}; {year} is outside of that.")


def by_locality(hcpcs: str, year: int, tables: Tables) -> pd.Series:
    """Allowed amount in USD of each payment locality of that year, indexed by locality."""
    checked(hcpcs, year, tables)
    amounts = tables["medicare_amounts"]
    of_year = amounts[(amounts["year"] == year) & (amounts["hcpcs"] == hcpcs)]
    return of_year.set_index("locality")["allowed_usd"]


def national_amount(hcpcs: str, year: int, tables: Tables) -> float:
    """The fee schedule's own: relative value units times conversion factor. It is no mean over places."""
    checked(hcpcs, year, tables)
    national = tables["medicare_national"]
    return float(national.loc[(national["year"] == year) & (national["hcpcs"] == hcpcs), "allowed_usd"].iloc[0])


def before_the_merger(year: int, tables: Tables) -> bool:
    """Whether in that year the localities still stood that others have taken over since (112 of them until 2023, 109 after)."""
    localities = tables["localities"]
    return bool(year <= localities.loc[localities["successor"].notna(), "last_year"].max())


def county_localities(year: int, tables: Tables) -> pd.Series:
    """The one payment locality of each county in that year, from CMS's list of counties, indexed by geoid in the order of the counties."""
    listed = tables["county_localities"].set_index("geoid")["locality_until_2023" if before_the_merger(year, tables) else "locality"]
    return listed.reindex(tables["counties"]["geoid"])


def county_amounts(hcpcs: str, year: int, tables: Tables) -> Floats:
    """USD for each county, in the order of the table of counties. Never averaged over ZIP codes."""
    amounts = by_locality(hcpcs, year, tables).reindex(county_localities(year, tables))
    return np.asarray(amounts.to_numpy(dtype=float))


def least_and_greatest(membership: Membership, values: Floats) -> tuple[Floats, Floats]:
    """Of the counties in each place, however small their part of it."""
    low, high = np.full(len(membership.geoids), np.inf), np.full(len(membership.geoids), -np.inf)
    np.minimum.at(low, membership.place, values[membership.row])
    np.maximum.at(high, membership.place, values[membership.row])
    return low, high


def over_counties(level: str, value: Floats, weight: Floats, tables: Tables) -> pd.DataFrame:
    """Mean of the counties of each place, weighted by `weight`, with the least and greatest of them, as every measure returns it.

    Where all counties of a place have one value, that is the rule itself; a mean of several is modelled.
    """
    membership = county_membership(level, tables)
    low, high = least_and_greatest(membership, value)
    mean = divided(membership.sums(value * weight), membership.sums(weight))
    kind = np.where(low == high, status.OBSERVED, status.MODELLED)
    # Where all counties share one value, rounding may put their mean a hair outside of it.
    return frame(membership.geoids, np.clip(mean, low, high), kind, low, high)


def allowed_amounts(hcpcs: str, year: int, level: str, tables: Tables) -> pd.DataFrame:
    """Amounts of all places of a level: geoid, value (USD), low, high, status. `level` is county, district, state or nation."""
    checked(hcpcs, year, tables)
    return CACHE.get((tables.version, "allowed", hcpcs, year, level), lambda: _allowed_amounts(hcpcs, year, level, tables))


def _allowed_amounts(hcpcs: str, year: int, level: str, tables: Tables) -> pd.DataFrame:
    value = county_amounts(hcpcs, year, tables)
    if level == "county":
        return frame(tables["counties"]["geoid"], value, status.OBSERVED)
    if level == "nation":
        return frame([NATION], [national_amount(hcpcs, year, tables)], status.OBSERVED, [value.min()], [value.max()])
    return over_counties(level, value, tables["counties"]["adults"].to_numpy(dtype=float), tables)


def allowed_amount(hcpcs: str, year: int, place: str, tables: Tables) -> Amount:
    """The amount for a county, district, state or the nation by its id; ValueError for a place, code or year that is not known."""
    checked(hcpcs, year, tables)
    known_place(place, tables)
    level = level_of(place)
    rows = allowed_amounts(hcpcs, year, level, tables)
    row = rows[rows["geoid"] == place].iloc[0]
    locality = str(county_localities(year, tables)[place]) if level == "county" else ""
    return Amount(year, hcpcs, place, float(row["value"]), float(row["low"]), float(row["high"]), str(row["status"]), locality)


def allowed_amount_at_zip(hcpcs: str, year: int, zip_code: str, tables: Tables) -> Amount:
    """The amount at a ZIP code with an area; ValueError with a sentence for every other."""
    locality = zip_locality(zip_code, year, tables)
    usd = float(by_locality(hcpcs, year, tables)[locality])
    return Amount(year, hcpcs, zip_code, usd, np.nan, np.nan, status.OBSERVED, locality)


def zip_locality(zip_code: str, year: int, tables: Tables) -> str:
    """The payment locality of a ZIP code in that year. CMS's list is today's: where a locality took over others, the ZIP's county says
    to which of them it belonged. CMS's own half states EM, WM, EK and WK are Missouri and Kansas.
    """
    if not (zip_code.isascii() and zip_code.isdigit() and len(zip_code) == 5):
        raise ValueError(f"A ZIP code has five digits, such as 60601; “{zip_code[:20]}” is none.")
    if in_territory(zip_code):
        raise ValueError(f"The ZIP code {zip_code} lies in a territory; the atlas covers the fifty states and DC, so try a ZIP code there.")
    zips, areas = tables["zip_localities"], tables["zctas"]
    listed, area = zips[zips["zip"] == zip_code], areas[areas["zcta"] == zip_code]
    if listed.empty:
        raise ValueError(
            f"The ZIP code {zip_code} is not in the fifty states or DC, or not in use; try a neighbouring ZIP code or choose the county."
        )
    if area.empty:
        raise ValueError(
            f"The ZIP code {zip_code} has no area of its own (post-office boxes or one large receiver); "
            f"use the ZIP code of a street address, or choose the county in {listed['state'].iloc[0]}."
        )
    today = str(listed["locality"].iloc[0])
    if not before_the_merger(year, tables):
        return today
    localities = tables["localities"]
    merged = {today, *localities.loc[localities["successor"] == today, "locality"]}
    then = str(county_localities(year, tables)[area["county"].iloc[0]])
    return then if then in merged else today


def allowed_trend(place: str, tables: Tables) -> pd.DataFrame:
    """Amounts of a place year by year, for both codes: year, hcpcs, amount (USD of that year), low, high, status."""
    amounts = [allowed_amount(hcpcs, year, place, tables) for hcpcs in VISITS for year in years(tables)]
    columns = {"year": "year", "hcpcs": "hcpcs", "usd": "amount", "low": "low", "high": "high", "status": "status"}
    return pd.DataFrame([{column: getattr(one, name) for name, column in columns.items()} for one in amounts])


def hospital_amounts(tables: Tables) -> pd.DataFrame:
    """What Medicare pays a hospital's outpatient department for the same visit: year, hcpcs, amount, minimum_copayment (USD, national).

    Another payment system and often another year than the office's amount: they stand beside each other, and no difference is computed.
    """
    rates = tables["opps"]
    rates = rates[rates["hcpcs"].isin(list(VISITS))].sort_values(["year", "hcpcs"])
    return rates.rename(columns={"payment_usd": "amount", "minimum_copayment_usd": "minimum_copayment"})[
        ["year", "hcpcs", "amount", "minimum_copayment"]
    ].reset_index(drop=True)
