"""The selection on the page without a browser: typed, ticked, cleared, in the address, and kept out where it is not on the map."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.views.page import asked, explored, texts


def labels(page: AppTest) -> list[str]:
    return [one.label for one in page.button]


def test_a_link_shows_its_selection_and_one_button_clears_it() -> None:
    page = explored(measure="depression", place="35", selected="35013~24033")
    said = texts(page)
    assert '<th scope="row"><a href="/place?place=35013">Doña Ana County, NM</a></th>' in said
    assert "Selected too, but not among the counties on this map, is Prince George&#x27;s County, MD." in said
    assert "selected (1)" in said, "in the legend"
    assert asked(page, "selected") == "35013~24033", "the address is not written anew"
    page.selectbox(key="measure").select("uninsured").run()
    assert asked(page, "selected") == "35013~24033"
    page.button(key="clear selection").click().run()
    assert not page.exception
    assert (asked(page, "selected"), "Selected place" in texts(page)) == ("", False)
    assert not any(label.startswith(("Clear", "Go to")) for label in labels(page))


def test_a_place_is_selected_by_typing_and_gone_to() -> None:
    page = explored(measure="depression", place="24")
    page.session_state["select places"] = True
    page.run()
    page.text_input(key="select name").set_value("prince george's").run()
    assert asked(page, "selected") == "24033"
    assert page.text_input(key="select name").value == ""
    page.text_input(key="select name").set_value("washington d").run()
    assert not page.exception
    page.text_input(key="select name").set_value("Harris County TX").run()
    assert "Harris County, TX is not among the 24 counties on this map." in texts(page)
    page.button(key="go to selected").click().run()
    assert (asked(page, "place"), asked(page, "selected")) == ("24033", "24033")


def test_places_nobody_knows_get_a_sentence_and_back_stays_free() -> None:
    page = explored(measure="depression", place="35", selected="99999~35013")
    assert "The address selects 1 place this atlas does not know; it is left out." in texts(page)
    assert asked(page, "selected") == "99999~35013", "only a change of a person's writes the address"
