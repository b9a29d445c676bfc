"""Numbers handed in by others: each is a number or a ValueError that says which one is none."""

from __future__ import annotations

import math
from numbers import Real

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def is_number(given: object) -> bool:
    """Whether it is a finite number; a text such as '60' and a truth value are none."""
    return isinstance(given, Real) and not isinstance(given, bool) and math.isfinite(float(given))


def zero_or_more(given: object, what: str, must: str = "a number, 0 or more") -> float:
    """The number, 0 or more.

    >>> zero_or_more('60', 'reach', 'a number of minutes or miles, 0 or more')
    Traceback (most recent call last):
    ValueError: The reach is '60'; it must be a number of minutes or miles, 0 or more.
    """
    if not is_number(given) or float(given) < 0:  # type: ignore[arg-type]
        raise ValueError(f"The {what} is {said(given)}; it must be {must}.")
    return float(given)  # type: ignore[arg-type]


def above_zero(given: object, what: str, must: str = "a number above 0") -> float:
    """The number, above 0."""
    if not is_number(given) or float(given) <= 0:  # type: ignore[arg-type]
        raise ValueError(f"The {what} is {said(given)}; it must be {must}.")
    return float(given)  # type: ignore[arg-type]


def numbers(given: npt.ArrayLike, what: str) -> Floats:
    """The values as float64 in their shape, NaN where one is missing; ValueError that names the first that is no number.

    >>> numbers([1, 'many'], 'demand')
    Traceback (most recent call last):
    ValueError: The demand at position 1 is 'many', which is no number.
    """
    try:
        return np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError):
        for position, value in enumerate(np.asarray(given, dtype=object).ravel()):
            try:
                float(value)
            except (TypeError, ValueError):
                raise ValueError(f"The {what} at position {position} is {said(value)}, which is no number.") from None
        raise


def said(given: object) -> str:
    """A value as a person reads it: a text in quotation marks, anything else plainly."""
    return repr(given) if isinstance(given, str) else str(given)
