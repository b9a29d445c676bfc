"""Numbers with their units: English as everywhere in the atlas, Spanish as people say it."""

from __future__ import annotations

import math
from datetime import date

import pytest

from maps import numbers
from maps.spoken import between_miles, day, duration, spoken

VALUES = (0.0, 0.2, 0.5, 0.6, 1.0, 1.4, 2.0, 59.6, 812, 12_345, 48_499, 1_400_000, 262_300_000)
SHARES = (0.0, 0.004, 0.01, 0.33, 0.5, 0.99, 0.997, 1.0)


@pytest.mark.parametrize("unit", ["miles", "minutes", "usd", "people", "sites"])
def test_english_reads_as_everywhere_else(unit: str) -> None:
    assert [spoken(value, unit, "en") for value in VALUES] == [numbers.spoken(value, unit) for value in VALUES]


def test_shares_read_as_everywhere_else() -> None:
    assert [spoken(value, "share", "en") for value in SHARES] == [numbers.spoken(value, "share") for value in SHARES]
    assert spoken(math.inf, "miles", "en") == numbers.spoken(math.inf, "miles")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.2, "miles", "menos de 1 milla"),
        (1, "miles", "1 milla"),
        (2_320, "miles", "2,320 millas"),
        (12.4, "minutes", "12 minutos"),
        (0.004, "share", "menos del 1 %"),
        (0.997, "share", "más del 99 %"),
        (0.33, "share", "33 %"),
        (1_356.2, "usd", "$1,356"),
        (262_300_000, "people", "262 millones"),
        (1_440_000, "people", "1.4 millones"),
        (48_499, "people", "48,000"),
        (1, "sites", "1 sitio"),
        (math.nan, "sites", "no se sabe"),
    ],
)
def test_spanish(value: float, unit: str, said: str) -> None:
    assert spoken(value, unit, "es") == said


@pytest.mark.parametrize(
    ("minutes", "english", "spanish"),
    [
        (0.2, "under 1 minute", "menos de 1 minuto"),
        (12.4, "12 minutes", "12 minutos"),
        (60, "1 hour", "1 hora"),
        (127, "2 hours 5 minutes", "2 horas 5 minutos"),
        (119, "2 hours", "2 horas"),
    ],
)
def test_minutes_are_said_as_well_as_they_are_known(minutes: float, english: str, spanish: str) -> None:
    assert (duration(minutes, "en"), duration(minutes, "es")) == (english, spanish)


def test_two_ends() -> None:
    assert between_miles(6.8, 1_012, "en") == "7 to 1,012 miles"
    assert between_miles(6.8, 12, "es") == "entre 7 y 12 millas"


def test_a_day() -> None:
    assert day(date(2019, 3, 5), "en") == "March 5, 2019"
    assert day(date(2020, 8, 3), "es") == "3 de agosto de 2020"
