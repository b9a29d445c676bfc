"""What the control of an assumption is called."""

from __future__ import annotations

import pytest

from analytics.assumptions import changeable
from maps.assumption_words import label


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("affordability/burden_share.others", "Share of income (shipped: 0.1)"),
        ("affordability/burden_share.under_poverty_multiple", "In or near poverty (shipped: 0.05)"),
        ("access/e2sfca_weights.2", "Middle third (shipped: 0.68)"),
        ("travel/speed.9", "Code 9 (rural, remote) (shipped: 50)"),
        ("travel/speed_factor", "Factor (shipped: 1)"),
        ("medicare/part_b_coinsurance", "As a share (shipped: 0.2)"),
    ],
)
def test_a_control_says_what_it_moves(name: str, said: str) -> None:
    assert label(changeable()[name]) == said


def test_no_control_is_called_by_a_bare_number() -> None:
    assert not [name for name, one in changeable().items() if one.part and one.part_words.isdigit()]
