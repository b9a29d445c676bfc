"""What is drawn of two measures, a ranking or conditions, as CSV: the values with their status, and what the picture makes of them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.conditions import Meeting
from analytics.indicator import Indicator
from analytics.model import Result
from analytics.ranking import Ranking
from analytics.together import Pair
from data.user_file import csv_bytes, defused
from maps.files import file_name, number

THIRD = {0: "low", 1: "middle", 2: "high", -1: ""}
Columns = dict[str, Sequence[object]]


def written(columns: Columns) -> bytes:
    """UTF-8 CSV with CRLF line ends (RFC 4180)."""
    return csv_bytes([columns, *zip(*columns.values(), strict=True)])


def numbers(values: pd.Series, indicator: Indicator) -> list[str]:
    return [number(float(one), indicator.unit) for one in values]


def places_of(frame: pd.DataFrame) -> Columns:
    return {"geoid": frame["geoid"].to_list(), "name": [defused(str(one)) for one in frame["name"]]}


def named(result: Result) -> str:
    """The column of a measure; modelled values are named so, and the second of two of one measure by its kind of therapy."""
    return f"{result.indicator.id}{'_modelled' if result.modelled else ''}"


def pair_csv(pair: Pair, with_thirds: bool) -> bytes:
    """Both measures of every place, with status and adults; for the map of both also the third of each, where both have a value."""
    frame = pair.frame
    first, second = named(pair.first), named(pair.second)
    if first == second:
        first, second = f"{first}_first", f"{second}_second"
    columns = places_of(frame) | {
        first: numbers(frame["x"], pair.first.indicator),
        f"status_{first}": frame["status_x"].to_list(),
        second: numbers(frame["y"], pair.second.indicator),
        f"status_{second}": frame["status_y"].to_list(),
    }
    if with_thirds:
        for name, one in zip((first, second), pair.thirds, strict=True):
            columns[f"third_{name}"] = [THIRD[int(at)] for at in one.third]
    return written(columns | {"adults_2023": [number(float(one), "people") for one in frame["people"]]})


def ranking_csv(found: Ranking) -> bytes:
    """Every place with a value in order, with its interval and whether it is in the worst tenth."""
    frame, indicator = found.frame, found.result.indicator
    columns: Columns = {"rank": frame["rank"].to_list(), "last_rank": frame["last_rank"].to_list(), **places_of(frame)}
    for name, column in ((named(found.result), "value"), ("low", "low"), ("high", "high")):
        columns[name] = numbers(frame[column], indicator)
    tenth = "in_worst_tenth" if indicator.worse else "in_highest_tenth"
    columns |= {"status": frame["status"].to_list(), tenth: frame["verdict"].to_list()}
    return written(columns | {"adults_2023": [number(float(one), "people") for one in frame["people"]]})


def conditions_csv(found: Meeting) -> bytes:
    """Every place with each condition's value, status and whether it is met, and whether all are."""
    columns = places_of(found.frame) | {"meets_all": found.frame["met"].to_list()}
    for position, one in enumerate(found.checked):
        if one.refused:
            continue
        name = f"{named(one.result)}_{one.condition.sign}_{one.condition.value:g}"
        columns[f"{position + 1}_{name}"] = found.frame[f"met_{position}"].to_list()
        columns[f"{position + 1}_value"] = numbers(found.frame[f"value_{position}"], one.indicator)
        columns[f"{position + 1}_status"] = found.frame[f"status_{position}"].to_list()
    return written(columns | {"adults_2023": [number(float(one), "people") for one in found.frame["people"]]})


def together_name(what: str, result: Result, ending: str, second: Result | None = None) -> str:
    """Name of the file: the view's own, what it shows, and the second measure."""
    own = file_name(result, "x").removesuffix(".x")
    return f"{own}_{what}{f'_with-{second.query.measure}' if second is not None else ''}.{ending}"
