"""The panels beneath a figure, on the real tables: closed nothing is computed, open every way through has an answer or a way out."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from maps.view import View
from tests.views.page import texts

SECONDS = 120

PAGE = """
import streamlit as st
from analytics.model import answer
from data.bundle import shipped
from views import address
from views.panels import agreement_panel

tables = shipped()
query, _, _ = address.read(tables)
agreement_panel(answer(query, tables), tables)
"""


def panel(opened: bool = True, **asked: str) -> AppTest:
    page = AppTest.from_string(PAGE, default_timeout=SECONDS)
    for name, value in {"measure": "within_60_minutes", "level": "county", "place": "48", **asked}.items():
        page.query_params[name] = value
    page.session_state["view"] = View(open=("agreement",) if opened else ())
    return page.run()


def controls(page: AppTest) -> dict[str, object]:
    return {one.key: one for one in page.get("button_group")}


def test_a_closed_panel_sends_nothing() -> None:
    page = panel(opened=False)
    assert not page.exception
    assert page.expander[0].label == "Do the measures agree here?"
    assert not page.get("html")
    assert not controls(page)


def test_an_open_panel_tells_and_offers_the_measures() -> None:
    page = panel()
    assert not page.exception
    assert "All three measures find the same" in texts(page)
    measures = controls(page)["agreement measures"]
    assert measures.value == ["minutes_to_nearest", "within_60_minutes", "e2sfca"]
    assert len(page.selectbox(key="agreement pair").options) == 3
    measures.set_value(["within_60_minutes", "raam"]).run()
    assert not page.exception
    assert "Both measures find the same" in texts(page)
    assert len(page.selectbox(key="agreement pair").options) == 1


def test_the_lists_stand_behind_one_choice() -> None:
    page = panel()
    controls(page)["agreement of"].set_value("lists").run()
    assert not page.exception
    assert "All four lists find the same" in texts(page)
    assert "agreement measures" not in controls(page)
    page.selectbox(key="agreement pair").select("own_pages~medicare_claims_2024").run()
    assert "Medicare claims 2024" in texts(page)


def test_one_measure_alone_gets_a_sentence_and_a_way_back() -> None:
    page = panel()
    controls(page)["agreement measures"].set_value(["raam"]).run()
    assert "needs two measures" in texts(page)
    page.button(key="agreement offer").click().run()
    assert not page.exception
    assert "All three measures find the same" in texts(page)


def test_a_small_state_gets_a_sentence_and_the_nation() -> None:
    page = panel(place="44")
    assert "Rhode Island has 5 counties" in texts(page)
    page.button(key="agreement offer").click().run()
    assert page.query_params["place"] in ("us", ["us"])
    assert "in the US worst off" in texts(page)


def test_measures_that_no_longer_bear_the_question_are_not_kept() -> None:
    page = panel()
    controls(page)["agreement measures"].set_value(["e2sfca", "raam"]).run()
    page.query_params["population"] = "veteran"
    page.query_params["measure"] = "miles_to_nearest"
    page.run()
    assert not page.exception
    assert controls(page)["agreement measures"].value == ["minutes_to_nearest", "miles_to_nearest"]


def test_measures_without_lists_have_no_such_panel() -> None:
    assert not panel(measure="median_income").expander
