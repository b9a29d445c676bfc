"""Numbers with their units in a person's language, for the pages that speak more than English: miles, minutes, shares, dollars, people, sites."""

from __future__ import annotations

import math
from datetime import date

from maps.messages import messages
from maps.numbers import usd


def spoken(value: float, unit: str, lang: str) -> str:
    """ "12 miles", "menos de 1 milla", "33 %", "$1,356", "262 millones". Units are those of maps/numbers.py that have words in the catalogue.

    KeyError for a unit without words; what is not finite is "unknown".
    """
    say = messages("units", lang)
    if not math.isfinite(value):
        return say("unknown")
    if unit == "usd":
        return usd(value)
    if unit == "share":
        return share(value, lang)
    if unit == "people":
        return people(value, lang)
    if unit in ("miles", "minutes") and 0 <= value <= 0.5:
        return say(f"{unit}.under")
    return say.counted(unit, value)


def share(value: float, lang: str) -> str:
    """A share (0 to 1) as whole per cent; never 0 or 100 for what is not exactly that."""
    say = messages("units", lang)
    if 0 < value < 0.01:
        return say("share.under")
    if 0.99 < value < 1:
        return say("share.over")
    return say("share", count=f"{100 * value:.0f}")


def people(count: float, lang: str) -> str:
    """ "262 million", "1.4 millones", "48,000", "812"."""
    say = messages("units", lang)
    if count >= 1_000_000:
        return say("million", count=f"{count / 1e6:,.{0 if count >= 1e7 else 1}f}")
    return f"{round(count, -3) if count >= 10_000 else count:,.0f}"


def duration(minutes: float, lang: str) -> str:
    """ "25 minutes", "2 horas 10 minutos": above an hour to the next five minutes, as good as it is known."""
    say = messages("units", lang)
    if minutes < 60:
        return spoken(minutes, "minutes", lang)
    hours, rest = divmod(5 * round(minutes / 5), 60)
    whole = say.counted("hours", hours)
    return say("hours_and", hours=whole, minutes=say.counted("minutes", rest)) if rest else whole


def between_miles(low: float, high: float, lang: str) -> str:
    """ "7 to 12 miles", "entre 7 y 12 millas", of whole miles above a half."""
    return messages("units", lang)("miles.between", low=f"{low:,.0f}", high=f"{high:,.0f}")


def day(when: date, lang: str) -> str:
    """ "March 5, 2019", "5 de marzo de 2019"."""
    say = messages("units", lang)
    return say("date", day=when.day, month=say(f"month.{when.month}"), year=when.year)
