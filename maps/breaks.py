"""Borders between classes: the measure's own, equal numbers of places, natural breaks, or a person's own."""

from __future__ import annotations

import hashlib
import math
import re
import threading
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.cache import CACHE
from analytics.indicator import Indicator
from maps.numbers import bordering
from maps.view import SCHEMES, Classing, with_borders

Values = npt.NDArray[np.float64]

QUANTILES = 5
SEED = 20231
"""Of the first guesses of natural breaks, so that a link gives the same map on every day."""
ONE_AT_A_TIME = threading.Lock()
"""mapclassify draws from NumPy's one common generator; two at once would draw each other's numbers."""
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven")


@dataclass(frozen=True)
class Borders:
    """Inner borders of classes, rising; a class runs from its lower border (which belongs to it) to its upper one (which does not)."""

    inner: tuple[float, ...]
    said: str = ""
    """How places are classed, where that was chosen, and what could not be had of it; "" for the subject's own classes."""


def borders(values: Values, indicator: Indicator, classing: Classing) -> Borders:
    """Borders for these values; places without a value and zeros that stand apart are not among them. Never an error: what can't be had
    is told."""
    if classing.scheme == "subject":
        return Borders(subject_borders(values, indicator))
    if classing.scheme == "own":
        return Borders(classing.borders, said_of_own(values, indicator, classing.borders))
    different = np.unique(values)
    if different.size < 2:
        return Borders(
            (), "No place has a value to class." if different.size == 0 else "Every place with a value has the same; there is one class."
        )
    count = min(classing.count, different.size)
    uppers = quantile_uppers(values, count) if classing.scheme == "quantiles" else natural_uppers(values, count)
    inner = inner_borders(different, uppers)
    classes = WORDS[len(inner) + 1]
    how = f"{classes.capitalize()} classes: {SCHEMES[classing.scheme]}."
    if len(inner) + 1 < classing.count:
        why = f"there are {different.size:,} different values" if different.size < classing.count else "many places share a value"
        how = f"{how[:-1]}. There are fewer than the {WORDS[classing.count]} asked for, because {why}."
    return Borders(inner, how)


def subject_borders(values: Values, indicator: Indicator) -> tuple[float, ...]:
    """The measure's own borders, all of them in every view, so that a colour means the same everywhere; else rounded quantiles."""
    if indicator.breaks:
        return indicator.breaks
    if values.size == 0:
        return ()
    edges = np.quantile(values, np.linspace(0, 1, QUANTILES + 1)[1:-1])
    rounded = dict.fromkeys(round_border(float(edge), indicator.unit) for edge in edges)
    return tuple(sorted(one for one in rounded if values.min() < one <= values.max()))


def round_border(value: float, unit: str) -> float:
    """A border a reader can remember: whole per cent, else two or three digits."""
    if unit == "share":
        return round(value, 2)
    if value == 0:
        return 0.0
    digits = 2 if unit == "people" else 3
    return float(f"{value:.{digits}g}")


def quantile_uppers(values: Values, count: int) -> Values:
    """The greatest value of each class by mapclassify.Quantiles."""
    import mapclassify

    found: Values = np.asarray(mapclassify.Quantiles(values, k=count).bins, dtype=float)
    return found


def natural_uppers(values: Values, count: int) -> Values:
    """The greatest value of each class by mapclassify.NaturalBreaks (k-means in one dimension), the same whenever it is asked for.

    Not FisherJenks, which takes ten seconds for the counties.
    """
    key = ("natural breaks", hashlib.sha256(values.tobytes()).hexdigest(), count)
    return CACHE.get(key, lambda: _natural_uppers(values, count))


def _natural_uppers(values: Values, count: int) -> Values:
    import mapclassify

    with ONE_AT_A_TIME:
        before = np.random.get_state()  # noqa: NPY002 - the one that mapclassify draws from
        np.random.seed(SEED)  # noqa: NPY002
        try:
            found: Values = np.asarray(mapclassify.NaturalBreaks(values, k=count).bins, dtype=float)
        finally:
            np.random.set_state(before)  # noqa: NPY002
    return found


def inner_borders(different: Values, uppers: Values) -> tuple[float, ...]:
    """From the greatest value of each class to borders: each lies between it and the next greater value there is, with as few digits as
    that allows. `different` are the values that occur, rising."""
    found = []
    for upper in np.unique(uppers)[:-1]:
        above = int(np.searchsorted(different, upper, side="right"))
        if 0 < above < different.size:
            found.append(round_between(float(different[above - 1]), float(different[above])))
    return tuple(dict.fromkeys(found))


MOST_DIGITS = 4


def round_between(below: float, above: float) -> float:
    """The number with the fewest digits that is over `below` and not over `above`; where four digits don't part them, `above` with four,
    so that a place within a ten-thousandth of a border may change its class but nobody has to read seven digits."""
    for digits in range(1, MOST_DIGITS + 1):
        step = 10.0 ** (math.floor(math.log10(max(abs(above), abs(below)))) - digits + 1)
        candidate = float(f"{math.floor(above / step + 1e-9) * step:.{MOST_DIGITS}g}")
        if below < candidate <= above:
            return candidate
    return float(f"{above:.{MOST_DIGITS}g}")


def said_of_own(values: Values, indicator: Indicator, own: tuple[float, ...]) -> str:
    """How a person's own borders fit the values: whether all places lie on one side of them."""
    how = f"{WORDS[len(own) + 1].capitalize()} classes with {SCHEMES['own']}."
    if values.size == 0:
        return f"{how} No place has a value to class."
    least, most = float(values.min()), float(values.max())
    side = "over" if least >= own[-1] else "under" if most < own[0] else ""
    span = f"from {bordering(least, indicator.unit)} to {bordering(most, indicator.unit)}"
    return f"{how} Every place lies {side} them: values run {span}." if side else how


def typed(text: str, unit: str) -> list[str]:
    """Borders as a person types them ("10, 20, 30", "40,000 60,000", "$5; $10"), as words of the address in the measure's unit; a share is
    typed in per cent. What is no number stays as it was typed, so that a sentence can name it."""
    parts = re.split(r"[;\s]+|,(?=\s)", text.strip()) if re.search(r"[;\s]", text.strip()) else text.split(",")
    cleaned = (part.strip(", ").removeprefix("$").removesuffix("%") for part in parts)
    return [in_unit(part, unit) for part in cleaned if part]


def in_unit(text: str, unit: str) -> str:
    try:
        return f"{float(text.replace(',', '')) / (100 if unit == 'share' else 1):g}"
    except ValueError:
        return text


def written(own: tuple[float, ...], unit: str) -> str:
    """Borders as a person types them: "10, 20, 30"."""
    return ", ".join(f"{100 * one if unit == 'share' else one:g}" for one in own)


def first_own(inner: tuple[float, ...], unit: str) -> Classing:
    """Borders to begin with for whoever wants their own: those on the map, else one."""
    started = tuple(float(f"{one:g}") for one in inner) or ((0.5,) if unit == "share" else (1.0,))
    return with_borders(started)
