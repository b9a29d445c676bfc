"""The words of an assumption: what it is, where it was read, and within which range it may be changed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from analytics.assumptions import Changeable
from analytics.refusal import capital
from data.parameter import Parameter


def by_parameter(numbers: Iterable[Changeable]) -> list[tuple[Parameter, list[Changeable]]]:
    """The numbers under the parameter they belong to."""
    return [(parameter, list(own)) for parameter, own in groupby(numbers, key=lambda one: one.parameter)]


def label(one: Changeable) -> str:
    """The part's own words, or the unit where the parameter is one number; with the shipped value."""
    unit = one.parameter.unit
    alone = "as a share" if unit.startswith("share") else unit
    return f"{capital(one.part_words or alone)} (shipped: {one.value:g})"


def step(one: Changeable) -> float:
    """A sensible step: a hundredth for shares and factors, one for the rest."""
    return 0.01 if one.high <= 2 else 1.0
