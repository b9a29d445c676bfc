"""The address: text to question and back, and what nobody knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.indicators import indicators
from analytics.places import places
from analytics.query import DEFAULT_LAYERS, LAYERS, LEVELS, MODALITIES, PAYMENTS, POPULATIONS, Query, read_query, shortened, unknown_words
from data.bundle import Tables

MEASURES = {"within_30_miles": "a", "miles_to_nearest": "b"}
PLACES = {"us": "c", "28": "d", "28049": "e", "2802": "f"}

queries = st.builds(
    Query,
    measure=st.sampled_from(sorted(MEASURES)),
    level=st.sampled_from(sorted(LEVELS)),
    place=st.sampled_from(sorted(PLACES)),
    modality=st.sampled_from(sorted(MODALITIES)),
    population=st.sampled_from(sorted(POPULATIONS)),
    payment=st.sampled_from(sorted(PAYMENTS)),
    layers=st.sets(st.sampled_from(list(LAYERS)), min_size=1).map(lambda chosen: tuple(one for one in LAYERS if one in chosen)),
)


@given(queries)
def test_a_question_survives_its_address(query: Query) -> None:
    assert read_query(query.to_address(), MEASURES, PLACES) == (query, ())


@given(
    st.dictionaries(
        st.sampled_from(["measure", "level", "place", "modality", "population", "payment", "layers", "v", "other"]), st.text(max_size=60)
    )
)
def test_no_address_breaks_the_reading(address: dict[str, str]) -> None:
    query, problems = read_query(address, MEASURES, PLACES)
    assert query.measure in MEASURES
    assert all("\n" not in sentence and len(sentence) < 300 for sentence in problems)


def test_an_empty_address_is_the_default() -> None:
    assert read_query({}, MEASURES, PLACES) == (Query(), ())


@pytest.mark.parametrize("name", ["measure", "level", "place", "modality", "population", "payment"])
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


def test_every_measure_and_place_there_is_survives_its_address(tables: Tables) -> None:
    known = places(tables)
    for place in known:
        query = Query(place=place, level=next(iter(LEVELS)))
        assert read_query(query.to_address(), indicators(), known) == (query, ())
    for measure in indicators():
        query = Query(measure=measure)
        assert read_query(query.to_address(), indicators(), known) == (query, ())


def test_an_address_is_short_and_holds_measure_level_and_place_always() -> None:
    assert Query().to_address() == {"measure": "within_30_miles", "level": "county", "place": "us"}
    assert Query(modality="iv").to_address()["modality"] == "iv"


@pytest.mark.parametrize("word", ["x" * 500, "a\nb\x00c\u202ed", "<script>alert(1)</script>", "' OR 1=1", "日本"])
def test_a_strange_word_is_shown_short_and_printable(word: str) -> None:
    shown = shortened(word)
    assert len(shown) <= 40
    assert shown.isprintable()


def test_the_sentence_names_the_default_in_words(tables: Tables) -> None:
    _, (measure, place) = read_query({"measure": "nonsense", "place": "99999"}, indicators(), places(tables))
    assert f"“{indicators()['within_30_miles'].label}” is shown instead" in measure
    assert "“United States” is shown instead" in place


def test_an_answer_that_shows_nothing_instead_does_not_say_that_it_does() -> None:
    said = [
        "The address asks for the place “99”, which nobody knows; “United States” is shown instead.",
        "Borders must rise: 20 is under 30.",
    ]
    assert unknown_words(said) == ["The address asks for the place “99”, which nobody knows.", "Borders must rise: 20 is under 30."]
    _, said = read_query({"assumptions": "barriers/far_miles:-1"}, {}, {})
    assert unknown_words(said) == ["“Far” can be set from 5 to 150; -1 is outside of that."], "a reason is told whole"
