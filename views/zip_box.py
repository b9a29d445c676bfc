"""The box for a ZIP code or city of Near me and of My cost, with what stands around it. What is typed stays in the memory of the visit.

It is in no address but that of a link which somebody copies on purpose. A page hands down its catalogue as `say`; what both pages say of the
box stands in that of Near me.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

import streamlit as st

from analytics.near_point import Found, Point, Suggestion, find, point_of
from analytics.tables import Tables
from maps.messages import Messages, messages
from maps.near_words import why_not
from views import parts


@dataclass(frozen=True)
class Box:
    """Where the visit's memory has what belongs to one page's box; pages fill each other's, and no page can be imported undrawn."""

    name: str

    @property
    def typed(self) -> str:
        """Key of the text in the box."""
        return f"{self.name} typed"

    @property
    def chosen(self) -> str:
        """Key of the place that was picked, as `point_of` takes it; "" where the text alone counts."""
        return f"{self.name} chosen"

    @property
    def given(self) -> str:
        """Key of the ZIP code that a link brought."""
        return f"{self.name} given"

    @property
    def all(self) -> str:
        """Key of whether the whole list of this place was asked for."""
        return f"{self.name} all"


NEAR, COST = Box("near"), Box("cost")


def fill(box: Box, text: str, chosen: str = "") -> None:
    """Another text in the box, and with it the place that was picked, if one was."""
    st.session_state[box.typed] = text
    typed_anew(box)
    st.session_state[box.chosen] = chosen


def typed_anew(box: Box) -> None:
    """What was picked and opened before holds no more."""
    st.session_state[box.chosen], st.session_state[box.all] = "", False


def pick(box: Box, one: Suggestion) -> None:
    fill(box, one.label, one.key)


def take_from_link(box: Box) -> None:
    """A ZIP code that came with a link goes into the box, once; after that the box is the person's own."""
    given = st.query_params.get("zip", "")
    if given and given != st.session_state.get(box.given):
        st.session_state[box.given] = given
        fill(box, given)


def zip_box(box: Box, say: Messages, tables: Tables) -> tuple[Point | None, Found]:
    """The box itself: the place that was picked or typed, None where there is none, and what was found of the text."""
    take_from_link(box)
    words = messages("near", say.lang)
    typed = st.text_input(
        words("box"),
        key=box.typed,
        type="search",
        live=True,
        placeholder=words("box_hint"),
        on_change=typed_anew,
        args=(box,),
        autocomplete="off",
    )
    found = find(typed, tables)
    # An empty box (cleared, or left for another page and come back to) holds no place, whatever was picked before.
    picked = point_of(st.session_state.get(box.chosen, ""), tables) if typed else None
    return picked or found.point, found


def ask_back(box: Box, found: Found, say: Messages) -> None:
    """Why what was typed is no place, and what to try."""
    words = messages("near", say.lang)
    if sentence := why_not(found, words):
        st.html(f'<p class="atlas-problem" role="status">{escape(sentence)}</p>')
    if found.suggestions:
        parts.paragraph(words("try"))
        with st.container(horizontal=True, key=f"{box.name}-suggestions"):
            for one in found.suggestions:
                st.button(one.label, key=f"{box.name} {one.key}", on_click=pick, args=(box, one))


def link_with_zip(box: Box, point: Point | None, say: Messages) -> None:
    """A link to this page with the ZIP code, made when it is asked for: the one way in which it comes into an address.

    How a person pays says more of him than a ZIP code does: it is not in it, nor any other answer.
    """
    if point is None or not point.is_zip:
        return
    with st.expander(messages("near", say.lang)("link"), on_change="rerun", key=f"{box.name} link") as link:
        if link.open:
            here = (st.context.url or "").partition("?")[0]
            parts.paragraph(say("link_note", zip=point.label))
            st.code(f"{here}?{urlencode({'zip': point.label, 'lang': say.lang})}", language=None, wrap_lines=True)
