"""A view and its address say the same, and what means nothing is told in a sentence."""

from __future__ import annotations

import pytest

from analytics.query import Query
from maps.view import Classing, Condition, View, own_borders, read_view, second_question

WHOLE = View(
    sites=False,
    classing=Classing("own", 3, (0.1, 0.25)),
    second=(("measure", "uninsured"), ("modality", "esketamine")),
    together="bivariate",
    conditions=(Condition("minutes_to_nearest", "over", 60), Condition("uninsured", "under", 0.1)),
    selected=("35013", "48"),
    open=("table", "why"),
    lang="es",
)


def test_an_address_says_the_whole_view_and_only_what_was_chosen() -> None:
    assert View().to_address() == {}
    assert read_view(WHOLE.to_address()) == (WHOLE, ())


def test_an_address_with_a_map_of_both_shows_it_unless_its_panel_was_closed() -> None:
    typed = {"second": "measure:uninsured", "together": "bivariate"}
    view, problems = read_view(typed)
    assert (view.open, problems) == (("second",), ())
    assert read_view({**typed, "together": "beside"})[0].open == ()  # both maps stand above
    assert view.to_address() == typed
    closed = View(second=(("measure", "uninsured"),), together="scatter")
    assert closed.to_address()["open"] == "none"
    assert read_view(closed.to_address()) == (closed, ())


@pytest.mark.parametrize(
    ("word", "text", "said"),
    [
        ("classes", "own~30~20", "must rise"),
        ("classes", "own~ten", "no number"),
        ("classes", "own", "at least one border"),
        ("classes", "own~1~2~3~4~5~6~7", "at most 7"),
        ("classes", "quantiles~1", "2 to 7 classes"),
        ("classes", "quantiles~0", "2 to 7 classes"),
        ("classes", "natural~2.5", "2 to 7 classes"),
        ("second", "measure:nothing", "does not know"),
        ("second", "place:48", "does not know"),
        ("together", "stacked", "side by side"),
        ("conditions", "uninsured:near:0.1", "does not understand"),
        ("conditions", "uninsured:over:nan", "does not understand"),
        ("selected", "48001~O'Brien", "left out"),
        ("lang", "fr", "Spanish (es)"),
    ],
)
def test_what_means_nothing_is_a_sentence_and_the_page_still_opens(word: str, text: str, said: str) -> None:
    view, problems = read_view({word: text})
    assert len(problems) == 1
    assert said in problems[0]
    assert view == View(selected=("48001",) if word == "selected" else ())


def test_more_than_five_conditions_are_cut_and_said() -> None:
    view, problems = read_view({"conditions": "~".join(["uninsured:over:0.1"] * 6)})
    assert len(view.conditions) == 5
    assert problems == ("The address asks for 6 conditions; the first 5 are used.",)


def test_own_borders_are_read_as_a_person_writes_them() -> None:
    assert own_borders([" 10", " 20 ", "30"]) == ((10.0, 20.0, 30.0), "")


def test_a_second_question_shares_all_but_what_was_said() -> None:
    query = Query(place="48", level="county")
    assert second_question(query, View()) is None
    assert second_question(query, WHOLE) == query.with_(measure="uninsured", modality="esketamine")
