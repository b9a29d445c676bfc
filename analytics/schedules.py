"""How many visits a treatment takes, at which dose and when: schedules of the label, of typical use, and a usual course of infusions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.assumptions import Assumptions, assumed
from analytics.query import MODALITIES, SCHEDULES, Query

Floats = npt.NDArray[np.float64]

PRICED: Final = {"iv": "IV ketamine", "esketamine": "esketamine"}
"""Kinds of therapy with a schedule, as they stand in a sentence."""
WEEKS_A_YEAR: Final = 52
DAYS_A_WEEK: Final = 7


@dataclass(frozen=True)
class Visits:
    """Visits of one treatment, or of its part in one year. A typical year may be no whole number of them."""

    at_56_mg: float
    """Esketamine visits with up to 56 mg (Medicare's G2082). Always 0 for infusions."""
    others: float
    """Esketamine visits over 56 mg (G2083), or infusions."""

    @property
    def number(self) -> float:
        return self.at_56_mg + self.others


def treatment_of(query: Query) -> str:
    """The kind of therapy that is priced: "any" is the usual one of who pays, infusions for oneself and esketamine under insurance."""
    if query.modality != "any":
        return query.modality
    return "iv" if query.payer == "self" else "esketamine"


def no_schedule(modality: str, schedule: str) -> str:
    """Why there is no such schedule, as a sentence; "" where there is one."""
    if schedule not in SCHEDULES:
        return f"There is no schedule “{schedule}”; there are {', '.join(SCHEDULES)}."
    if modality not in PRICED:
        return f"No label and no study in hand says how many visits a course of {MODALITIES.get(modality, modality)} takes, so that its cost cannot be added up."
    if modality == "iv" and schedule != "course":
        return "No label and no study gives a maintenance schedule for IV ketamine, so that there is a first course of infusions but no year of them."
    return ""


def parameters(modality: str, schedule: str) -> tuple[str, ...]:
    """Ids of the parameters that a schedule rests on, its number of visits first."""
    if modality == "iv":
        return ("treatment/iv_infusion",)
    number = "treatment/esketamine_typical" if schedule == "typical_year" else "treatment/esketamine_label"
    return (number, "treatment/visits_at_56_mg")


def visits(modality: str, schedule: str, assumptions: Assumptions = ()) -> Visits:
    """Visits of a schedule. ValueError with a sentence where there is none."""
    if reason := no_schedule(modality, schedule):
        raise ValueError(reason)
    if modality == "iv":
        return Visits(0.0, float(assumed("treatment/iv_infusion", assumptions)["course"]))
    label = assumed("treatment/esketamine_label", assumptions)
    number = {
        "course": label["weeks_1_4"],
        "typical_year": assumed("treatment/esketamine_typical", assumptions),
        "label_year_low": label["weeks_1_4"] + label["weeks_5_8"] + label["weeks_9_52_low"],
        "label_year_high": label["weeks_1_4"] + label["weeks_5_8"] + label["weeks_9_52_high"],
    }[schedule]
    at_56_mg = min(float(assumed("treatment/visits_at_56_mg", assumptions)), float(number))
    return Visits(at_56_mg, float(number) - at_56_mg)


def words(query: Query) -> str:
    """The treatment in a sentence: "a first course of IV ketamine", "a first year of esketamine per label, fewest visits"."""
    modality = treatment_of(query)
    span, comma, rest = SCHEDULES[query.schedule].partition(" as " if query.schedule == "typical_year" else " per ")
    return f"{span} of {PRICED.get(modality, MODALITIES[modality])}{comma}{rest}"


def days(modality: str, schedule: str, assumptions: Assumptions = ()) -> Floats:
    """The day of each visit, from 0, rising.

    Esketamine per label: twice a week in weeks 1-4, weekly in 5-8, then evenly to week 52. Typical use is spread evenly over the year,
    since its study gives no more than the number; infusions over their two to three weeks. Of a number of visits that is not whole the
    part over comes on the last day.
    """
    number = visits(modality, schedule, assumptions).number
    whole = int(np.ceil(number))
    if modality == "iv":
        span = float(assumed("treatment/iv_infusion", assumptions)["weeks_high"]) * DAYS_A_WEEK
        return np.floor(np.arange(whole) * span / max(whole, 1))
    if schedule == "typical_year":
        return np.floor(np.arange(whole) * WEEKS_A_YEAR * DAYS_A_WEEK / max(whole, 1))
    label = assumed("treatment/esketamine_label", assumptions)
    starts = ((0, 4, label["weeks_1_4"]), (4, 8, label["weeks_5_8"]), (8, WEEKS_A_YEAR, whole - label["weeks_1_4"] - label["weeks_5_8"]))
    parts = [DAYS_A_WEEK * (first + np.arange(count) * (last - first) / count) for first, last, count in starts if count > 0]
    return np.asarray(np.floor(np.concatenate(parts))[:whole])


def by_calendar_year(modality: str, schedule: str, start: date, assumptions: Assumptions = ()) -> Mapping[int, Visits]:
    """Visits in each calendar year of a treatment that starts on `start`: each year has its own deductible and limit.

    The first visits are those at 56 mg.
    """
    whole = visits(modality, schedule, assumptions)
    found: dict[int, Visits] = {}
    left = whole.number
    for position, day in enumerate(days(modality, schedule, assumptions)):
        year = (start + timedelta(days=int(day))).year
        one = min(1.0, left)
        at_56_mg = min(one, max(whole.at_56_mg - position, 0.0))
        had = found.get(year, Visits(0.0, 0.0))
        found[year] = Visits(had.at_56_mg + at_56_mg, had.others + one - at_56_mg)
        left -= one
    return found
