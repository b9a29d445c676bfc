"""Numbers as people read them: edges of the rounding, and nothing that reads like what it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import status
from analytics.indicators import indicators
from maps.numbers import MISSING_WORDS, UNITS, one_or_both, people, percent, rank_span, short, spoken, spoken_range

USED = sorted({one.unit for one in indicators().values()})


@given(st.floats(0, 1))
def test_nothing_and_all_are_said_only_of_nothing_and_all(share: float) -> None:
    assert (percent(share) == "0 %") == (share == 0)
    assert (percent(share) == "100 %") == (share == 1)


@pytest.mark.parametrize(
    ("miles", "said"),
    [(0.0, "under 1 mile"), (0.5, "under 1 mile"), (0.51, "1 mile"), (1.4, "1 mile"), (1.6, "2 miles"), (1_234.0, "1,234 miles")],
)
def test_the_first_mile(miles: float, said: str) -> None:
    assert spoken(miles, "miles") == said


@given(st.floats(0, 500), st.floats(0, 500))
def test_a_range_of_miles_names_the_unit_once_and_no_blank_twice(one: float, other: float) -> None:
    said = spoken_range(min(one, other), max(one, other), "miles")
    assert said.count("mile") <= 1 + said.count("under 1 mile")
    assert "  " not in said
    assert "between 0 " not in said


@given(st.sampled_from(USED), st.floats(0, 1), st.floats(0, 1))
def test_a_range_is_one_number_exactly_where_both_ends_read_the_same(unit: str, one: float, other: float) -> None:
    low, high = (
        sorted((one, other))
        if unit not in {"miles", "minutes", "usd", "people", "sites", "code", "class"}
        else sorted((round(1e5 * one), round(1e5 * other)))
    )
    said = spoken_range(low, high, unit)
    assert said.startswith("between ") == (spoken(low, unit) != spoken(high, unit))


@pytest.mark.parametrize(
    ("first", "last", "unit", "said"),
    [
        ("$5", "$5", "", "$5"),
        ("$5", "$10", "", "$5 to $10"),
        ("70 %", "100 %", " %", "70 to 100 %"),
        ("70 %", "70 %", " %", "70 %"),
        ("under 1 %", "5", " mile", "under 1 % to 5"),
    ],
)
def test_both_ends_are_told_only_where_they_read_apart(first: str, last: str, unit: str, said: str) -> None:
    assert one_or_both(first, last, unit=unit) == said
    in_spanish = one_or_both(first, last, "de {low} a {high}".format, unit)
    assert in_spanish == (first if first == last else f"de {said.replace(' to ', ' a ')}")


def test_places_that_tie_share_their_ranks() -> None:
    assert (rank_span(3, 3), rank_span(1, 2_773)) == ("3", "1 to 2,773")


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0"), (9_999, "9,999"), (10_000, "10,000"), (999_400, "999,000"), (1_000_000, "1.0 million")]
)
def test_people_are_rounded_where_nobody_counts_single_ones(count: float, said: str) -> None:
    assert people(count) == said


@pytest.mark.parametrize("unit", USED)
def test_every_unit_has_every_format(unit: str) -> None:
    assert UNITS[unit].hover
    assert UNITS[unit].column
    assert "nan" not in spoken(float("nan"), unit)
    assert spoken(float("inf"), unit) == "unknown"
    assert short(2.0, unit).strip()


def test_every_kind_of_missing_has_words_of_its_own() -> None:
    assert set(MISSING_WORDS) == set(status.ALL) - status.WITH_VALUE
    assert len(set(MISSING_WORDS.values())) == len(MISSING_WORDS)
