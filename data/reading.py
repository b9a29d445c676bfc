"""Official text files as text first: leading zeros stay, blanks stay blanks, and only then are numbers made of words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import pandas as pd

from data.checks import expect
from data.errors import DataError

NOT_AVAILABLE = -999.0
"""Federal files write missing as -999, -666666666, -888888888 and the like; none of the quantities here is ever that low."""

BLANKS = ["", ".", "*", "nan"]


def read_text(path: Path, separator: str = ",", encoding: str = "utf-8-sig", needs: Iterable[str] = ()) -> pd.DataFrame:
    """The whole file as text, one row a line, header names stripped of padding.

    Raises DataError when the file is no such table or a column in `needs` is not in it.
    """
    # pipe-delimited files know no quotes: a stray one in a name would otherwise swallow the lines after it
    quoting: Literal[0, 3] = 0 if separator == "," else 3  # csv.QUOTE_MINIMAL, csv.QUOTE_NONE
    try:
        frame: pd.DataFrame = pd.read_csv(path, sep=separator, dtype="str", keep_default_na=False, encoding=encoding, quoting=quoting)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise DataError(f"{path.name} cannot be read as a table ({type(error).__name__}); download it again.") from None
    frame.columns = frame.columns.str.strip()
    expect_columns(frame, needs, path.name)
    return frame


def expect_columns(frame: pd.DataFrame, needs: Iterable[str], what: str) -> None:
    """Every column in `needs` is there."""
    gone = [column for column in needs if column not in frame.columns]
    expect(not gone, f"{what} has no column {', '.join(gone[:5])}; its layout is not the one this reader knows.")


def numbers(values: pd.Series, what: str) -> pd.Series:
    """Text to float64: blank, `.`, `*` and the federal sentinels become missing; any other word is an error."""
    text = values.str.strip()
    text = text.mask(text.isin(BLANKS))
    found = pd.to_numeric(text, errors="coerce").astype("float64")
    wrong = text[text.notna() & found.isna()]
    expect(wrong.empty, f"{what}: {wrong.head(3).tolist()} are no numbers.")
    return found.mask(found <= NOT_AVAILABLE)


def counts(values: pd.Series, what: str) -> pd.Series:
    """Text to int64; a missing or broken count is an error."""
    found = numbers(values, what)
    expect(bool(found.notna().all()), f"{what}: {int(found.isna().sum())} counts are missing.")
    expect(bool((found == found.round()).all()), f"{what}: not every count is whole.")
    return found.astype("int64")


def share_of_percent(values: pd.Series, what: str) -> pd.Series:
    """Percent as text to a share of 0 to 1, rounded where a binary fraction would show (14.4 % is 0.144)."""
    return (numbers(values, what) / 100).round(6)


NATION = "us"


def place_codes(state: pd.Series, county: pd.Series) -> pd.Series:
    """State and county codes as text to geoids: five digits for a county, two for a state (county 000), `us` for the nation."""
    state, county = state.str.strip().str.zfill(2), county.str.strip().str.zfill(3)
    geoid = (state + county).where(county != "000", state)
    return geoid.where(geoid != "00", NATION)


def counties_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The counties among the places of a frame."""
    return frame[frame["geoid"].str.len() == 5].reset_index(drop=True)


def states_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The states among the places of a frame."""
    return frame[frame["geoid"].str.fullmatch(r"\d{2}")].reset_index(drop=True)


def nation_of(frame: pd.DataFrame) -> pd.DataFrame:
    """The nation's row of a frame of places."""
    return frame[frame["geoid"] == NATION].reset_index(drop=True)
