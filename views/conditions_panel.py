"""Places that meet conditions: up to five, each a measure over or under a number; counted, lit on the map, listed, and to take away."""

from __future__ import annotations

import streamlit as st

from analytics.bearing import borne, heard
from analytics.conditions import MOST, Condition, Meeting, meets
from analytics.model import Result
from analytics.query import Query
from analytics.tables import Tables
from maps import condition_words as words
from maps.condition_words import default_measure, of_typed, offered, starting, step, typed, unit_label
from maps.together_files import conditions_csv, together_name
from maps.view import SIGNS, View
from maps.words import plain_list
from views import parts
from views.shown import control, edit, panel, shown
from views.take_away import file_button


def meeting(query: Query, view: View, tables: Tables) -> Meeting | None:
    """Which places meet the conditions of a view; None where it has none."""
    return meets(query, view.conditions, tables) if view.conditions else None


def conditions_said(found: Meeting | None) -> None:
    """The sentence, whenever there are conditions: the map shows the places that meet them."""
    for said in words.said_of_map(found):
        parts.paragraph(said)


def conditions_panel(result: Result, found: Meeting | None, tables: Tables) -> None:
    """The rows to change the conditions, how many places meet each, the list of those that meet all, and the file."""
    with panel("Places that meet conditions", "conditions") as opened:
        if not opened.open:
            return
        for position, one in enumerate(shown().conditions):
            row(position, one, result.query, tables)
        st.button(
            "Add a condition",
            on_click=add,
            args=(result.query, tables),
            disabled=len(shown().conditions) >= MOST,
            key="condition add",
        )
        if found is None:
            parts.paragraph(
                "A place is lit where it meets all conditions. A value that is missing makes a condition unknown: neither met nor not met."
            )
            return
        for said in words.refused_words(found):
            parts.paragraph(said, "problem")
        if not found.asked:
            return
        st.html(plain_list(words.alone_words(found)))
        table = words.shown_table(found)
        if found.places:
            st.dataframe(table, column_config=words.columns(found, table), hide_index=True, alt=words.sentence(found))
        kept = not all(one.indicator.downloadable for one in found.asked)
        name = together_name("conditions", result, "csv")
        file_button(words.button_label(found), lambda: conditions_csv(found), name, "csv", "condition file", disabled=kept)


def row(position: int, one: Condition, query: Query, tables: Tables) -> None:
    """One condition: its measure, over or under, its number in the measure's unit, and the button that takes it away."""
    number = f"condition {position}"
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"condition-row-{position}"):
        st.selectbox(
            words.row_label(position),
            list(offered()) if one.measure in offered() else [*offered(), one.measure],
            format_func=lambda name: offered().get(name, name),
            key=control(f"{number} measure", one.measure),
            on_change=another_measure,
            args=(position, query, tables),
            width=330,
        )
        st.selectbox(
            "is",
            list(SIGNS),
            format_func=SIGNS.__getitem__,
            key=control(f"{number} sign", one.sign),
            on_change=changed,
            args=(position,),
            width=105,
        )
        st.number_input(
            unit_label(one.measure),
            step=step(one.measure),
            format="%g",
            key=control(f"{number} value", typed(one)),
            on_change=changed,
            args=(position,),
            width=150,
        )
        st.button(f"Remove {words.row_label(position).lower()}", key=f"{number} remove", on_click=remove, args=(position,))


def replaced(position: int, one: Condition) -> None:
    edit(conditions=tuple(one if at == position else other for at, other in enumerate(shown().conditions)))


def add(query: Query, tables: Tables) -> None:
    """A further condition, at a number that leaves a quarter of places over or under it."""
    measure = default_measure(query, shown().conditions)
    edit(conditions=(*shown().conditions, starting(heard(borne(query, measure=measure), tables))))


def another_measure(position: int, query: Query, tables: Tables) -> None:
    measure = st.session_state[f"condition {position} measure"]
    replaced(position, starting(heard(borne(query, measure=measure), tables)))


def changed(position: int) -> None:
    state, number = st.session_state, f"condition {position}"
    replaced(position, of_typed(state[f"{number} measure"], state[f"{number} sign"], state[f"{number} value"]))


def remove(position: int) -> None:
    edit(conditions=tuple(one for at, one in enumerate(shown().conditions) if at != position))
