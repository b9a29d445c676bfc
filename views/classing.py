"""The popover "Classes": how places are put into classes, how many, or with which borders of one's own."""

from __future__ import annotations

import streamlit as st

from analytics.indicator import Indicator
from analytics.refusal import capital
from maps.breaks import first_own, typed, written
from maps.classes import Classes, zero_is_apart
from maps.numbers import UNITS
from maps.view import COUNTS, SCHEMES, Classing, own_borders, with_borders
from views import parts
from views.shown import control, edit, shown

SCHEME, COUNT, OWN = "classes scheme", "classes count", "classes own"
PROBLEM = "classes problem"
"""What was typed as borders and can't be used, and the sentence that says why."""
IN_UNIT = {"share": ", in per cent", "usd": ", in dollars", "miles": ", in miles", "minutes": ", in minutes", "people": ", in people"}


def classes_popover(indicator: Indicator, classes: Classes) -> None:
    """Closed, nothing of it is sent. `classes` are those on the map: whoever wants borders of their own begins with them."""
    popover = st.popover("Classes", key="classes", on_change="rerun")
    if not popover.open:
        return
    with popover:
        if indicator.categories:
            parts.paragraph("The classes of this measure are what it says of a place, in words; there are no borders to choose.")
            return
        classing = shown().classing
        st.radio(
            "How places are put into classes",
            list(SCHEMES),
            format_func=lambda one: capital(SCHEMES[one]),
            key=control(SCHEME, classing.scheme),
            on_change=take_scheme,
            args=(indicator, classes),
        )
        if classing.scheme in ("quantiles", "natural"):
            st.segmented_control(
                "Number of classes", COUNTS, key=control(COUNT, classing.count), on_change=take_count, required=True, width="stretch"
            )
        if classing.scheme == "own":
            own(indicator, classing)
        if zero_is_apart(indicator):
            parts.paragraph(f"Zero stands apart in any case, as “{UNITS[indicator.unit].zero}”.")


def own(indicator: Indicator, classing: Classing) -> None:
    """The borders as they are typed, and why they can't be used where they can't."""
    text, said = st.session_state.get(PROBLEM, ("", ""))
    st.text_input(
        f"Borders between classes{IN_UNIT.get(indicator.unit, '')}",
        key=control(OWN, text or written(classing.borders, indicator.unit)),
        placeholder="10, 20, 30",
        on_change=take_own,
        args=(indicator,),
    )
    if said:
        parts.paragraph(said, "problem")


def take_scheme(indicator: Indicator, classes: Classes) -> None:
    scheme = st.session_state[SCHEME]
    st.session_state.pop(PROBLEM, None)
    edit(classing=first_own(classes.breaks, indicator.unit) if scheme == "own" else Classing(scheme))


def take_count() -> None:
    edit(classing=Classing(shown().classing.scheme, st.session_state[COUNT]))


def take_own(indicator: Indicator) -> None:
    """Borders that can't be used change nothing and get a sentence."""
    text = st.session_state[OWN]
    borders, said = own_borders(typed(text, indicator.unit))
    if said:
        st.session_state[PROBLEM] = (text, said)
        return
    st.session_state.pop(PROBLEM, None)
    edit(classing=with_borders(borders))
