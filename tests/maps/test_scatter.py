"""The scatter plot: a dot a place with both values, the selected named, what is missing and what a correlation does not say in words."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.together import paired
from maps.dots import LARGEST, diameters
from maps.palette import DARK, LIGHT, Scheme
from maps.scatter import drawn_scatter
from maps.together_words import correlation_words, missing_words, scatter_alt, tendency
from tests.analytics.test_conditions import NAN, result

RISING = [float(one) for one in range(1, 13)]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_dot_a_place_with_both_and_the_selected_beside_it(scheme: Scheme) -> None:
    pair = paired(result([*RISING, NAN]), result([*RISING[::-1], 3.0], "depression"))
    drawn = drawn_scatter(pair, ("b", "m"), scheme)
    dots, marked = drawn.data
    assert len(dots.x) == 12
    assert dots.type == "scatter", "not scattergl, which the content security policy keeps out"
    assert list(marked.hovertext) == ["b"], "what lacks a value has no dot"
    assert next(iter(drawn.layout.shapes)).x0 == 6.5
    assert [shape.y0 for shape in drawn.layout.shapes][1] == 6.5
    assert next(iter(drawn.layout.annotations)).text == "b"
    assert len(drawn_scatter(pair, (), scheme).data) == 1


def test_areas_are_as_people() -> None:
    size = diameters(paired(result([1, 2, 3, 4]), result([1, 2, 3, 4])).frame["people"])
    assert size[3] == LARGEST
    # 100 of 400 adults: a quarter of the area is half of the diameter.
    assert size[0] == pytest.approx(LARGEST / 2)
    assert diameters(result([1.0]).frame["people"] * np.nan)[0] == 2


def test_the_words_follow_the_correlation() -> None:
    falling = paired(result(RISING), result(RISING[::-1], "depression"))
    assert (
        tendency(falling)
        == "Where “adults 18-64 without insurance” is higher, “adults ever diagnosed with depression” clearly tends to be lower"
    )
    assert tendency(falling, "Texas").startswith("In Texas, where “adults 18-64 without insurance” is higher, ")
    assert correlation_words(falling).startswith(
        "Spearman's rank correlation -1.00 over 12 counties. Between counties: it says nothing about persons"
    )
    few = paired(result([1, 2, NAN]), result([1, 2, 3], "depression"))
    assert "2 counties are too few" in correlation_words(few)
    tied = paired(result([0.0] * 6 + RISING), result([*range(18)], "depression"))
    assert "33 % of 18 counties share one value" in correlation_words(tied)
    assert missing_words(few) == "Left out: 1 county without both values (adults 18-64 without insurance: no data 1)."
    assert "Selected: b: 200 % and 200 %." in scatter_alt(few, ("b",))
