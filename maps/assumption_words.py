"""The words of an assumption: what it is, where it was read, and within which range it may be changed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from analytics.assumptions import Changeable
from analytics.refusal import capital
from data.parameter import Parameter

DIGITS: Final = 10
"""Decimals of a share, so that per cent and back gives the number that was shipped."""


def by_parameter(numbers: Iterable[Changeable]) -> list[tuple[Parameter, list[Changeable]]]:
    """The numbers under the parameter they belong to."""
    return [(parameter, list(own)) for parameter, own in groupby(numbers, key=lambda one: one.parameter)]


def label(one: Changeable) -> str:
    """The part's own words, or the unit where the parameter is one number; with the shipped value."""
    if one.parameter.is_share:
        part = f"{capital(one.part_words)}, in %" if one.part else "In %"
        return f"{part} (shipped: {said(one, one.value)})"
    return f"{capital(one.part_words or one.parameter.unit)} (shipped: {one.value:g})"


def step(one: Changeable) -> float:
    """A sensible step: one per cent for shares, a hundredth for factors, one for the rest."""
    return 0.01 if one.high <= 2 and not one.parameter.is_share else 1.0


def typed(one: Changeable, value: float) -> float:
    """A value as it stands in its control: shares in per cent, while the address keeps them as shares of one."""
    return round(100 * value, DIGITS - 2) if one.parameter.is_share else value


def meant(one: Changeable, number: float) -> float:
    """The value of what was typed into the control: the way back from `typed`."""
    return round(number / 100, DIGITS) if one.parameter.is_share else number


def said(one: Changeable, value: float) -> str:
    """A value as a sentence beside its control has it: "33 %", "60"."""
    return f"{typed(one, value):g}{' %' if one.parameter.is_share else ''}"
