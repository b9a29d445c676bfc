"""The panel under the map of barriers, on the real page: closed nothing is sent, open every control moves the question."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.views.page import asked, explored, texts


def explore(opened: bool = True, **words: str) -> AppTest:
    panel = {"open": "barriers"} if opened else {}
    return explored(**{"measure": "barrier_class", "place": "28", **panel, **words})


def keys(page: AppTest) -> set[str]:
    return {one.key for one in page.number_input} | {one.key for one in page.button}


def test_a_closed_panel_sends_nothing_and_other_measures_have_none() -> None:
    page = explore(opened=False)
    assert not any(str(key).startswith(("barriers ", "preset ")) for key in keys(page))
    other = explore(measure="within_30_miles")
    assert "What is far, what is costly, and who lives there" not in [one.label for one in other.expander]


def test_an_open_panel_tells_who_lives_where_and_what_else_is_near() -> None:
    page = explore()
    said = texts(page)
    for words in ("far by their own block group", "list by list", "People by race and ethnicity", "Far from ketamine is not far from care"):
        assert words in said
    page.selectbox(key="barriers trait").select("People by kind of cover, as surveyed").run()
    assert not page.exception
    assert "TRICARE" in texts(page)


def test_a_threshold_moves_the_question_and_stands_in_the_address() -> None:
    page = explore()
    before = texts(page)
    page.number_input(key="barriers barriers/far_miles").set_value(60.0).run()
    assert not page.exception
    assert "barriers/far_miles:60" in asked(page, "assumptions")
    assert "over 60 miles from a provider" in texts(page)
    assert texts(page) != before


def test_shares_are_read_and_typed_in_per_cent_and_the_address_keeps_its_form() -> None:
    page = explore(assumptions="barriers/costly_share:0.4")
    costly = page.number_input(key="barriers barriers/costly_share")
    assert (costly.label, costly.value) == ("Costly: for at least so many % of households", 40)
    assert [page.number_input(key=f"barriers {name}").value for name in ("barriers/far_share", "affordability/burden_share.others")] == [
        50,
        10,
    ]
    costly.set_value(45.0).run()
    assert asked(page, "assumptions") == "barriers/costly_share:0.45"
    page.number_input(key="barriers barriers/costly_share").set_value(33.0).run()
    assert asked(page, "assumptions") == "", "the shipped number, typed, is no change"


def test_a_share_out_of_its_range_is_told_in_per_cent_and_changes_nothing() -> None:
    page = explore()
    page.number_input(key="barriers barriers/far_share").set_value(0.5).run()
    assert "can be set from 5 % to 95 %; 0.5 % is outside of that" in texts(page)
    assert asked(page, "assumptions") == ""


@pytest.mark.parametrize(("name", "far", "list_"), [("minutes", "minutes", ""), ("e2sfca", "e2sfca", "samhsa_2024")])
def test_a_preset_is_an_address(name: str, far: str, list_: str) -> None:
    page = explore()
    assert page.button(key="preset miles").disabled
    page.button(key=f"preset {name}").click().run()
    assert not page.exception
    assert asked(page, "far") == far
    assert asked(page, "layers") == list_
    assert page.button(key=f"preset {name}").disabled
    page.button(key="preset miles").click().run()
    assert asked(page, "far") == ""
    assert asked(page, "layers") == ""


def test_by_access_score_there_is_no_distance_to_move() -> None:
    page = explore(far="e2sfca", layers="samhsa_2024")
    assert "barriers barriers/far_miles" not in keys(page)
    assert "at 33 %" in texts(page)


def test_a_refused_question_has_its_door_and_no_panel() -> None:
    page = explore(far="e2sfca")
    assert "An access score is a rate" in texts(page)
    assert not any(str(key).startswith("preset ") for key in keys(page))
