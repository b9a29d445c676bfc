"""The bars of My cost: one scale from nothing, every bar in the picture, and words that are text."""

from __future__ import annotations

import re

from maps.my_cost_picture import Bar, bars_html
from maps.palette import LIGHT


def boxes(drawing: str) -> list[tuple[float, float]]:
    return [(float(x), float(width)) for x, width in re.findall(r'class="band" style="left:([\d.]+)%;width:([\d.]+)%', drawing)]


def test_bars_share_a_scale_that_begins_at_nothing_and_none_leaves_the_picture() -> None:
    """On a scale to $200: $0 to $100 is the first half, $50 to $200 the last three quarters, $200 alone at the end."""
    bars = [Bar("a", 0, 50, 100, "$0 to $100"), Bar("b", 50, float("nan"), 200, "$50 to $200"), Bar("c", 200, 200, 200, "$200")]
    drawing = bars_html(bars, LIGHT, "Bars")
    assert boxes(drawing) == [(0, 50), (25, 75), (100, 0)]
    assert re.findall(r'class="typical" style="left:([\d.]+)%', drawing) == ["25.0"], "the second has none in hand, the third is one sum"


def test_nothing_to_pay_divides_by_nothing() -> None:
    assert boxes(bars_html([Bar("a", 0, 0, 0, "$0")], LIGHT, "Bars")) == [(0, 0)]


def test_words_are_text() -> None:
    drawing = bars_html([Bar("<img>", 0, 1, 2, "<img>")], LIGHT, '"><img>')
    assert "<img" not in drawing
    assert 'aria-label="&quot;&gt;&lt;img&gt;"' in drawing
