"""Zero, or the worst fifth of the rest: five places by hand, ties, and which end is worse."""

from __future__ import annotations

import numpy as np
import pytest

from analytics import status
from analytics.worst_off import largest_tie, rank_spans, verdict

M, Z = status.MODELLED, status.ZERO


def found(value: list[float], worse: str, states: list[str] | None = None) -> list[bool]:
    return list(verdict(value, states or [M] * len(value), worse).found)


def test_of_five_places_one_is_the_worst_fifth() -> None:
    # 0.2 * 5 = 1 place.
    assert found([3, 1, 5, 4, 2], "low") == [False, True, False, False, False]
    assert found([3, 1, 5, 4, 2], "high") == [False, False, True, False, False]


def test_zero_is_its_own_class_and_the_fifth_is_of_the_rest() -> None:
    # Two at zero, and 0.2 * 5 = 1 of the other five.
    states = [Z, M, M, Z, M, M, M]
    assert found([0, 3, 1, 0, 5, 4, 2], "low", states) == [True, False, True, True, False, False, False]


def test_where_high_is_worse_zero_is_the_best_there_is() -> None:
    assert found([0, 3, 1, 4, 2], "high", [Z, M, M, M, M]) == [False, False, False, True, False]


def test_who_reaches_nothing_is_worst_off_whichever_end_is_worse() -> None:
    for worse in ("low", "high"):
        one = verdict([np.nan, np.nan, 1, 2, 3, 4, 5], [status.NO_ROAD, status.BEYOND_REACH, M, M, M, M, M], worse)
        assert list(one.zero) == [True, True, False, False, False, False, False]
        assert list(one.found) == [True, True, worse == "low", False, False, False, worse == "high"]
        assert one.known.all()


def test_unknown_is_neither_found_nor_counted() -> None:
    # The fifth is of the five that are known.
    one = verdict([np.nan, np.nan, 1, 2, 3, 4, 5], [status.NO_DATA, status.SUPPRESSED, M, M, M, M, M], "low")
    assert list(one.known) == [False, False, True, True, True, True, True]
    assert list(one.found) == [False, False, True, False, False, False, False]
    assert np.isnan(one.standing[:2]).all()


def test_a_value_of_nothing_that_may_be_more_is_nothing_too() -> None:
    """Silent records leave the status modelled; the score that is known is still zero."""
    assert list(verdict([0, 1, 2], [M, M, M], "low").zero) == [True, False, False]


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ([1, 1, 2, 3, 4], 2),  # two tie for one place: taking both is off by 2 - 1, leaving both by 1 - 0; taken
        ([1, 1, 1, 2, 3], 0),  # three tie for one place: taking them is off by 3 - 1, leaving them by 1; left
        ([1, 1, 1, 1, 1], 0),  # nobody is worse off than the others
        ([1, 2, 3, 4], 1),  # 0.2 * 4 = 0.8 is nearer to one place than to none
        ([1, 2], 0),  # 0.2 * 2 = 0.4 is nearer to none
        ([1, 2, 2, 2, 3, 4, 5, 6, 7, 8], 1),  # two of ten: with the tie four, without it one
        ([1, 2, 2, 3, 4, 5, 6, 7, 8, 9], 3),  # two of ten: with the tie three, without it one; in doubt taken
    ],
)
def test_places_that_tie_are_found_or_left_together_whichever_is_nearer_to_a_fifth(value: list[float], named: int) -> None:
    assert sum(found(value, "low")) == named
    assert sum(found([-one for one in value], "high")) == named


def test_a_measure_without_a_worse_end_finds_nobody() -> None:
    with pytest.raises(ValueError, match="neither end is worse"):
        verdict([1.0], [M], "")


def test_spans_and_ties_by_hand() -> None:
    first, last = rank_spans(np.array([5.0, -np.inf, 2.0, -np.inf, 2.0, 2.0]))
    assert list(first) == [6, 1, 3, 1, 3, 3]
    assert list(last) == [6, 2, 5, 2, 5, 5]
    assert largest_tie(np.array([5.0, 1.0, 2.0, 1.0, 2.0, 2.0])) == 3 / 6
    assert largest_tie(np.array([])) == 0.0


def test_inputs_stay_as_they_were() -> None:
    value, states = np.array([0.0, 1.0]), np.array([Z, M], dtype=object)
    verdict(value, states, "low")
    assert list(value) == [0.0, 1.0]
    assert list(states) == [Z, M]
