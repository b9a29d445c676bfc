"""What the control of an assumption is called."""

from __future__ import annotations

import pytest

from analytics.assumptions import changeable
from maps.assumption_words import label, meant, said, step, typed


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("affordability/burden_share.others", "Share of income, in % (shipped: 10 %)"),
        ("affordability/burden_share.under_poverty_multiple", "In or near poverty, in % (shipped: 5 %)"),
        ("access/e2sfca_weights.2", "Middle third (shipped: 0.68)"),
        ("travel/speed.9", "Code 9 (rural, remote) (shipped: 50)"),
        ("travel/speed_factor", "Factor (shipped: 1)"),
        ("medicare/part_b_coinsurance", "In % (shipped: 20 %)"),
    ],
)
def test_a_control_says_what_it_moves(name: str, said: str) -> None:
    assert label(changeable()[name]) == said


@pytest.mark.parametrize(
    ("name", "value", "number", "words", "steps"),
    [
        ("barriers/costly_share", 0.33, 33, "33 %", 1),
        ("access/esketamine_gradient.10", 0.119, 11.9, "11.9 %", 1),
        # A weight, a share "or a number", and miles are typed as they are.
        ("access/e2sfca_weights.2", 0.68, 0.68, "0.68", 0.01),
        ("access/decay_shapes.inverse_power", 2, 2, "2", 1),
        ("barriers/far_miles", 30, 30, "30", 1),
    ],
)
def test_shares_are_typed_in_per_cent_and_nothing_else(name: str, value: float, number: float, words: str, steps: float) -> None:
    one = changeable()[name]
    assert (typed(one, value), said(one, value), step(one)) == (number, words, steps)
    assert meant(one, number) == value


def test_per_cent_and_back_is_the_shipped_number_to_the_last_digit() -> None:
    """Else a number that nobody changed would stand in the address as changed."""
    assert [one.id for one in changeable().values() if meant(one, typed(one, one.value)) != one.value] == []
    # 100 * 0.07 is 7.000000000000001: a control must not show that.
    assert typed(changeable()["barriers/far_share"], 0.07) == 7


def test_no_control_is_called_by_a_bare_number() -> None:
    assert not [name for name, one in changeable().items() if one.part and one.part_words.isdigit()]
