"""What changed at a place: within reach of the federal directory's sites year by year, and Medicare's amount for a visit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from analytics.indicators import indicators
from analytics.model import figure
from analytics.places import level_of
from analytics.prices import allowed_amount, years
from analytics.query import Query
from analytics.refusal import STATED_BY_DIRECTORIES, refuse
from analytics.supply import known_sites
from analytics.tables import Tables

DIRECTORIES: Final = ("samhsa_2022", "samhsa_2023", "samhsa_2024")
CODE: Final = "G2083"


@dataclass(frozen=True)
class Step:
    """One year: the value in the unit of its trend, and for a directory how many such sites it names in the whole nation."""

    year: int
    value: float
    sites: int = 0


def directory_trend(query: Query, tables: Tables) -> tuple[Step, ...]:
    """Share of the place's adults within 30 miles of a site of the federal directory, edition by edition: one list made in one way, so that
    its years may be laid side by side. Empty where the directories say nothing (of esketamine they are silent), or bear no such share."""
    if query.modality not in STATED_BY_DIRECTORIES:
        return ()
    level = level_of(query.place)
    asked = query.with_(measure="within_30_miles", level="county" if level == "nation" else level)
    found = []
    for layer in DIRECTORIES:
        one = asked.with_(layers=(layer,))
        if refuse(one, indicators()[one.measure], tables) is not None:
            continue
        told = figure(one, tables)
        if told is not None and told.has_value:
            found.append(Step(int(re.sub(r"\D", "", layer)), told.value, known_sites(one, tables)))
    return tuple(found) if len(found) > 1 else ()


def amount_trend(place: str, tables: Tables) -> tuple[Step, ...]:
    """Medicare's amount for an esketamine visit over 56 mg in an office, dollars of each year."""
    amounts = [allowed_amount(CODE, year, place, tables) for year in years(tables)]
    return tuple(Step(one.year, one.usd) for one in amounts)
