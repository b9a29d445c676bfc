"""One selection for all panels: set by clicking or boxing a map, by rows of a table, or by typing; cleared by one button.

A chart takes part with `key=chart_key(...)` and `on_select=partial(pick, key, geoids)`; its points carry the place as `location` or as the first of
their `customdata`. A selection of plotly can't be cleared from here, so the chart's key changes with what is selected.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from analytics.model import Result
from analytics.places import Hit, places
from analytics.tables import Tables
from maps import selection
from maps.figure import clicked_places
from maps.files import data_csv, file_name
from maps.view import View
from views import parts
from views.shown import edit, shown
from views.take_away import file_button

NAME, HITS, SAID, BOX = "select name", "select hits", "select said", "select box"
ROWS = "table rows"


def boxing() -> bool:
    """Whether a drag over the map draws a box."""
    return bool(st.session_state.get(BOX))


def settle(chosen: tuple[tuple[str, ...], str]) -> None:
    """What is selected now, and what is to be said of it until something else is."""
    edit(selected=chosen[0])
    st.session_state[SAID], st.session_state[HITS] = chosen[1], []


def pick(key: str, offered: Iterable[str]) -> None:
    """Places of a chart were clicked or boxed; `offered` are those that it is about, for a box meets lines of states as well."""
    event = st.session_state[key]
    ids = clicked_places(event, list(offered))
    if ids:
        settle(selection.touched(shown().selected, ids, boxed=bool(event["selection"].get("box"))))


def tick(rows: Iterable[str]) -> None:
    """Rows of the table, which has these ids, were ticked or unticked."""
    settle(selection.ticked(shown().selected, list(rows), st.session_state[ROWS]["selection"]["rows"]))


def add(geoid: str) -> None:
    settle(selection.touched(shown().selected, [geoid], boxed=True))
    st.session_state[NAME] = ""


def clear() -> None:
    settle(((), ""))


def go(geoid: str) -> None:
    """The same question is asked of this place."""
    st.session_state[parts.GO] = geoid


def look_up(result: Result, tables: Tables) -> None:
    """What was typed becomes a selected place, a few suggestions, or a sentence."""
    hits, said = selection.named(st.session_state[NAME], result, tables)
    if len(hits) == 1:
        add(hits[0].geoid)
    else:
        st.session_state[HITS], st.session_state[SAID] = hits, said


def selection_panel(result: Result, view: View, tables: Tables) -> None:
    """How to select, what is selected with its figures, and what can be done with it."""
    known, chosen = places(tables), selection.selected(view, result)
    with st.container(key="selection"):
        with st.container(horizontal=True, vertical_alignment="center"):
            ways_to_select(result, tables)
            if view.selected:
                st.button(f"Clear the selection ({len(view.selected)})", on_click=clear, key="clear selection")
            if chosen.here and chosen.here[-1] != result.query.place:
                last = chosen.here[-1]
                st.button(f"Go to {known[last].short}", on_click=go, args=(last,), key="go to selected")
            if chosen.here and result.indicator.downloadable:
                rows = selection.only(result, chosen.here)
                name = file_name(rows, "selected.csv")
                file_button("Download the selected rows, CSV", lambda: data_csv(rows), name, "csv", "selected rows")
        for sentence in (st.session_state.get(SAID, ""), selection.elsewhere_sentence(view, result, known)):
            if sentence:
                parts.paragraph(sentence, "problem")
        if chosen.here:
            st.html(selection.selected_html(view, result))


def ways_to_select(result: Result, tables: Tables) -> None:
    popover = st.popover("Select places", key="select places", on_change="rerun")
    if not popover.open:
        return
    with popover:
        parts.paragraph("Click places on the map, or tick rows of the table. A second click takes a place out again.")
        st.text_input("Or type a place", key=NAME, on_change=look_up, args=(result, tables), placeholder="Name or ZIP", type="search")
        hits: list[Hit] = st.session_state.get(HITS, [])
        for hit in hits:
            st.button(hit.label, key=f"select {hit.geoid}", on_click=add, args=(hit.geoid,))
        st.toggle("Drag a box over the map to select what is in it", key=BOX)
