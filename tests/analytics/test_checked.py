"""One check of numbers for all who take them."""

from __future__ import annotations

import doctest
import math

import numpy as np
import pandas as pd
import pytest

from analytics import checked


def test_the_examples_in_the_texts_hold() -> None:
    assert doctest.testmod(checked).failed == 0


@pytest.mark.parametrize("given", [0, 0.0, 60, 1e-300, np.float32(2.5), np.int64(3)])
def test_numbers_of_every_kind_are_numbers(given: float) -> None:
    assert checked.zero_or_more(given, "reach") == float(given)


@pytest.mark.parametrize("given", [None, "60", True, [60], math.nan, math.inf, -math.inf, -1, pd.NA])
def test_what_is_none_is_refused_by_name(given: object) -> None:
    for check in (checked.zero_or_more, checked.above_zero):
        with pytest.raises(ValueError, match=r"^The pace is .*; it must be a number"):
            check(given, "pace")


def test_zero_is_not_above_zero() -> None:
    with pytest.raises(ValueError, match="The pace is 0; it must be a number above 0"):
        checked.above_zero(0, "pace")


def test_what_is_missing_in_a_list_is_nan_and_what_is_a_text_is_named() -> None:
    np.testing.assert_array_equal(checked.numbers([1, None, 3], "supply"), [1, math.nan, 3])
    with pytest.raises(ValueError, match="The supply at position 1 is 'x', which is no number"):
        checked.numbers(pd.Series([1, "x", "y"]), "supply")
