"""The panel and the sentence, without a browser."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.views.page import texts

PAGE = """
import streamlit as st
from analytics.model import answer
from analytics.query import Query
from data.bundle import shipped
from maps.view import View
from views.why import journey_line, why_panel

result = answer(Query(measure={measure!r}, place={place!r}), shipped())
st.session_state["view"] = View(open=("why",) if {opened} else ())
why_panel(result, shipped())
journey_line(result, shipped())
"""


def page(measure: str, place: str, opened: bool) -> AppTest:
    return AppTest.from_string(PAGE.format(measure=measure, place=place, opened=opened), default_timeout=60).run()


def test_a_closed_panel_holds_nothing_and_the_journey_is_told() -> None:
    seen = page("within_30_miles", "30031", opened=False)
    assert not seen.exception
    assert not seen.dataframe
    assert "nearest to somebody" not in texts(seen)
    assert "A first year of esketamine from Gallatin County, MT is " in texts(seen)


def test_an_open_panel_tells_the_sites() -> None:
    seen = page("within_30_miles", "30031", opened=True)
    assert not seen.exception
    (table,) = seen.dataframe
    assert "Site" in table.value.columns
    assert "nearest to somebody in Gallatin County, MT" in texts(seen)


def test_a_figure_that_no_sites_make_says_so() -> None:
    seen = page("depression", "30031", opened=True)
    assert not seen.exception
    assert not seen.dataframe
    assert "not made from sites" in texts(seen)
