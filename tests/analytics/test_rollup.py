"""Adding up by people: sums and weighted medians against plain loops."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.rollup import Membership, block_membership, county_membership, weighted_median
from data.bundle import Tables

rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50), st.integers(0, 9)), min_size=1, max_size=40)


def slow_median(pairs: list[tuple[float, float]]) -> float:
    """The least value at which half the weight is reached."""
    total = sum(weight for _, weight in pairs)
    if total == 0:
        return float("nan")
    reached = 0.0
    for value, weight in sorted(pairs):
        reached += weight
        if reached >= total / 2:
            return value
    raise AssertionError


@given(rows)
def test_medians_and_sums_agree_with_plain_loops(data: list[tuple[int, int, int]]) -> None:
    place, value, weight = (np.array(column) for column in zip(*data, strict=True))
    membership = Membership(np.array(list("abcd"), dtype=object), np.arange(len(data)), place.astype(np.intp), np.ones(len(data)))
    medians = membership.weighted_medians(value, weight)
    for index in range(4):
        mine = [(v, w) for p, v, w in data if p == index]
        expected = slow_median([(float(v), float(w)) for v, w in mine])
        assert medians[index] == expected or (np.isnan(medians[index]) and np.isnan(expected))
    for index, name in enumerate("abcd"):
        alone = membership.of(name)
        assert alone.geoids.tolist() == [name]
        assert alone.sums(value).tolist() == [membership.sums(value)[index]]
        np.testing.assert_array_equal(alone.weighted_medians(value, weight), medians[[index]])
    assert membership.sums(value).tolist() == [float(sum(v for p, v, _ in data if p == index)) for index in range(4)]


@pytest.mark.parametrize("level", ["county", "state", "nation", "district"])
def test_nobody_is_lost_on_the_way_up(level: str, tables: Tables) -> None:
    assert block_membership(level, tables).sums(tables["block_groups"]["adults"]).sum() == pytest.approx(262_083_034, abs=100)
    assert county_membership(level, tables).sums(tables["counties"]["adults"]).sum() == pytest.approx(262_083_034, rel=1e-4)


def test_shares_of_a_block_group_add_up_to_one(tables: Tables) -> None:
    membership = block_membership("district", tables)
    whole = np.bincount(membership.row, weights=membership.share, minlength=len(tables["block_groups"]))
    np.testing.assert_allclose(whole, 1, atol=5e-4)


def test_a_weighted_median_is_the_least_value_with_half() -> None:
    assert weighted_median(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0])) == 2
    assert weighted_median(np.array([1.0, 2.0]), np.array([1.0, 1.0])) == 1, "half is enough"
    assert math.isnan(weighted_median(np.array([1.0]), np.array([0.0])))
