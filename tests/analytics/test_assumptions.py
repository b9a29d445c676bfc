"""What a person assumes instead of a shipped value: what may be changed, within which range, and how an address says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.assumptions import assumed, changeable, ordered, parts, read_assumptions
from analytics.query import Query, read_query
from data.parameter import load


def test_what_may_be_changed_lies_in_its_range_and_has_its_shipped_value() -> None:
    assert {"travel/speed_factor", "travel/detour_index.near", "travel/speed.1", "access/raam_tau", "barriers/far_miles"} <= set(
        changeable()
    )
    for name, one in changeable().items():
        assert one.low <= one.value <= one.high, name
        assert assumed(one.parameter.id, ()) == one.parameter.latest


def test_miles_beside_an_index_are_of_another_kind_and_stay_as_they_are() -> None:
    assert "travel/detour_index.near_miles" not in changeable()


def test_a_changed_number_is_laid_over_the_shipped_value_and_nothing_else_moves() -> None:
    shipped = load("travel/speed").latest
    changed = assumed("travel/speed", (("travel/speed.9", 30.0),))
    assert changed[9] == 30
    assert {code: speed for code, speed in changed.items() if code != 9} == {code: speed for code, speed in shipped.items() if code != 9}
    assert shipped[9] == 50, "the shipped value is not touched"
    assert assumed("travel/speed_factor", (("travel/speed_factor", 0.9),)) == 0.9
    assert assumed("travel/speed_factor", (("travel/speed.9", 30.0),)) == 1.0


def test_parts_of_lists_count_from_one_and_truth_is_no_number() -> None:
    assert parts((1.0, 0.68, 0.22)) == {"1": 1.0, "2": 0.68, "3": 0.22}
    assert parts(True) == {}
    assert parts({"outpatient": True, "visits": 3}) == {"visits": 3.0}


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"travel/speed_factor": 9}, "can be set from 0.8 to 1.2; 9 is outside"),
        ({"travel/speed_factor": float("nan")}, "nan is outside"),
        ({"happiness": 1}, "no assumption “happiness”"),
        ({"travel/speed": 40}, "no assumption “travel/speed”"),
    ],
)
def test_what_cannot_be_assumed_is_said(given_: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ordered(given_)


def test_an_assumption_at_its_shipped_value_is_none() -> None:
    assert ordered({"travel/speed_factor": 1.0, "access/raam_tau": 45}) == (("access/raam_tau", 45.0),)


@given(st.dictionaries(st.sampled_from(sorted(changeable())), st.floats(0, 1), max_size=5))
def test_an_address_says_the_same_when_it_is_read_back(shares: dict[str, float]) -> None:
    values = {name: float(f"{one.low + share * (one.high - one.low):g}") for name, share in shares.items() if (one := changeable()[name])}
    query = Query(
        assumptions=ordered({name: value for name, value in values.items() if changeable()[name].low <= value <= changeable()[name].high})
    )
    read, problems = read_query(query.to_address(), {query.measure: 1}, {query.place: 1})
    assert read == query
    assert problems == ()


def test_words_of_an_address_that_mean_nothing_get_a_sentence_each_and_the_rest_holds() -> None:
    found, said = read_assumptions("travel/speed_factor:0.9~x:3~access/raam_tau:many~access/raam_tau:1000")
    assert found == (("travel/speed_factor", 0.9),)
    assert len(said) == 3
    assert all(one.startswith("The address changes an assumption that is left as it was.") for one in said)
    assert "30 to 120" in said[2]
    assert "“x:3” is not one that this atlas knows." in said[0]
