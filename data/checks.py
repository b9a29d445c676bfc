"""Checks on what goes into the build and what comes out. Each failure is one sentence with the numbers in it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from data.errors import DataError

COUNTIES = 3_144
STATES = 51
"""Fifty states and the District of Columbia. Puerto Rico and the territories are left out, here and only here."""

TERRITORIES = frozenset({"60", "66", "69", "72", "74", "78"})


def expect(condition: bool, sentence: str) -> None:
    """Raise DataError with the sentence unless the condition holds."""
    if not condition:
        raise DataError(sentence)


def without_territories(frame: pd.DataFrame, fips: str) -> pd.DataFrame:
    """The rows of the fifty states and DC; `fips` is a column of state or county codes as text."""
    return frame[~frame[fips].str[:2].isin(TERRITORIES)]


def expect_total(values: pd.Series, total: float, what: str, tolerance: float = 0.0) -> None:
    """The sum of `values` is `total`, within `tolerance` (absolute)."""
    found = float(values.sum())
    expect(abs(found - total) <= tolerance, f"{what} sum to {found:,.0f}; {total:,.0f} were expected.")


def expect_counties(geoids: Iterable[str], what: str, missing: Iterable[str] = ()) -> None:
    """Five digits, each once, and all 3,144 of today's counties but those known to be `missing`."""
    codes = pd.Series(list(geoids), dtype="str")
    bad = codes[~codes.str.fullmatch(r"\d{5}")]
    expect(bad.empty, f"{what}: {bad.head(3).tolist()} are no five-digit county codes.")
    twice = codes[codes.duplicated()]
    expect(twice.empty, f"{what}: {twice.head(3).tolist()} stand there more than once.")
    wanted = COUNTIES - len(set(missing))
    expect(len(codes) == wanted, f"{what}: {len(codes):,} counties; {wanted:,} were expected.")


def expect_interval(frame: pd.DataFrame, low: str, value: str, high: str, what: str) -> None:
    """low <= value <= high wherever all three are known."""
    known = frame[[low, value, high]].dropna()
    wrong = known[(known[low] > known[value]) | (known[value] > known[high])]
    expect(wrong.empty, f"{what}: {len(wrong)} intervals do not contain their value, the first at row {wrong.index[:1].tolist()}.")


def expect_share(values: pd.Series, what: str) -> None:
    """Every known value lies between 0 and 1."""
    known = values.dropna().to_numpy(dtype=float)
    expect(bool(np.all((known >= 0) & (known <= 1))), f"{what}: not every value lies between 0 and 1.")
