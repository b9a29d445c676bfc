"""The address: text to question and back, and what nobody knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.query import DEFAULT_LAYERS, LAYERS, LEVELS, MODALITIES, POPULATIONS, Query, read_query

MEASURES = {"within_30_miles": "a", "miles_to_nearest": "b"}
PLACES = {"us": "c", "28": "d", "28049": "e", "2802": "f"}

queries = st.builds(
    Query,
    measure=st.sampled_from(sorted(MEASURES)),
    level=st.sampled_from(sorted(LEVELS)),
    place=st.sampled_from(sorted(PLACES)),
    modality=st.sampled_from(sorted(MODALITIES)),
    population=st.sampled_from(sorted(POPULATIONS)),
    layers=st.sets(st.sampled_from(list(LAYERS)), min_size=1).map(lambda chosen: tuple(one for one in LAYERS if one in chosen)),
)


@given(queries)
def test_a_question_survives_its_address(query: Query) -> None:
    assert read_query(query.to_address(), MEASURES, PLACES) == (query, ())


@given(
    st.dictionaries(st.sampled_from(["measure", "level", "place", "modality", "population", "layers", "v", "other"]), st.text(max_size=60))
)
def test_no_address_breaks_the_reading(address: dict[str, str]) -> None:
    query, problems = read_query(address, MEASURES, PLACES)
    assert query.measure in MEASURES
    assert all("\n" not in sentence and len(sentence) < 300 for sentence in problems)


def test_an_empty_address_is_the_default() -> None:
    assert read_query({}, MEASURES, PLACES) == (Query(), ())


@pytest.mark.parametrize("name", ["measure", "level", "place", "modality", "population"])
def test_an_unknown_word_is_named_and_replaced_by_the_default(name: str) -> None:
    query, problems = read_query({name: "<b>nonsense</b>"}, MEASURES, PLACES)
    assert query == Query()
    assert len(problems) == 1
    assert "<b>nonsense</b>" in problems[0]


def test_lists_come_in_their_own_order_and_unknown_ones_are_left_out() -> None:
    query, problems = read_query({"layers": "named_2026~samhsa_2024~yelp"}, MEASURES, PLACES)
    assert query.layers == ("samhsa_2024", "named_2026")
    assert "yelp" in problems[0]
    query, problems = read_query({"layers": ""}, MEASURES, PLACES)
    assert query.layers == DEFAULT_LAYERS
    assert len(problems) == 1
