"""The view on a page: what a panel changes stands in the address, and the address opens what stood open."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.views.page import asked, explored


def explore(**words: str) -> AppTest:
    return explored(**{"measure": "depression", "place": "09", **words})


def opened(page: AppTest) -> set[str]:
    return {one.label.partition(":")[0] for one in page.expander if one.proto.expanded}


def test_a_link_opens_the_panels_it_names_and_no_others() -> None:
    assert opened(explore(open="table~about")) == {"Table", "Sources and method"}
    page = explore()
    assert opened(page) == set()
    assert page.dataframe.len == 0


def test_panels_stay_open_when_the_measure_changes_and_the_address_stays_as_it_was_opened() -> None:
    page = explore(open="table~about")
    assert asked(page, "open") == "table~about", "the address is not written anew, in another order, or Back would be a trap"
    page.selectbox(key="measure").select("uninsured").run()
    assert not page.exception
    assert (asked(page, "measure"), asked(page, "open")) == ("uninsured", "table~about")
    assert page.dataframe.len == 1


def test_a_toggle_of_the_view_is_in_the_address() -> None:
    page = explore(measure="within_30_miles", sites="off")
    assert page.toggle(key="sites").value is False
    page.toggle(key="sites").set_value(True).run()
    assert asked(page, "sites") == ""
    page.toggle(key="sites").set_value(False).run()
    assert asked(page, "sites") == "off"
