"""The popover "Classes" on the page: what is chosen is on the map and in the address, what can't be used gets a sentence."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.views.page import asked, explored, texts


def opened(**words: str) -> AppTest:
    page = explored(**{"measure": "depression", "place": "09", **words})
    page.session_state["classes"] = True
    return page.run()


def test_a_person_goes_through_the_ways_to_class() -> None:
    page = opened()
    assert not page.exception
    page.radio(key="classes scheme").set_value("quantiles").run()
    assert asked(page, "classes") == "quantiles~5"
    page.radio(key="classes scheme").set_value("own").run()
    assert asked(page, "classes").startswith("own~0."), "they begin with the borders on the map"
    page.text_input(key="classes own").set_value("20, 25").run()
    assert asked(page, "classes") == "own~0.2~0.25"
    assert "Three classes with borders of your own" in texts(page)
    assert "20–25 %" in texts(page)
    page.text_input(key="classes own").set_value("25, 20").run()
    assert "must rise" in texts(page)
    assert page.text_input(key="classes own").value == "25, 20", "what was typed stays, to be mended"
    assert asked(page, "classes") == "own~0.2~0.25"
    page.selectbox(key="measure").select("uninsured").run()
    assert asked(page, "classes") == "", "borders are of a measure and its unit"
    assert not page.exception


def test_a_link_opens_its_classes_and_those_of_words_have_none_to_choose() -> None:
    page = opened(classes="natural~3", place="48")
    assert page.radio(key="classes scheme").value == "natural"
    assert "Three classes: natural breaks." in texts(page)
    words = opened(measure="barrier_class", classes="natural~3", place="48")
    assert not words.exception
    assert "The classes of this measure are what it says of a place" in texts(words)
