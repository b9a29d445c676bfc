"""Assumptions: each number a figure rests on, with its source, open to change. What is changed stands in the address and in every file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial

import streamlit as st

from analytics.assumptions import Changeable, changeable
from analytics.model import Result, rests_on
from maps import assumption_words
from maps.facts import parameters_html
from views import parts
from views.shown import panel

PROBLEM = "assumption problem"
"""The control of a number that was given outside of its range, and the sentence that says so."""


def changed(one: Changeable, key: str) -> None:
    """A person gave a number: it stands from now on, or the shipped one again. One out of its range changes nothing and gets a sentence."""
    given = st.session_state[key]
    value = one.value if given is None else assumption_words.meant(one, given)
    st.session_state.pop(PROBLEM, None)
    if outside := one.outside(value, partial(assumption_words.said, one)):
        st.session_state[PROBLEM] = (key, outside)
        return
    st.session_state["assumptions"] = {**st.session_state["assumptions"], one.id: value}


def number(one: Changeable, label: str, place: str = "assume", width: int = 170) -> None:
    """The control of one number. Where it stands twice on a page, each `place` has its own and both show the same."""
    key = f"{place} {one.id}"
    st.session_state[key] = assumption_words.typed(one, st.session_state["assumptions"].get(one.id, one.value))
    with st.container(width=width):
        st.number_input(label, step=assumption_words.step(one), format="%g", key=key, on_change=changed, args=(one, key))
        wrong, said = st.session_state.get(PROBLEM, ("", ""))
        if wrong == key:
            parts.paragraph(said, "problem")


def back() -> None:
    """All numbers as shipped."""
    st.session_state["assumptions"] = {}
    st.session_state.pop(PROBLEM, None)


def assumptions_panel(result: Result, only: Collection[str] | None = None) -> None:
    """The numbers behind the measure, closed; nothing of them is sent until it is opened. `only` names the parameters where a page rests
    on fewer than its measure may."""
    rested = [one for one in changeable().values() if (rests_on(result.indicator, one.id) if only is None else one.parameter.id in only)]
    if not rested:
        return
    opened = panel("Assumptions", "assumptions")
    if not opened.open:
        return
    with opened:
        if st.session_state["assumptions"]:
            st.button("Back to the shipped values", on_click=back)
        for parameter, numbers in assumption_words.by_parameter(rested):
            st.html(parameters_html((parameter,), date.today()))
            with st.container(horizontal=True):
                for one in numbers:
                    number(one, assumption_words.label(one))
        parts.paragraph("Changed numbers stand in the address and in every file you take from here.")
