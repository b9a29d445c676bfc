"""Two measures on a few places by hand: thirds with ties, Spearman's correlation against a loop, and what has no thirds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.compared import FEW, TIED
from analytics.model import answer
from analytics.query import Query
from analytics.together import no_thirds, paired, refused, thirds, unshown
from data.bundle import Tables
from tests.analytics.test_conditions import NAN, result


def third(value: list[float]) -> list[int]:
    return thirds(np.array(value), np.isfinite(value)).third.tolist()


def test_nine_places_make_three_threes_and_ties_stay_together() -> None:
    assert third([1, 2, 3, 4, 5, 6, 7, 8, 9]) == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    # Five of nine at zero: their ranks 1 to 5 have the middle 2.5 / 9 < 1/3, so they are low together; 6 (5.5 / 9) is middle; 7 to 9 are high.
    assert third([0, 0, 0, 0, 0, 1, 2, 3, 4]) == [0, 0, 0, 0, 0, 1, 2, 2, 2]
    found = thirds(np.array([0, 0, 0, 0, 0, 1, 2, 3, 4.0]), np.ones(9, dtype=bool))
    assert third([0, 0, 0, 0, 0, 0, 0, 8, 9]) == [0] * 7 + [2, 2], "no third without its end: seven zeros are low, not middle"
    assert found.borders == (1.0, 2.0)
    assert found.counts() == (5, 1, 3)


def test_a_place_without_both_values_is_in_no_third() -> None:
    assert third([NAN, 1, 2, 3]) == [-1, 0, 1, 2]


@given(st.lists(st.integers(0, 6).map(float), min_size=1, max_size=40))
def test_thirds_rise_with_the_value_and_each_is_where_a_loop_puts_it(value: list[float]) -> None:
    found = third(value)
    for one, of in zip(value, found, strict=True):
        below, same = sum(other < one for other in value), sum(other == one for other in value)
        if one == min(value):
            assert of == 0
        elif one == max(value):
            assert of == 2
        else:
            assert of == min(2, int(3 * (below + same / 2) / len(value) + 1e-9))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=12, max_size=40, unique_by=lambda one: (one[0], one[1])))
def test_spearman_is_the_correlation_of_mean_ranks(values: list[tuple[int, int]]) -> None:
    x, y = ([float(one[at]) for one in values] for at in (0, 1))
    pair = paired(result(x), result(y, "depression"))
    if pair.reason == TIED:
        assert max(max(column.count(one) for one in column) for column in (x, y)) > 0.2 * len(values)
        return
    ranks = [[sum(o < one for o in column) + (column.count(one) + 1) / 2 for one in column] for column in (x, y)]
    mean = [sum(column) / len(column) for column in ranks]
    across = sum((a - mean[0]) * (b - mean[1]) for a, b in zip(*ranks, strict=True))
    spread = [sum((a - mean[at]) ** 2 for a in ranks[at]) for at in (0, 1)]
    assert pair.correlation == pytest.approx(across / (spread[0] * spread[1]) ** 0.5)


def test_only_places_with_both_values_count() -> None:
    pair = paired(result([1, 2, NAN, 4]), result([5, NAN, 7, 9], "depression"))
    assert list(pair.both) == [True, False, False, True]
    assert pair.places == 2
    assert pair.medians == (2.5, 7.0)
    assert pair.reason == FEW


def test_what_is_not_shown_together_says_why(tables: Tables) -> None:
    first = answer(Query(), tables)
    assert "choose another one" in refused(first, first)
    assert "treats every state alike" in refused(first, answer(Query(measure="e2sfca"), tables))
    assert refused(first, answer(Query(measure="uninsured"), tables)) == ""
    classes = paired(first, answer(Query(measure="barrier_class"), tables))
    assert "puts places into classes" in no_thirds(classes)
    constant = paired(first, answer(Query(measure="patient_cost"), tables))
    assert "the same in all these counties" in no_thirds(constant)
    dc = Query(level="state", place="11")
    one = paired(answer(dc, tables), answer(dc.with_(measure="uninsured"), tables))
    assert "here 1 state has them" in no_thirds(one) or "the same in all" in no_thirds(one)


def test_each_way_of_showing_two_asks_for_what_it_needs() -> None:
    apart = paired(result([1, NAN]), result([NAN, 2], "depression"))
    assert unshown(apart, "scatter") == "No place has a value of both measures."
    assert "Nine classes need at least 9 places" in unshown(apart, "bivariate")
    assert unshown(apart, "beside") == ""
    assert unshown(paired(result([1, NAN]), result([3, 2], "depression")), "scatter") == ""


def test_one_measure_for_two_therapies_is_named_by_the_therapy(tables: Tables) -> None:
    first = answer(Query(measure="miles_to_nearest", place="35"), tables)
    pair = paired(first, answer(first.query.with_(modality="esketamine"), tables))
    assert pair.labels == (
        "miles to the nearest provider, for any ketamine therapy",
        "miles to the nearest provider, for esketamine (nasal spray)",
    )
    assert paired(result([1]), result([2], "depression")).labels == (
        "adults 18-64 without insurance",
        "adults ever diagnosed with depression",
    )
